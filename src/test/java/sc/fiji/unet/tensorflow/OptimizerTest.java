
package sc.fiji.unet.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;

/** What an update does to every weight, against arithmetic by hand. */
class OptimizerTest {

	private static final UNetConfig CONFIG = UNetConfig.builder().features(3, 4)
		.batchNormalization(false).build();
	private static final double[] RATES = { 0.02, 0.01, 0.03 };

	private static TensorFlowNetwork<TFloat32> create(final UNetConfig config,
		final OptimizerConfig optimizer)
	{
		return new TensorFlowNetwork<>(config, optimizer, TFloat32.class, Device
			.choose(ExecutionConfig.cpu()), 3);
	}

	/** One weight with all that an optimiser remembers of it. */
	private interface Rule {

		/**
		 * @param memory two numbers, 0 at first
		 * @param t number of the update, from 1
		 * @return the new weight
		 */
		double update(double weight, double gradient, double rate, double[] memory,
			int t);
	}

	@Test
	void momentum() {
		check(OptimizerConfig.sgd(0.9), (w, g, rate, m, t) -> {
			m[0] = 0.9 * m[0] + g;
			return w - rate * m[0];
		});
	}

	@Test
	void adam() {
		check(OptimizerConfig.adam(0.8, 0.95), (w, g, rate, m, t) -> w - adam(g,
			rate, m, t));
	}

	/** Decay acts on kernels alone, beside Adam and not through it. */
	@Test
	void adamWithDecoupledWeightDecay() {
		final OptimizerConfig config = OptimizerConfig.adam(0.8, 0.95)
			.withWeightDecay(0.5);
		check(config, true, (w, g, rate, m, t) -> w - 0.5 * rate * w - adam(g, rate,
			m, t));
		check(config, false, (w, g, rate, m, t) -> w - adam(g, rate, m, t));
	}

	/** Kingma and Ba 2015, in the order of the end of their section 2. */
	private static double adam(final double gradient, final double rate,
		final double[] m, final int t)
	{
		m[0] = 0.8 * m[0] + 0.2 * gradient;
		m[1] = 0.95 * m[1] + 0.05 * gradient * gradient;
		final double corrected = rate * Math.sqrt(1 - Math.pow(0.95, t)) / (1 - Math
			.pow(0.8, t));
		return corrected * m[0] / (Math.sqrt(m[1]) + 1e-7);
	}

	private static void check(final OptimizerConfig config, final Rule rule) {
		check(config, true, rule);
		check(config, false, rule);
	}

	/** @param kernels whether kernels are compared, or everything else */
	private static void check(final OptimizerConfig config, final boolean kernels,
		final Rule rule)
	{
		try (TensorFlowNetwork<TFloat32> network = create(CONFIG, config)) {
			final Map<String, float[]> weights = ReferenceNetworkTest.parameters(
				network);
			final Map<String, double[][]> memory = new LinkedHashMap<>();
			weights.forEach((name, w) -> memory.put(name, new double[w.length][2]));
			for (int t = 1; t <= RATES.length; t++) {
				final Batch batch = EngineSteps.random(CONFIG, 1, 16, 16);
				batch.input().put(0, t);
				final Map<String, float[]> gradients = gradients(network, batch);
				network.step(batch, RATES[t - 1]);
				final Map<String, float[]> updated = ReferenceNetworkTest.parameters(
					network);
				for (final String name : network.parameters()) {
					if (name.endsWith(Architecture.KERNEL) != kernels) continue;
					final float[] w = weights.get(name);
					for (int i = 0; i < w.length; i++) {
						final double expected = rule.update(w[i], gradients.get(name)[i],
							RATES[t - 1], memory.get(name)[i], t);
						assertEquals(expected, updated.get(name)[i], 2e-6, config.method() +
							", update " + t + ", " + name + "[" + i + "]");
					}
				}
				weights.putAll(updated);
			}
		}
	}

	private static Map<String, float[]> gradients(
		final TensorFlowNetwork<TFloat32> network, final Batch batch)
	{
		final Map<String, float[]> copies = new LinkedHashMap<>();
		try (Run run = network.feedTraining(batch)) {
			network.training().gradients.values().forEach(run::fetch);
			try (Result result = run.run()) {
				int i = 0;
				for (final String name : network.parameters()) {
					final float[] copy = new float[(int) result.get(i).size()];
					result.get(i++).asRawTensor().data().asFloats().read(copy);
					copies.put(name, copy);
				}
			}
		}
		return copies;
	}

	@Test
	void theAverageFollowsTheWeightsWithItsDecay() {
		final double decay = 0.15;
		try (TensorFlowNetwork<TFloat32> network = create(CONFIG, OptimizerConfig
			.sgd(0).withAverageDecay(decay)))
		{
			final String name = network.parameters().get(0);
			double average = ReferenceNetworkTest.parameters(network).get(name)[0];
			for (int t = 0; t < 4; t++) {
				network.step(EngineSteps.random(CONFIG, 1, 16, 16), 0.1);
				final double weight = ReferenceNetworkTest.parameters(network).get(
					name)[0];
				final double d = Math.min(decay, (1.0 + t) / (10.0 + t));
				average = d * average + (1 - d) * weight;
				assertEquals(average, ReferenceNetworkTest.fetch(network.session(),
					predicting(network, name))[0], 1e-6, "after update " + (t + 1));
			}
		}
	}

	private static Operand<TFloat32> predicting(
		final TensorFlowNetwork<TFloat32> network, final String name)
	{
		final Ops tf = Ops.create(network.session().graph());
		return tf.readVariableOp(tf.varHandleOp(TFloat32.class, Shape.of(
			new Architecture(CONFIG).parameters().get(0).shape), VarHandleOp
				.sharedName("average/" + name)), TFloat32.class);
	}

