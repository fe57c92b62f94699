
package sc.fiji.unet.labeling;

import java.util.Arrays;

/**
 * Exact Euclidean distances in pixels from each pixel to the nearest one of the
 * background, one pass per axis (Meijster et al. 2000, Felzenszwalb and
 * Huttenlocher 2012). Beyond the image there is no background.
 */
final class DistanceToBackground {

	private DistanceToBackground() {}

	/**
	 * @param mask 0 = background, x fastest
	 * @param size size x, y[, z] in pixels
	 * @return the distances; infinite where there is no background at all
	 */
	static float[] of(final byte[] mask, final int[] size) {
		final float[] squared = new float[mask.length];
		Arrays.fill(squared, Float.POSITIVE_INFINITY);
		for (int p = 0; p < mask.length; p++)
			if (mask[p] == 0) squared[p] = 0;
		int stride = 1;
		for (final int length : size) {
			pass(squared, length, stride);
			stride *= length;
		}
		for (int p = 0; p < squared.length; p++)
			squared[p] = (float) Math.sqrt(squared[p]);
		return squared;
	}

	private static void pass(final float[] squared, final int length,
		final int stride)
	{
		final ParabolaEnvelopes envelopes = new ParabolaEnvelopes(length, 1, 1);
		final int[] nearest = new int[length];
		final double[] line = new double[length];
		for (int l = 0; l < squared.length / length; l++) {
			final int start = l / stride * stride * length + l % stride;
			envelopes.clear();
			Arrays.fill(line, Double.POSITIVE_INFINITY);
			for (int i = 0; i < length; i++) {
				final float value = squared[start + i * stride];
				if (!Float.isInfinite(value)) envelopes.add(i, value, 0);
			}
			envelopes.first(nearest, line, 0, 1);
			for (int i = 0; i < length; i++)
				squared[start + i * stride] = (float) line[i];
		}
	}
}
