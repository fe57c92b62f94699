
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.Roi;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.RawSample;

class RoiSamplesTest {

	private static final int SIZE = 10;

	private static Roi box(final String name, final int x, final int y,
		final int size)
	{
		final Roi roi = new Roi(x, y, size, size);
		roi.setName(name);
		return roi;
	}

	private static ImagePlus image(final int slices, final int frames) {
		return IJ.createHyperStack("cells", SIZE, SIZE, 1, slices, frames, 8);
	}

	private static AnnotatedImage annotated(final ImagePlus image,
		final Roi... rois)
	{
		final Overlay overlay = new Overlay();
		for (final Roi roi : rois)
			overlay.add(roi);
		image.setOverlay(overlay);
		return AnnotatedImage.ofOverlay("cells", image);
	}

	private static RoiSamples samples(final RoiRules rules, final LabelKind kind,
		final AnnotatedImage... images)
	{
		return RoiSamples.of(Arrays.asList(images), ChannelSelection.all(), rules,
			kind);
	}

	private static RoiSamples samples(final Roi... rois) {
		return samples(RoiRules.standard(), LabelKind.AUTO, annotated(image(1, 1),
			rois));
	}

	private static int[] labels(final RawSample sample) {
		return ((IntArray) ((ArrayImg<?, ?>) sample.labels()).update(null))
			.getCurrentStorageArray();
	}

	private static int at(final RoiSamples samples, final int x, final int y) {
		return labels(samples.samples().get("cells").get(0))[y * SIZE + x];
	}

	private static void assertSays(final RoiSamples samples, final String part) {
		assertTrue(String.join(" ", samples.sentences()).contains(part), samples
			.sentences()::toString);
	}

