
package sc.fiji.unet.segment;

/**
 * Which pixels of an image make up each pixel of a scaled one, along one axis:
 * a triangle as wide as two pixels of the coarser of the two. Enlarging, this
 * is linear interpolation; shrinking, it averages whatever lies between, so
 * that nothing aliases. Beyond the border there is nothing; what is left of the
 * triangle counts more. Immutable.
 */
final class AxisWeights {

	private final int[] first;
	private final float[][] weights;

	/**
	 * @param pixels length of the axis in the image
	 * @param axis 0 for x, 1 for y, 2 for z
	 */
	AxisWeights(final long pixels, final Scale scale, final int axis) {
		final int length = Math.toIntExact(scale.length(pixels, axis));
		final double radius = Math.max(1, 1 / scale.factor(axis));
		first = new int[length];
		weights = new float[length][];
		for (int i = 0; i < length; i++) {
			final double centre = Math.min(pixels - 1, scale.toImage(i, axis));
			first[i] = (int) Math.max(0, Math.ceil(centre - radius));
			final int last = (int) Math.min(pixels - 1, Math.floor(centre + radius));
			weights[i] = triangle(first[i] - centre, last - first[i] + 1, radius);
		}
	}

	private static float[] triangle(final double start, final int count,
		final double radius)
	{
		final double[] heights = new double[count];
		double sum = 0;
		for (int k = 0; k < count; k++)
			sum += heights[k] = 1 - Math.abs(start + k) / radius;
		final float[] shares = new float[count];
		for (int k = 0; k < count; k++)
			shares[k] = (float) (heights[k] / sum);
		return shares;
	}

	/** @return number of scaled pixels */
	int length() {
		return first.length;
	}

	/** @return first pixel of the image that has a share in a scaled pixel */
	int first(final int scaled) {
		return first[scaled];
	}

	/** @return shares of the pixels from there on; they add up to 1; no copy */
	float[] weights(final int scaled) {
		return weights[scaled];
	}
}
