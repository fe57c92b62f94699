
package sc.fiji.unet.imagej;

import java.util.Arrays;

/**
 * Which channels of an image are used: all of them, or some in a stated order.
 * Immutable.
 */
public final class ChannelSelection {

	private static final ChannelSelection ALL = new ChannelSelection(new int[0]);

	private final int[] numbers;

	private ChannelSelection(final int[] numbers) {
		this.numbers = numbers;
	}

	/** @return all channels, in the order of the image */
	public static ChannelSelection all() {
		return ALL;
	}

	/**
	 * @param text "all" (or nothing), or channel numbers from 1 such as "1,3"
	 * @throws IllegalArgumentException if it is neither
	 */
	public static ChannelSelection parse(final String text) {
		final String trimmed = text.trim();
		if (trimmed.isEmpty() || trimmed.equalsIgnoreCase("all")) return ALL;
		if (!trimmed.matches("[1-9]\\d{0,4}(\\s*,\\s*[1-9]\\d{0,4})*"))
			throw new IllegalArgumentException("Channels \"" + text +
				"\" must be \"all\" or numbers from 1, such as \"1,3\".");
		return new ChannelSelection(Arrays.stream(trimmed.split("\\s*,\\s*"))
			.mapToInt(Integer::parseInt).toArray());
	}

	/** @return whether all channels are used */
	public boolean isAll() {
		return numbers.length == 0;
	}

	/**
	 * @param available number of channels that the image has
	 * @return the channels to use, counted from 0
	 * @throws IllegalArgumentException if a channel is asked for that the image
	 *           does not have
	 */
	int[] indices(final int available) {
		final int[] indices = new int[isAll() ? available : numbers.length];
		for (int i = 0; i < indices.length; i++) {
			indices[i] = isAll() ? i : numbers[i] - 1;
			if (indices[i] >= available) throw new IllegalArgumentException(
				"There is no channel " + numbers[i] + "; the image has " + available +
					" channel" + (available == 1 ? "." : "s."));
		}
		return indices;
	}

	@Override
	public String toString() {
		return isAll() ? "all" : Arrays.toString(numbers).replaceAll("[\\[\\] ]",
			"");
	}
}
