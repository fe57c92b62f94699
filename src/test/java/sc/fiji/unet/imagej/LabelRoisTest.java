
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelRoisTest {

	@Test
	void randomLabelsSurviveTheWayThroughRoisAndFile(@TempDir final Path folder)
		throws IOException
	{
		final Random random = new Random(1);
		for (int run = 0; run < 60; run++) {
			final int width = 1 + random.nextInt(24);
			final int height = 1 + random.nextInt(24);
			final int[] labels = randomLabels(random, width, height);
			final List<Roi> rois = LabelRois.toRois(ArrayImgs.ints(labels, width,
				height), run % 2 == 0 ? "" : "cell");
			if (rois.isEmpty()) continue;
			assertArrayEquals(labels, values(toLabels(rois, width, height)), "run " +
				run);
			final Path file = folder.resolve("rois.zip");
			RoiZip.write(rois, file, true);
			assertArrayEquals(labels, values(toLabels(RoiZip.read(file), width,
				height)), "run " + run + " from file");
		}
	}

	private static ArrayImg<IntType, IntArray> toLabels(final List<Roi> rois,
		final int width, final int height)
	{
		return RoiLabels.instances(rois, width, height, RoiRules.standard());
	}

	/** Blobs of noise: many parts, holes, single pixels and diagonal contacts. */
	private static int[] randomLabels(final Random random, final int width,
		final int height)
	{
		final int[] labels = new int[width * height];
		for (int i = 0; i < labels.length; i++)
			labels[i] = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(4) * 71;
		for (int b = 0; b < 4; b++) {
			final int x0 = random.nextInt(width);
			final int y0 = random.nextInt(height);
			for (int y = y0; y < Math.min(height, y0 + 8); y++)
				Arrays.fill(labels, y * width + x0, y * width + Math.min(width, x0 + 8),
					b == 3 ? 0 : 500 + b);
		}
		return labels;
	}

	@Test
	void roisAreNamedAfterClassAndLabel() {
		final List<Roi> rois = LabelRois.toRois(ArrayImgs.ints(new int[] { 0, 12, 0,
			3, 0, -1 }, 6, 1), "cell");
		assertEquals(Arrays.asList("cell#3", "cell#12"), names(rois));
		assertEquals(12, LabelRois.label(rois.get(1)));
		final Roi other = new Roi(0, 0, 1, 1);
		other.setName("0001-0002");
		assertEquals(0, LabelRois.label(other));
		assertEquals("12", names(LabelRois.toRois(ArrayImgs.ints(new int[] { 12 },
			1, 1), "")).get(0));
	}

	@Test
	void positionsFollowTheImage() {
		final ArrayImg<IntType, IntArray> one = ArrayImgs.ints(new int[] { 1 }, 1,
			1);
		final List<Roi> hyper = LabelRois.toRois(Collections.nCopies(6, one), 2, (i,
			label) -> "");
		assertEquals(2, hyper.get(3).getZPosition());
		assertEquals(2, hyper.get(3).getTPosition());
		final ImagePlus image = IJ.createHyperStack("h", 1, 1, 3, 2, 3, 8);
		assertEquals(Collections.singletonList(hyper.get(3)), LabelRois.at(hyper,
			image, 2, 2));
		final List<Roi> stack = LabelRois.toRois(Collections.nCopies(4, one), 4, (i,
			label) -> "");
		assertEquals(3, stack.get(2).getPosition());
		assertEquals(Collections.singletonList(stack.get(2)), LabelRois.at(stack, IJ
			.createImage("s", 1, 1, 4, 8), 3, 1));
		assertEquals(Collections.singletonList(stack.get(2)), LabelRois.at(stack, IJ
			.createHyperStack("s", 1, 1, 2, 4, 1, 8), 3, 1));
		final List<Roi> plane = LabelRois.toRois(Collections.singletonList(one), 1,
			(i, label) -> "");
		assertEquals(plane, LabelRois.at(plane, image, 2, 3));
	}

	@Test
	void volumeObjectsHaveOneRoiASliceAndUniqueFileEntries(
		@TempDir final Path folder) throws IOException
	{
		final ArrayImg<IntType, IntArray> volume = ArrayImgs.ints(new int[] { 1, 0,
			1, 2, 0, 2 }, 2, 1, 3);
		final List<Roi> rois = LabelRois.toRois(Collections.singletonList(volume),
			3, (i, label) -> "cell");
		assertEquals(Arrays.asList("cell#1", "cell#1", "cell#2", "cell#2"), names(
			rois));
		final Path file = folder.resolve("v.zip");
		RoiZip.write(rois, file, false);
		final List<Roi> back = RoiZip.read(file);
		assertEquals(names(rois), names(back));
		assertEquals(Arrays.asList(1, 2, 2, 3), back.stream().map(Roi::getPosition)
			.collect(Collectors.toList()));
		assertThrows(IOException.class, () -> RoiZip.write(rois, file, false));
	}

	@Test
	void aSinglePlaneHasNoPositionWhateverItsChannels() {
		final Roi roi = new Roi(0, 0, 1, 1);
		LabelRois.place(roi, 1, 1, 1, 1);
		assertFalse(roi.hasHyperStackPosition());
		assertEquals(0, roi.getPosition());
		LabelRois.place(roi, 1, 3, 1, 5);
		assertEquals(3, roi.getPosition());
		LabelRois.place(roi, 2, 3, 4, 5);
		assertEquals(2, roi.getZPosition());
		assertEquals(3, roi.getTPosition());
	}

	@Test
	void objectsAreCalledAfterTheirOwnClass() {
		final ArrayImg<IntType, IntArray> two = ArrayImgs.ints(new int[] { 1, 2 },
			2, 1);
		assertEquals(Arrays.asList("a#1", "b#2", "b#1", "c#2"), names(LabelRois
			.toRois(Arrays.asList(two, two), 2, (image, label) -> "abc".substring(
				image + label - 1, image + label))));
	}

	/** Every object costs its box, not the image: 5000 of them are no burden. */
	@Test
	void thousandsOfObjectsAreTraced() {
		final int size = 2048;
		final int[] labels = new int[size * size];
		for (int y = 0; y < size; y++)
			for (int x = 0; x < size; x++)
				if (Math.hypot(x % 29 - 14, y % 29 - 14) < 13) labels[y * size + x] =
					y / 29 * 71 + x / 29 + 1;
		final List<Roi> rois = LabelRois.toRois(ArrayImgs.ints(labels, size, size),
			"");
		assertTrue(rois.size() > 4900, rois.size() + " ROIs");
		assertArrayEquals(labels, values(toLabels(rois, size, size)));
	}

	private static List<String> names(final List<Roi> rois) {
		return rois.stream().map(Roi::getName).collect(Collectors.toList());
	}

	private static int[] values(final ArrayImg<IntType, IntArray> labels) {
		return labels.update(null).getCurrentStorageArray();
	}
}
