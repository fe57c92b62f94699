
package sc.fiji.unet.data;

import java.util.Arrays;
import java.util.List;

/**
 * Where the points of a patch come from in the image: every geometric step of
 * an augmentation in one map, so that image and labels are looked up once. The
 * source of a point p is {@code A (p + u(p) - patch centre) + source centre}.
 */
final class CoordinateMap {

	/** Matrix A [row][column]. */
	private final double[][] linear;
	/** Source of the patch's origin, were there no displacement. */
	private final double[] offset;
	private final List<Displacement> displacements;

	/**
	 * @param linear matrix A
	 * @param patchCentre in patch coordinates
	 * @param sourceCentre in pixels of the image
	 * @param displacements summands of u
	 */
	CoordinateMap(final double[][] linear, final double[] patchCentre,
		final double[] sourceCentre, final List<Displacement> displacements)
	{
		this.linear = linear;
		this.displacements = displacements;
		offset = sourceCentre.clone();
		for (int r = 0; r < offset.length; r++)
			for (int c = 0; c < offset.length; c++)
				offset[r] -= linear[r][c] * patchCentre[c];
	}

	/** @return the map of a grid's lines; not thread-safe */
	Lines on(final PatchGrid grid) {
		return new Lines(grid);
	}

	/** The sources of a grid, line by line. */
	final class Lines {

		private final PatchGrid grid;
		private final Displacement.Lines[] displaced;
		private final int[] position;
		private final double[][] patch;
		private final double[][] source;

		private Lines(final PatchGrid grid) {
			this.grid = grid;
			displaced = displacements.stream().map(d -> d.on(grid)).toArray(
				Displacement.Lines[]::new);
			final int n = grid.size.length;
			position = new int[n];
			patch = new double[n][grid.size[0]];
			source = new double[n][grid.size[0]];
		}

		/**
		 * @param line number of the line, y fastest
		 * @return coordinates in the image [axis][index along x]; overwritten by
		 *         the next call
		 */
		double[][] source(final int line) {
			grid.position(line, position);
			for (int i = 0; i < patch[0].length; i++)
				patch[0][i] = grid.coordinate(0, i);
			for (int d = 1; d < patch.length; d++)
				Arrays.fill(patch[d], grid.coordinate(d, position[d]));
			for (final Displacement.Lines displacement : displaced)
				displacement.addTo(position, patch);
			for (int r = 0; r < source.length; r++)
				apply(linear[r], offset[r], source[r]);
			return source;
		}

		private void apply(final double[] row, final double constant,
			final double[] result)
		{
			Arrays.fill(result, constant);
			for (int c = 0; c < row.length; c++)
				if (row[c] != 0) for (int i = 0; i < result.length; i++)
					result[i] += row[c] * patch[c][i];
		}
	}
}
