
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sc.fiji.unet.command.HeadlessCommandsTest.assertDone;
import static sc.fiji.unet.command.HeadlessCommandsTest.assertRefused;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;

import java.io.File;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.CommandModule;

import sc.fiji.unet.imagej.AnnotatedFiles;
import sc.fiji.unet.imagej.AnnotatedImage;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.imagej.RoiLabels;
import sc.fiji.unet.imagej.RoiRules;

/** ROIs and training sets, through SciJava and without windows. */
class AnnotationCommandsTest {

	private static final int SIZE = 40;

	@TempDir
	Path folder;

	/** Noise of two channels, calibrated. */
	private static ImagePlus image(final int slices, final int frames) {
		final ImagePlus image = IJ.createHyperStack("cells", SIZE, SIZE, 2, slices,
			frames, 16);
		final Random random = new Random(1);
		for (int i = 1; i <= image.getStackSize(); i++)
			for (int p = 0; p < SIZE * SIZE; p++)
				image.getStack().getProcessor(i).set(p, random.nextInt(60000));
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().setUnit("micron");
		image.setOverlay(new Overlay());
		return image;
	}

	private static Roi box(final String name, final int x, final int y) {
		final Roi roi = new Roi(x, y, 6, 5);
		roi.setName(name);
		return roi;
	}

	private static CommandModule add(final ImagePlus image, final File folder,
		final Object... more) throws Exception
	{
		final Object[] all = Arrays.copyOf(new Object[] { "image", image, "folder",
			folder }, 4 + more.length);
		System.arraycopy(more, 0, all, 4, more.length);
		return HeadlessCommandsTest.run(AddToTrainingSet.class, all);
	}

	private AnnotatedImage added() throws Exception {
		final List<AnnotatedImage> images = AnnotatedFiles.open(folder.resolve(
			"set"), "", 1, warning -> {}, () -> false);
		assertEquals(1, images.size());
		return images.get(0);
	}

	@Test
	void anImageIsAddedWithAllThatItHas() throws Exception {
		final ImagePlus image = image(3, 2);
		final Roi first = box("cell#4", 2, 3);
		first.setPosition(1, 2, 1);
		image.getOverlay().add(first);
		final Roi second = box("ignore", 20, 20);
		second.setPosition(1, 3, 2);
		image.getOverlay().add(second);
		final File set = folder.resolve("set").toFile();
		final CommandModule module = add(image, set);
		assertDone(module);
		assertTrue(module.getOutput("result").toString().endsWith(
			"the training set has 1 image."), "" + module.getOutput("result"));
		final AnnotatedImage added = added();
		assertEquals("cells", added.name());
		assertArrayEquals(image.getDimensions(), added.image().getDimensions());
		assertEquals(0.25, added.image().getCalibration().pixelWidth);
		for (int i = 1; i <= image.getStackSize(); i++)
			assertArrayEquals((short[]) image.getStack().getPixels(i), (short[]) added
				.image().getStack().getPixels(i));
		assertEquals("cell#4", added.at(2, 1).get(0).getName());
		assertEquals("ignore", added.at(3, 2).get(0).getName());
		assertTrue(added.at(1, 1).isEmpty());
	}

	@Test
	void whatIsInTheFolderIsReplacedOnlyIfThatIsAllowed() throws Exception {
		final ImagePlus image = image(1, 1);
		image.setTitle("my cells.tif");
		image.getOverlay().add(box("1", 2, 3));
		final File set = folder.resolve("set").toFile();
		assertDone(add(image, set));
		image.getOverlay().add(box("2", 20, 20));
		assertRefused(add(image, set), "my cells.tif", "overwrite=true", "name=");
		assertEquals(1, added().rois().size());
		assertDone(add(image, set, "overwrite", true));
		assertEquals(2, added().rois().size());
		assertRefused(add(image, set, "name", "a/b"), "name=[a/b]");
	}

	@Test
	void aSelectionIsAddedWithWhatLiesAroundIt() throws Exception {
		final ImagePlus image = image(2, 1);
		final Roi inside = box("3", 15, 16);
		inside.setPosition(0, 2, 0);
		image.getOverlay().add(inside);
		final Roi across = box("5", 22, 24);
		across.setPosition(0, 2, 0);
		image.getOverlay().add(across);
		final Roi elsewhere = box("7", 15, 16);
		elsewhere.setPosition(0, 1, 0);
		image.getOverlay().add(elsewhere);
		image.setPosition(1, 2, 1);
		image.setRoi(14, 15, 11, 12);
		assertDone(add(image, folder.resolve("set").toFile(), "region", "selection",
			"margin", 5, "name", "part"));
		final AnnotatedImage added = added();
		assertEquals("part", added.name());
		assertArrayEquals(new int[] { 21, 22, 2, 1, 1 }, added.image()
			.getDimensions());
		assertEquals(image.getStack().getProcessor(image.getStackIndex(2, 2, 1))
			.get(9, 10), added.image().getStack().getProcessor(2).get(0, 0));
		final int[] labels = RoiLabels.instances(added.at(1, 1), 21, 22, RoiRules
			.standard()).update(null).getCurrentStorageArray();
		final int[] whole = RoiLabels.instances(List.of(inside, across), SIZE, SIZE,
			RoiRules.standard()).update(null).getCurrentStorageArray();
		for (int y = 0; y < 22; y++)
			for (int x = 0; x < 21; x++) {
				final boolean part = x >= 5 && x < 16 && y >= 5 && y < 17;
				assertEquals(part ? whole[(y + 10) * SIZE + x + 9] : -1, labels[y * 21 +
					x], x + ", " + y);
			}
		image.setRoi(0, 0, 4, 4);
		assertRefused(add(image, folder.resolve("set").toFile(), "region",
			"selection", "name", "empty"), "No ROI");
		image.deleteRoi();
		assertRefused(add(image, folder.resolve("set").toFile(), "region",
			"selection", "name", "empty"), "no selection");
	}

