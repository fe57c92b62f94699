
package sc.fiji.unet.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

class TensorFlowNetworkTest {

	private static final NetworkFactory FACTORY = new TensorFlowFactory();
	private static final OptimizerConfig SGD = OptimizerConfig.sgd(0.9);
	private static final OptimizerConfig ADAM = OptimizerConfig.adam(0.9, 0.99)
		.withWeightDecay(1e-2).withAverageDecay(0.9);
	private static final UNetConfig SMALL = UNetConfig.builder().baseAndDepth(4,
		2).padding(Padding.SAME).dropout(0.3).build();

	@TempDir
	Path folder;

	static FloatBuffer floats(final long count) {
		return ByteBuffer.allocateDirect((int) (4 * count)).order(ByteOrder
			.nativeOrder()).asFloatBuffer();
	}

	private static TrainableNetwork create(final UNetConfig config,
		final OptimizerConfig optimizer)
	{
		return FACTORY.create(config, optimizer, ExecutionConfig.cpu(), 3);
	}

	private static float[] predict(final Network network, final long... size) {
		final UNetConfig config = network.config();
		final Batch batch = EngineSteps.random(config, 1, size);
		final long[] output = new UNetShape(config).output(size);
		final FloatBuffer probabilities = floats(output[0] * output[1] * config
			.classes());
		network.predict(1, size, batch.input(), probabilities);
		final float[] result = new float[probabilities.capacity()];
		probabilities.get(result);
		return result;
	}

	@Test
	void threeChannelsAndFourClassesAt572Give388() {
		final UNetConfig config = UNetConfig.builder().channelList(3, 64, 128, 256,
			512, 1024).classes(4).padding(Padding.VALID).batchNormalization(false)
			.build();
		try (TrainableNetwork network = create(config, SGD)) {
			final Batch batch = EngineSteps.random(config, 2, 572, 572);
			assertArrayEquals(new long[] { 388, 388 }, batch.outputSize());
			final FloatBuffer probabilities = floats(2L * 388 * 388 * 4 + 1);
			probabilities.put(2 * 388 * 388 * 4, 7);
			network.predict(2, new long[] { 572, 572 }, batch.input(), probabilities);
			for (int pixel = 0; pixel < 2 * 388 * 388; pixel += 1009) {
				double sum = 0;
				for (int c = 0; c < 4; c++)
					sum += probabilities.get(4 * pixel + c);
				assertEquals(1, sum, 1e-5, "softmax sums to 1 at pixel " + pixel);
			}
			assertEquals(7, probabilities.get(2 * 388 * 388 * 4),
				"nothing is written past the result");
		}
	}

	@Test
	void logitsAreResizedToTheConfiguredOutput() {
		final UNetConfig config = UNetConfig.builder().channelList(1, 64, 128, 256,
			512).classes(2).padding(Padding.VALID).batchNormalization(false)
			.outputSize(572, 572).build();
		try (TrainableNetwork network = create(config, SGD)) {
			final FloatBuffer probabilities = floats(3L * 572 * 572 * 2);
			network.predict(3, new long[] { 572, 572 }, floats(3L * 572 * 572),
				probabilities);
			assertEquals(1, probabilities.get(3 * 572 * 572 * 2 - 1) + probabilities
				.get(3 * 572 * 572 * 2 - 2), 1e-5,
				"last pixel of the last image is written");
		}
	}

	@Test
	void sizesThatDoNotFitNeverReachTheNativeLibrary() {
		try (TrainableNetwork network = create(SMALL, SGD)) {
			final String message = assertThrows(IllegalArgumentException.class,
				() -> network.predict(1, new long[] { 30, 32 }, floats(960), floats(
					960))).getMessage();
			assertTrue(message.contains("28 or 32"), message);
			assertThrows(IllegalArgumentException.class, () -> network.predict(1,
				new long[] { 32, 32 }, floats(1024), floats(1023)), "result too small");
			assertThrows(IllegalArgumentException.class, () -> network.predict(1,
				new long[] { 32, 32 }, FloatBuffer.allocate(1024), floats(1024)),
				"not direct");
			final Batch twoChannels = new Batch(1, 2, new long[] { 32, 32 },
				new long[] { 32, 32 });
			assertThrows(IllegalArgumentException.class, () -> network.step(
				twoChannels, 0.1), "channels");
			final Batch otherTargets = new Batch(1, 1, new long[] { 32, 32 },
				new long[] { 28, 32 });
			assertThrows(IllegalArgumentException.class, () -> network.step(
				otherTargets, 0.1), "targets");
			final Batch badClass = EngineSteps.random(SMALL, 1, 32, 32);
			badClass.targets().put(5, 2);
			assertThrows(IllegalArgumentException.class, () -> network.step(badClass,
				0.1), "class");
			assertThrows(IllegalArgumentException.class, () -> network.step(
				EngineSteps.random(SMALL, 1, 32, 32), Double.NaN));
			assertThrows(IllegalStateException.class, () -> network.apply(0.1));
		}
	}

