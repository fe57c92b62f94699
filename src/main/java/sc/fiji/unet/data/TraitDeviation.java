
package sc.fiji.unet.data;

import java.util.Optional;

import sc.fiji.unet.network.ImageTrait;
import sc.fiji.unet.network.TrainingTraits;

/**
 * A trait in which an image is not like those of a training. Immutable.
 */
public final class TraitDeviation {

	private final int channel;
	private final ImageTrait trait;
	private final double value;
	private final double[] range;
	private final double excess;
	private final int images;

	private TraitDeviation(final int channel, final ImageTrait trait,
		final double value, final double[] range, final int images)
	{
		this.channel = channel;
		this.trait = trait;
		this.value = value;
		this.range = range;
		this.images = images;
		excess = trait.excess(value, range[0], range[1], images);
	}

	/**
	 * @param training what is usual
	 * @param image what is compared with it, with as many channels
	 * @return the trait that deviates most, or in its place the noise if that is
	 *         too strong, since it changes other traits, too; empty if none
	 *         deviates more than is to be expected
	 * @throws IllegalArgumentException if the numbers of channels differ
	 */
	public static Optional<TraitDeviation> greatest(final TrainingTraits training,
		final ImageTraits image)
	{
		if (training.channels() != image.channels())
			throw new IllegalArgumentException("Traits of " + training.channels() +
				" channels do not tell about an image with " + image.channels() + ".");
		TraitDeviation greatest = null;
		for (int c = 0; c < image.channels(); c++)
			for (final ImageTrait trait : training.ranges(c).keySet()) {
				final TraitDeviation next = of(training, image, c, trait);
				if (next.excess > (greatest == null ? 1 : greatest.excess)) greatest =
					next;
			}
		return Optional.ofNullable(greatest).map(found -> cause(training, image,
			found));
	}

	/** Overexposure makes noise stronger as well, by taking away contrast. */
	private static TraitDeviation cause(final TrainingTraits training,
		final ImageTraits image, final TraitDeviation found)
	{
		if (found.trait == ImageTrait.BRIGHTEST || !training.ranges(found.channel)
			.containsKey(ImageTrait.NOISE)) return found;
		final TraitDeviation noise = of(training, image, found.channel,
			ImageTrait.NOISE);
		return noise.isAbove() && noise.excess > 1 ? noise : found;
	}

	private static TraitDeviation of(final TrainingTraits training,
		final ImageTraits image, final int channel, final ImageTrait trait)
	{
		return new TraitDeviation(channel, trait, image.value(channel, trait),
			training.ranges(channel).get(trait), training.images());
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

	/**
	 * @param other a value that the trait might have had
	 * @return whether that would have been nothing unusual
	 */
	public boolean wouldBeUsual(final double other) {
		return trait.excess(other, range[0], range[1], images) <= 1;
	}
}
