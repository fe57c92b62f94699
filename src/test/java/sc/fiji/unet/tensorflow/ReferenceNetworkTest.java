
package sc.fiji.unet.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Precision;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.tensorflow.Architecture.Parameter;

/** The graph against a U-Net in nested loops, and its first weights. */
class ReferenceNetworkTest {

	private static final OptimizerConfig PLAIN = OptimizerConfig.sgd(0.9);
	private static final float TOLERANCE = 1e-5f;

	private static TensorFlowNetwork<TFloat32> create(final UNetConfig config) {
		return new TensorFlowNetwork<>(config, PLAIN, TFloat32.class, Device.choose(
			ExecutionConfig.cpu()), 3);
	}

	/** @return the values of weights and moving statistics by name */
	static Map<String, float[]> parameters(
		final TensorFlowNetwork<TFloat32> network)
	{
		final Map<String, float[]> values = new LinkedHashMap<>();
		for (final Variables<TFloat32> set : Arrays.asList(network
			.training().weights, network.training().statistics))
			for (final String name : set.names())
				values.put(name, fetch(network.session(), set.read(name)));
		return values;
	}

	static float[] fetch(final Session session, final Operand<TFloat32> what) {
		try (Result result = session.runner().fetch(what).run()) {
			final float[] values = new float[(int) result.get(0).size()];
			result.get(0).asRawTensor().data().asFloats().read(values);
			return values;
		}
	}

	@Test
	void validPaddingWithSoftmaxOnAnOblongImage() {
		compare(UNetConfig.builder().channels(2).classes(3).features(3, 4, 5)
			.padding(Padding.VALID).batchNormalization(false).build(), 52, 44);
	}

	@Test
	void samePaddingWithSigmoidAndBatchNormalization() {
		compare(UNetConfig.builder().features(3, 5).padding(Padding.SAME).build(),
			20, 14);
	}

	@Test
	void kernelsAndPoolingsThatDifferByAxis() {
		compare(UNetConfig.builder().features(2, 3, 4).kernel(new int[][] { { 3,
			1 }, { 1, 5 }, { 3, 3 } }).pooling(new int[][] { { 2, 1 }, { 3, 2 } })
			.padding(Padding.SAME).batchNormalization(false).build(), 18, 10);
		compare(UNetConfig.builder().features(2, 3).kernel(new int[][] { { 5, 3 }, {
			3, 1 } }).pooling(new int[][] { { 2, 3 } }).padding(Padding.VALID)
			.batchNormalization(false).build(), 36, 28);
	}

	@Test
	void resizedOutput() {
		compare(UNetConfig.builder().classes(2).features(2, 3).padding(
			Padding.VALID).batchNormalization(false).outputSize(31, 9).build(), 24,
			28);
	}

	private static void compare(final UNetConfig config, final long... size) {
		try (TensorFlowNetwork<TFloat32> network = create(config)) {
			// Moves biases and statistics away from 0 and 1.
			for (int i = 0; i < 3; i++)
				network.step(EngineSteps.random(config, 2, size), 0.05);
			final Batch batch = EngineSteps.random(config, 1, size);
			final int[] output = Arrays.stream(batch.outputSize()).mapToInt(
				s -> (int) s).toArray();
			final FloatBuffer actual = TensorFlowNetworkTest.floats((long) config
				.classes() * output[0] * output[1]);
			network.predict(1, size, batch.input(), actual);
			final double[][][] expected = new NaiveUNet(config, parameters(network),
				null).probabilities(image(config, batch));
			assertEquals(output[1], expected.length, "rows");
			for (int y = 0; y < output[1]; y++)
				for (int x = 0; x < output[0]; x++)
					for (int c = 0; c < config.classes(); c++)
						assertEquals(expected[y][x][c], actual.get((y * output[0] + x) *
							config.classes() + c), TOLERANCE, "class " + c + " at " + x +
								", " + y);
		}
	}

	private static double[][][] image(final UNetConfig config,
		final Batch batch)
	{
		final int width = (int) batch.inputSize()[0];
		final double[][][] image = new double[(int) batch
			.inputSize()[1]][width][config.channels()];
		for (int y = 0; y < image.length; y++)
			for (int x = 0; x < width; x++)
				for (int c = 0; c < config.channels(); c++)
					image[y][x][c] = batch.input().get((y * width + x) * config
						.channels() + c);
		return image;
	}

	@Test
	void dropoutStandsAtTheEndOfTheContractingPathInTrainingAlone() {
		final UNetConfig config = UNetConfig.builder().features(3, 8).padding(
			Padding.SAME).batchNormalization(false).dropout(0.3).build();
		try (TensorFlowNetwork<TFloat32> network = create(config)) {
			final Batch batch = EngineSteps.random(config, 1, 32, 24);
			final double[][][] image = image(config, batch);
			final Map<String, float[]> parameters = parameters(network);
			assertEquals(loss(batch, new NaiveUNet(config, parameters, null).logits(
				image)), network.evaluate(batch, null), TOLERANCE, "evaluation");

			final boolean[] kept = new boolean[16 * 12 * 8];
			final double actual = trainingLoss(network, batch, kept);
			final float[] factors = new float[kept.length];
			int count = 0;
			for (int i = 0; i < kept.length; i++) {
				factors[i] = kept[i] ? 1 / 0.7f : 0;
				if (kept[i]) count++;
			}
			assertEquals(0.7, (double) count / kept.length, 0.04, "share kept");
			assertEquals(loss(batch, new NaiveUNet(config, parameters, factors)
				.logits(image)), actual, TOLERANCE, "training");
		}
	}