	@Test
	void anImageWithoutRoisIsRefused() throws Exception {
		assertRefused(add(image(1, 1), folder.resolve("set").toFile()),
			"has no ROIs", "Outline cells");
	}

	@Test
	void labelsAndRoisAreMadeOfEachOtherWithoutLoss() throws Exception {
		final ImagePlus labels = IJ.createHyperStack("labels", SIZE, SIZE, 1, 2, 2,
			16);
		final Random random = new Random(2);
		for (int i = 1; i <= 4; i++)
			for (int p = 0; p < SIZE * SIZE; p++)
				labels.getStack().getProcessor(i).set(p, random.nextInt(3) == 0 ? random
					.nextInt(4) * 10000 : 0);
		assertDone(HeadlessCommandsTest.run(LabelsToRois.class, "image", labels,
			"classname", "cell"));
		assertEquals("cell#10000", labels.getOverlay().get(0).getName());
		final CommandModule module = HeadlessCommandsTest.run(RoisToLabels.class,
			"image", labels);
		assertDone(module);
		final ImagePlus back = (ImagePlus) module.getOutput("labels");
		assertEquals(16, back.getBitDepth());
		assertArrayEquals(labels.getDimensions(), back.getDimensions());
		for (int i = 0; i < 4; i++)
			assertArrayEquals(LabelInput.slices(labels).get(i).update(null)
				.getCurrentStorageArray(), LabelInput.slices(back).get(i).update(null)
					.getCurrentStorageArray());
	}

	@Test
	void samplesAreThoseOfTheProject() throws Exception {
		final Path data = Paths.get(System.getProperty("unet.project.dir", "."),
			"data");
		final ImagePlus cells = sample("annotated cells");
		assertEquals(8, cells.getStackSize());
		final ImagePlus unseen = sample("unseen cells");
		assertEquals(2, unseen.getStackSize());
		assertNull(unseen.getOverlay());
		final ImagePlus membranes = sample("annotated membranes");
		for (int i = 1; i <= 8; i++)
			assertSame(cells, i, data.resolve("cells"), "cells0" + i);
		for (int i = 1; i <= 6; i++)
			assertSame(membranes, i, data.resolve("membranes"), "membranes0" + i);
		assertArrayEquals((byte[]) ImageFiles.open(data.resolve(
			"cells/images/cells10.png")).getProcessor().getPixels(), (byte[]) unseen
				.getStack().getPixels(2));
	}

	private static ImagePlus sample(final String name) throws Exception {
		final CommandModule module = HeadlessCommandsTest.run(OpenSample.class,
			"sample", name);
		assertDone(module);
		return (ImagePlus) module.getOutput("image");
	}

	private static void assertSame(final ImagePlus sample, final int slice,
		final Path data, final String name) throws Exception
	{
		assertArrayEquals((byte[]) ImageFiles.open(data.resolve("images/" + name +
			".png")).getProcessor().getPixels(), (byte[]) sample.getStack().getPixels(
				slice), name);
		final AnnotatedImage drawn = AnnotatedImage.ofOverlay(name, sample);
		assertArrayEquals(LabelInput.slice(ImageFiles.open(data.resolve("labels/" +
			name + ".tif")), 1, 1).update(null).getCurrentStorageArray(), RoiLabels
				.instances(drawn.at(slice, 1), sample.getWidth(), sample.getHeight(),
					RoiRules.standard()).update(null).getCurrentStorageArray(), name);
	}

	@Test
	void ignoredPixelsAreMinusOneInALabelImage() throws Exception {
		final ImagePlus image = image(1, 1);
		image.getOverlay().add(box("9", 2, 3));
		image.getOverlay().add(box("background", 12, 3));
		final CommandModule module = HeadlessCommandsTest.run(RoisToLabels.class,
			"image", image, "unannotated", "ignored");
		assertDone(module);
		final ImagePlus labels = (ImagePlus) module.getOutput("labels");
		assertEquals(9, labels.getProcessor().getf(2, 3));
		assertEquals(0, labels.getProcessor().getf(12, 3));
		assertEquals(-1, labels.getProcessor().getf(30, 30));
		assertRefused(HeadlessCommandsTest.run(RoisToLabels.class, "image", image(1,
			1)), "has no ROIs");
		assertRefused(HeadlessCommandsTest.run(LabelsToRois.class, "image", labels,
			"target", "ROI Manager"), "without a display");
	}
}
