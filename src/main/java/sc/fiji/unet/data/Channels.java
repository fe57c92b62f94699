
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * Equal channels: a grey image that was saved as RGB has three equal channels
 * and counts as one.
 */
public final class Channels {

	private Channels() {}

	/**
	 * @param image grey values (x, y[, z], c)
	 * @return whether it has one channel, or several that are equal
	 */
	public static boolean areEqual(
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		final int axis = image.numDimensions() - 1;
		for (long c = image.min(axis) + 1; c <= image.max(axis); c++)
			if (!areEqual(Views.hyperSlice(image, axis, image.min(axis)), Views
				.hyperSlice(image, axis, c))) return false;
		return true;
	}

	private static boolean areEqual(
		final RandomAccessibleInterval<? extends RealType<?>> a,
		final RandomAccessibleInterval<? extends RealType<?>> b)
	{
		final Cursor<? extends RealType<?>> cursorOfA = Views.flatIterable(a)
			.cursor();
		final Cursor<? extends RealType<?>> cursorOfB = Views.flatIterable(b)
			.cursor();
		while (cursorOfA.hasNext())
			if (Double.compare(cursorOfA.next().getRealDouble(), cursorOfB.next()
				.getRealDouble()) != 0) return false;
		return true;
	}

	/**
	 * @param image grey values (x, y[, z], c)
	 * @return its first channel as an image of one channel; a view
	 */
	public static <T> RandomAccessibleInterval<T> first(
		final RandomAccessibleInterval<T> image)
	{
		final long[] min = image.minAsLongArray();
		final long[] max = image.maxAsLongArray();
		max[max.length - 1] = min[min.length - 1];
		return Views.interval(image, new FinalInterval(min, max));
	}

	/**
	 * Reduces every image to its first channel if in all of them the channels are
	 * equal. One coloured image keeps the channels of all.
	 *
	 * @param samples images with any numbers of channels
	 * @return the samples, reduced or as they are
	 */
	public static List<RawSample> reduce(final List<RawSample> samples) {
		final boolean single = samples.stream().allMatch(s -> s.channels() == 1);
		if (single || !samples.stream().allMatch(s -> areEqual(s.image())))
			return new ArrayList<>(samples);
		return samples.stream().map(s -> new RawSample(s.name(), s.series(), first(s
			.image()), s.labels()).withAxes(s.axes())).collect(Collectors.toList());
	}
}
