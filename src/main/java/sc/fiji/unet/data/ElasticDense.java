
package sc.fiji.unet.data;

/**
 * Displacement drawn uniformly at every pixel of the patch and smoothed by a
 * gaussian (Simard et al. 2003). Beyond the patch it stays as at the border.
 */
final class ElasticDense implements Displacement {

	private final int[] size;
	/** Displacement in pixels [axis][pixel, x fastest]. */
	private final float[][] fields;

	/**
	 * @param patch size of the input
	 * @param range largest displacement in pixels before smoothing
	 * @param sigma of the gaussian in pixels
	 */
	ElasticDense(final long[] patch, final double range, final double sigma,
		final SeededRandom random)
	{
		size = new int[patch.length];
		int count = 1;
		for (int d = 0; d < size.length; d++) {
			size[d] = (int) patch[d];
			count *= size[d];
		}
		fields = new float[COMPONENTS][count];
		for (final float[] field : fields) {
			for (int i = 0; i < count; i++)
				field[i] = (float) random.symmetric(range);
			GaussianFilter.smooth(field, size, sigma);
		}
	}

	@Override
	public Lines on(final PatchGrid grid) {
		final int[][] nearest = new int[size.length][];
		int stride = 1;
		for (int d = 0; d < size.length; d++) {
			nearest[d] = new int[grid.size[d]];
			for (int i = 0; i < nearest[d].length; i++)
				nearest[d][i] = stride * (int) Math.max(0, Math.min(size[d] - 1, Math
					.round(grid.coordinate(d, i))));
			stride *= size[d];
		}
		return (position, coordinates) -> {
			int line = 0;
			for (int d = 1; d < size.length; d++)
				line += nearest[d][position[d]];
			for (int c = 0; c < COMPONENTS; c++)
				for (int i = 0; i < coordinates[c].length; i++)
					coordinates[c][i] += fields[c][line + nearest[0][i]];
		};
	}
}
