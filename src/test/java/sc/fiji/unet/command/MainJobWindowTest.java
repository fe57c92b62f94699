
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.Arrays;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.imagej.RoiLabels;
import sc.fiji.unet.imagej.RoiRules;
import sc.fiji.unet.metrics.Detection;

/**
 * The main job in a real ImageJ window: train on from the model that comes
 * along, weight map and segment by macro.
 */
class MainJobWindowTest {

	private static final Path PROJECT = Paths.get(System.getProperty(
		"unet.project.dir", "."));
	private static final double EXPECTED_F1 = 0.8;

	@TempDir
	Path folder;

	@Test
	void trainsWeighsAndSegmentsByMacro() throws Exception {
		final Path cells = PROJECT.resolve("data/cells").toAbsolutePath();
		final Path training = Files.createDirectories(folder.resolve(
			"training images"));
		for (int i = 1; i <= 8; i++)
			Files.copy(cells.resolve("images/cells0" + i + ".png"), training.resolve(
				"cells0" + i + ".png"));
		final Path labels = Files.createDirectories(folder.resolve("labels"));
		for (int i = 1; i <= 8; i++)
			Files.copy(cells.resolve("labels/cells0" + i + ".tif"), labels.resolve(
				"cells0" + i + ".tif"));
		final Path model = folder.resolve("model.zip");
		final Path result = folder.resolve("result.tif");
		final String macro = String.join("\n", Arrays.asList(
			"run('Train U-Net', 'images=[" + training + "] labels=" + labels +
				" labelkind=instances minutes=0.3 from=[Nuclei (fluorescence)] model=" +
				model + " validation=15 device=cpu');", "open('" + cells.resolve(
					"labels/cells09.tif") + "');",
			"run('Weight Map', 'labelkind=instances w0=10 sigma=5');",
			"print('weights ' + getTitle() + ' ' + bitDepth());",
			"setLocation(800, 60);", "open('" + cells.resolve("images/cells09.png") +
				"');", "id = getImageID();", "run('Segment', 'model=" + model +
					" overlay=true labels=true device=cpu');",
			"print('labels ' + getTitle() + ' ' + bitDepth());",
			"setLocation(800, 400);", "selectImage(id);", "setLocation(300, 200);",
			"run('Set... ', 'zoom=200');", "print('overlay ' + Overlay.size);",
			"saveAs('Tiff', '" + result + "');"));
		final PlainImageJWindow.Result run = PlainImageJWindow.in(folder)
			.asInstalled().jvmOption("-Xmx3g").runMacro(macro, Duration.ofMinutes(5),
				PROJECT.resolve("target/screenshots/main-job.png"));
		assertEquals(PlainImageJMain.DONE, run.exitCode, run.log);
		assertTrue(run.log.contains("weights cells09 weights 32"), run.log);
		assertTrue(run.log.contains("labels cells09 labels 16"), run.log);
		final double f1 = f1(result, cells.resolve("labels/cells09.tif"));
		assertTrue(f1 >= EXPECTED_F1, "F1 of the overlay at IoU 0.5 is " + f1 +
			", expected " + EXPECTED_F1 + "; " + run.log);
		assertTrue(Files.size(run.screenshot) > 10_000,
			"the screenshot shows something");
	}

	private static double f1(final Path withOverlay, final Path truth)
		throws Exception
	{
		final ImagePlus image = ImageFiles.open(withOverlay);
		final ArrayImg<IntType, IntArray> found = RoiLabels.instances(Arrays.asList(
			image.getOverlay().toArray()), image.getWidth(), image.getHeight(),
			RoiRules.standard());
		return Detection.of(LabelInput.slice(ImageFiles.open(truth), 1, 1), found)
			.f1();
	}
}