	@Test
	void oneGraphServesEveryAdmissibleSize() {
		final UNetConfig config = SMALL.toBuilder().padding(Padding.VALID).build();
		try (TrainableNetwork network = create(config, SGD)) {
			assertEquals(4 * 4, predict(network, 44, 44).length);
			assertEquals(20 * 4, predict(network, 60, 44).length);
		}
	}

	@Test
	void overfitsOnePicture() {
		final UNetConfig config = UNetConfig.builder().baseAndDepth(8, 2).padding(
			Padding.VALID).build();
		try (TrainableNetwork network = create(config, OptimizerConfig.adam(0.9,
			0.99)))
		{
			final Batch batch = EngineSteps.random(config, 1, 84, 84);
			final double before = network.evaluate(batch, null);
			for (int i = 0; i < 150; i++)
				network.step(batch, 1e-2);
			final double after = network.evaluate(batch, null);
			assertTrue(after < 0.1 * before, "loss fell from " + before + " to " +
				after);
			assertEquals(150, network.updates());
		}
	}

	@Test
	void saveAndRestoreIsExactInTheMiddleOfAnAccumulation() throws IOException {
		for (final OptimizerConfig optimizer : Arrays.asList(SGD, ADAM)) {
			final Path saved = Files.createTempDirectory(folder, "state");
			final float[] straight;
			try (TrainableNetwork network = create(SMALL, optimizer)) {
				steps(network, 0, 7);
				network.save(saved);
				assertEquals(1, network.accumulated(), "saved in the middle");
				steps(network, 7, 14);
				straight = predict(network, 32, 32);
			}
			try (TrainableNetwork network = FACTORY.create(SMALL, optimizer,
				ExecutionConfig.cpu(), 99))
			{
				network.restore(saved);
				assertEquals(3, network.updates());
				steps(network, 7, 14);
				assertArrayEquals(straight, predict(network, 32, 32), 0,
					"to the last bit, " + optimizer.method());
			}
		}
	}

	/** Two batches an update. */
	static void steps(final TrainableNetwork network, final int from,
		final int to)
	{
		for (int i = from; i < to; i++) {
			final Batch batch = EngineSteps.random(network.config(), 1, 32, 32);
			batch.input().put(0, i);
			network.accumulate(batch);
			if (i % 2 == 1) network.apply(0.01);
		}
	}

	@Test
	void accumulationIsTheMeanOfTheBatches() {
		// Without normalisation and dropout, two batches of one are one batch of
		// two.
		final UNetConfig config = SMALL.toBuilder().batchNormalization(false)
			.dropout(0).build();
		final Batch both = EngineSteps.random(config, 2, 32, 32);
		for (int i = 0; i < 2048; i++)
			both.weights().put(i, 1);
		try (TrainableNetwork at = create(config, SGD);
				TrainableNetwork once = create(config, SGD))
		{
			for (int half = 0; half < 2; half++)
				at.accumulate(half(config, both, half));
			at.apply(0.1);
			once.step(both, 0.1);
			assertArrayEquals(predict(once, 32, 32), predict(at, 32, 32), 1e-5f);
		}
	}

	private static Batch half(final UNetConfig config, final Batch both,
		final int half)
	{
		final Batch batch = new Batch(1, config.channels(), both.inputSize(), both
			.outputSize());
		final int n = batch.targets().capacity();
		for (int i = 0; i < n; i++) {
			batch.input().put(i, both.input().get(half * n + i));
			batch.targets().put(i, both.targets().get(half * n + i));
			batch.weights().put(i, both.weights().get(half * n + i));
		}
		return batch;
	}

