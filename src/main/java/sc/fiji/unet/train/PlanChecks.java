
package sc.fiji.unet.train;

import java.util.Arrays;

import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

/** What the settings of a plan must agree in. */
final class PlanChecks {

	private PlanChecks() {}

	/**
	 * @throws IllegalArgumentException if values are out of range or contradict
	 *           each other
	 */
	static void check(final TrainingPlan plan) {
		if (!plan.auto().contains(AutoSetting.DEPTH) && !plan.auto().contains(
			AutoSetting.PATCH_SIZE)) new UNetShape(plan.network()).checkInput(plan
				.patchSize());
		final double rate = plan.learningRate();
		if (!(rate > 0) || Double.isInfinite(rate))
			throw new IllegalArgumentException("Learning rate " + rate +
				" must be a positive number; 0.003 suits Adam, 0.01 SGD.");
		checkTarget(plan.network(), plan.target());
		new EarlyStopping(plan.patience());
	}

	/** @throws IllegalArgumentException if the value is below 1 */
	static int positive(final String what, final int value) {
		if (value < 1) throw new IllegalArgumentException(what + " " + value +
			" must be 1 or more.");
		return value;
	}

	/** @return a size an axis, of which a single one stands for all */
	static long[] perAxis(final long[] given, final int dimensions) {
		if (given.length != 1) return given.clone();
		final long[] size = new long[dimensions];
		Arrays.fill(size, given[0]);
		return size;
	}

	/** @return next larger size that the network can take */
	static long[] fit(final UNetConfig network, final long[] given) {
		final UNetShape shape = new UNetShape(network);
		final long[] size = perAxis(given, network.dimensions());
		for (int d = 0; d < size.length; d++)
			while (!shape.isAdmissible(d, size[d]))
				size[d]++;
		return size;
	}

	private static void checkTarget(final UNetConfig network,
		final TargetConfig target)
	{
		final int classes = network.isMultiClass() ? network.classes() : 2;
		if (target.classes() != classes) throw new IllegalArgumentException(
			"The network tells " + classes + " classes apart, but the labels have " +
				target.classes() + "; both count the background.");
		final double[] spacing = target.weights().spacing();
		if (spacing.length > 0 && spacing.length != network.dimensions())
			throw new IllegalArgumentException("Spacing " + Arrays.toString(spacing) +
				" of the weight map has " + spacing.length +
				" values, but the network has " + network.dimensions() +
				" axes; give one value an axis, or none for 1.");
	}
}
