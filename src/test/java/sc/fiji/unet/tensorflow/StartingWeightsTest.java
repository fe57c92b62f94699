
package sc.fiji.unet.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.types.TFloat32;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Precision;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;

/** What a network takes over of the weights of another one, value by value. */
class StartingWeightsTest {

	private static final int SIZE = 16;
	private static final long SEED = 8;
	private static final OptimizerConfig ADAM = OptimizerConfig.adam(0.9, 0.99)
		.withAverageDecay(0.9);
	private static final String FIRST = "level0/down/conv1/kernel";
	private static final List<String> HEAD = Arrays.asList("head/kernel",
		"head/bias");

	@TempDir
	Path folder;

	private Path exported;

	@BeforeEach
	void makeFolder() throws IOException {
		exported = Files.createDirectory(folder.resolve("exported"));
	}

	private static UNetConfig config(final int channels,
		final String... classes)
	{
		return UNetConfig.builder().features(3, 4).channels(channels).classNames(
			Arrays.asList(classes)).build();
	}

	private static TensorFlowNetwork<TFloat32> create(final UNetConfig config) {
		return new TensorFlowNetwork<>(config, ADAM, TFloat32.class, Device.choose(
			ExecutionConfig.cpu()), SEED);
	}

	/** Its averages differ from its weights, and its statistics from 0 and 1. */
	private TensorFlowNetwork<TFloat32> trained(final UNetConfig config)
		throws IOException
	{
		final TensorFlowNetwork<TFloat32> network = new TensorFlowNetwork<>(config,
			ADAM, TFloat32.class, Device.choose(ExecutionConfig.cpu()), 3);
		for (int i = 0; i < 4; i++)
			network.step(EngineSteps.random(config, 2, SIZE, SIZE), 0.05);
		network.export(exported);
		return network;
	}

	/** @return probabilities, order [class, x, y] */
	private static float[] predict(final TrainableNetwork network,
		final FloatBuffer input)
	{
		final FloatBuffer result = TensorFlowNetworkTest.floats((long) network
			.config().classes() * SIZE * SIZE);
		network.predict(1, new long[] { SIZE, SIZE }, input, result);
		final float[] values = new float[result.capacity()];
		result.get(values);
		return values;
	}

	private static FloatBuffer grey() {
		return EngineSteps.random(config(1, "x"), 1, SIZE, SIZE).input();
	}

	/** @return the same grey image in every channel */
	private static FloatBuffer copies(final int channels) {
		final FloatBuffer grey = grey();
		final FloatBuffer copies = TensorFlowNetworkTest.floats(channels * SIZE *
			SIZE);
		for (int i = 0; i < copies.capacity(); i++)
			copies.put(i, grey.get(i / channels));
		return copies;
	}

	@Test
	void theSameNetworkIsTakenOverWhole() throws IOException {
		final UNetConfig config = config(1, "foreground");
		try (TensorFlowNetwork<TFloat32> source = trained(config);
				TensorFlowNetwork<TFloat32> network = create(config))
		{
			network.step(EngineSteps.random(config, 2, SIZE, SIZE), 0.1);
			assertEquals(Collections.emptyList(), network.restoreMatching(exported,
				config));
			assertArrayEquals(predict(source, grey()), predict(network, grey()), 0,
				"averages start from them");
			assertEquals(0, network.updates());
			final Map<String, float[]> weights = ReferenceNetworkTest.parameters(
				network);
			final Map<String, float[]> raw = ReferenceNetworkTest.parameters(source);
			assertFalse(Arrays.equals(raw.get(FIRST), weights.get(FIRST)),
				"averages are taken, not the last weights");
			assertArrayEquals(raw.get("level0/down/conv1/mean"), weights.get(
				"level0/down/conv1/mean"));
		}
	}

	@Test
	void otherClassesHaveANewHeadAlone() throws IOException {
		final UNetConfig config = config(1, "foreground");
		final UNetConfig other = config(1, "background", "inside", "rim");
		trained(config).close();
		try (TensorFlowNetwork<TFloat32> whole = create(config);
				TensorFlowNetwork<TFloat32> network = create(other))
		{
			final Map<String, float[]> fresh = ReferenceNetworkTest.parameters(
				network);
			whole.restoreMatching(exported, config);
			assertEquals(HEAD, network.restoreMatching(exported, config));
			final Map<String, float[]> expected = ReferenceNetworkTest.parameters(
				whole);
			HEAD.forEach(name -> expected.put(name, fresh.get(name)));
			assertSame(expected, ReferenceNetworkTest.parameters(network));
		}
	}

	private static void assertSame(final Map<String, float[]> expected,
		final Map<String, float[]> actual)
	{
		assertEquals(expected.keySet(), actual.keySet());
		actual.forEach((name, values) -> assertArrayEquals(expected.get(name),
			values, 0, name));
	}

