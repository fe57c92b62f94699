
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sc.fiji.unet.command.AdjustSegmentationTest.adjust;
import static sc.fiji.unet.command.AdjustSegmentationTest.image;
import static sc.fiji.unet.command.AdjustSegmentationTest.labels;
import static sc.fiji.unet.command.AdjustSegmentationTest.segment;

import ij.IJ;
import ij.ImagePlus;

import org.junit.jupiter.api.Test;
import org.scijava.command.CommandModule;

class ShownLabelsTest {

	@Test
	void whatWasCorrectedByHandIsKept() throws Exception {
		final ImagePlus image = image(2);
		final ImagePlus shown = labels(segment(image));
		assertSame(shown, labels(adjust(image, "minsize", "50")), "as it was left");
		shown.getStack().getProcessor(2).set(3, 4, 99);
		final short[] corrected = ((short[]) shown.getStack().getPixels(2)).clone();
		final CommandModule[] module = new CommandModule[1];
		final String said = HeadlessCommandsTest.said(() -> module[0] = adjust(
			shown, "minsize", "60"));
		assertTrue(said.contains(
			"'cells labels' was changed by hand and is kept; the new labels have"),
			said);
		final ImagePlus fresh = labels(module[0]);
		assertNotSame(shown, fresh);
		assertArrayEquals(corrected, (short[]) shown.getStack().getPixels(2));
		assertFalse(HeadlessCommandsTest.said(() -> module[0] = adjust(image))
			.contains("by hand"));
		assertSame(fresh, labels(module[0]), "from now on these");
	}

	@Test
	void anotherDepthOrSizeIsAChangeToo() {
		for (final int bits : new int[] { 16, 32 }) {
			final ImagePlus image = IJ.createImage("labels", 6, 5, 2, bits);
			final ShownLabels shown = new ShownLabels(image);
			image.setDisplayRange(1, 7);
			image.setTitle("mine");
			assertFalse(shown.isChanged(), "looks are no pixels");
			assertTrue(shown.replace(IJ.createImage("fresh", bits + "-bit ramp", 6, 5,
				2)));
			assertFalse(shown.isChanged(), "nobody else did that");
			image.setSlice(2);
			image.getProcessor().setf(2, 3, 5);
			assertTrue(shown.isChanged());
			assertFalse(shown.replace(IJ.createImage("fresh", 6, 5, 2, bits)));
			assertEquals(5, image.getProcessor().getf(2, 3));
		}
		final ImagePlus image = IJ.createImage("labels", 6, 5, 1, 16);
		final ShownLabels shown = new ShownLabels(image);
		image.setProcessor(image.getProcessor().convertToByte(false));
		assertTrue(shown.isChanged());
		image.setProcessor(image.getProcessor().convertToShort(false).resize(9));
		assertTrue(shown.isChanged());
		image.flush();
		assertFalse(shown.isChanged(), "it is closed");
		assertFalse(shown.replace(image));
	}
}
