
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
	/**
	 * Index of the line of pixels along x at each of the 2^(n-1) corners around a
	 * point, bit d - 1 of the corner being set for "above" along axis d
	 * [corner][point].
	 */
	private final int[][] row;
	/** Values interpolated along x in these lines [corner][point]. */
	private final float[][] rowValue;

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
		row = new int[1 << (n - 1)][length];
		rowValue = new float[row.length][length];
	}

	/**
	 * Finds the neighbours of the points, for {@link #interpolate}.
	 *
	 * @param points coordinates [axis][point]
	 */
	void locate(final double[][] points) {
		for (int d = 0; d < size.length; d++)
			locate(points[d], size[d], stride[d], below[d], above[d], fraction[d]);
		for (int corner = 0; corner < row.length; corner++) {
			Arrays.fill(row[corner], 0);
			for (int d = 1; d < size.length; d++) {
				final boolean high = (corner >> (d - 1) & 1) == 1;
				add(high ? above[d] : below[d], row[corner]);
			}
		}
	}

	private static void add(final int[] offsets, final int[] to) {
		for (int i = 0; i < to.length; i++)
			to[i] += offsets[i];
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
		for (int corner = 0; corner < row.length; corner++)
			interpolateAlongX(pixels, from, row[corner], rowValue[corner]);
		for (int d = size.length - 1; d > 0; d--)
			for (int corner = 0; corner < 1 << (d - 1); corner++)
				blend(rowValue[corner], rowValue[corner + (1 << (d - 1))], fraction[d]);
		System.arraycopy(rowValue[0], 0, result, at, rowValue[0].length);
	}

	private void interpolateAlongX(final float[] pixels, final int from,
		final int[] rows, final float[] result)
	{
		final int[] left = below[0];
		final int[] right = above[0];
		final float[] f = fraction[0];
		for (int i = 0; i < result.length; i++) {
			final int start = from + rows[i];
			final float value = pixels[start + left[i]];
			result[i] = value + f[i] * (pixels[start + right[i]] - value);
		}
	}

	/** Moves values towards others by a fraction of the difference. */
	private static void blend(final float[] values, final float[] others,
		final float[] fraction)
	{
		for (int i = 0; i < values.length; i++)
			values[i] += fraction[i] * (others[i] - values[i]);
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
		final int[] index = row[0];
		Arrays.fill(index, 0);
		for (int d = 0; d < size.length; d++)
			addNearest(points[d], size[d], stride[d], index);
		for (int i = 0; i < index.length; i++)
			result[at + i] = pixels[index[i]];
	}

	private static void addNearest(final double[] points, final int size,
		final int stride, final int[] index)
	{
		for (int i = 0; i < index.length; i++) {
			final int nearest = (int) Math.floor(points[i] + 0.5);
			index[i] += stride * (nearest >= 0 && nearest < size ? nearest : Mirror
				.index(nearest, size));
		}
	}
}
