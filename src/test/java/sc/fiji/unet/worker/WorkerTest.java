
package sc.fiji.unet.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkException;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.NetworkLostException;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.tensorflow.TensorFlowFactory;

/** Networks in a process of their own, and what happens when it dies. */
class WorkerTest {

	private static final UNetConfig CONFIG = UNetConfig.builder().baseAndDepth(4,
		2).dropout(0.3).classes(3).build();
	private static final OptimizerConfig ADAM = OptimizerConfig.adam(0.9, 0.99)
		.withAverageDecay(0.9);
	private static final long[] SIZE = { 32, 48 };
	private static final long HOUR = 3_600_000;

	private final List<String> console = Collections.synchronizedList(
		new ArrayList<>());
	private final WorkerFactory factory = new WorkerFactory(s -> {}, console::add,
		HOUR);

	@TempDir
	Path folder;

	@AfterEach
	void end() {
		factory.endAll();
	}

	private TrainableNetwork create() {
		return create(factory);
	}

	private static TrainableNetwork create(final NetworkFactory factory) {
		return factory.create(CONFIG, ADAM, ExecutionConfig.cpu(), 3);
	}

	static Batch batch(final int seed) {
		final Batch batch = new Batch(2, 1, SIZE, SIZE);
		final Random random = new Random(seed);
		for (int i = 0; i < batch.input().capacity(); i++)
			batch.input().put(i, (float) random.nextGaussian());
		for (int i = 0; i < batch.targets().capacity(); i++) {
			batch.targets().put(i, random.nextInt(3));
			batch.weights().put(i, random.nextFloat());
		}
		return batch;
	}

	private static FloatBuffer floats(final int count) {
		return ByteBuffer.allocateDirect(4 * count).order(ByteOrder.nativeOrder())
			.asFloatBuffer();
	}

	private static float[] predict(final Network network) {
		final FloatBuffer probabilities = floats(2 * 3 * 32 * 48);
		network.predict(2, SIZE, batch(9).input(), probabilities);
		final float[] values = new float[probabilities.capacity()];
		probabilities.get(values);
		return values;
	}

	/** @return losses, probabilities and counters of a short training */
	private static List<Object> train(final TrainableNetwork network,
		final Path folder) throws IOException
	{
		final List<Object> seen = new ArrayList<>();
		seen.add(network.step(batch(1), 0.01));
		network.freeze(Collections.singleton("head/bias"));
		seen.add(network.accumulate(batch(2)));
		seen.add(network.accumulate(batch(3)));
		seen.add(network.accumulated());
		network.apply(0.02);
		seen.add(network.updates());
		final FloatBuffer probabilities = floats(2 * 3 * 32 * 48);
		seen.add(network.evaluate(batch(4), probabilities));
		seen.add(network.evaluate(batch(4), null));
		seen.add(probabilities.get(77));
		network.save(folder);
		network.step(batch(5), 0.01);
		seen.add(Arrays.toString(predict(network)));
		network.restore(folder);
		seen.add(Arrays.toString(predict(network)));
		seen.add(network.restoreMatching(folder, CONFIG));
		seen.add(network.updates());
		seen.add(network.parameters());
		seen.add(network.device());
		return seen;
	}

	@Test
	void everythingIsAsInThisProcess() throws IOException {
		final Path here = Files.createDirectory(folder.resolve("here"));
		final Path there = Files.createDirectory(folder.resolve("there"));
		try (TrainableNetwork local = create(new TensorFlowFactory());
				TrainableNetwork remote = create())
		{
			assertEquals(train(local, here), train(remote, there));
			assertEquals(ADAM, remote.optimizer());
			final Path exported = Files.createDirectory(folder.resolve("exported"));
			remote.export(exported);
			try (Network opened = factory.open(CONFIG, exported, ExecutionConfig
				.cpu()))
			{
				assertArrayEquals(predict(remote), predict(opened), 1e-6f);
			}
		}
		assertEquals(1, workers().size(), "one process for all networks");
	}

