
package sc.fiji.unet.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Precision;
import sc.fiji.unet.network.UNetConfig;

/**
 * Analytic against finite-difference gradients in float64, for every parameter
 * of every layer, through the loss.
 */
class GradientTest {

	private static final double STEP = 1e-6;
	private static final double TOLERANCE = 1e-6;

	@Test
	void validPaddingWithSigmoid() {
		check(UNetConfig.builder().features(2, 3, 4).padding(Padding.VALID)
			.batchNormalization(false).dropout(0.4).build(), 44);
	}

	@Test
	void samePaddingWithBatchNormalisationAndSoftmax() {
		check(UNetConfig.builder().channels(2).classes(3).features(3, 4).padding(
			Padding.SAME).build(), 8);
	}

	@Test
	void resizedOutput() {
		check(UNetConfig.builder().features(2, 3).padding(Padding.VALID)
			.batchNormalization(false).outputSize(23, 19).build(), 24);
	}

	@Test
	void kernelsAndPoolingsThatDifferByAxis() {
		check(UNetConfig.builder().features(2, 3, 3).kernel(new int[][] { { 3, 1 },
			{ 1, 5 }, { 3, 3 } }).pooling(new int[][] { { 2, 1 }, { 3, 2 } }).padding(
				Padding.SAME).batchNormalization(false).build(), 12);
	}

	private static void check(final UNetConfig config, final long size) {
		final Batch batch = EngineSteps.random(config, 2, size, size);
		try (TensorFlowNetwork<TFloat64> network = new TensorFlowNetwork<>(config,
			OptimizerConfig.sgd(0), TFloat64.class, Device.choose(ExecutionConfig
				.cpu().withPrecision(Precision.FLOAT64)), 5))
		{
			new Check(network, batch).run();
		}
	}

	/**
	 * One network and batch; its graph gets a node per parameter that changes it.
	 */
	private static final class Check {

		private final TensorFlowNetwork<TFloat64> network;
		private final Batch batch;
		private final Random random = new Random(11);
		private final Map<String, Operand<TFloat64>> changes =
			new LinkedHashMap<>();
		private final Map<String, Op> additions = new LinkedHashMap<>();

		Check(final TensorFlowNetwork<TFloat64> network, final Batch batch) {
			this.network = network;
			this.batch = batch;
			final Ops tf = Ops.create(network.session().graph());
			for (final String name : network.parameters()) {
				final Operand<TFloat64> change = tf.placeholder(TFloat64.class);
				changes.put(name, change);
				additions.put(name, tf.assignAddVariableOp(network.training().weights
					.handle(name), change));
			}
		}

		void run() {
			// Biases of exactly 0 would put dead pixels on the kink of ReLU.
			for (final String name : network.parameters())
				for (int i = 0; i < size(name) && !name.endsWith(
					Architecture.KERNEL); i++)
					add(name, i, 0.1 * random.nextGaussian());
			gradients().forEach(this::compare);
		}

		private void compare(final String name, final double[] gradient) {
			final double largest = Arrays.stream(gradient).map(Math::abs).max()
				.getAsDouble();
			assertTrue(largest > 0, name + " has a gradient");
			for (int trial = 0; trial < Math.min(4, gradient.length); trial++) {
				final int i = random.nextInt(gradient.length);
				final double numeric = (lossWith(name, i, STEP) - lossWith(name, i,
					-STEP)) / (2 * STEP);
				assertEquals(numeric, gradient[i], TOLERANCE * Math.max(1, largest),
					name + "[" + i + "]");
			}
		}

		private double lossWith(final String name, final int index,
			final double change)
		{
			add(name, index, change);
			try (Run run = network.feedTraining(batch).fetch(network.training().loss);
					Result result = run.run())
			{
				return Run.scalar(result.get(0));
			}
			finally {
				add(name, index, -change);
			}
		}

		private void add(final String name, final int index, final double change) {
			final double[] delta = new double[size(name)];
			delta[index] = change;
			try (TFloat64 tensor = TFloat64.tensorOf(Shape.of(network
				.training().weights.parameter(name).shape), DataBuffers.of(delta, true,
					false)))
			{
				network.session().runner().feed(changes.get(name), tensor).addTarget(
					additions.get(name)).run().close();
			}
		}

		private int size(final String name) {
			return (int) network.training().weights.parameter(name).size();
		}

		private Map<String, double[]> gradients() {
			final Run run = network.feedTraining(batch);
			network.training().gradients.values().forEach(run::fetch);
			final Map<String, double[]> copies = new LinkedHashMap<>();
			try (Run closed = run; Result result = run.run()) {
				int i = 0;
				for (final String name : network.parameters()) {
					final double[] copy = new double[size(name)];
					result.get(i++).asRawTensor().data().asDoubles().read(copy);
					copies.put(name, copy);
				}
			}
			return copies;
		}
	}
}
