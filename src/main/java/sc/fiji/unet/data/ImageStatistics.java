
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

import sc.fiji.unet.network.IntensityStatistics;

/**
 * Grey-value statistics of an image or a series, channel by channel. Minimum,
 * maximum, mean and standard deviation count every pixel. Percentiles are exact
 * up to {@link #EXACT} pixels a channel; of more, one pixel of every group of
 * neighbours is taken, at a place that looks random but is always the same.
 * Immutable.
 */
public final class ImageStatistics {

	/** Number of pixels a channel up to which percentiles are exact. */
	public static final int EXACT = 1 << 22;

	/** One entry a channel. */
	private final List<IntensityStatistics> statistics;
	/** Sorted grey values of each channel. */
	private final float[][] sorted;

	private ImageStatistics(final List<Collector> channels) {
		statistics = new ArrayList<>();
		sorted = new float[channels.size()][];
		for (int c = 0; c < sorted.length; c++) {
			sorted[c] = channels.get(c).sorted();
			statistics.add(channels.get(c).statistics(sorted[c]));
		}
	}

	/**
	 * @param name what messages call the image
	 * @param image grey values (x, y[, z], c)
	 * @throws IllegalArgumentException if a pixel is NaN or infinite; names the
	 *           image
	 */
	public static ImageStatistics of(final String name,
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		return of(Collections.singletonList(name), Collections.singletonList(
			image));
	}

	/**
	 * Statistics of all images of a series taken together.
	 *
	 * @param names what messages call the images
	 * @param images grey values (x, y[, z], c); at least one, all with the same
	 *          number of channels
	 * @throws IllegalArgumentException if a pixel is NaN or infinite, or the
	 *           numbers of channels differ; names the image
	 */
	public static ImageStatistics of(final List<String> names,
		final List<? extends RandomAccessibleInterval<? extends RealType<?>>> images)
	{
		final int channelAxis = images.get(0).numDimensions() - 1;
		final long channels = images.get(0).dimension(channelAxis);
		long pixels = 0;
		for (final RandomAccessibleInterval<?> image : images)
			pixels += Views.iterable(image).size() / channels;
		final List<Collector> collectors = new ArrayList<>();
		for (int c = 0; c < channels; c++)
			collectors.add(new Collector(pixels));
		for (int i = 0; i < images.size(); i++)
			collect(names.get(i), images.get(i), collectors);
		return new ImageStatistics(collectors);
	}

	private static void collect(final String name,
		final RandomAccessibleInterval<? extends RealType<?>> image,
		final List<Collector> collectors)
	{
		final int axis = image.numDimensions() - 1;
		if (image.dimension(axis) != collectors.size())
			throw new IllegalArgumentException("Image '" + name + "' has " + image
				.dimension(axis) + " channels, but the first of the series has " +
				collectors.size() + "; all must have the same number.");
		long notFinite = 0;
		for (int c = 0; c < collectors.size(); c++)
			notFinite += collectors.get(c).addAll(Views.hyperSlice(image, axis, image
				.min(axis) + c));
		if (notFinite > 0) throw new IllegalArgumentException("Image '" + name +
			"' " + notFinite(notFinite) + ".");
	}

	/** The words of every message about pixels that are no numbers. */
	static String notFinite(final long count) {
		return "has " + count +
			" pixels that are not finite numbers (NaN or infinite); replace them by grey values";
	}

	/** @return number of channels */
	public int channels() {
		return sorted.length;
	}

	/** @return the values that are stored with a model, one entry a channel */
	public List<IntensityStatistics> intensities() {
		return Collections.unmodifiableList(statistics);
	}

	/**
	 * @param channel index of the channel
	 * @param percent 0 to 100
	 * @return grey value below which that share of the pixels lies, interpolated
	 *         linearly between neighbours in order
	 */
	public double percentile(final int channel, final double percent) {
		return percentile(sorted[channel], percent);
	}

	private static double percentile(final float[] sorted, final double percent) {
		final double rank = percent / 100 * (sorted.length - 1);
		final int below = (int) Math.min(rank, sorted.length - 1);
		final int above = Math.min(below + 1, sorted.length - 1);
		return sorted[below] + (rank - below) * ((double) sorted[above] -
			sorted[below]);
	}

	/** Gathers the pixels of one channel. */
	private static final class Collector {

		private final float[] values;
		private final long group;
		private int stored;
		private long count;
		private double sum;
		private double sumOfSquares;
		/** First value; sums of differences to it do not lose digits. */
		private double origin;
		private float min = Float.POSITIVE_INFINITY;
		private float max = Float.NEGATIVE_INFINITY;
		private long next;

		Collector(final long pixels) {
			group = (pixels + EXACT - 1) / EXACT;
			values = new float[(int) ((pixels + group - 1) / group)];
		}

		/** @return number of pixels that are not finite */
		long addAll(final RandomAccessibleInterval<? extends RealType<?>> channel) {
			long notFinite = 0;
			final Cursor<? extends RealType<?>> cursor = Views.flatIterable(channel)
				.cursor();
			while (cursor.hasNext()) {
				final float value = cursor.next().getRealFloat();
				if (Float.isFinite(value)) add(value);
				else notFinite++;
			}
			return notFinite;
		}

		private void add(final float value) {
			if (count == 0) origin = value;
			if (count == next && stored < values.length) store(value);
			final double difference = value - origin;
			sum += difference;
			sumOfSquares += difference * difference;
			min = Math.min(min, value);
			max = Math.max(max, value);
			count++;
		}

		private void store(final float value) {
			values[stored++] = value;
			next = stored * group + (group == 1 ? 0 : SeededRandom.hash(stored, 0) %
				group);
		}

		float[] sorted() {
			final float[] sorted = Arrays.copyOf(values, stored);
			Arrays.sort(sorted);
			return sorted;
		}

		IntensityStatistics statistics(final float[] sortedValues) {
			final double mean = sum / count;
			final double variance = Math.max(0, sumOfSquares / count - mean * mean);
			final double[] percentiles = IntensityStatistics.PERCENTILES.clone();
			for (int i = 0; i < percentiles.length; i++)
				percentiles[i] = percentile(sortedValues, percentiles[i]);
			percentiles[0] = min;
			percentiles[percentiles.length - 1] = max;
			return new IntensityStatistics(count, origin + mean, Math.sqrt(variance),
				percentiles);
		}
	}
}
