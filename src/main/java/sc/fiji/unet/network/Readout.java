
package sc.fiji.unet.network;

/**
 * How the output channels of a network are read: which of them is foreground,
 * and where the inside of an object is. Immutable.
 */
public final class Readout {

	private final int channels;
	private final boolean border;

	private Readout(final int channels, final boolean border) {
		this.channels = channels;
		this.border = border;
	}

	/** @return how the output of a network is read */
	public static Readout of(final UNetConfig network) {
		return new Readout(network.classes(), network.hasBorderClass());
	}

	/**
	 * @param classes 1: a foreground probability; more: exclusive classes, the
	 *          first being the background
	 */
	public static Readout ofClasses(final int classes) {
		return new Readout(classes, false);
	}

	/** @return number of output channels of the network */
	public int channels() {
		return channels;
	}

	/** @return number of kinds of foreground */
	public int foregrounds() {
		return channels == 1 || border ? 1 : channels - 1;
	}

	/** @return whether several kinds of foreground are told apart */
	public boolean isMultiClass() {
		return channels > 1 && !border;
	}

	/** @return whether the inside of objects is told from their border */
	public boolean hasBorder() {
		return border;
	}

	/**
	 * @param probabilities order [class, pixel]
	 * @param pixel index of the pixel
	 * @param kind of foreground, from 0
	 * @return probability of that foreground, the border of objects included
	 */
	public float foreground(final float[] probabilities, final int pixel,
		final int kind)
	{
		final int first = pixel * channels;
		if (border) return 1 - probabilities[first];
		return probabilities[channels == 1 ? first : first + 1 + kind];
	}

	/**
	 * @param probabilities order [class, pixel]
	 * @param pixel index of the pixel
	 * @return of networks for one kind of foreground, the probability that the
	 *         pixel is inside an object, not on its border; where there is no
	 *         border class, that of the foreground
	 */
	public float inside(final float[] probabilities, final int pixel) {
		return probabilities[border ? pixel * channels + 1 : pixel * channels];
	}
}
