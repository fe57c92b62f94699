
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;

import org.junit.jupiter.api.Test;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;

/** Weight Map through SciJava, without windows. */
class HeadlessWeightMapTest {

	@Test
	void weighsEverySliceAndSaysWhatItTookTheLabelsFor() throws Exception {
		final ImagePlus labels = HeadlessCommandsTest.labels(2);
		labels.getProcessor().invertLut();
		final CommandModule[] module = new CommandModule[1];
		final String said = HeadlessCommandsTest.said(() -> module[0] =
			HeadlessCommandsTest.run(ComputeWeightMap.class, "image", labels));
		HeadlessCommandsTest.assertDone(module[0]);
		assertTrue(said.contains("The labels are a mask"), said);
		assertTrue(said.contains("inverting lookup table"), said);
		final ImagePlus weights = (ImagePlus) module[0].getOutput("weights");
		assertEquals(32, weights.getBitDepth());
		assertArrayEquals(labels.getDimensions(), weights.getDimensions());
		assertEquals(0.25, weights.getCalibration().pixelWidth);
		assertTrue(weights.getProcessor().getf(14, 13) > 5, "between the boxes " +
			weights.getProcessor().getf(14, 13));
		assertNull(module[0].getOutput("border"));
		final CommandModule both = HeadlessCommandsTest.run(ComputeWeightMap.class,
			"image", labels, "show", "both", "volume", true);
		HeadlessCommandsTest.assertDone(both);
		assertNotNull(both.getOutput("border"));
		assertNotNull(both.getOutput("weights"));
		HeadlessCommandsTest.assertRefused(HeadlessCommandsTest.run(
			ComputeWeightMap.class, "image", labels, "show", "all"),
			"weights, border, both");
	}

	@Test
	void theBorderAloneHasNoWeights() throws Exception {
		final CommandModule module = HeadlessCommandsTest.run(
			ComputeWeightMap.class, "image", HeadlessCommandsTest.labels(1), "show",
			"border", "preview", true);
		HeadlessCommandsTest.assertDone(module);
		assertNull(module.getOutput("weights"));
		final ImagePlus border = (ImagePlus) module.getOutput("border");
		assertEquals("labels border", border.getTitle());
		assertEquals(0, border.getProcessor().getf(5, 5), "within an object");
		assertEquals(0, border.getProcessor().getf(31, 0), 0.01, "far from both");
		assertTrue(border.getProcessor().getf(14, 13) > 5, "between the boxes");
	}

	@Test
	void nothingIsPreviewedWithoutADisplay() throws Exception {
		// ImageJ still counts the images of macros that are over.
		final int before = WindowManager.getImageCount();
		final CommandModule module = new CommandModule(new CommandInfo(
			ComputeWeightMap.class));
		module.setInput("image", HeadlessCommandsTest.labels(1));
		module.setInput("preview", true);
		module.preview();
		module.cancel();
		assertEquals(before, WindowManager.getImageCount());
	}

	@Test
	void aBarExplainsTheColoursAndLeavesThePixels() throws Exception {
		final ImagePlus[] weights = new ImagePlus[2];
		for (int i = 0; i < 2; i++)
			weights[i] = (ImagePlus) HeadlessCommandsTest.run(ComputeWeightMap.class,
				"image", HeadlessCommandsTest.labels(1), "bar", i == 1).getOutput(
					"weights");
		assertNull(weights[0].getOverlay());
		assertTrue(weights[1].getOverlay().size() > 4, "bar, frame and labels");
		assertArrayEquals((float[]) weights[0].getProcessor().getPixels(),
			(float[]) weights[1].getProcessor().getPixels());
		assertEquals(0, weights[1].getDisplayRangeMin());
		assertEquals(weights[1].getStatistics().max, weights[1]
			.getDisplayRangeMax(), 1e-6);
		assertFalse(weights[1].getProcessor().isDefaultLut(), "in colours");
	}
}