	@Test
	void classesOfTheSameNameKeepTheirWeights() throws IOException {
		final UNetConfig config = config(1, "background", "inside", "rim");
		final UNetConfig other = config(1, "background", "debris", "inside");
		trained(config).close();
		try (TensorFlowNetwork<TFloat32> whole = create(config);
				TensorFlowNetwork<TFloat32> network = create(other))
		{
			final Map<String, float[]> fresh = ReferenceNetworkTest.parameters(
				network);
			whole.restoreMatching(exported, config);
			assertEquals(HEAD, network.restoreMatching(exported, config));
			final Map<String, float[]> old = ReferenceNetworkTest.parameters(whole);
			final Map<String, float[]> now = ReferenceNetworkTest.parameters(network);
			for (final String name : HEAD)
				for (int i = 0; i < now.get(name).length; i += 3) {
					assertEquals(old.get(name)[i], now.get(name)[i], "background");
					assertEquals(fresh.get(name)[i + 1], now.get(name)[i + 1], "debris");
					assertEquals(old.get(name)[i + 1], now.get(name)[i + 2], "inside");
				}
		}
	}

	@Test
	void equalChannelsAreAnsweredAsBefore() throws IOException {
		for (final int before : new int[] { 1, 2 }) {
			exported = Files.createDirectory(folder.resolve("of" + before));
			final UNetConfig config = config(before, "foreground");
			final float[] expected;
			try (TensorFlowNetwork<TFloat32> source = trained(config)) {
				expected = predict(source, copies(before));
			}
			final int now = 3 - before;
			final UNetConfig other = config(now, "foreground");
			try (TensorFlowNetwork<TFloat32> network = create(other)) {
				assertEquals(Collections.singletonList(FIRST), network.restoreMatching(
					exported, config));
				assertArrayEquals(expected, predict(network, copies(now)), 1e-5f,
					before + " to " + now);
			}
		}
	}

	@Test
	void channelsInAnotherOrderAreKnownByName() throws IOException {
		final UNetConfig config = config(2, "foreground").toBuilder().channelNames(
			Arrays.asList("DAPI", "GFP")).build();
		final UNetConfig other = config.toBuilder().channelNames(Arrays.asList(
			"GFP", "DAPI")).build();
		final FloatBuffer image = EngineSteps.random(config, 1, SIZE, SIZE).input();
		final FloatBuffer swapped = TensorFlowNetworkTest.floats(image.capacity());
		for (int i = 0; i < image.capacity(); i++)
			swapped.put(i, image.get(i ^ 1));
		try (TensorFlowNetwork<TFloat32> source = trained(config);
				TensorFlowNetwork<TFloat32> network = create(other))
		{
			network.restoreMatching(exported, config);
			assertArrayEquals(predict(source, image), predict(network, swapped),
				1e-5f);
		}
	}

	@Test
	void anExportIsTakenOverInDoublePrecisionToo() throws IOException {
		final UNetConfig config = config(1, "foreground");
		final UNetConfig other = config(2, "foreground");
		final float[] expected;
		try (TensorFlowNetwork<TFloat32> source = trained(config)) {
			expected = predict(source, grey());
		}
		try (TrainableNetwork network = new TensorFlowFactory().create(other, ADAM,
			ExecutionConfig.cpu().withPrecision(Precision.FLOAT64), SEED))
		{
			network.restoreMatching(exported, config);
			assertArrayEquals(expected, predict(network, copies(2)), 1e-5f);
		}
	}

	@Test
	void whatDoesNotFitChangesNothing() throws IOException {
		final UNetConfig config = config(1, "foreground");
		trained(config).close();
		final UNetConfig deeper = UNetConfig.builder().features(3, 4, 5).build();
		try (TensorFlowNetwork<TFloat32> network = create(deeper)) {
			final Map<String, float[]> before = ReferenceNetworkTest.parameters(
				network);
			final String other = assertThrows(IllegalArgumentException.class,
				() -> network.restoreMatching(exported, config)).getMessage();
			assertTrue(other.contains("[1, 3, 4]") && other.contains("[1, 3, 4, 5]"),
				other);
			assertSame(before, ReferenceNetworkTest.parameters(network));
			network.step(EngineSteps.random(deeper, 1, SIZE, SIZE), 0.01);
			final String wrong = assertThrows(IOException.class, () -> network
				.restoreMatching(exported, deeper)).getMessage();
			assertTrue(wrong.contains("another network"), wrong);
			assertThrows(IllegalStateException.class, () -> network.step(EngineSteps
				.random(deeper, 1, SIZE, SIZE), 0.01));
		}
	}
}
