
package sc.fiji.unet.data;

/**
 * Smooth displacement given at the nodes of a coarse grid over the patch, with
 * (bi-)cubic interpolation in between (Catmull-Rom; Ronneberger et al. 2015,
 * section 3.1). Beyond the patch it stays as at the border.
 */
final class ElasticGrid implements Displacement {

	private static final int TAPS = 4;

	private final long[] patch;
	private final int points;
	/** Displacement in pixels [axis][node, x fastest]. */
	private final double[][] nodes;

	/**
	 * @param patch size of the input
	 * @param points nodes along each axis
	 * @param deviation standard deviation of the displacement in pixels
	 */
	ElasticGrid(final long[] patch, final int points, final double deviation,
		final SeededRandom random)
	{
		this.patch = patch;
		this.points = points;
		int count = 1;
		for (int d = 0; d < patch.length; d++)
			count *= points;
		nodes = new double[COMPONENTS][count];
		for (final double[] component : nodes)
			for (int i = 0; i < count; i++)
				component[i] = deviation * random.gaussian();
	}

	@Override
	public Lines on(final PatchGrid grid) {
		final int n = grid.size.length;
		final int[][] first = new int[n][];
		final double[][] weights = new double[n][];
		for (int d = 0; d < n; d++) {
			first[d] = new int[grid.size[d]];
			weights[d] = new double[TAPS * grid.size[d]];
			for (int i = 0; i < grid.size[d]; i++)
				first[d][i] = weigh(grid.coordinate(d, i), d, weights[d], TAPS * i);
		}
		return (position, coordinates) -> {
			for (int c = 0; c < COMPONENTS; c++)
				addLine(collapse(nodes[c], first, weights, position), first[0],
					weights[0], coordinates[c]);
		};
	}

	/** @return index of the first of the four nodes, which may lie outside */
	private int weigh(final double coordinate, final int axis,
		final double[] weights, final int at)
	{
		final double last = points - 1;
		final double t = patch[axis] == 1 ? 0 : Math.max(0, Math.min(last,
			coordinate / (patch[axis] - 1) * last));
		final int node = (int) Math.min(t, last - 1);
		final double f = t - node;
		weights[at] = ((-0.5 * f + 1) * f - 0.5) * f;
		weights[at + 1] = (1.5 * f - 2.5) * f * f + 1;
		weights[at + 2] = ((-1.5 * f + 2) * f + 0.5) * f;
		weights[at + 3] = (0.5 * f - 0.5) * f * f;
		return node - 1;
	}

	/** Interpolates along z and y; what is left are the nodes along x. */
	private double[] collapse(final double[] values, final int[][] first,
		final double[][] weights, final int[] position)
	{
		double[] rest = values;
		for (int d = first.length - 1; d > 0; d--) {
			final double[] next = new double[rest.length / points];
			final int at = position[d];
			for (int tap = 0; tap < TAPS; tap++) {
				final int from = clamp(first[d][at] + tap) * next.length;
				final double weight = weights[d][TAPS * at + tap];
				for (int i = 0; i < next.length; i++)
					next[i] += weight * rest[from + i];
			}
			rest = next;
		}
		return rest;
	}

	private void addLine(final double[] line, final int[] first,
		final double[] weights, final double[] coordinates)
	{
		final double[] extended = new double[points + 2];
		for (int i = 0; i < extended.length; i++)
			extended[i] = line[clamp(i - 1)];
		for (int i = 0; i < coordinates.length; i++) {
			final int f = first[i] + 1;
			final int w = TAPS * i;
			coordinates[i] += weights[w] * extended[f] + weights[w + 1] * extended[f +
				1] + weights[w + 2] * extended[f + 2] + weights[w + 3] * extended[f +
					3];
		}
	}

	private int clamp(final int node) {
		return Math.max(0, Math.min(points - 1, node));
	}
}
