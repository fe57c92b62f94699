
package sc.fiji.unet.data;

/**
 * Gaussian smoothing of flat arrays, truncated at 3 sigma, mirrored outside.
 */
final class GaussianFilter {

	private GaussianFilter() {}

	/**
	 * @param values pixels, x fastest; replaced by the result
	 * @param size size x, y[, z]
	 * @param sigma in pixels, along every axis
	 */
	static void smooth(final float[] values, final int[] size,
		final double sigma)
	{
		final float[] kernel = kernel(sigma);
		int stride = 1;
		for (final int length : size) {
			smooth(values, length, stride, kernel);
			stride *= length;
		}
	}

	private static float[] kernel(final double sigma) {
		final int radius = (int) Math.ceil(3 * sigma);
		final double[] exact = new double[radius + 1];
		double sum = 0;
		for (int i = 0; i <= radius; i++) {
			exact[i] = StrictMath.exp(-0.5 * i * i / (sigma * sigma));
			sum += i == 0 ? exact[i] : 2 * exact[i];
		}
		final float[] half = new float[radius + 1];
		for (int i = 0; i <= radius; i++)
			half[i] = (float) (exact[i] / sum);
		return half;
	}

	/**
	 * One axis. Pixels of all faster axes, {@code stride} many, lie side by side
	 * and are smoothed together.
	 */
	private static void smooth(final float[] values, final int length,
		final int stride, final float[] half)
	{
		final float[] source = new float[length * stride];
		final int[] mirrored = Mirror.indices(-half.length, length + 2 *
			half.length, length);
		for (int block = 0; block < values.length; block += source.length) {
			System.arraycopy(values, block, source, 0, source.length);
			if (stride == 1) smoothLine(source, values, block, half, mirrored);
			else for (int i = 0; i < length; i++)
				smoothRow(source, values, block, i, stride, half, mirrored);
		}
	}

	private static void smoothLine(final float[] source, final float[] values,
		final int block, final float[] half, final int[] mirrored)
	{
		final float[] extended = new float[mirrored.length];
		for (int i = 0; i < extended.length; i++)
			extended[i] = source[mirrored[i]];
		for (int i = 0; i < source.length; i++)
			values[block + i] = half[0] * source[i];
		for (int k = 1; k < half.length; k++)
			for (int i = 0; i < source.length; i++)
				values[block + i] += half[k] * (extended[half.length + i - k] +
					extended[half.length + i + k]);
	}

	private static void smoothRow(final float[] source, final float[] values,
		final int block, final int row, final int stride, final float[] half,
		final int[] mirrored)
	{
		final int to = block + row * stride;
		for (int i = 0; i < stride; i++)
			values[to + i] = half[0] * source[row * stride + i];
		for (int k = 1; k < half.length; k++) {
			final int before = mirrored[half.length + row - k] * stride;
			final int after = mirrored[half.length + row + k] * stride;
			for (int i = 0; i < stride; i++)
				values[to + i] += half[k] * (source[before + i] + source[after + i]);
		}
	}
}
