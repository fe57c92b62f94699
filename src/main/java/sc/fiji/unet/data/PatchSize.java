
package sc.fiji.unet.data;

import java.util.Arrays;

import sc.fiji.unet.network.UNetShape;

/**
 * Sizes of a patch: what a network sees, which part of that it answers for, and
 * with how many pixels. The part lies in the middle of the input. Immutable.
 */
public final class PatchSize {

	private final long[] input;
	private final long[] region;
	private final long[] output;

	private PatchSize(final long[] input, final long[] region,
		final long[] output)
	{
		this.input = input.clone();
		this.region = region.clone();
		this.output = output.clone();
	}

	/**
	 * @param input size x, y[, z] of the input
	 * @param output size x, y[, z] of the part in the middle that is answered
	 *          for, pixel by pixel
	 * @throws IllegalArgumentException if numbers of axes differ, a size is not
	 *           positive, or the output exceeds the input
	 */
	public static PatchSize of(final long[] input, final long[] output) {
		boolean valid = input.length == output.length;
		for (int d = 0; valid && d < input.length; d++)
			valid = output[d] > 0 && output[d] <= input[d];
		if (!valid) throw new IllegalArgumentException("Output size " + Arrays
			.toString(output) +
			" must be positive, with as many axes as the input size " + Arrays
				.toString(input) + ", and no larger.");
		return new PatchSize(input, output, output);
	}

	/**
	 * @param shape size arithmetic of the network
	 * @param input size x, y[, z] of the input
	 * @throws IllegalArgumentException if the network cannot take the input;
	 *           names the nearest admissible sizes
	 */
	public static PatchSize of(final UNetShape shape, final long... input) {
		return new PatchSize(input, shape.networkOutput(input), shape.output(
			input));
	}

	/** @return number of spatial axes */
	public int dimensions() {
		return input.length;
	}

	/** @return size x, y[, z] of the network's input; a copy */
	public long[] input() {
		return input.clone();
	}

	/**
	 * @return size x, y[, z] in input pixels of the middle part that targets
	 *         cover; a copy
	 */
	public long[] region() {
		return region.clone();
	}

	/**
	 * @return size x, y[, z] of targets and weights: as {@link #region()} unless
	 *         the network resizes its logits; a copy
	 */
	public long[] output() {
		return output.clone();
	}

	@Override
	public String toString() {
		return Arrays.toString(input) + " -> " + Arrays.toString(output);
	}
}
