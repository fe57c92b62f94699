
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.imagej.ImageFiles;

/** The engine dies in a real ImageJ window: ImageJ lives, and says so. */
class KilledEngineWindowTest {

	/** Each kills the engine four times; more by -Dunet.test.rounds. */
	private static final int ROUNDS = Integer.getInteger("unet.test.rounds", 1);
	private static final Path PROJECT = Paths.get(System.getProperty(
		"unet.project.dir", "."));
	private static final String PLAN =
		"{ \"network\": { \"features\": [ 8, 16, 32 ] }, \"patchSize\": [ 128 ] }";

	@TempDir
	Path folder;

	/** @return the image over and over, 1600 pixels wide and high */
	private static ImagePlus large(final Path file) throws IOException {
		final ImageProcessor one = ImageFiles.open(file).getProcessor();
		final ByteProcessor large = new ByteProcessor(1600, 1600);
		for (int y = 0; y < large.getHeight(); y += one.getHeight())
			for (int x = 0; x < large.getWidth(); x += one.getWidth())
				large.insert(one, x, y);
		return new ImagePlus("large", large);
	}

	@Test
	void imageJLivesWhateverHappensToTheEngine() throws Exception {
		final Path cells = PROJECT.resolve("data/cells").toAbsolutePath();
		final Path plan = Files.write(folder.resolve("plan.json"), PLAN.getBytes(
			StandardCharsets.UTF_8));
		final Path image = folder.resolve("large.tif");
		assertTrue(IJ.saveAsTiff(large(cells.resolve("images/cells09.png")), image
			.toString()));
		final String images = "images=" + cells.resolve("images") + " labels=" +
			cells.resolve("labels") + " labelkind=instances device=cpu plan=" + plan;
		final Path model = folder.resolve("model.zip");
		final PlainImageJWindow window = PlainImageJWindow.in(folder).asInstalled();
		final PlainImageJWindow.Result trained = window.runMacro(
			"run('Train U-Net', '" + images + " minutes=0.2 model=" + model + "');",
			Duration.ofMinutes(2), PROJECT.resolve(
				"target/screenshots/before-kill.png"));
		assertEquals(PlainImageJMain.DONE, trained.exitCode, trained.log);
		final PlainImageJWindow.Result run = window.run(KilledEngineMain.class,
			Duration.ofMinutes(1 + ROUNDS), PROJECT.resolve(
				"target/screenshots/killed-engine.png"), "" + ROUNDS, images +
					" minutes=5 overwrite=true model=" + folder.resolve("killed.zip"),
			"model=" + model + " labels=false device=cpu minsize=0", image.toString(),
			folder.resolve("killed.training/checkpoint-00000001").toString());
		assertEquals(0, run.exitCode, run.log);
		assertFalse(run.log.contains("NO MESSAGE"), run.log);
		final Matcher said = Pattern.compile("round .*: The process that computes")
			.matcher(run.log);
		int kills = 0;
		while (said.find())
			kills++;
		System.out.println("The engine was killed " + kills + " times at work.");
		assertTrue(kills >= 2 * ROUNDS, "kills at work: " + kills + "\n" + run.log);
		assertTrue(run.log.contains("The process that computes was killed"),
			run.log);
		assertTrue(run.log.contains("The process that computes has crashed"),
			run.log);
		assertTrue(run.log.contains("The training can be resumed from update"),
			run.log);
		assertTrue(run.log.contains("image untouched"), run.log);
		assertTrue(run.log.matches("(?s).*segmented [1-9].*"), run.log);
	}
}