	@Test
	void weightsAreTakenOverAsInThisProcess() throws IOException {
		final Path exported = Files.createDirectory(folder.resolve("exported"));
		try (TrainableNetwork source = create()) {
			source.step(batch(1), 0.05);
			source.export(exported);
		}
		final UNetConfig other = CONFIG.toBuilder().channels(2).classes(2).build();
		final Batch two = new Batch(2, 2, SIZE, SIZE);
		for (int i = 0; i < two.weights().capacity(); i++)
			two.weights().put(i, 1);
		for (int i = 0; i < two.input().capacity(); i++)
			two.input().put(i, (float) Math.sin(i));
		final List<Object> seen = new ArrayList<>();
		for (final NetworkFactory engine : Arrays.asList(new TensorFlowFactory(),
			factory))
			try (TrainableNetwork network = engine.create(other, ADAM, ExecutionConfig
				.cpu(), 5))
			{
				final double before = network.evaluate(two, null);
				seen.add(network.restoreMatching(exported, CONFIG) + " " + network
					.evaluate(two, null));
				assertNotEquals(before, network.evaluate(two, null));
			}
		assertEquals(seen.get(0), seen.get(1));
	}

	@Test
	void errorsComeBackAsTheyWere() {
		try (TrainableNetwork network = create()) {
			final String unknown = assertThrows(IllegalArgumentException.class,
				() -> network.freeze(Collections.singleton("nose"))).getMessage();
			assertTrue(unknown.startsWith("Parameters [nose] are unknown"), unknown);
			assertThrows(IllegalStateException.class, () -> network.apply(0.1));
			final IOException missing = assertThrows(IOException.class, () -> network
				.restore(folder.resolve("nowhere")));
			assertTrue(missing.getMessage().contains("no saved network"), missing
				.getMessage());
			final String trace = Arrays.toString(missing.getStackTrace());
			assertTrue(trace.contains("TensorFlowNetwork.restore") && trace.contains(
				"WorkerTest"), "both sides in the stack trace: " + trace);
			assertThrows(IllegalArgumentException.class, () -> factory.create(CONFIG,
				ADAM, ExecutionConfig.cpu().withDevice("gpu:99"), 1));
			assertThrows(IOException.class, () -> factory.open(CONFIG, folder,
				ExecutionConfig.cpu()));
			assertTrue(Double.isFinite(network.step(batch(1), 0.1)), "goes on");
		}
	}

	@Test
	void aKilledProcessIsOneSentenceAndTheNextNetworkWorks() {
		for (int round = 0; round < 3; round++)
			try (TrainableNetwork network = create()) {
				network.step(batch(1), 0.1);
				final ProcessHandle worker = workers().get(0);
				final long start = System.nanoTime();
				new Thread(() -> {
					sleep(50);
					worker.destroyForcibly();
				}).start();
				final String message = assertThrows(NetworkLostException.class, () -> {
					while (true)
						network.step(batch(1), 0.1);
				}).getMessage();
				assertTrue(message.contains("was killed"), message);
				final double seconds = (System.nanoTime() - start) * 1e-9;
				assertTrue(seconds < 5, "told after " + seconds + " s");
				assertThrows(NetworkLostException.class, network::updates);
			}
		assertEquals(0, workers().size());
	}

	/** What the engine's checks keep from happening is done here on purpose. */
	@Test
	void anIllegalInstructionEndsTheOtherProcessAlone() throws IOException {
		final WorkerProcess process = new WorkerProcess(new Launch(testClasses()),
			ExecutionConfig.cpu(), console::add);
		final String message = assertThrows(NetworkLostException.class,
			() -> process.call(InconsistentSizes::run, () -> false)).getMessage();
		assertTrue(message.contains("has crashed"), message);
		assertFalse(process.isAlive());
	}

