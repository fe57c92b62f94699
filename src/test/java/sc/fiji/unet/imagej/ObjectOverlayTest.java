
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ObjectOverlayTest {

	private static List<Roi> objects(final int slices) {
		return LabelRois.toRois(Collections.nCopies(slices, ArrayImgs.ints(
			new int[] { 1, 2 }, 2, 1)), slices, (image, label) -> "cell");
	}

	private static List<String> shown(final ImagePlus image) {
		final List<String> names = new ArrayList<>();
		for (final Roi roi : image.getOverlay())
			names.add(roi.getName() + "@" + roi.getPosition());
		return names;
	}

	private static Roi foreign() {
		final Roi roi = new Roi(0, 0, 1, 1);
		roi.setName("mine#1");
		roi.setPosition(2);
		return roi;
	}

	@Test
	void objectsHaveColoursAndTheRoisAreLeftAlone() {
		final ImagePlus image = IJ.createImage("i", 4, 4, 1, 8);
		final List<Roi> rois = objects(1);
		ObjectOverlay.show(image, rois);
		final Overlay overlay = image.getOverlay();
		assertNotEquals(overlay.get(0).getStrokeColor(), overlay.get(1)
			.getStrokeColor());
		final Color fill = overlay.get(1).getFillColor();
		assertEquals(ObjectColours.of(2), new Color(fill.getRGB() & 0xffffff));
		assertEquals(38, fill.getAlpha());
		assertEquals(1.5, overlay.get(0).getStrokeWidth());
		assertNull(rois.get(0).getStrokeColor());
		assertEquals(0, rois.get(0).getPropertyCount());
	}

	@Test
	void whatOthersHaveDrawnStaysAndEarlierObjectsGo() {
		final ImagePlus image = IJ.createImage("i", 4, 4, 3, 8);
		image.setOverlay(new Overlay(foreign()));
		ObjectOverlay.show(image, objects(3));
		ObjectOverlay.show(image, objects(3));
		assertEquals(Arrays.asList("mine#1@2", "cell#1@1", "cell#2@1", "cell#1@2",
			"cell#2@2", "cell#1@3", "cell#2@3"), shown(image));
	}

	/** Comparing each with each would take many minutes. */
	@Test
	@Timeout(60)
	void manyObjectsAreReplacedInAMoment() {
		final ImagePlus image = IJ.createImage("i", 4, 4, 1, 8);
		final List<Roi> rois = Collections.nCopies(400_000, objects(1).get(0));
		ObjectOverlay.show(image, rois);
		ObjectOverlay.show(image, rois);
		assertEquals(400_000, image.getOverlay().size());
	}

	@Test
	void ofASliceOnlyTheObjectsThereAreReplaced() {
		final ImagePlus image = IJ.createImage("i", 4, 4, 3, 8);
		image.setOverlay(new Overlay(foreign()));
		ObjectOverlay.show(image, objects(3));
		final Roi found = objects(1).get(0);
		LabelRois.place(found, 2, 1, 3, 1);
		ObjectOverlay.show(image, Collections.singletonList(found), 2, 1);
		assertEquals(Arrays.asList("mine#1@2", "cell#1@1", "cell#2@1", "cell#1@3",
			"cell#2@3", "cell#1@2"), shown(image));
		ObjectOverlay.show(image, Collections.emptyList());
		assertEquals(Arrays.asList("mine#1@2"), shown(image));
	}

	@Test
	void objectsAreKnownAgainAfterSaving(@TempDir final Path folder)
		throws IOException
	{
		final ImagePlus image = IJ.createImage("i", 4, 4, 1, 8);
		image.setOverlay(new Overlay(foreign()));
		ObjectOverlay.show(image, objects(1));
		final Path file = folder.resolve("i.tif");
		ImageFiles.save(image, file, false);
		final ImagePlus saved = ImageFiles.open(file);
		ObjectOverlay.show(saved, objects(1));
		assertEquals(3, saved.getOverlay().size());
	}
}
