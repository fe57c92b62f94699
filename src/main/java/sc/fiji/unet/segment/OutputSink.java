
package sc.fiji.unet.segment;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;

/**
 * Keeps all that a network gives for a region, in one array. Not thread-safe.
 */
public final class OutputSink implements TileSink {

	private final Interval region;
	private final int channels;
	private final float[] values;

	/**
	 * @param region what will be computed: x, y[, z]
	 * @param channels of the output of the network
	 * @throws ArithmeticException if the array would have 2^31 elements or more,
	 *           see {@link #fits}
	 */
	public OutputSink(final Interval region, final int channels) {
		this.region = new FinalInterval(region);
		this.channels = channels;
		values = new float[Math.toIntExact(Math.multiplyExact(channels, Intervals
			.numElements(region)))];
	}

	/** @return whether one array can hold so many pixels */
	public static boolean fits(final long pixels, final int channels) {
		return pixels <= (Integer.MAX_VALUE - 8) / channels;
	}

	@Override
	public void accept(final Interval tile, final float[] probabilities) {
		final int line = channels * (int) tile.dimension(0);
		final long[] position = tile.minAsLongArray();
		for (int from = 0; from < channels * Intervals.numElements(tile); from +=
			line)
		{
			System.arraycopy(probabilities, from, values, index(position), line);
			for (int d = 1; d < position.length && ++position[d] > tile.max(d); d++)
				position[d] = tile.min(d);
		}
	}

	private int index(final long[] position) {
		long pixel = 0;
		for (int d = position.length - 1; d >= 0; d--)
			pixel = pixel * region.dimension(d) + position[d] - region.min(d);
		return (int) (channels * pixel);
	}

	/** @return where the values lie */
	public Interval region() {
		return region;
	}

	/** @return order [class, x, y[, z]]; not copied */
	public float[] values() {
		return values;
	}
}
