
package sc.fiji.unet.segment;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Writes the probabilities of the foreground classes into an image. Not
 * thread-safe.
 */
public final class ProbabilitySink implements TileSink {

	private final RandomAccessibleInterval<FloatType> image;
	private final int classes;
	private final int firstClass;

	/**
	 * @param image receives the probabilities (x, y[, z], class), in the tiles'
	 *          coordinates; classes from {@link #firstForeground} on
	 * @param classes number of output channels of the network
	 * @throws IllegalArgumentException if the image has another number of
	 *           channels than there are foreground classes
	 */
	public ProbabilitySink(final RandomAccessibleInterval<FloatType> image,
		final int classes)
	{
		firstClass = firstForeground(classes);
		final int axis = image.numDimensions() - 1;
		if (image.dimension(axis) != classes - firstClass)
			throw new IllegalArgumentException("The probability image has " + image
				.dimension(axis) + " channels, but there are " + (classes -
					firstClass) + " foreground classes.");
		this.image = image;
		this.classes = classes;
	}

	/**
	 * @param classes number of output channels of a network
	 * @return index of the first that is foreground: 0 of one, else 1
	 */
	public static int firstForeground(final int classes) {
		return classes == 1 ? 0 : 1;
	}

	@Override
	public void accept(final Interval tile, final float[] probabilities) {
		final int axis = tile.numDimensions();
		for (int c = firstClass; c < classes; c++) {
			final RandomAccessibleInterval<FloatType> channel = Views.hyperSlice(
				image, axis, image.min(axis) + c - firstClass);
			int i = c;
			for (final FloatType pixel : Views.flatIterable(Views.interval(channel,
				tile)))
			{
				pixel.set(probabilities[i]);
				i += classes;
			}
		}
	}
}
