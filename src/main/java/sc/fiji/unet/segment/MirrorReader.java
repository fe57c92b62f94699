
package sc.fiji.unet.segment;

import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

import sc.fiji.unet.data.Mirror;
import sc.fiji.unet.data.Normalizer;

/**
 * Reads blocks of an image that may reach over its border, where it is
 * continued by reflection. Only pixels that the block needs are touched, so the
 * image may be loaded lazily. Holds work space, so not thread-safe.
 */
final class MirrorReader {

	private final RandomAccessibleInterval<? extends RealType<?>> source;
	private final Normalizer normalizer;
	private final int dimensions;
	private final int channels;
	private float[] block = {};

	/**
	 * @param source grey values (x, y[, z], c)
	 * @param normalizer makes network input of them
	 */
	MirrorReader(final RandomAccessibleInterval<? extends RealType<?>> source,
		final Normalizer normalizer)
	{
		this.source = source;
		this.normalizer = normalizer;
		dimensions = source.numDimensions() - 1;
		channels = (int) source.dimension(dimensions);
	}

	/**
	 * @param min where the block starts: x, y[, z] in the source's coordinates
	 * @param size its size x, y[, z]
	 * @param target receives the network input, order [c, x, y[, z]]
	 */
	void read(final long[] min, final long[] size, final float[] target) {
		final int[][] places = new int[dimensions][];
		final long[] low = source.minAsLongArray();
		final long[] high = source.maxAsLongArray();
		for (int d = 0; d < dimensions; d++) {
			places[d] = Mirror.indices(min[d] - source.min(d), (int) size[d], source
				.dimension(d));
			final int first = smallest(places[d]);
			high[d] = low[d] + largest(places[d]);
			low[d] += first;
			for (int i = 0; i < places[d].length; i++)
				places[d][i] -= first;
		}
		final Interval touched = new FinalInterval(low, high);
		load(touched);
		spread(touched, places, target);
	}

	private static int smallest(final int[] values) {
		int smallest = values[0];
		for (final int v : values)
			smallest = Math.min(smallest, v);
		return smallest;
	}

	private static int largest(final int[] values) {
		int largest = values[0];
		for (final int v : values)
			largest = Math.max(largest, v);
		return largest;
	}

	/** Fills the work space with normalised values, order [x, y[, z], c]. */
	private void load(final Interval touched) {
		long count = 1;
		for (int d = 0; d <= dimensions; d++)
			count *= touched.dimension(d);
		if (block.length < count) block = new float[Math.toIntExact(count)];
		final int pixels = (int) (count / channels);
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(Views
			.interval(source, touched)).cursor();
		for (int c = 0, i = 0; c < channels; c++)
			for (int p = 0; p < pixels; p++, i++)
				block[i] = normalizer.apply(c, cursor.next().getRealFloat());
	}

	/** Takes each pixel of the target from its place in the work space. */
	private void spread(final Interval touched, final int[][] places,
		final float[] target)
	{
		final int width = places[0].length;
		int lines = 1;
		int pixels = (int) touched.dimension(0);
		for (int d = 1; d < dimensions; d++) {
			lines *= places[d].length;
			pixels *= touched.dimension(d);
		}
		for (int line = 0, t = 0; line < lines; line++) {
			final int start = lineStart(line, touched, places);
			for (int x = 0; x < width; x++)
				for (int c = 0, p = start + places[0][x]; c < channels; c++, p +=
					pixels)
					target[t++] = block[p];
		}
	}

	private int lineStart(final int line, final Interval touched,
		final int[][] places)
	{
		int rest = line;
		int stride = (int) touched.dimension(0);
		int start = 0;
		for (int d = 1; d < dimensions; d++) {
			start += places[d][rest % places[d].length] * stride;
			rest /= places[d].length;
			stride *= touched.dimension(d);
		}
		return start;
	}
}
