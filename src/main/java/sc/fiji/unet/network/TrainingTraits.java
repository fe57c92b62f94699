
package sc.fiji.unet.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Between what values the {@link ImageTrait}s of the images lie that a network
 * was trained on. Immutable.
 */
public final class TrainingTraits implements Serializable {

	private static final long serialVersionUID = 1L;

	private final int images;
	/** For each channel lowest and highest value of each trait that is known. */
	private final List<Map<ImageTrait, double[]>> ranges = new ArrayList<>();

	/**
	 * @param images number of images, 1 or more
	 * @param channels for each channel the lowest and the highest value of each
	 *          trait; a trait that is missing is not known
	 * @throws IllegalArgumentException if there is no image or channel, or a
	 *           range is none
	 */
	public TrainingTraits(final int images,
		final List<Map<ImageTrait, double[]>> channels)
	{
		if (images < 1 || channels.isEmpty()) throw new IllegalArgumentException(
			"Traits of " + images + " images with " + channels.size() +
				" channels say nothing; both must be 1 or more.");
		this.images = images;
		for (final Map<ImageTrait, double[]> channel : channels) {
			final Map<ImageTrait, double[]> copy = new EnumMap<>(ImageTrait.class);
			channel.forEach((trait, range) -> copy.put(trait, checked(trait, range)));
			ranges.add(copy);
		}
	}

	private static double[] checked(final ImageTrait trait,
		final double[] range)
	{
		if (range.length != 2 || !(range[0] <= range[1]) || Double.isInfinite(
			range[1] - range[0])) throw new IllegalArgumentException("The trait " +
				trait.key() +
				" needs a lowest and a highest value, finite and in this order.");
		return range.clone();
	}

	/** @return number of images that were measured */
	public int images() {
		return images;
	}

	/** @return number of channels */
	public int channels() {
		return ranges.size();
	}

	/**
	 * @param channel index of the channel
	 * @return lowest and highest value of each trait that is known; copies
	 */
	public Map<ImageTrait, double[]> ranges(final int channel) {
		final Map<ImageTrait, double[]> copy = new EnumMap<>(ImageTrait.class);
		ranges.get(channel).forEach((trait, range) -> copy.put(trait, range
			.clone()));
		return Collections.unmodifiableMap(copy);
	}
}
