
package sc.fiji.unet.segment;

/**
 * One symmetry of the square in the x-y plane: x and y are exchanged or not,
 * then each is flipped or not. Buffers have the order [c, x, y[, z]] with c
 * fastest.
 */
final class Symmetry {

	private final boolean flipX;
	private final boolean flipY;
	private final boolean transposed;

	Symmetry(final boolean flipX, final boolean flipY, final boolean transposed) {
		this.flipX = flipX;
		this.flipY = flipY;
		this.transposed = transposed;
	}

	boolean isIdentity() {
		return !flipX && !flipY && !transposed;
	}

	/**
	 * @param image what to turn
	 * @param perPixel number of channels
	 * @param size size x, y[, z]; square where x and y are exchanged
	 * @param turned receives the turned image
	 */
	void apply(final float[] image, final int perPixel, final long[] size,
		final float[] turned)
	{
		final int[] source = sources(size);
		for (int start = 0; start < turned.length; start += source.length *
			perPixel)
			for (int i = 0; i < source.length; i++)
				System.arraycopy(image, start + source[i] * perPixel, turned, start +
					i * perPixel, perPixel);
	}

	/**
	 * Turns back and adds.
	 *
	 * @param turned what the turned image gave
	 * @param perPixel number of classes
	 * @param size size x, y[, z] of both
	 * @param sum what to add to
	 */
	void addBack(final float[] turned, final int perPixel, final long[] size,
		final float[] sum)
	{
		final int[] source = sources(size);
		for (int start = 0; start < turned.length; start += source.length *
			perPixel)
			for (int i = 0; i < source.length; i++)
				for (int c = 0; c < perPixel; c++)
					sum[start + source[i] * perPixel + c] += turned[start + i * perPixel +
						c];
	}

	/** For each pixel of a turned plane, which one of the plane it comes from. */
	private int[] sources(final long[] size) {
		final int width = (int) size[0];
		final int height = (int) size[1];
		final int[] source = new int[width * height];
		for (int y = 0, i = 0; y < height; y++)
			for (int x = 0; x < width; x++, i++) {
				final int u = transposed ? y : x;
				final int v = transposed ? x : y;
				source[i] = (flipX ? width - 1 - u : u) + width * (flipY ? height - 1 -
					v : v);
			}
		return source;
	}
}
