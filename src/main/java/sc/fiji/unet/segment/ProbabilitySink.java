
package sc.fiji.unet.segment;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.unet.network.Readout;

/**
 * Writes the probabilities of the foreground classes into an image. Not
 * thread-safe.
 */
public final class ProbabilitySink implements TileSink {

	private final RandomAccessibleInterval<FloatType> image;
	private final Readout readout;

	/**
	 * @param image receives the probabilities (x, y[, z], foreground), in the
	 *          tiles' coordinates
	 * @param readout how the output of the network is read
	 * @throws IllegalArgumentException if the image has another number of
	 *           channels than there are kinds of foreground
	 */
	public ProbabilitySink(final RandomAccessibleInterval<FloatType> image,
		final Readout readout)
	{
		final int axis = image.numDimensions() - 1;
		if (image.dimension(axis) != readout.foregrounds())
			throw new IllegalArgumentException("The probability image has " + image
				.dimension(axis) + " channels, but there are " + readout.foregrounds() +
				" foreground classes.");
		this.image = image;
		this.readout = readout;
	}

	@Override
	public void accept(final Interval tile, final float[] probabilities) {
		final int axis = tile.numDimensions();
		for (int kind = 0; kind < readout.foregrounds(); kind++) {
			final RandomAccessibleInterval<FloatType> channel = Views.hyperSlice(
				image, axis, image.min(axis) + kind);
			int i = 0;
			for (final FloatType pixel : Views.flatIterable(Views.interval(channel,
				tile)))
				pixel.set(readout.foreground(probabilities, i++, kind));
		}
	}
}
