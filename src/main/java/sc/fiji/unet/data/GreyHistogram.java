
package sc.fiji.unet.data;

import java.util.List;
import java.util.stream.Collectors;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

import sc.fiji.unet.network.IntensityStatistics;

/**
 * How often grey values occur in one channel of some images, as they were read.
 * It reaches from the lowest value to a little beyond all but the brightest
 * pixels, so that a few hot ones do not squeeze the rest. Immutable.
 */
public final class GreyHistogram {

	private static final int MOST_BINS = 256;
	/** Of the pixels, in percent, that lie within at least. */
	private static final double SHOWN = 99.8;
	/** What is left free beyond, as a share of the range. */
	private static final double MARGIN = 0.05;

	private final IntensityStatistics statistics;
	private final double first;
	private final double width;
	private final long[] counts;
	private long brighter;

	private GreyHistogram(final IntensityStatistics statistics,
		final boolean whole)
	{
		this.statistics = statistics;
		final double[] percentiles = statistics.percentiles();
		final double low = percentiles[0];
		final double max = percentiles[percentiles.length - 1];
		final double most = Math.max(percentile(SHOWN), twoDeviations());
		final double high = Math.min(Math.max(max, twoDeviations()), most + MARGIN *
			(most - low));
		// Grey levels are counted whole, or some bins would hold one more each.
		width = whole ? Math.max(1, Math.ceil((high - low + 1) / MOST_BINS))
			: high > low ? (high - low) / MOST_BINS : 1;
		first = whole ? low - 0.5 : low;
		counts = new long[whole ? (int) Math.ceil((high - first + 0.5) / width)
			: MOST_BINS];
	}

	private double percentile(final double percent) {
		for (int i = 0; i < IntensityStatistics.PERCENTILES.length; i++)
			if (IntensityStatistics.PERCENTILES[i] == percent) return statistics
				.percentiles()[i];
		throw new IllegalArgumentException("There is no percentile " + percent +
			".");
	}

	/**
	 * @param raw all images as read
	 * @param names those to be counted
	 * @param statistics of these images, an entry a channel
	 * @return one histogram a channel
	 */
	public static List<GreyHistogram> of(final List<RawSample> raw,
		final List<String> names, final List<IntensityStatistics> statistics)
	{
		final List<RawSample> images = Channels.reduce(raw).stream().filter(
			s -> names.contains(s.name())).collect(Collectors.toList());
		final boolean whole = images.stream().allMatch(s -> areWhole(s.image()));
		final List<GreyHistogram> histograms = statistics.stream().map(
			s -> new GreyHistogram(s, whole)).collect(Collectors.toList());
		for (final RawSample image : images)
			for (int c = 0; c < histograms.size(); c++)
				histograms.get(c).count(channel(image.image(), c));
		return histograms;
	}

	/** Images of 8 or 16 bits may have been read into floats. */
	private static boolean areWhole(
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		final Cursor<? extends RealType<?>> cursor = Views.iterable(image).cursor();
		while (cursor.hasNext()) {
			final double value = cursor.next().getRealDouble();
			if (value != Math.rint(value)) return false;
		}
		return true;
	}

	private static <T> RandomAccessibleInterval<T> channel(
		final RandomAccessibleInterval<T> image, final int channel)
	{
		final int axis = image.numDimensions() - 1;
		return Views.hyperSlice(image, axis, image.min(axis) + channel);
	}

	private void count(
		final RandomAccessibleInterval<? extends RealType<?>> pixels)
	{
		final Cursor<? extends RealType<?>> cursor = Views.iterable(pixels)
			.cursor();
		while (cursor.hasNext()) {
			final double value = cursor.next().getRealDouble();
			final int bin = (int) ((value - first) / width);
			// The highest value of all belongs to the last bin.
			if (bin < counts.length) counts[bin]++;
			else if (value <= end()) counts[counts.length - 1]++;
			else brighter++;
		}
	}

	/** @return number of pixels in each bin; a copy */
	public long[] counts() {
		return counts.clone();
	}

	/** @return grey value in the middle of a bin */
	public double middle(final int bin) {
		return first + (bin + 0.5) * width;
	}

	/** @return grey value where the first bin begins */
	public double start() {
		return first;
	}

	/** @return grey value where the last bin ends */
	public double end() {
		return first + counts.length * width;
	}

	/** @return number of pixels beyond the last bin */
	public long brighter() {
		return brighter;
	}

	/** @return mean of all pixels */
	public double mean() {
		return statistics.mean();
	}

	/** @return mean plus two standard deviations */
	public double twoDeviations() {
		return statistics.mean() + 2 * statistics.standardDeviation();
	}
}
