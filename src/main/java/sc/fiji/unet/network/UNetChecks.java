
package sc.fiji.unet.network;

import java.util.Arrays;
import java.util.List;

/** What the values of a {@link UNetConfig} must agree in. */
final class UNetChecks {

	private UNetChecks() {}

	/** @return the values given for each level, or the usual one */
	static int[][] perLevel(final int[][] given, final int levels,
		final int dimensions, final int otherwise, final String what)
	{
		final int[][] result = new int[levels][dimensions];
		for (final int[] level : result)
			Arrays.fill(level, otherwise);
		if (given == null) return result;
		if (given.length != levels) throw new IllegalArgumentException(
			"There are " + given.length + " entries for " + what +
				", but the network has " + levels +
				" levels with one; give one a level.");
		for (int l = 0; l < levels; l++) {
			if (given[l].length != dimensions) throw new IllegalArgumentException(
				"The " + what + " of level " + l + " has " + given[l].length +
					" axes, but images have " + dimensions + ".");
			result[l] = given[l].clone();
		}
		return result;
	}

	/**
	 * @throws IllegalArgumentException if values are out of range or contradict
	 *           each other
	 */
	static void check(final UNetConfig config) {
		checkNames(config);
		checkLevels(config);
		if (!(config.dropout() >= 0 && config.dropout() < 1))
			throw new IllegalArgumentException("Dropout " + config.dropout() +
				" must lie in 0 (none) to below 1.");
		if (config.outputSize() != null) checkOutput(config.outputSize(), config
			.dimensions());
	}

	private static void checkNames(final UNetConfig config) {
		final List<String> classes = config.classNames();
		if (config.channelNames().isEmpty() || classes.isEmpty())
			throw new IllegalArgumentException(
				"A network needs at least one input channel and one class.");
		if (config.hasBorderClass() && classes.size() != UNetConfig.BORDER_NAMES
			.size()) throw new IllegalArgumentException(
				"A network whose last class is the border of objects has the classes " +
					UNetConfig.BORDER_NAMES + ", not " + classes + ".");
	}

	private static void checkLevels(final UNetConfig config) {
		final String features = Arrays.toString(config.features());
		if (config.depth() < 1) throw new IllegalArgumentException(
			"The channel list " + features +
				" has no level below the first; give at least input, first and second level, such as [1, 16, 32].");
		for (final int f : config.features())
			if (f < 1) throw new IllegalArgumentException("Feature channels " +
				features + " must be positive.");
		for (int level = 0; level <= config.depth(); level++)
			for (final int k : config.kernel(level))
				if (k < 1 || k % 2 == 0) throw new IllegalArgumentException(
					"Kernel size " + k + " must be odd and positive.");
		for (int level = 0; level < config.depth(); level++)
			for (final int p : config.pooling(level))
				if (p < 1) throw new IllegalArgumentException("Pooling factor " + p +
					" must be 1 or more.");
	}

	private static void checkOutput(final long[] size, final int dimensions) {
		if (size.length != dimensions) throw new IllegalArgumentException(
			"Output size " + Arrays.toString(size) + " must have " + dimensions +
				" axes.");
		for (final long s : size)
			if (s < 1) throw new IllegalArgumentException("Output size " + Arrays
				.toString(size) + " must be positive.");
	}
}
