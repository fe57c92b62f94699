
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.model.ModelPackage;

/** Trainings on the command line that are killed, or told to end. */
class KilledTrainingTest {

	/** How often a training is killed; more by -Dunet.test.rounds. */
	private static final int ROUNDS = Integer.getInteger("unet.test.rounds", 3);
	private static final Path DATA = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");
	private static final String PLAN =
		"{ \"network\": { \"features\": [ 4, 8, 16 ] }, \"patchSize\": [ 64 ], \"batchSize\": 2, \"updatesPerEpoch\": 10 }";
	private static final Pattern UPDATES = Pattern.compile(
		"\"updates\":\\s*(\\d+)");

	@TempDir
	Path folder;

	private Path plan;
	private Path model;
	private Path training;
	private Path log;

	@BeforeEach
	void prepare() throws IOException {
		plan = Files.write(folder.resolve("plan.json"), PLAN.getBytes(
			StandardCharsets.UTF_8));
		model = folder.resolve("model.zip");
		training = folder.resolve("model.training");
		log = folder.resolve("log.txt");
	}

	private Process train(final String... more) throws IOException {
		final List<String> command = new ArrayList<>(Arrays.asList(Paths.get(System
			.getProperty("java.home"), "bin", "java").toString(), "-cp", System
				.getProperty("java.class.path"), UNet.class.getName(), "train",
			"--images", DATA.resolve("images").toString(), "--labels", DATA.resolve(
				"labels").toString(), "--model", model.toString(), "--plan", plan
					.toString(), "--device", "cpu"));
		command.addAll(Arrays.asList(more));
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(
			log.toFile()).start();
	}

	@Test
	void whateverTheMomentNothingIsHalfWritten() throws IOException,
		InterruptedException
	{
		final Random random = new Random(5);
		long reached = 0;
		int kills = 0;
		int ends = 0;
		while (kills < ROUNDS) {
			final Process process = train("--epochs", "3", "--resume", "--overwrite");
			final boolean ended = process.waitFor(1500 + random.nextInt(4500),
				TimeUnit.MILLISECONDS);
			process.destroyForcibly().waitFor();
			if (ended) {
				assertEquals(0, process.exitValue(), said());
				ends++;
			}
			else kills++;
			if (Files.exists(model)) ModelPackage.open(model).close();
			final long updates = updates();
			assertTrue(updates >= reached || Files.exists(model),
				"went back from update " + reached + " to " + updates);
			reached = updates;
			if (ended) Files.delete(model);
		}
		final Process last = train("--epochs", "3", "--resume", "--overwrite");
		assertTrue(last.waitFor(2, TimeUnit.MINUTES), "it hangs");
		assertEquals(0, last.exitValue(), said());
		ModelPackage.open(model).close();
		assertFalse(Files.exists(training), "checkpoints are gone");
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(Arrays.asList("log.txt", "model.html", "model.zip",
				"model_training.csv", "model_training.png", "plan.json"), files.map(
					f -> f.getFileName().toString()).sorted().collect(Collectors
						.toList()));
		}
		System.out.println(kills + " kills, " + ends + " ends");
	}

	/** @return number of updates of the last checkpoint; 0 without one */
	private long updates() throws IOException {
		if (!Files.isDirectory(training)) return 0;
		final List<Path> checkpoints;
		try (Stream<Path> entries = Files.list(training)) {
			checkpoints = entries.filter(e -> e.getFileName().toString().startsWith(
				"checkpoint-")).sorted().collect(Collectors.toList());
		}
		if (checkpoints.isEmpty()) return 0;
		final Path state = checkpoints.get(checkpoints.size() - 1).resolve(
			"state.json");
		final Matcher updates = UPDATES.matcher(new String(Files.readAllBytes(
			state), StandardCharsets.UTF_8));
		assertTrue(updates.find(), state + " is incomplete");
		return Long.parseLong(updates.group(1));
	}

	private String said() throws IOException {
		return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
	}

	/** Batch queues signal all processes of a job, before they kill them. */
	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aSignalOfTheQueueWritesModelAndCheckpoint() throws IOException,
		InterruptedException
	{
		final Process process = train("--epochs", "500");
		final Path history = training.resolve("history.csv");
		for (int i = 0; i < 3000 && !(Files.exists(history) && Files.readAllLines(
			history).size() > 2); i++)
			Thread.sleep(20);
		final List<String> pids = process.descendants().map(p -> String.valueOf(p
			.pid())).collect(Collectors.toList());
		assertFalse(pids.isEmpty(), "the engine has a process of its own");
		for (final String pid : pids)
			new ProcessBuilder("kill", "-TERM", pid).start().waitFor();
		new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start()
			.waitFor();
		assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it hangs");
		assertEquals(128 + 15, process.exitValue(), said());
		ModelPackage.open(model).close();
		assertTrue(updates() >= 20, "a checkpoint is there: " + updates());
		assertTrue(said().contains("it can be resumed from there"), said());
	}
}
