
package sc.fiji.unet.data;

import java.util.Arrays;

/**
 * Looks up lines of arbitrary points in a mirror-extended image: linearly
 * interpolated, or the nearest pixel. Holds work space, so not thread-safe.
 */
final class MirroredImage {

	private final int[] size;
	private final int[] stride;
	/** Index offsets of the pixels below and above [axis][point]. */
	private final int[][] below;
	private final int[][] above;
	/** How far a point lies towards the pixel above, 0 to 1 [axis][point]. */
	private final float[][] fraction;
	private final int[] index;
	private final float[] weight;

	/**
	 * @param imageSize size x, y[, z] of the image
	 * @param length number of points in a line
	 */
	MirroredImage(final long[] imageSize, final int length) {
		final int n = imageSize.length;
		size = new int[n];
		stride = new int[n];
		int product = 1;
		for (int d = 0; d < n; d++) {
			size[d] = (int) imageSize[d];
			stride[d] = product;
			product *= size[d];
		}
		below = new int[n][length];
		above = new int[n][length];
		fraction = new float[n][length];
		index = new int[length];
		weight = new float[length];
	}

	/**
	 * Finds the neighbours of the points, for {@link #interpolate}.
	 *
	 * @param points coordinates [axis][point]
	 */
	void locate(final double[][] points) {
		for (int d = 0; d < size.length; d++)
			locate(points[d], size[d], stride[d], below[d], above[d], fraction[d]);
	}

	private static void locate(final double[] points, final int size,
		final int stride, final int[] below, final int[] above,
		final float[] fraction)
	{
		for (int i = 0; i < points.length; i++) {
			final double floor = Math.floor(points[i]);
			final int low = (int) floor;
			fraction[i] = (float) (points[i] - floor);
			if (low >= 0 && low + 1 < size) {
				below[i] = low * stride;
				above[i] = below[i] + stride;
			}
			else {
				below[i] = Mirror.index(low, size) * stride;
				above[i] = Mirror.index(low + 1L, size) * stride;
			}
		}
	}

	/**
	 * @param pixels grey values of the image, x fastest
	 * @param from index of the first pixel (of the channel)
	 * @param result receives the values at the located points
	 * @param at index of the first of them
	 */
	void interpolate(final float[] pixels, final int from, final float[] result,
		final int at)
	{
		Arrays.fill(result, at, at + index.length, 0);
		for (int corner = 0; corner < 1 << size.length; corner++) {
			toCorner(corner);
			for (int i = 0; i < index.length; i++)
				result[at + i] += weight[i] * pixels[from + index[i]];
		}
	}

	/** Indices and weights of one of the 2^n neighbours of each point. */
	private void toCorner(final int corner) {
		Arrays.fill(index, 0);
		Arrays.fill(weight, 1);
		for (int d = 0; d < size.length; d++) {
			final boolean high = (corner >> d & 1) == 1;
			final int[] neighbour = high ? above[d] : below[d];
			final float[] f = fraction[d];
			for (int i = 0; i < index.length; i++) {
				index[i] += neighbour[i];
				weight[i] *= high ? f[i] : 1 - f[i];
			}
		}
	}

	/**
	 * @param points coordinates [axis][point]
	 * @param pixels labels of the image, x fastest
	 * @param result receives the labels of the nearest pixels
	 * @param at index of the first of them
	 */
	void nearest(final double[][] points, final int[] pixels, final int[] result,
		final int at)
	{
		Arrays.fill(index, 0);
		for (int d = 0; d < size.length; d++)
			for (int i = 0; i < index.length; i++) {
				final int nearest = (int) Math.floor(points[d][i] + 0.5);
				index[i] += stride[d] * (nearest >= 0 && nearest < size[d] ? nearest
					: Mirror.index(nearest, size[d]));
			}
		for (int i = 0; i < index.length; i++)
			result[at + i] = pixels[index[i]];
	}
}
