
package sc.fiji.unet.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.sun.jna.Library;
import com.sun.jna.Native;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.NetworkException;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Precision;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;

/** What can only be seen in a Java machine of its own. */
class NewProcessTest {

	private static final UNetConfig CONFIG = UNetConfig.builder().baseAndDepth(4,
		2).dropout(0.3).build();
	private static final OptimizerConfig OPTIMIZER = OptimizerConfig.adam(0.9,
		0.99).withAverageDecay(0.9);

	@TempDir
	Path folder;

	/**
	 * Trains from step args[0] to args[1], beginning from what lies in args[2] if
	 * it is not empty, and saves there.
	 */
	public static final class Training {

		public static void main(final String... args) throws IOException {
			final int from = Integer.parseInt(args[0]);
			final Path state = Paths.get(args[2]);
			try (TrainableNetwork network = new TensorFlowFactory().create(CONFIG,
				OPTIMIZER, ExecutionConfig.cpu(), from + 1))
			{
				if (from > 0) network.restore(state);
				TensorFlowNetworkTest.steps(network, from, Integer.parseInt(args[1]));
				if (from == 0) network.save(state);
				final Batch batch = EngineSteps.random(CONFIG, 1, 32, 32);
				final FloatBuffer probabilities = TensorFlowNetworkTest.floats(1024);
				network.predict(1, new long[] { 32, 32 }, batch.input(), probabilities);
				int hash = 1;
				for (int i = 0; i < 1024; i++)
					hash = 31 * hash + Float.floatToRawIntBits(probabilities.get(i));
				System.out.println("result " + hash + " after " + network.updates());
			}
		}
	}

	/** Prints why TensorFlow is not to be had. */
	public static final class Loading {

		public static void main(final String... args) {
			try {
				System.out.println("result " + NativeRuntime.devices(ExecutionConfig
					.cpu()));
			}
			catch (final NetworkException e) {
				System.out.println("result " + e.getMessage());
			}
		}
	}

	/** Prints how many threads there are when a network of args[0] works. */
	public static final class Threads {

		public static void main(final String... args) throws IOException {
			final TensorFlowFactory factory = new TensorFlowFactory();
			final UNetConfig config = UNetConfig.builder().baseAndDepth(16, 3)
				.build();
			final Batch batch = EngineSteps.random(config, 1, 256, 256);
			try (TrainableNetwork network = factory.create(config, OPTIMIZER,
				new ExecutionConfig("cpu", Precision.FLOAT32, Integer.parseInt(
					args[0])), 1))
			{
				network.step(batch, 0.01);
				System.out.println("result " + network.device() + ", oneDNN " + Native
					.load("c", Environment.class).getenv("TF_ENABLE_ONEDNN_OPTS") + ", " +
					computing());
			}
		}

		/** @return number of native threads without a Java name, on Linux */
		private static long computing() throws IOException {
			try (Stream<Path> threads = Files.list(Paths.get("/proc/self/task"))) {
				return threads.filter(t -> name(t).equals("java")).count();
			}
		}

		private static String name(final Path thread) {
			try {
				return Files.readAllLines(thread.resolve("comm")).get(0);
			}
			catch (final IOException e) {
				return "ended";
			}
		}
	}

	/** The C library's function. */
	public interface Environment extends Library {

		String getenv(String name);
	}

	@Test
	void fivePlusFiveStepsAreTenToTheLastBit() throws IOException,
		InterruptedException
	{
		final String half = Files.createDirectory(folder.resolve("half"))
			.toString();
		final String whole = Files.createDirectory(folder.resolve("whole"))
			.toString();
		final String straight = java(classPath(), Training.class, "0", "10", whole);
		java(classPath(), Training.class, "0", "5", half);
		assertEquals(straight, java(classPath(), Training.class, "5", "10", half));
		assertTrue(straight.endsWith("after 5"), straight);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void threadsAreAsManyAsAskedForAndOneDnnIsOn() throws IOException,
		InterruptedException
	{
		final String two = java(classPath(), Threads.class, "2");
		final String six = java(classPath(), Threads.class, "6");
		assertTrue(two.startsWith("result CPU, 2 threads, float32, oneDNN 1"), two);
		assertTrue(six.startsWith("result CPU, 6 threads, float32, oneDNN 1"), six);
		assertEquals(4, count(six) - count(two), two + " / " + six);
	}

	private static int count(final String line) {
		return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1).trim());
	}

	@Test
	void anotherTensorFlowInFrontIsNamedInOneSentence() throws IOException,
		InterruptedException
	{
		final Path other = Files.createDirectories(folder.resolve(
			"libtensorflow-1.15.0/org/tensorflow"));
		Files.write(other.resolve("TensorFlow.class"), new byte[] { 0 });
		final String message = java(folder.resolve("libtensorflow-1.15.0") +
			File.pathSeparator + classPath(), Loading.class);
		assertTrue(message.contains("Another TensorFlow is in the way") && message
			.contains("imagej-tensorflow"), message);
	}

	@Test
	void aMissingNativeLibraryIsNamedInOneSentence() throws IOException,
		InterruptedException
	{
		final List<String> without = new ArrayList<>(Arrays.asList(classPath()
			.split(File.pathSeparator)));
		without.removeIf(jar -> jar.matches(
			".*tensorflow-core-native-[\\d.]+-\\w+.*"));
		final String message = java(String.join(File.pathSeparator, without),
			Loading.class);
		assertTrue(message.contains("TensorFlow cannot be loaded on"), message);
	}

	private static String classPath() {
		return System.getProperty("java.class.path");
	}

	/** @return the last line that begins with "result" */
	private String java(final String classPath, final Class<?> main,
		final String... args) throws IOException, InterruptedException
	{
		final List<String> command = new ArrayList<>(Arrays.asList(Paths.get(System
			.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
			classPath, main.getName()));
		command.addAll(Arrays.asList(args));
		final Path log = Files.createTempFile(folder, "log", ".txt");
		final Process process = new ProcessBuilder(command).redirectErrorStream(
			true).redirectOutput(log.toFile()).start();
		assertTrue(process.waitFor(120, TimeUnit.SECONDS),
			"ends within two minutes");
		final String output = new String(Files.readAllBytes(log),
			StandardCharsets.UTF_8);
		assertEquals(0, process.exitValue(), output);
		return Arrays.stream(output.split("\n")).filter(line -> line.startsWith(
			"result")).reduce((a, b) -> b).orElseThrow(() -> new AssertionError(
				output));
	}
}