	@Test
	void aGroupOfThreeBatchesIsDividedByThree() {
		try (TensorFlowNetwork<TFloat32> network = create(CONFIG, OptimizerConfig
			.sgd(0)))
		{
			final String name = network.parameters().get(0);
			final float[] before = ReferenceNetworkTest.parameters(network).get(name);
			double sum = 0;
			for (int i = 0; i < 3; i++) {
				final Batch batch = EngineSteps.random(CONFIG, 1, 16, 16);
				batch.input().put(0, i);
				sum += gradients(network, batch).get(name)[0];
				network.accumulate(batch);
			}
			network.apply(0.1);
			assertEquals(before[0] - 0.1 * sum / 3, ReferenceNetworkTest.parameters(
				network).get(name)[0], 1e-6);
		}
	}

	@Test
	void freezingInTheMiddleOfAGroupIsRefused() {
		try (TensorFlowNetwork<TFloat32> network = create(CONFIG, OptimizerConfig
			.sgd(0)))
		{
			network.accumulate(EngineSteps.random(CONFIG, 1, 16, 16));
			final String message = assertThrows(IllegalStateException.class,
				() -> network.freeze(Collections.emptyList())).getMessage();
			assertTrue(message.contains("freeze before"), message);
			network.apply(0.1);
			network.freeze(network.parameters());
		}
	}

	/**
	 * The kernel for batch normalisation in float32 is not the one that float64
	 * takes, so its gradient is looked at apart: along itself, the loss must grow
	 * by its length.
	 */
	@Test
	void gradientsThroughFusedBatchNormalisation() {
		final UNetConfig config = UNetConfig.builder().features(4, 6).build();
		final Batch batch = EngineSteps.random(config, 2, 16, 16);
		final double step = 2e-3;
		try (TensorFlowNetwork<TFloat32> network = create(config, OptimizerConfig
			.sgd(0)))
		{
			final Map<String, float[]> gradients = gradients(network, batch);
			for (final String name : network.parameters()) {
				final float[] gradient = gradients.get(name);
				double length = 0;
				for (final float g : gradient)
					length += g * g;
				length = Math.sqrt(length);
				final double higher = lossAlong(network, batch, name, gradient, step /
					length);
				final double lower = lossAlong(network, batch, name, gradient, -step /
					length);
				assertEquals(1, (higher - lower) / (2 * step) / length, 0.03, name +
					" along its gradient of length " + length);
			}
		}
	}

	private static double lossAlong(final TensorFlowNetwork<TFloat32> network,
		final Batch batch, final String name, final float[] direction,
		final double factor)
	{
		add(network, name, direction, factor);
		try (Run run = network.feedTraining(batch).fetch(network.training().loss);
				Result result = run.run())
		{
			return Run.scalar(result.get(0));
		}
		finally {
			add(network, name, direction, -factor);
		}
	}

	private static void add(final TensorFlowNetwork<TFloat32> network,
		final String name, final float[] direction, final double factor)
	{
		final float[] change = new float[direction.length];
		for (int i = 0; i < change.length; i++)
			change[i] = (float) (factor * direction[i]);
		final Ops tf = Ops.create(network.session().graph());
		final Operand<TFloat32> fed = tf.placeholder(TFloat32.class);
		try (TFloat32 tensor = TFloat32.tensorOf(Shape.of(network.training().weights
			.parameter(name).shape), DataBuffers.of(change, true, false)))
		{
			network.session().runner().feed(fed, tensor).addTarget(tf
				.assignAddVariableOp(network.training().weights.handle(name), fed))
				.run().close();
		}
	}

	@Test
	void takenOverWeightsStartTheOptimiserAnew(@TempDir final Path folder)
		throws IOException
	{
		final Batch batch = EngineSteps.random(CONFIG, 1, 16, 16);
		final OptimizerConfig adam = OptimizerConfig.adam(0.9, 0.99)
			.withAverageDecay(0.9);
		try (TensorFlowNetwork<TFloat32> used = create(CONFIG, adam);
				TensorFlowNetwork<TFloat32> fresh = create(CONFIG, adam))
		{
			for (int i = 0; i < 5; i++)
				used.step(batch, 0.01);
			used.save(folder);
			assertEquals(Collections.emptyList(), used.restoreMatching(folder,
				CONFIG));
			assertEquals(Collections.emptyList(), fresh.restoreMatching(folder,
				CONFIG));
			assertEquals(0, used.updates());
			assertEquals(used.evaluate(batch, null), fresh.evaluate(batch, null), 0,
				"the same weights");
			used.step(batch, 0.01);
			fresh.step(batch, 0.01);
			final Map<String, float[]> expected = ReferenceNetworkTest.parameters(
				fresh);
			ReferenceNetworkTest.parameters(used).forEach((name,
				values) -> assertTrue(Arrays.equals(expected.get(name), values), name));
		}
	}

	@Test
	void anotherPaddingIsAnotherNetwork(@TempDir final Path folder)
		throws IOException
	{
		try (TensorFlowNetwork<TFloat32> same = create(CONFIG, OptimizerConfig.sgd(
			0));
				TensorFlowNetwork<TFloat32> valid = create(CONFIG.toBuilder().padding(
					Padding.VALID).build(), OptimizerConfig.sgd(0)))
		{
			same.save(folder);
			final String message = assertThrows(IOException.class, () -> valid
				.restore(folder)).getMessage();
			assertTrue(message.contains("another network") && message.contains(
				"same padding"), message);
			valid.step(EngineSteps.random(valid.config(), 1, 24, 24), 0.1);
		}
	}
}
