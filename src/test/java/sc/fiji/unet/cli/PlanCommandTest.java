
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.job.PlanFile;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.train.TrainingPlan;

/** Deriving a plan on the command line, and training with it. */
class PlanCommandTest {

	private static final Path CELLS = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");

	@TempDir
	Path folder;

	private String said;

	private int run(final String command, final String... more) {
		final List<String> args = new ArrayList<>(Arrays.asList(command, "--images",
			CELLS.resolve("images").toString(), "--labels", CELLS.resolve("labels")
				.toString(), "--device", "cpu", "--threads", "2"));
		args.addAll(Arrays.asList(more));
		final PrintStream out = System.out;
		final PrintStream err = System.err;
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		System.setOut(new PrintStream(bytes, true));
		System.setErr(new PrintStream(bytes, true));
		try {
			return UNet.run(args.toArray(new String[0]));
		}
		finally {
			System.setOut(out);
			System.setErr(err);
			said = new String(bytes.toByteArray(), StandardCharsets.UTF_8);
		}
	}

	@Test
	void theTrainingFollowsThePlanThatWasShown() throws IOException {
		final Path plan = folder.resolve("plan.json");
		final String[] settings = { "--set", "patchSize=64", "--set", "batchSize=1",
			"--set", "updates=1", "--base", "2" };
		assertEquals(0, run("plan", with(settings, "--output", plan.toString())),
			said);
		for (final String part : Arrays.asList("The labels are instances",
			"so the network pools", "network.base 2, patchSize 64 x 64, batchSize 1",
			"Plan: "))
			assertTrue(said.contains(part), part + " in\n" + said);
		final TrainingPlan shown = PlanFile.read(plan, p -> p);
		assertTrue(shown.auto().isEmpty());
		assertEquals(2, shown.network().features()[0]);
		final String model = folder.resolve("m.zip").toString();
		assertEquals(0, run("train", with(settings, "--model", model)), said);
		assertTrue(said.contains("so the network pools"), said);
		assertEquals(shown, planOf(model), "derived anew");
		assertEquals(0, run("train", "--plan", plan.toString(), "--model", model,
			"--overwrite"), said);
		assertEquals(shown, planOf(model), "from the file");
		assertEquals(UNet.WRONG_INPUT, run("plan", "--output", plan.toString()),
			said);
		assertTrue(said.contains("--overwrite"), said);
	}

	private static TrainingPlan planOf(final String model) throws IOException {
		return TrainingPlan.fromJson(ModelPackage.text(Paths.get(model),
			ModelPackage.PLAN).get());
	}

	private static String[] with(final String[] settings, final String... more) {
		final List<String> all = new ArrayList<>(Arrays.asList(settings));
		all.addAll(Arrays.asList(more));
		return all.toArray(new String[0]);
	}

	@Test
	void moreMinutesMakeAWiderNetwork() {
		assertEquals(0, run("plan", "--minutes", "20"), said);
		assertTrue(said.contains("so the first level has"), said);
		assertEquals(0, run("plan", "--minutes", "600"), said);
		assertTrue(said.contains("enough for a wider network"), said);
		assertEquals(0, run("plan", "--preset", "fast"), said);
		assertTrue(!said.contains("so the network pools"), said);
	}
}