	private static Path testClasses() {
		try {
			return Paths.get(WorkerTest.class.getProtectionDomain().getCodeSource()
				.getLocation().toURI());
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void aCallThatDoesNotEndIsCancelledWithItsProcess() {
		final WorkerProcess process = new WorkerProcess(new Launch(testClasses()),
			ExecutionConfig.cpu(), console::add);
		final long start = System.nanoTime();
		assertThrows(CancellationException.class, () -> process.call(n -> {
			Thread.sleep(60_000);
			return true;
		}, () -> true));
		final double seconds = (System.nanoTime() - start) * 1e-9;
		assertTrue(seconds > 2 && seconds < 8, "after " + seconds + " s");
		sleep(500);
		assertFalse(process.isAlive());
	}

	@Test
	void aStepThatEndsInTimeIsNotCancelled() {
		try (TrainableNetwork network = create()) {
			network.cancelWhen(() -> true);
			assertTrue(Double.isFinite(network.step(batch(1), 0.1)));
		}
	}

	@Test
	void signalsThatAreMeantForTheHostDoNotEndTheWorker() throws IOException,
		InterruptedException
	{
		try (TrainableNetwork network = create()) {
			final long pid = workers().get(0).pid();
			for (final String signal : Arrays.asList("-INT", "-TERM", "-HUP"))
				assertEquals(0, new ProcessBuilder("kill", signal, String.valueOf(pid))
					.start().waitFor());
			sleep(300);
			assertTrue(Double.isFinite(network.step(batch(1), 0.1)));
			assertEquals(pid, workers().get(0).pid());
		}
	}

	@Test
	void anIdleProcessEnds() {
		final WorkerFactory hasty = new WorkerFactory(s -> {}, console::add, 1500);
		try (TrainableNetwork first = create(hasty)) {
			try (TrainableNetwork second = create(hasty)) {
				second.step(batch(1), 0.1);
			}
			sleep(2000);
			assertEquals(1, workers().size(), "one network is left");
			first.step(batch(1), 0.1);
		}
		sleep(1000);
		create(hasty).close();
		sleep(1000);
		assertEquals(1, workers().size(), "the time counts from the last one");
		sleep(2000);
		assertEquals(0, workers().size());
	}

	@Test
	void sharedMemoryIsGivenBack() throws IOException {
		final long before = segments();
		try (TrainableNetwork network = create()) {
			network.step(batch(1), 0.1);
			network.predict(1, new long[] { 256, 256 }, floats(65536), floats(3 *
				65536));
			assertEquals(before, segments(),
				"names are gone while the memory is in use");
			workers().get(0).destroyForcibly();
		}
		assertEquals(before, segments());
	}

	@Test
	void memoryThatIsNotThereIsRefusedBeforeItIsWrittenTo() {
		final String message = assertThrows(NetworkException.class,
			() -> SharedTensors.create(Long.MAX_VALUE / 2)).getMessage();
		assertTrue(message.contains("MB left") && message.contains("inprocess"),
			message);
	}

	/** Linux shows segments as files. */
	private static long segments() throws IOException {
		try (Stream<Path> files = Files.list(Paths.get("/dev/shm"))) {
			return files.filter(f -> f.getFileName().toString().startsWith("psm_"))
				.count();
		}
	}

	@Test
	void whatTheEnginePrintsIsHeard() throws IOException {
		final WorkerProcess process = new WorkerProcess(new Launch(testClasses()),
			ExecutionConfig.cpu(), console::add);
		process.call(n -> {
			System.out.println("to standard output");
			System.err.println("to standard error");
			return true;
		}, () -> false);
		sleep(300);
		assertTrue(console.containsAll(Arrays.asList("to standard output",
			"to standard error")), console.toString());
		process.kill();
		assertNotEquals(0, console.size());
	}

	/** @return the workers that this process has started and that live */
	static List<ProcessHandle> workers() {
		return ProcessHandle.current().children().filter(ProcessHandle::isAlive)
			.filter(p -> p.info().arguments().map(a -> Arrays.asList(a).contains(
				WorkerMain.class.getName())).orElse(false)).collect(Collectors
					.toList());
	}

	private static void sleep(final long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}
}
