
package sc.fiji.unet.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;

/** A process that uses the engine, as Fiji does, seen from outside. */
class HostTest {

	/** How often a host is killed; more by -Dunet.test.rounds. */
	private static final int ROUNDS = Integer.getInteger("unet.test.rounds", 2);

	/** Trains for args[0] updates, telling its worker and its losses. */
	public static final class Host {

		public static void main(final String... args) {
			try (TrainableNetwork network = Engine.factory().create(UNetConfig
				.builder().baseAndDepth(4, 2).classes(3).build(), OptimizerConfig.adam(
					0.9, 0.99), ExecutionConfig.auto(), 3))
			{
				System.out.println("worker " + WorkerTest.workers().get(0).pid());
				double loss = Double.NaN;
				for (long i = 0; i < Long.parseLong(args[0]); i++)
					loss = network.step(WorkerTest.batch((int) i % 5), 0.01);
				System.out.println("loss " + loss);
			}
			System.exit(0);
		}
	}

	private static Process start(final String classPath, final String updates)
		throws IOException
	{
		final List<String> command = new ArrayList<>(Arrays.asList(Paths.get(System
			.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
			classPath, Host.class.getName(), updates));
		final ProcessBuilder builder = new ProcessBuilder(command)
			.redirectErrorStream(true);
		builder.environment().remove("UNET_ENGINE");
		return builder.start();
	}

	private static String answer(final BufferedReader output, final String what)
		throws IOException
	{
		final StringBuilder all = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output
			.readLine())
		{
			if (line.startsWith(what + " ")) return line.substring(what.length() + 1);
			all.append(line).append('\n');
		}
		throw new AssertionError("No '" + what + "' in:\n" + all);
	}

	private static BufferedReader output(final Process process) {
		return new BufferedReader(new InputStreamReader(process.getInputStream(),
			StandardCharsets.UTF_8));
	}

	@Test
	void noWorkerOutlivesAKilledHost() throws IOException, InterruptedException {
		final Random random = new Random(1);
		for (int round = 0; round < ROUNDS; round++) {
			final Process host = start(classPath(), "1000000");
			final long pid = Long.parseLong(answer(output(host), "worker"));
			final ProcessHandle worker = ProcessHandle.of(pid).orElseThrow(
				IllegalStateException::new);
			TimeUnit.MILLISECONDS.sleep(random.nextInt(2000));
			assertTrue(worker.isAlive(), "works");
			host.destroyForcibly().waitFor();
			final long killed = System.nanoTime();
			while (worker.isAlive() && System.nanoTime() - killed < 5e9)
				TimeUnit.MILLISECONDS.sleep(20);
			assertFalse(worker.isAlive(), "round " + round + ": lives 5 s later");
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void anOldTensorFlowOnTheClassPathIsNotInTheWay() throws IOException,
		InterruptedException
	{
		final Path folder = Paths.get(System.getProperty("unet.project.dir", "."),
			"target", "tensorflow-1");
		String loss = null;
		for (final String version : Arrays.asList("1.12.0", "1.15.0")) {
			final Path old = folder.resolve("libtensorflow-" + version + ".jar");
			assertTrue(Files.exists(old), old + " has been copied by the build");
			final Process host = start(old + File.pathSeparator + classPath(), "20");
			final String result = answer(output(host), "loss");
			assertEquals(0, host.waitFor());
			if (loss != null) assertEquals(loss, result);
			loss = result;
		}
		assertTrue(Double.parseDouble(loss) < 2, "has learned: " + loss);
	}

	private static String classPath() {
		return System.getProperty("java.class.path");
	}
}
