
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.Screenshots;

/** The window of a training in a real ImageJ. */
class TrainingWindowTest {

	/** More for pictures of a network that has learnt something. */
	private static final int EPOCHS = Integer.getInteger("unet.test.epochs", 6);
	private static final String WATCHED =
		"{ \"network\": { \"features\": [ 8, 16, 32 ] }, \"patchSize\": [ 96 ], \"batchSize\": 2, \"updatesPerEpoch\": 10 }";
	private static final String SHORT =
		"{ \"network\": { \"features\": [ 2, 4 ] }, \"patchSize\": [ 64 ], \"batchSize\": 1, \"updatesPerEpoch\": 20 }";

	@TempDir
	Path folder;

	@Test
	void aTrainingIsWatchedStoppedCancelledAndResumed() throws Exception {
		final Path cells = Paths.get(System.getProperty("unet.project.dir", "."))
			.resolve("data/cells").toAbsolutePath();
		final String images = "images=" + cells.resolve("images") + " labels=" +
			cells.resolve("labels") + " labelkind=instances device=cpu plan=";
		final Path pictures = Screenshots.file("training-window").getParent();
		final PlainImageJWindow.Result run = PlainImageJWindow.in(folder)
			.asInstalled().with(SwingWindows.class).run(TrainingWindowMain.class,
				Duration.ofMinutes(8), pictures.toAbsolutePath(), folder.toString(),
				"" + EPOCHS / 2, images + plan("watched", WATCHED) +
					" settings=[epochs: " + EPOCHS + "]", images + plan("short", SHORT) +
						" settings=[epochs: 500] showpredictions=false", Files
							.createDirectories(Paths.get(System.getProperty(
								"unet.project.dir", ".")).resolve("target/screenshots"))
							.toAbsolutePath().toString(), images.replaceFirst(" plan=$", "") +
								" minutes=20");
		assertEquals(PlainImageJMain.DONE, run.exitCode, run.log);
		assertTrue(run.log.contains("event thread is free: true"), run.log);
		assertTrue(run.log.contains(
			"predictions: cells predictions, 2 slices, cells"), run.log);
		assertTrue(run.log.contains("buttons after the end: false"), run.log);
		assertTrue(run.log.contains("Window menu: [Training cells: finished]"),
			run.log);
		assertTrue(run.log.contains("nobody draws after the end\nbut when"),
			run.log);
		assertTrue(Files.exists(folder.resolve("cells_training.png")), run.log);
		assertTrue(run.log.contains("stopped") && Files.exists(folder.resolve(
			"stopped.zip")) && Files.exists(folder.resolve("stopped.training")),
			run.log);
		assertTrue(run.log.contains("cancelled\n") && run.log.contains(
			"No model was written"), run.log);
		assertTrue(run.log.contains("goes on without a window: true") && run.log
			.contains("is closed; the training goes on"), run.log);
		assertTrue(Files.exists(folder.resolve("given-up.zip")),
			"Escape keeps the best model; " + run.log);
		assertTrue(run.log.contains("trial stopped") && run.log.contains(
			"neither a model nor anything to resume") && !Files.exists(folder.resolve(
				"tried.zip")), run.log);
		assertFalse(run.log.contains("Exception"), run.log);
	}

	private String plan(final String name, final String json) throws Exception {
		return Files.write(folder.resolve(name + ".json"), json.getBytes(
			StandardCharsets.UTF_8)).toString();
	}
}
