
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.Screenshots;
import sc.fiji.unet.job.PlanFile;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.train.RateCurve;

/** Learning rates on the command line, on the sample, with a small network. */
class RateTestCommandTest {

	private static final Path DATA = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");
	private static final String PLAN =
		"{ \"network\": { \"features\": [ 4, 8, 16 ] }, \"patchSize\": [ 64 ], \"batchSize\": 4, \"updatesPerEpoch\": 5 }";

	@TempDir
	Path folder;

	private Path plan;

	@BeforeEach
	void writePlan() throws IOException {
		plan = Files.writeString(folder.resolve("plan.json"), PLAN);
	}

	private int run(final String command, final String... more) {
		final List<String> args = new ArrayList<>(Arrays.asList(command, "--images",
			DATA.resolve("images").toString(), "--labels", DATA.resolve("labels")
				.toString(), "--plan", plan.toString(), "--device", "cpu"));
		args.addAll(Arrays.asList(more));
		return UNet.run(args.toArray(new String[0]));
	}

	private String said(final String... more) {
		final PrintStream before = System.out;
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		System.setOut(new PrintStream(bytes, true));
		try {
			assertEquals(0, run("lr-test", more));
		}
		finally {
			System.setOut(before);
		}
		return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
	}

	@Test
	void findsARateOnTheSample() throws IOException {
		final Path plot = folder.resolve("rates.png");
		final String said = said("--output", plot.toString());
		final RateCurve curve = RateCurve.read(folder.resolve("rates.csv"));
		final double rate = curve.suggestion().orElseThrow(() -> new AssertionError(
			said));
		assertTrue(rate > 1e-3 && rate < 0.3, "Adam at " + rate);
		assertTrue(said.contains("It suggests the learning rate 0.0"), said);
		Files.copy(plot, Screenshots.file("lr-test"),
			StandardCopyOption.REPLACE_EXISTING);
		assertEquals(UNet.WRONG_INPUT, run("lr-test", "--output", plot.toString()));
	}

	@Test
	void rangeAndNumberAreTheUsers() throws IOException {
		said("--output", folder.resolve("r.png").toString(), "--min", "1e-4",
			"--max", "1e-2", "--iterations", "11", "--set", "accumulation=2");
		final double[] rates = RateCurve.read(folder.resolve("r.csv")).rates();
		assertEquals(11, rates.length);
		assertEquals(1e-4, rates[0]);
		assertEquals(1e-3, rates[5], 1e-9);
		assertEquals(1e-2, rates[10]);
		assertEquals(UNet.WRONG_INPUT, run("lr-test", "--min", "1", "--max",
			"0.1"));
		assertEquals(UNet.WRONG_INPUT, run("lr-test", "--iterations", "3"));
	}

	/** As batch queues and Ctrl-C end a program. */
	@Test
	void aSignalEndsItWithWhatWasFound() throws IOException,
		InterruptedException
	{
		final Path log = folder.resolve("log");
		final Process process = new ProcessBuilder(Paths.get(System.getProperty(
			"java.home"), "bin", "java").toString(), "-cp", System.getProperty(
				"java.class.path"), UNet.class.getName(), "lr-test", "--images", DATA
					.resolve("images").toString(), "--labels", DATA.resolve("labels")
						.toString(), "--plan", plan.toString(), "--device", "cpu",
			"--iterations", "20000", "--output", folder.resolve("cut.png").toString())
			.redirectErrorStream(true).redirectOutput(log.toFile()).start();
		final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (!Files.readString(log).contains("test 1/20000") && System
			.nanoTime() < deadline && process.isAlive())
			Thread.sleep(20);
		Thread.sleep(500);
		process.destroy();
		assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it obeys");
		final String said = Files.readString(log);
		assertTrue(said.contains("test was cancelled after ") && !said.contains(
			"Error"), said);
		assertTrue(RateCurve.read(folder.resolve("cut.csv")).updates() > 1, said);
		assertTrue(Files.size(folder.resolve("cut.png")) > 1000, said);
	}

	/** The test of the learning rate leaves no trace but the rate. */
	@Test
	void aTrainingAfterTheTestEqualsOneThatIsGivenItsRate() throws IOException {
		final Path tested = folder.resolve("tested.zip");
		final Path given = folder.resolve("given.zip");
		assertEquals(0, run("train", "--epochs", "2", "--lr-test", "--model", tested
			.toString()));
		final double rate;
		try (ModelPackage pack = ModelPackage.open(tested)) {
			rate = PlanFile.read(pack.attachments().get(ModelPackage.PLAN), p -> p)
				.learningRate();
			assertTrue(pack.attachments().containsKey(ModelPackage.RATE_TEST));
		}
		assertFalse(rate == 0.003, "another than that of the preset");
		assertEquals(0, run("train", "--epochs", "2", "--set", "learningRate=" +
			rate, "--model", given.toString()));
		assertArrayEquals(weights(given), weights(tested));
	}

	private static byte[] weights(final Path model) throws IOException {
		try (ModelPackage pack = ModelPackage.open(model)) {
			return Files.readAllBytes(pack.exported().resolve(
				"variables/variables.data-00000-of-00001"));
		}
	}
}