	/** Runs the training pass once and looks at what dropout keeps. */
	private static double trainingLoss(final TensorFlowNetwork<TFloat32> network,
		final Batch batch, final boolean[] kept)
	{
		GraphOperation comparison = null;
		for (final Iterator<GraphOperation> all = network.session().graph()
			.operations(); all.hasNext();)
		{
			final GraphOperation op = all.next();
			if (op.type().equals("GreaterEqual")) comparison = op;
		}
		try (Run run = network.feedTraining(batch)) {
			run.fetch(network.training().loss).fetch(comparison.<TBool> output(0));
			try (Result result = run.run()) {
				result.get(1).asRawTensor().data().asBooleans().read(kept);
				return Run.scalar(result.get(0));
			}
		}
	}

	/** Weighted cross entropy of a single class, over counted pixels. */
	private static double loss(final Batch batch, final double[][][] logits) {
		double sum = 0;
		int i = 0;
		for (final double[][] row : logits)
			for (final double[] z : row) {
				final double p = 1 / (1 + Math.exp(-z[0]));
				sum -= batch.weights().get(i) * Math.log(batch.targets().get(i) == 1 ? p
					: 1 - p);
				i++;
			}
		return sum / i;
	}

	@Test
	void everyConvolutionStartsHeNormal() {
		final UNetConfig config = UNetConfig.builder().baseAndDepth(32, 2)
			.batchNormalization(false).build();
		try (TensorFlowNetwork<TFloat32> network = create(config)) {
			float[] before = {};
			for (final Parameter p : new Architecture(config).parameters()) {
				final float[] values = fetch(network.session(), network
					.training().weights.read(p.name));
				if (!p.name.endsWith(Architecture.KERNEL)) {
					for (final float v : values)
						assertEquals(0, v, p.name);
					continue;
				}
				checkNormal(p.name, values, Math.sqrt(2.0 / fanIn(p)));
				assertFalse(Arrays.equals(before, values), p.name +
					" has numbers of its own");
				before = values;
			}
		}
	}

	/** Of an up-convolution, each output pixel sees each input channel once. */
	private static long fanIn(final Parameter p) {
		return p.name.contains("upconv") ? p.shape[3] : p.shape[0] * p.shape[1] *
			p.shape[2];
	}

	private static void checkNormal(final String name, final float[] values,
		final double deviation)
	{
		double sum = 0;
		double squares = 0;
		int beyond = 0;
		for (final float v : values) {
			sum += v;
			squares += v * v;
			if (Math.abs(v) > 2 * deviation) beyond++;
		}
		final int n = values.length;
		assertEquals(0, sum / n, 4 * deviation / Math.sqrt(n), name + ", mean");
		assertEquals(1, Math.sqrt(squares / n) / deviation, 4 / Math.sqrt(2.0 * n),
			name + ", deviation");
		if (n > 2000) assertTrue(beyond > 0.03 * n && beyond < 0.06 * n, name +
			" has 4.6 % beyond two deviations, not truncated: " + beyond + " of " +
			n);
	}

	@Test
	void shortNumbersAreCloseToLongOnesOrRefused() {
		final UNetConfig config = UNetConfig.builder().baseAndDepth(16, 2).build();
		final ExecutionConfig shorter = ExecutionConfig.cpu().withPrecision(
			Precision.BFLOAT16);
		if (!Processor.hasBfloat16()) {
			final String message = assertThrows(IllegalArgumentException.class,
				() -> Device.choose(shorter)).getMessage();
			assertTrue(message.contains("use float32"), message);
			return;
		}
		final Batch batch = EngineSteps.random(config, 1, 64, 64);
		final FloatBuffer exact = TensorFlowNetworkTest.floats(64 * 64);
		final FloatBuffer close = TensorFlowNetworkTest.floats(64 * 64);
		try (TensorFlowNetwork<TFloat32> longer = create(config);
				TensorFlowNetwork<TFloat32> network = new TensorFlowNetwork<>(config,
					PLAIN, TFloat32.class, Device.choose(shorter), 3))
		{
			longer.predict(1, batch.inputSize(), batch.input(), exact);
			network.predict(1, batch.inputSize(), batch.input(), close);
			double squares = 0;
			for (int i = 0; i < 64 * 64; i++)
				squares += Math.pow(exact.get(i) - close.get(i), 2);
			final double difference = Math.sqrt(squares / (64 * 64));
			assertTrue(difference > 1e-5, "really computes shorter: " + difference);
			assertTrue(difference < 2e-2, "differs by " + difference);
			final double before = network.evaluate(batch, null);
			for (int i = 0; i < 60; i++)
				network.step(batch, 0.05);
			final double after = network.evaluate(batch, null);
			assertTrue(after < 0.8 * before, "loss fell from " + before + " to " +
				after);
		}
	}
}
