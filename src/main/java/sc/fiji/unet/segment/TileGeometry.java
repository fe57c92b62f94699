
package sc.fiji.unet.segment;

import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

/**
 * How the tiles of a network must lie so that tiling changes nothing. A pooling
 * network treats pixels alike only at whole steps of its granularity, so that
 * tiles start on that grid and advance by multiples of it. A {@code valid}
 * network needs its margin as context. A {@code same} network needs its reach,
 * rounded up to the grid, and what it says about the context is thrown away
 * (overlap-tile strategy, Ronneberger et al. 2015, figure 2). Immutable.
 */
final class TileGeometry {

	private final UNetConfig config;
	private final UNetShape shape;

	/** @throws IllegalArgumentException if the network resizes its output */
	TileGeometry(final UNetConfig config) {
		if (config.outputSize() != null) throw new IllegalArgumentException(
			"This network resizes its output to a fixed size, so that its tiles do not fit together; train one without output size to segment images with it.");
		this.config = config;
		shape = new UNetShape(config);
	}

	UNetConfig config() {
		return config;
	}

	/** @return the grid that tiles start on, in pixels */
	int granularity(final int axis) {
		return shape.granularity(axis);
	}

	/** @return pixels of context before a tile; at least as many follow it */
	long context(final int axis) {
		if (config.padding() == Padding.VALID) return shape.margin(axis);
		return roundUp(shape.reach(axis), axis);
	}

	/** @return pixels of the network's output that come before the tile */
	long crop(final int axis) {
		return config.padding() == Padding.VALID ? 0 : context(axis);
	}

	/**
	 * @param origin where a tile starts: x, y[, z]
	 * @return where the input that it needs starts
	 */
	long[] withContext(final long... origin) {
		final long[] min = origin.clone();
		for (int d = 0; d < min.length; d++)
			min[d] -= context(d);
		return min;
	}

	/**
	 * @param step size x, y[, z] of a tile, multiples of the granularity
	 * @return size x, y[, z] of the input that a tile needs
	 */
	long[] input(final long... step) {
		if (config.padding() == Padding.VALID) return shape.inputFor(step);
		final long[] input = step.clone();
		for (int d = 0; d < input.length; d++)
			input[d] += 2 * context(d);
		return input;
	}

	/** @return size x, y[, z] of the network's output for an input */
	long[] output(final long... input) {
		return shape.networkOutput(input);
	}

	long roundUp(final long length, final int axis) {
		final long step = granularity(axis);
		return (length + step - 1) / step * step;
	}

	/** @return whether the network treats x and y in the same way */
	boolean isSquare() {
		for (int l = 0; l <= config.depth(); l++)
			if (config.kernel(l)[0] != config.kernel(l)[1] || l < config.depth() &&
				config.pooling(l)[0] != config.pooling(l)[1]) return false;
		return true;
	}
}
