
package sc.fiji.unet.weightmap;

import java.util.Arrays;

/**
 * Equation 2 as it is written: the distance of each pixel to each object is the
 * smallest to any of its pixels, and the distances are sorted.
 */
final class NaiveWeightMap {

	private NaiveWeightMap() {}

	/**
	 * @param labels instance labels, x fastest
	 * @param size size x, y[, z]
	 * @return balanced weights without a ridge, x fastest
	 */
	static double[] compute(final int[] labels, final long[] size,
		final double w0, final double sigma, final double... spacing)
	{
		final double background = Arrays.stream(labels).filter(l -> l == 0).count();
		final double objects = Arrays.stream(labels).filter(l -> l > 0).count();
		final double[] weights = new double[labels.length];
		for (int p = 0; p < labels.length; p++) {
			if (labels[p] < 0) continue;
			weights[p] = Math.max(background, objects) / (labels[p] == 0 ? background
				: objects);
			if (labels[p] == 0) weights[p] += border(p, labels, size, w0, sigma,
				spacing);
		}
		return weights;
	}

	private static double border(final int p, final int[] labels,
		final long[] size, final double w0, final double sigma,
		final double... spacing)
	{
		final double[] sorted = Arrays.stream(labels).filter(l -> l > 0).distinct()
			.mapToDouble(id -> distance(p, id, labels, size, spacing)).sorted()
			.toArray();
		if (sorted.length < 2) return 0;
		final double sum = sorted[0] + sorted[1];
		return w0 * Math.exp(-sum * sum / (2 * sigma * sigma));
	}

	private static double distance(final int p, final int id, final int[] labels,
		final long[] size, final double... spacing)
	{
		double smallest = Double.POSITIVE_INFINITY;
		for (int q = 0; q < labels.length; q++) {
			if (labels[q] != id) continue;
			double squared = 0;
			for (int d = 0, a = p, b = q; d < size.length; d++) {
				final double apart = (a % size[d] - b % size[d]) * (spacing.length == 0
					? 1 : spacing[d]);
				squared += apart * apart;
				a /= size[d];
				b /= size[d];
			}
			smallest = Math.min(smallest, squared);
		}
		return Math.sqrt(smallest);
	}
}
