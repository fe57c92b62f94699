
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelPackage;

/** Trainings on the command line that start from a model. */
class FineTuningTest {

	private static final Path DATA = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");
	private static final String PLAN =
		"{ \"patchSize\": [ 64 ], \"batchSize\": 2, \"updatesPerEpoch\": 10%s }";

	@TempDir
	static Path folder;

	private static Path plan;
	private static Path start;

	@BeforeAll
	static void trainTheModelToStartFrom() throws IOException {
		plan = write("plan.json", "");
		start = folder.resolve("start.zip");
		assertEquals(0, run(arguments(start, "instances", write("small.json",
			", \"network\": { \"features\": [ 4, 8, 16 ] }"), "--set",
			"updates=10")));
	}

	private static Path write(final String name, final String more)
		throws IOException
	{
		return Files.write(folder.resolve(name), String.format(PLAN, more).getBytes(
			StandardCharsets.UTF_8));
	}

	private static List<String> arguments(final Path model, final String kind,
		final Path settings, final String... more)
	{
		final List<String> all = new ArrayList<>(Arrays.asList("train", "--images",
			DATA.resolve("images").toString(), "--labels", DATA.resolve("labels")
				.toString(), "--label-kind", kind, "--model", model.toString(),
			"--plan", settings.toString(), "--device", "cpu", "--threads", "1"));
		all.addAll(Arrays.asList(more));
		return all;
	}

	private static List<String> tuning(final Path model, final String... more) {
		final List<String> all = arguments(model, "mask", plan, "--from", start
			.toString());
		all.addAll(Arrays.asList(more));
		return all;
	}

	private static int run(final List<String> arguments) {
		return UNet.run(arguments.toArray(new String[0]));
	}

	/** @return what is said of arguments that are wrong */
	private static String refused(final List<String> arguments) {
		final PrintStream before = System.err;
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		System.setErr(new PrintStream(bytes, true));
		try {
			assertEquals(2, run(arguments), arguments.toString());
		}
		finally {
			System.setErr(before);
		}
		return bytes.toString();
	}

	@Test
	void theBundledModelIsStartedFromByItsName() throws IOException {
		final Path model = folder.resolve("from-bundled.zip");
		assertEquals(0, run(arguments(model, "instances", plan, "--from",
			BundledModel.NAME, "--set", "updates=3")));
		assertEquals(ModelPackage.sha256(BundledModel.file()), ModelPackage
			.describe(model).parent().get().sha256());
		assertTrue(Files.readString(folder.resolve("from-bundled.html")).contains(
			" --from 'Nuclei (fluorescence)' "));
	}

	@Test
	void theCommandLineOfTheReportGivesTheSameWeights() throws IOException {
		final Path model = folder.resolve("tuned.zip");
		assertEquals(0, run(tuning(model, "--set", "updates=10")));
		final ModelDescription tuned = ModelPackage.describe(model);
		assertArrayEquals(new int[] { 4, 8, 16 }, tuned.network().features());
		assertEquals("start", tuned.parent().get().name());
		assertEquals(ModelPackage.sha256(start), tuned.parent().get().sha256());
		final String report = Files.readString(folder.resolve("tuned.html"));
		final Matcher line = Pattern.compile(
			"<pre id=\"command-line\">bin/unet ([^<]*)</pre>").matcher(report);
		assertTrue(line.find(), report);
		assertEquals(0, UNet.run(line.group(1).split(" ")), line.group(1));
		assertArrayEquals(weights(model), weights(folder.resolve(
			"tuned-again.zip")));
		final String third = line.group(1).replace("tuned-again", "third");
		final String forgotten = third.replaceAll("--from \\S+ ", "");
		assertTrue(refused(Arrays.asList(forgotten.split(" "))).contains(
			"started from the model 'start' (SHA-256 "), "without --from");
		assertTrue(refused(Arrays.asList(third.replaceAll("--from \\S+", "--from " +
			model).split(" "))).contains("not from the model 'tuned'"),
			"from another model");
	}

	@Test
	void aKilledTrainingGoesOnExactly() throws Exception {
		final String[] length = { "--set", "updates=80" };
		final Path whole = folder.resolve("whole.zip");
		assertEquals(0, run(tuning(whole, length)));
		final Path model = folder.resolve("killed.zip");
		final List<String> command = new ArrayList<>(Arrays.asList(Paths.get(System
			.getProperty("java.home"), "bin", "java").toString(), "-cp", System
				.getProperty("java.class.path"), UNet.class.getName()));
		command.addAll(tuning(model, length));
		final Process process = new ProcessBuilder(command).redirectErrorStream(
			true).redirectOutput(folder.resolve("log.txt").toFile()).start();
		final Path history = folder.resolve("killed.training/history.csv");
		while (process.isAlive() && !(Files.exists(history) && Files.readAllLines(
			history).size() > 1))
			Thread.sleep(5);
		process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
		assertFalse(Files.exists(model), "it was killed before its end");
		final List<String> resumed = tuning(model, length);
		resumed.add("--resume");
		final List<String> other = new ArrayList<>(resumed);
		other.set(other.indexOf(start.toString()), whole.toString());
		assertTrue(refused(other).contains("started from the model 'start'"),
			"another model");
		assertEquals(0, run(resumed));
		assertArrayEquals(weights(whole), weights(model));
	}

	@Test
	void settingsThatContradictTheModelAreRefused() {
		final Path model = folder.resolve("none.zip");
		for (final String[] settings : new String[][] { { "--base", "8" }, {
			"--depth", "3" }, { "--padding", "valid" }, { "--set",
				"network.dropout=0.5" }, { "--set",
					"preprocessing.normalization=min_max" } })
		{
			final String said = refused(tuning(model, settings));
			assertTrue(said.contains("contradict the model 'start'") && said.contains(
				"in the model, but"), said);
		}
		assertTrue(refused(arguments(model, "mask", folder.resolve("small.json"),
			"--from", start.toString(), "--base", "4", "--depth", "1")).contains(
				"network.features is [4,8,16] in the model, but [4,8]"));
		assertTrue(refused(arguments(model, "mask", plan, "--from", folder.resolve(
			"nowhere.zip").toString())).contains("nowhere.zip"));
		assertTrue(refused(arguments(start, "mask", plan, "--overwrite", "--from",
			start.toString())).contains("another name"));
		assertFalse(Files.exists(model));
	}

	@Test
	void learningRatesAreTestedWithTheWeightsOfTheModel() throws IOException {
		final double[] losses = new double[2];
		for (int i = 0; i < 2; i++) {
			final Path plot = folder.resolve("rates" + i + ".png");
			final List<String> test = new ArrayList<>(Arrays.asList("lr-test",
				"--images", DATA.resolve("images").toString(), "--labels", DATA.resolve(
					"labels").toString(), "--label-kind", "instances", "--iterations",
				"10", "--max", "1e-5", "--output", plot.toString(), "--device", "cpu",
				"--plan", folder.resolve("small.json").toString()));
			if (i == 1) test.addAll(Arrays.asList("--from", start.toString()));
			assertEquals(0, run(test));
			losses[i] = Double.parseDouble(Files.readAllLines(folder.resolve("rates" +
				i + ".csv")).get(1).split(",")[2]);
		}
		assertTrue(losses[1] < losses[0], "from the model " + losses[1] +
			", from scratch " + losses[0]);
	}

	/** The values of all weights, as the package has them. */
	private static byte[] weights(final Path model) throws IOException {
		try (ModelPackage pack = ModelPackage.open(model)) {
			return Files.readAllBytes(pack.exported().resolve(
				"variables/variables.data-00000-of-00001"));
		}
	}
}
