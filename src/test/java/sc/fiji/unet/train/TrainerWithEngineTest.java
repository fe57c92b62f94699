
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.tensorflow.TensorFlowFactory;

/** The loop with the real engine on the CPU. */
class TrainerWithEngineTest {

	private static final long[] SIZE = { 16, 16 };

	@TempDir
	Path temporary;

	/**
	 * Dropout, batch normalisation, accumulation and Adam: all that has state.
	 */
	private final TrainingPlan plan = Fixture.plan().network(UNetConfig.builder()
		.baseAndDepth(4, 2).dropout(0.3).build()).patchSize(SIZE).optimizer(
			OptimizerConfig.adam(0.9, 0.99).withAverageDecay(0.9)).learningRate(3e-3)
		.length(TrainingLength.updates(8)).updatesPerEpoch(3).build();

	private TrainableNetwork network() {
		return new TensorFlowFactory().create(plan.network(), plan.optimizer(),
			ExecutionConfig.cpu(), plan.seed());
	}

	private static float[] prediction(final TrainableNetwork network) {
		final int pixels = (int) (SIZE[0] * SIZE[1]);
		final FloatBuffer input = buffer(pixels);
		for (int i = 0; i < pixels; i++)
			input.put(i, (float) Math.sin(i));
		final FloatBuffer output = buffer(pixels);
		network.predict(1, SIZE, input, output);
		final float[] result = new float[pixels];
		output.get(result);
		return result;
	}

	private static FloatBuffer buffer(final int pixels) {
		return ByteBuffer.allocateDirect(4 * pixels).order(ByteOrder.nativeOrder())
			.asFloatBuffer();
	}

	/** Runs into an exception after an update. */
	private void kill(final Path folder, final long afterUpdate) {
		try (TrainableNetwork network = network()) {
			final TrainingListener killer = new TrainingListener() {

				@Override
				public void step(final long update, final long total, final double loss,
					final double rate, final double secondsLeft)
				{
					if (update == afterUpdate) throw new FakeNetwork.Killed();
				}
			};
			assertThrows(FakeNetwork.Killed.class, () -> new Trainer(plan, network,
				Fixture.data(), folder).listener(killer).resume());
		}
	}

	@Test
	void killedAndCancelledRunEqualsAnUndisturbedOne() throws IOException {
		final float[] expected;
		final float[] untrained;
		final TrainingResult undisturbed;
		try (TrainableNetwork network = network()) {
			untrained = prediction(network);
			undisturbed = new Trainer(plan, network, Fixture.data(), temporary
				.resolve("undisturbed")).run();
			expected = prediction(network);
		}
		double change = 0;
		for (int i = 0; i < expected.length; i++)
			change = Math.max(change, Math.abs(expected[i] - untrained[i]));
		assertTrue(change > 1e-3, "training changed predictions by " + change);

		final Path folder = temporary.resolve("killed");
		kill(folder, 5);
		try (TrainableNetwork network = network()) {
			final int[] batches = { 0 };
			assertEquals(TrainingResult.Status.CANCELLED, new Trainer(plan, network,
				Fixture.data(), folder).cancelled(() -> batches[0]++ == 5).resume()
				.status());
			assertEquals(1, network.accumulated(), "in the middle of an update");
		}
		try (TrainableNetwork network = network()) {
			final TrainingResult result = new Trainer(plan, network, Fixture.data(),
				folder).resume();
			assertArrayEquals(expected, prediction(network), 0);
			for (int i = 0; i < 3; i++)
				assertEquals(undisturbed.history().rows().get(i).validationLoss(),
					result.history().rows().get(i).validationLoss(), 0,
					"validation loss of epoch " + (i + 1));
		}
	}

	/** All that a network saves, byte for byte. */
	private byte[] state(final TrainableNetwork network, final String name)
		throws IOException
	{
		final Path saved = Files.createDirectory(temporary.resolve(name));
		network.save(saved);
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Stream<Path> files = Files.walk(saved)) {
			for (final Path file : files.filter(Files::isRegularFile).sorted()
				.collect(Collectors.toList()))
				bytes.write(Files.readAllBytes(file));
		}
		return bytes.toByteArray();
	}

	@Test
	void aRangeTestLeavesTheNetworkAsItWas() throws IOException {
		try (TrainableNetwork network = network()) {
			new Trainer(plan, network, Fixture.data(), temporary.resolve("before"))
				.run();
			final byte[] before = state(network, "a");
			final RateRange range = new RateRange(1e-3, 100, 12);
			final int[] batches = { 0 };
			final boolean[] changed = { false };
			for (int i = 0; i < 2; i++) {
				final boolean cancel = i == 1;
				new RateRangeTest(plan, network, Fixture.data(), range).progress((u,
					total, rate, loss) -> changed[0] |= network.updates() > plan.length()
						.total(3)).cancelled(() -> cancel && batches[0]++ == 9).run();
				assertArrayEquals(before, state(network, "b" + i), "test " + i);
			}
			assertTrue(changed[0], "the network did learn in between");
		}
	}

	/** Also of a network that has never learnt. */
	@Test
	void trainingAfterARangeTestEqualsOneWithoutIt() throws IOException {
		final byte[][] states = new byte[2][];
		for (int i = 0; i < 2; i++)
			try (TrainableNetwork network = network()) {
				if (i == 1) new RateRangeTest(plan, network, Fixture.data(), RateRange
					.usual()).run();
				new Trainer(plan, network, Fixture.data(), temporary.resolve("run" + i))
					.run();
				states[i] = state(network, "state" + i);
			}
		assertArrayEquals(states[0], states[1]);
	}
}
