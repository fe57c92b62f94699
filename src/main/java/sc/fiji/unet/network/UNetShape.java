
package sc.fiji.unet.network;

import java.util.Arrays;

/**
 * Size arithmetic of a U-Net: which input sizes it can take, and what comes
 * out. Immutable. For the network of the paper (valid padding, four poolings)
 * the input is n = 16 b + 60 and the output n - 184.
 */
public final class UNetShape {

	private final UNetConfig config;

	public UNetShape(final UNetConfig config) {
		this.config = config;
	}

	/**
	 * @param axis 0 = x, 1 = y, 2 = z
	 * @return distance in pixels between two neighbouring admissible input sizes,
	 *         which is also the grid that tile origins must keep to
	 */
	public int granularity(final int axis) {
		int product = 1;
		for (int l = 0; l < config.depth(); l++)
			product *= config.pooling(l)[axis];
		return product;
	}

	/**
	 * @param axis 0 = x, 1 = y, 2 = z
	 * @return smallest admissible input size along the axis, in pixels
	 */
	public long smallestInput(final int axis) {
		if (config.padding() == Padding.SAME) return granularity(axis);
		// Input size of the bottom level; grow it until every size on the way up is
		// positive.
		for (long bottom = shrink(config.depth(), axis) + 1;; bottom++) {
			final long input = inputOfBottom(bottom, axis);
			if (network(bottom, axis) > 0) return input;
		}
	}

	/**
	 * @param axis 0 = x, 1 = y, 2 = z
	 * @param input input size in pixels
	 * @return whether the network can take it
	 */
	public boolean isAdmissible(final int axis, final long input) {
		final long smallest = smallestInput(axis);
		return input >= smallest && (input - smallest) % granularity(axis) == 0;
	}

	/**
	 * @param input input size x, y[, z] in pixels
	 * @throws IllegalArgumentException if the network cannot take it; names the
	 *           nearest admissible sizes
	 */
	public void checkInput(final long... input) {
		if (input.length != config.dimensions()) throw new IllegalArgumentException(
			"Input size " + Arrays.toString(input) + " has " + input.length +
				" axes, but the network has " + config.dimensions() + ".");
		for (int d = 0; d < input.length; d++)
			if (!isAdmissible(d, input[d])) throw new IllegalArgumentException(
				explain(d, input[d]));
	}

	private String explain(final int axis, final long input) {
		final long smallest = smallestInput(axis);
		final int step = granularity(axis);
		final String rule = "Input size " + input + " along " + config.axes()
			.names().charAt(axis) + " cannot pass " + config.depth() +
			" poolings; use ";
		final String formula = " (n = " + step + " b + " + smallest % step +
			", at least " + smallest + ").";
		if (input < smallest) return rule + smallest + formula;
		final long below = smallest + (input - smallest) / step * step;
		return rule + below + " or " + (below + step) + formula;
	}

	/**
	 * @param input admissible input size x, y[, z]
	 * @return size x, y[, z] of the network's own output, before any resizing
	 * @throws IllegalArgumentException if the input is not admissible
	 */
	public long[] networkOutput(final long... input) {
		checkInput(input);
		final long[] output = input.clone();
		for (int d = 0; d < output.length; d++)
			output[d] -= 2 * margin(d);
		return output;
	}

	/**
	 * @param input admissible input size x, y[, z]
	 * @return size x, y[, z] of the output: the configured one, else the
	 *         network's own
	 * @throws IllegalArgumentException if the input is not admissible
	 */
	public long[] output(final long... input) {
		final long[] own = networkOutput(input);
		final long[] resized = config.outputSize();
		return resized == null ? own : resized;
	}

	/**
	 * @param output wanted output size x, y[, z]
	 * @return smallest admissible input size whose own output covers it
	 */
	public long[] inputFor(final long... output) {
		final long[] input = new long[output.length];
		for (int d = 0; d < output.length; d++) {
			final long smallest = smallestInput(d);
			final long missing = output[d] + 2L * margin(d) - smallest;
			final int step = granularity(d);
			input[d] = smallest + Math.max(0, (missing + step - 1) / step) * step;
		}
		return input;
	}

	/**
	 * @param axis 0 = x, 1 = y, 2 = z
	 * @return pixels that the output is smaller than the input on each side; 0
	 *         for padding {@code same}
	 */
	public int margin(final int axis) {
		return config.padding() == Padding.SAME ? 0 : loss(axis);
	}

	/**
	 * How far an output pixel on the grid of {@link #granularity} looks into the
	 * input on each side. Input further away has no influence on it, so a tile
	 * that brings this much context along is exact.
	 * <p>
	 * With padding {@code valid} every convolution moves the poolings below it,
	 * so that what is lost on the way simply adds up. With padding {@code same}
	 * all poolings lie on one grid, and what a level needs is rounded up to whole
	 * pixels of the next, which makes the reach a little longer.
	 * </p>
	 *
	 * @param axis 0 = x, 1 = y, 2 = z
	 * @return distance in pixels; for padding {@code valid} equal to
	 *         {@link #margin}
	 */
	public int reach(final int axis) {
		return config.padding() == Padding.SAME ? reachOnGrid(axis) : loss(axis);
	}

	/** Pixels that padding valid takes away on each side. */
	private int loss(final int axis) {
		int scale = 1;
		int loss = 0;
		for (int l = 0; l <= config.depth(); l++) {
			final int passes = l < config.depth() ? 2 : 1;
			loss += passes * scale * shrink(l, axis) / 2;
			if (l < config.depth()) scale *= config.pooling(l)[axis];
		}
		return loss;
	}

	/** What is needed before pixel 0, followed from the output down and up. */
	private int reachOnGrid(final int axis) {
		int before = 0;
		for (int l = 0; l < config.depth(); l++) {
			final int pooling = config.pooling(l)[axis];
			before = (before + shrink(l, axis) / 2 + pooling - 1) / pooling;
		}
		before += shrink(config.depth(), axis) / 2;
		for (int l = config.depth() - 1; l >= 0; l--)
			before = before * config.pooling(l)[axis] + shrink(l, axis) / 2;
		return before;
	}

	/**
	 * @param level 0 to {@code depth - 1}
	 * @param axis 0 = x, 1 = y, 2 = z
	 * @return pixels cut from each side of the level's skip connection before it
	 *         is concatenated; 0 for padding {@code same}
	 */
	public int crop(final int level, final int axis) {
		if (config.padding() == Padding.SAME) return 0;
		int scale = 1;
		int lost = 0;
		for (int l = level; l < config.depth(); l++) {
			scale *= config.pooling(l)[axis];
			final int passes = l + 1 < config.depth() ? 2 : 1;
			lost += passes * scale * shrink(l + 1, axis) / 2;
		}
		return lost;
	}

	/** Pixels that the two convolutions of a level take away in all. */
	private int shrink(final int level, final int axis) {
		return 2 * (config.kernel(level)[axis] - 1);
	}

	private long inputOfBottom(final long bottom, final int axis) {
		long n = bottom;
		for (int l = config.depth() - 1; l >= 0; l--)
			n = n * config.pooling(l)[axis] + shrink(l, axis);
		return n;
	}

	/**
	 * Output size for an input size of the bottom level; negative or 0 if some
	 * size on the way is.
	 */
	private long network(final long bottom, final int axis) {
		long n = bottom - shrink(config.depth(), axis);
		for (int l = config.depth() - 1; l >= 0 && n > 0; l--)
			n = n * config.pooling(l)[axis] - shrink(l, axis);
		return n;
	}
}