	private static void assertRefused(final String part, final Roi... rois) {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> samples(rois)).getMessage();
		assertTrue(message.contains(part), message);
	}

	@Test
	void objectsHaveTheNumbersInTheirNames() {
		final RoiSamples samples = samples(box("foreground#7", 0, 0, 2), box(
			"0004-0005", 4, 4, 2), box(null, 7, 7, 2), box("1", 0, 7, 2));
		assertEquals(LabelKind.INSTANCES, samples.kind());
		assertEquals(7, at(samples, 0, 0));
		assertEquals(1, at(samples, 0, 7));
		assertEquals(2, at(samples, 4, 4));
		assertEquals(3, at(samples, 7, 7));
		assertEquals(0, at(samples, 9, 0));
		assertSays(samples, "4 objects on 1 image (the overlay)");
		assertSays(samples, "16 % of the pixels; the rest counts as background");
		assertFalse(samples.hasIgnored());
	}

	@Test
	void roisOfOneNameAreOneObjectAndPointsAreSeveral() {
		final PointRoi points = new PointRoi(new float[] { 1, 8 }, new float[] { 8,
			8 }, 2);
		points.setName("cell#3");
		final RoiSamples samples = samples(RoiRules.standard().pointRadius(1),
			LabelKind.AUTO, annotated(image(1, 1), box("cell#5", 0, 0, 2), box(
				"cell#5", 5, 0, 2), points));
		assertEquals(5, at(samples, 0, 0));
		assertEquals(5, at(samples, 5, 0));
		assertTrue(at(samples, 1, 8) != at(samples, 8, 8));
		assertSays(samples, "3 objects");
	}

	@Test
	void theLastObjectHasThePixelsOfSeveralAndIgnoredOnesNobody() {
		final RoiSamples samples = samples(box("ignore", 0, 0, 1), box("a#1", 0, 0,
			4), box("a#2", 3, 0, 4), box("background", 0, 0, 10), box("ignore#edge",
				9, 0, 1), box("ignore-2", 9, 1, 1));
		assertEquals(-1, at(samples, 0, 0));
		assertEquals(-1, at(samples, 9, 0));
		assertEquals(-1, at(samples, 9, 1));
		assertEquals(1, at(samples, 2, 2));
		assertEquals(2, at(samples, 3, 2));
		assertEquals(0, at(samples, 0, 9));
		assertSays(samples, "4 pixels lie in ROIs of several objects");
		assertTrue(samples.hasIgnored());
	}

	@Test
	void pixelsOutsideOfRoisAreIgnoredIfWanted() {
		final RoiSamples samples = samples(RoiRules.standard().unannotated(
			"ignored"), LabelKind.AUTO, annotated(image(1, 1), box("c", 0, 0, 2), box(
				"background", 5, 5, 2)));
		assertEquals(LabelKind.MASK, samples.kind());
		assertTrue(at(samples, 0, 0) > 0);
		assertEquals(0, at(samples, 5, 5));
		assertEquals(-1, at(samples, 9, 9));
		assertSays(samples, "They cover 8.0 % of the pixels; the rest is ignored");
		assertSays(samples, "pieces of foreground and background");
		final String message = assertThrows(IllegalArgumentException.class,
			() -> samples(RoiRules.standard().unannotated("ignored"), LabelKind.AUTO,
				annotated(image(1, 1), box("c", 0, 0, 2)))).getMessage();
		assertTrue(message.contains("no ROI marks background"), message);
	}

	@Test
	void severalClassesHaveValuesByTheirNames() {
		final RoiSamples samples = samples(box("mitosis#1", 0, 0, 2), box(
			"interphase#1", 5, 5, 2), box("interphase#2", 7, 0, 2));
		assertEquals(LabelKind.CLASSES, samples.kind());
		assertEquals(Arrays.asList("interphase", "mitosis"), samples.classNames());
		assertEquals(2, at(samples, 0, 0));
		assertEquals(1, at(samples, 5, 5));
		assertEquals(1, at(samples, 7, 0));
		assertSays(samples, "classes are interphase (1), mitosis (2)");
		assertSays(samples, "3 objects");
	}

	@Test
	void groupsAreClassesInTheOrderOfTheirNumbers() {
		final Roi tenth = box("0001-0002", 0, 0, 2);
		tenth.setGroup(10);
		final Roi second = box("0003-0004", 5, 5, 2);
		second.setGroup(2);
		final RoiSamples samples = samples(tenth, second);
		assertEquals(Arrays.asList("group 2", "group 10"), samples.classNames());
		assertEquals(2, at(samples, 0, 0));
		assertEquals(1, at(samples, 5, 5));
	}

	@Test
	void whatWasFoundAndWhatWasDrawnAreOfOneKind() {
		final RoiSamples samples = samples(box("foreground#1", 0, 0, 2), box(
			"0005-0005", 5, 5, 2));
		assertEquals(LabelKind.INSTANCES, samples.kind());
		assertEquals(1, at(samples, 0, 0));
		assertEquals(2, at(samples, 5, 5));
	}

	/** As what was drawn by hand, and what a model has found. */
	@Test
	void aSingleNameIsNoClassOfItsOwn() {
		final RoiSamples samples = samples(box("cell#3", 0, 0, 2), box("0005-0005",
			5, 5, 2), box("foreground#3", 7, 0, 2));
		assertEquals(LabelKind.INSTANCES, samples.kind());
		assertEquals(3, Arrays.stream(labels(samples.samples().get("cells").get(0)))
			.filter(label -> label > 0).distinct().count());
	}

	@Test
	void someWithAClassAndSomeWithoutAreRefused() {
		assertRefused("some have none", box("mitosis#1", 0, 0, 2), box("0005-0005",
			5, 5, 2), box("interphase#1", 7, 0, 2));
		final RoiSamples samples = samples(RoiRules.standard(), LabelKind.INSTANCES,
			annotated(image(1, 1), box("mitosis#1", 0, 0, 2), box("0005-0005", 5, 5,
				2), box("other#1", 7, 0, 2)));
		assertEquals(3, Arrays.stream(labels(samples.samples().get("cells").get(0)))
			.filter(label -> label > 0).distinct().count());
	}

	@Test
	void slicesWithoutRoisAreLeftOut() {
		final Roi second = box("1", 0, 0, 2);
		second.setPosition(2);
		final Roi third = box("ignore", 0, 0, 2);
		third.setPosition(3);
		final Roi fourth = box("background", 0, 0, 2);
		fourth.setPosition(4);
		final RoiSamples samples = samples(RoiRules.standard(), LabelKind.AUTO,
			annotated(image(4, 1), second, third, fourth));
		final List<RawSample> slices = samples.samples().get("cells");
		assertEquals(Arrays.asList("cells-2", "cells-4"), Arrays.asList(slices.get(
			0).name(), slices.get(1).name()));
		assertEquals(1, labels(slices.get(0))[0]);
		assertEquals(0, labels(slices.get(1))[0]);
		assertSays(samples, "2 without ROIs are left out (cells-1, cells-3)");
		assertSays(samples, "on 2 slices of 1 image");
	}

	@Test
	void sliceAndFrameOfAHyperstackCount() {
		final Roi roi = box("1", 0, 0, 2);
		roi.setPosition(1, 2, 3);
		final Roi other = box("1", 5, 5, 2);
		other.setPosition(1, 1, 3);
		final RoiSamples samples = samples(RoiRules.standard(), LabelKind.AUTO,
			annotated(image(2, 3), roi, other));
		final List<RawSample> slices = samples.samples().get("cells");
		assertEquals(Arrays.asList("cells-5", "cells-6"), Arrays.asList(slices.get(
			0).name(), slices.get(1).name()));
		assertEquals(0, labels(slices.get(0))[0]);
		assertEquals(1, labels(slices.get(1))[0]);
	}

	@Test
	void twoImagesOfOneNameAreRefused() {
		final AnnotatedImage first = annotated(image(1, 1), box("1", 0, 0, 2));
		final AnnotatedImage second = annotated(image(1, 1), box("2", 0, 0, 2));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> samples(RoiRules.standard(), LabelKind.AUTO, first, second))
			.getMessage();
		assertTrue(message.contains("called 'cells'"), message);
	}

	@Test
	void aClassWithoutANameIsCalledForeground() {
		final RoiSamples samples = samples(RoiRules.standard(), LabelKind.CLASSES,
			annotated(image(1, 1), box("0001-0001", 0, 0, 2)));
		assertEquals(Collections.singletonList("foreground"), samples.classNames());
		assertEquals(1, at(samples, 0, 0));
	}

	@Test
	void nothingDrawnIsRefused() {
		assertRefused("None of the images has a ROI");
		assertRefused("None of the images has a ROI", box("a#1", 20, 20, 3));
		assertRefused("no pixel that is background", box("a#1", 0, 0, SIZE));
		assertThrows(IllegalArgumentException.class, () -> RoiRules.standard()
			.unannotated("nothing"));
		assertThrows(IllegalArgumentException.class, () -> RoiRules.standard()
			.pointRadius(0));
	}

	@Test
	void aRoiOutsideOfItsImageIsReported() {
		final RoiSamples samples = samples(box("1", 0, 0, 2), box("2", 20, 20, 3));
		assertSays(samples, "1 ROI marks no pixel of its image");
		assertArrayEquals(new int[] { 0, 1 }, Arrays.stream(labels(samples.samples()
			.get("cells").get(0))).distinct().sorted().toArray());
		assertEquals(Collections.singleton("cells"), samples.samples().keySet());
	}
}
