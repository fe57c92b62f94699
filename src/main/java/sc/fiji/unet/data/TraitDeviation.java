
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import sc.fiji.unet.network.ImageTrait;
import sc.fiji.unet.network.TrainingTraits;

/**
 * A trait in which an image is not like those of a training. Immutable.
 */
public final class TraitDeviation {

	/** Causes first, then what deviates most. */
	private static final Comparator<TraitDeviation> TELLING = Comparator
		.comparingInt(TraitDeviation::rank).thenComparingDouble(
			found -> -found.excess);

	private final int channel;
	private final ImageTrait trait;
	private final double value;
	private final double[] range;
	private final double excess;
	private final boolean inverted;

	private TraitDeviation(final TrainingTraits training, final ImageTraits image,
		final int channel, final ImageTrait trait)
	{
		this.channel = channel;
		this.trait = trait;
		value = image.value(channel, trait);
		range = training.ranges(channel).get(trait);
		excess = trait.excess(value, range[0], range[1], training.images());
		inverted = isUsualMirrored(training, image);
	}

	private boolean isUsualMirrored(final TrainingTraits training,
		final ImageTraits image)
	{
		switch (trait) {
			case LEVEL:
			case LINES:
				return isUsual(training, ImageTrait.LEVEL, 1 - image.value(channel,
					ImageTrait.LEVEL)) && isUsual(training, ImageTrait.LINES, -image
						.value(channel, ImageTrait.LINES));
			case BRIGHTEST:
				return isUsual(training, ImageTrait.DARKEST, value);
			default:
				return false;
		}
	}

	private boolean isUsual(final TrainingTraits training, final ImageTrait other,
		final double mirrored)
	{
		final double[] known = training.ranges(channel).get(other);
		return known != null && other.excess(mirrored, known[0], known[1], training
			.images()) <= 1;
	}

	/**
	 * @param training what is usual
	 * @param image what is compared with it, with as many channels
	 * @return in the channel of the greatest deviation the trait that tells most:
	 *         one that changes others, as overexposure and noise do, or else the
	 *         one that deviates most; empty if none deviates more than is to be
	 *         expected
	 * @throws IllegalArgumentException if the numbers of channels differ
	 */
	public static Optional<TraitDeviation> of(final TrainingTraits training,
		final ImageTraits image)
	{
		if (training.channels() != image.channels())
			throw new IllegalArgumentException("Traits of " + training.channels() +
				" channels do not tell about an image with " + image.channels() + ".");
		final List<TraitDeviation> all = new ArrayList<>();
		for (int c = 0; c < image.channels(); c++)
			for (final ImageTrait trait : training.ranges(c).keySet())
				all.add(new TraitDeviation(training, image, c, trait));
		all.removeIf(deviation -> deviation.excess <= 1);
		return all.stream().max(Comparator.comparingDouble(d -> d.excess)).flatMap(
			greatest -> all.stream().filter(d -> d.channel == greatest.channel).min(
				TELLING));
	}

	/**
	 * Overexposure takes away contrast, which makes noise stronger; noise widens
	 * the range of grey values; in an inverted image the dark end of the range
	 * looks overexposed; and the level is changed by nearly everything.
	 */
	private int rank() {
		switch (trait) {
			case BRIGHTEST:
				return inverted ? 3 : 0;
			case NOISE:
				return isAbove() ? 1 : 2;
			case LEVEL:
				return inverted ? 2 : 3;
			case DARKEST:
				return 3;
			default:
				return 2;
		}
	}

	/** @return index of the channel */
	public int channel() {
		return channel;
	}

	public ImageTrait trait() {
		return trait;
	}

	/** @return value of the image, in the unit that the trait states */
	public double value() {
		return value;
	}

	/** @return lowest value of the training */
	public double low() {
		return range[0];
	}

	/** @return highest value of the training */
	public double high() {
		return range[1];
	}

	/** @return whether the value is too high, not too low */
	public boolean isAbove() {
		return value > range[1];
	}

	/** @return whether the image would be usual if what is dark were bright */
	public boolean isInverted() {
		return inverted;
	}
}
