
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.AnnotatedFiles;
import sc.fiji.unet.imagej.AnnotatedImage;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.imagej.RoiLabels;
import sc.fiji.unet.imagej.RoiRules;
import sc.fiji.unet.imagej.RoiSamples;
import sc.fiji.unet.metrics.Detection;
import sc.fiji.unet.model.ModelPackage;

/**
 * The main way of working, by macro in a real ImageJ window: ROIs are added to
 * a training set, a network learns from them, what it finds is corrected in the
 * ROI Manager, added, and trained on.
 */
class RoiLoopWindowTest {

	private static final Path PROJECT = Paths.get(System.getProperty(
		"unet.project.dir", "."));
	private static final double EXPECTED_F1 = 0.7;

	@TempDir
	Path folder;

	@Test
	void segmentsCorrectsAddsAndTrainsOn() throws Exception {
		final Path cells = PROJECT.resolve("data/cells").toAbsolutePath();
		final Path set = folder.resolve("training set");
		final Path first = folder.resolve("first.zip");
		final Path second = folder.resolve("second.zip");
		final String macro = String.join("\n", Arrays.asList(
			"for (i = 1; i <= 6; i++) {", "open('" + cells +
				"/labels/cells0' + i + '.tif');",
			"run('Labels to ROIs', 'target=[ROI Manager] classname=cell');",
			"close();", "open('" + cells + "/images/cells0' + i + '.png');",
			"run('Add to Training Set', 'folder=[" + set + "]');",
			"roiManager('reset');", "close();", "}", "run('Train U-Net', 'images=[" +
				set + "] minutes=0.3 from=[Nuclei (fluorescence)] model=" + first +
				" validation=15 device=cpu showpredictions=false');", "open('" + cells +
					"/images/cells09.png');", "run('Segment', 'model=" + first +
						" rois=true labels=false device=cpu');", "n = roiManager('count');",
			"print('found ' + n);", "roiManager('select', 0);",
			"roiManager('delete');", "makeOval(10, 10, 12, 12);",
			"roiManager('add');", "roiManager('select', n - 1);",
			"roiManager('rename', 'ignore');",
			"run('Add to Training Set', 'folder=[" + set + "] name=corrected');",
			"run('Train U-Net', 'images=[" + set + "] minutes=0.2 from=" + first +
				" model=" + second + " device=cpu showpredictions=false');",
			"selectWindow('cells09.png');", "run('Set... ', 'zoom=200');"));
		final PlainImageJWindow.Result run = PlainImageJWindow.in(folder)
			.asInstalled().jvmOption("-Xmx3g").runMacro(macro, Duration.ofMinutes(6),
				PROJECT.resolve("target/screenshots/roi-loop.png"));
		assertEquals(PlainImageJMain.DONE, run.exitCode, run.log);
		assertTrue(run.log.contains("the training set has 6 images."), run.log);
		assertTrue(run.log.contains("objects on 6 images (overlays)."), run.log);
		assertTrue(run.log.contains("objects on 7 images (overlays)."), run.log);
		assertTrue(ModelPackage.text(second, ModelPackage.REPLAY).isPresent());
		checkSet(set, cells, run.log);
	}

	private static void checkSet(final Path set, final Path cells,
		final String log) throws Exception
	{
		final List<AnnotatedImage> images = AnnotatedFiles.open(set, "", 1,
			warning -> {}, () -> false);
		assertEquals(7, images.size());
		for (int i = 0; i < 6; i++)
			assertEquals(1, f1(images.get(i), cells), images.get(i).name());
		final AnnotatedImage corrected = images.get(6);
		assertEquals("corrected", corrected.name());
		assertTrue(RoiSamples.of(List.of(corrected), ChannelSelection.all(),
			RoiRules.standard(), LabelKind.AUTO).hasIgnored());
		final double f1 = f1(new AnnotatedImage("cells09", corrected.image(),
			corrected.rois(), corrected.source()), cells);
		assertTrue(f1 >= EXPECTED_F1, "F1 of what was found is " + f1 +
			", expected " + EXPECTED_F1 + "; " + log);
	}

	private static double f1(final AnnotatedImage image, final Path cells)
		throws Exception
	{
		return Detection.of(LabelInput.slice(ImageFiles.open(cells.resolve(
			"labels/" + image.name() + ".tif")), 1, 1), RoiLabels.instances(image
				.rois(), image.image().getWidth(), image.image().getHeight(), RoiRules
					.standard())).f1();
	}
}