	@Test
	void frozenParametersStay() {
		try (TrainableNetwork network = create(SMALL, SGD)) {
			final float[] before = predict(network, 32, 32);
			network.freeze(network.parameters());
			network.step(EngineSteps.random(SMALL.toBuilder().batchNormalization(
				false).build(), 1, 32, 32), 0.1);
			assertThrows(IllegalArgumentException.class, () -> network.freeze(
				Collections.singleton("nose")));
			network.freeze(Collections.emptyList());
			assertEquals(before.length, predict(network, 32, 32).length);
		}
		final UNetConfig plain = SMALL.toBuilder().batchNormalization(false)
			.dropout(0).build();
		try (TrainableNetwork network = create(plain, SGD)) {
			final float[] before = predict(network, 32, 32);
			network.freeze(network.parameters());
			network.step(EngineSteps.random(plain, 1, 32, 32), 0.1);
			assertArrayEquals(before, predict(network, 32, 32), 0, "all frozen");
			network.freeze(network.parameters().stream().filter(n -> !n.startsWith(
				"head")).collect(Collectors.toList()));
			network.step(EngineSteps.random(plain, 1, 32, 32), 0.1);
			assertTrue(!Arrays.equals(before, predict(network, 32, 32)),
				"the head has learned");
		}
	}

	@Test
	void anotherHeadTakesOverTheRest() throws IOException {
		final Path exported = Files.createDirectory(folder.resolve("exported"));
		try (TrainableNetwork network = create(SMALL, ADAM)) {
			steps(network, 0, 4);
			network.export(exported);
		}
		try (TrainableNetwork other = create(SMALL.toBuilder().classes(3).build(),
			SGD))
		{
			final List<String> missing = other.restoreMatching(exported, SMALL);
			assertEquals(Arrays.asList("head/kernel", "head/bias"), missing);
		}
	}

	@Test
	void theWeightAverageIsWhatPredicts() {
		try (TrainableNetwork averaged = create(SMALL, SGD.withAverageDecay(0.999));
				TrainableNetwork plain = create(SMALL, SGD))
		{
			for (int i = 0; i < 3; i++) {
				final Batch batch = EngineSteps.random(SMALL, 1, 32, 32);
				averaged.step(batch, 0.1);
				plain.step(batch, 0.1);
			}
			final float[] a = predict(averaged, 32, 32);
			final float[] b = predict(plain, 32, 32);
			assertNotEquals(a[0], b[0], "averages lag behind");
		}
	}

	@Test
	void anExportedModelPredictsTheSame() throws IOException {
		final Path exported = Files.createDirectory(folder.resolve("exported"));
		final float[] expected;
		try (TrainableNetwork network = create(SMALL, ADAM)) {
			steps(network, 0, 6);
			expected = predict(network, 32, 32);
			network.export(exported);
		}
		try (Network network = FACTORY.open(SMALL, exported, ExecutionConfig
			.cpu()))
		{
			assertArrayEquals(expected, predict(network, 32, 32), 1e-6f);
		}
		final UNetConfig other = SMALL.toBuilder().features(4, 8, 12).build();
		final String message = assertThrows(IOException.class, () -> FACTORY.open(
			other, exported, ExecutionConfig.cpu())).getMessage();
		assertTrue(message.contains("another network"), message);
		assertThrows(IOException.class, () -> FACTORY.open(SMALL, folder.resolve(
			"nowhere"), ExecutionConfig.cpu()));
	}

	/** TensorFlow by itself takes them for patterns. */
	@Test
	@DisabledOnOs(OS.WINDOWS)
	void foldersMayHaveBracketsInTheirNames() throws IOException {
		final Path saved = Files.createDirectories(folder.resolve(
			"cells [1] *? a\\b/it's \"here\""));
		try (TrainableNetwork network = create(SMALL, SGD)) {
			network.save(saved);
			final float[] before = predict(network, 32, 32);
			steps(network, 0, 2);
			network.restore(saved);
			assertArrayEquals(before, predict(network, 32, 32));
		}
	}

	@Test
	void aDamagedFileIsAnErrorAndNoCrash() throws IOException {
		final Path saved = Files.createDirectory(folder.resolve("saved"));
		try (TrainableNetwork network = create(SMALL, SGD)) {
			network.save(saved);
			for (final String file : Arrays.asList("state.data-00000-of-00001",
				"state.index"))
			{
				final byte[] good = Files.readAllBytes(saved.resolve(file));
				Files.write(saved.resolve(file), Arrays.copyOf(good, good.length / 3));
				final String message = assertThrows(IOException.class, () -> network
					.restore(saved), file).getMessage();
				assertTrue(message.contains("damaged"), message);
				Files.write(saved.resolve(file), good);
			}
			network.restore(saved);
		}
	}

	@Test
	void devicesThatAreNotThereAreRefused() {
		assertTrue(FACTORY.devices().contains("cpu"), FACTORY.devices().toString());
		final String message = assertThrows(IllegalArgumentException.class,
			() -> FACTORY.create(SMALL, SGD, ExecutionConfig.cpu().withDevice(
				"gpu:99"), 1)).getMessage();
		assertTrue(message.contains("gpu:99") && message.contains("cpu"), message);
	}
}
