
package sc.fiji.unet.segment;

import net.imglib2.Interval;
import net.imglib2.util.Intervals;

/**
 * Probabilities of a part of a scaled image, to be interpolated between. Not
 * thread-safe.
 */
final class TileBlock implements TileSink {

	private final Interval interval;
	private final int classes;
	/** Order [class, x, y[, z]]. */
	private final float[] values;

	TileBlock(final Interval interval, final int classes) {
		this.interval = interval;
		this.classes = classes;
		values = new float[Math.toIntExact(classes * Intervals.numElements(
			interval))];
	}

	/** @return what the block covers: x, y[, z] in scaled pixels */
	Interval interval() {
		return interval;
	}

	@Override
	public void accept(final Interval tile, final float[] probabilities) {
		final int length = Math.toIntExact(classes * tile.dimension(0));
		final long lines = Intervals.numElements(tile) / tile.dimension(0);
		final long[] start = tile.minAsLongArray();
		for (int line = 0; line < lines; line++) {
			System.arraycopy(probabilities, line * length, values, index(start),
				length);
			next(start, tile);
		}
	}

	/** Goes on to the next line. */
	private static void next(final long[] position, final Interval interval) {
		for (int d = 1; d < position.length; d++) {
			if (++position[d] <= interval.max(d)) return;
			position[d] = interval.min(d);
		}
	}

	private int index(final long[] position) {
		long index = 0;
		for (int d = position.length - 1; d >= 0; d--)
			index = index * interval.dimension(d) + position[d] - interval.min(d);
		return Math.toIntExact(index * classes);
	}

	/**
	 * @param pixels of the image, x, y[, z]
	 * @param positions where they lie, for each axis; between the pixels of this
	 *          block
	 * @return their probabilities, order [class, x, y[, z]]
	 */
	float[] interpolate(final Interval pixels, final AxisPositions[] positions) {
		final float[] result = new float[Math.toIntExact(classes * Intervals
			.numElements(pixels))];
		final long[] pixel = pixels.minAsLongArray();
		final long lines = Intervals.numElements(pixels) / pixels.dimension(0);
		final int length = Math.toIntExact(classes * pixels.dimension(0));
		for (int line = 0; line < lines; line++) {
			line(pixel, pixels, positions, result, line * length);
			next(pixel, pixels);
		}
		return result;
	}

	/** One line; z is not scaled, so its positions are pixels. */
	private void line(final long[] pixel, final Interval pixels,
		final AxisPositions[] positions, final float[] result, final int offset)
	{
		final int upper = row(pixel, positions, false);
		final int lower = row(pixel, positions, true);
		final float down = positions[1].share(pixel[1]);
		int i = offset;
		for (long x = pixels.min(0); x <= pixels.max(0); x++) {
			final int left = (int) (positions[0].below(x) - interval.min(0)) *
				classes;
			final int right = (int) (positions[0].above(x) - interval.min(0)) *
				classes;
			final float across = positions[0].share(x);
			for (int c = 0; c < classes; c++)
				result[i++] = mix(mix(values[upper + left + c], values[upper + right +
					c], across), mix(values[lower + left + c], values[lower + right + c],
						across), down);
		}
	}

	/** @return where the row of scaled pixels above or below a line begins */
	private int row(final long[] pixel, final AxisPositions[] positions,
		final boolean lower)
	{
		final long[] scaled = interval.minAsLongArray();
		for (int d = 1; d < scaled.length; d++)
			scaled[d] = d == 1 && lower ? positions[d].above(pixel[d]) : positions[d]
				.below(pixel[d]);
		return index(scaled);
	}

	private static float mix(final float a, final float b, final float share) {
		return a + share * (b - a);
	}
}
