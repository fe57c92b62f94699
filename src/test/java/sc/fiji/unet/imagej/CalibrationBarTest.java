
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;

import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

class CalibrationBarTest {

	private static ImagePlus ramp(final int width, final int height,
		final float max)
	{
		final float[] values = new float[width * height];
		for (int i = 0; i < values.length; i++)
			values[i] = max * (i % width) / (width - 1);
		return ImageOutput.weights("ramp", Collections.singletonList(ArrayImgs
			.floats(values, width, height)), 1, null);
	}

	private static String ticks(final double min, final double max) {
		return CalibrationBar.ticks(min, max).stream().map(tick -> tick
			.stripTrailingZeros().toPlainString()).collect(Collectors.joining(" "));
	}

	@Test
	void labelsAreRoundNumbersWithinTheRange() {
		assertEquals("0 5 10", ticks(0, 12.3));
		assertEquals("0 2 4 6 8 10", ticks(0, 10));
		assertEquals("0 0.2 0.4 0.6 0.8 1", ticks(0, 1));
		assertEquals("0 50 100 150", ticks(0, 199));
		assertEquals("1.2 1.3 1.4", ticks(1.12, 1.45));
		assertEquals("", ticks(3, 3));
	}

	@Test
	void theBarLiesInTheOverlayWithinTheImage() {
		final ImagePlus image = ramp(256, 200, 12.3f);
		final Roi mine = new Roi(1, 2, 3, 4);
		image.setOverlay(new Overlay(mine));
		final float[] before = ((float[]) image.getProcessor().getPixels()).clone();
		CalibrationBar.addTo(image);
		CalibrationBar.addTo(image);
		assertArrayEquals(before, (float[]) image.getProcessor().getPixels());
		assertEquals(mine, image.getOverlay().get(0));
		// ground, colours, frame, and a line and a number at each of 0, 5, 10
		assertEquals(1 + 3 + 6, image.getOverlay().size());
		for (final Roi roi : image.getOverlay())
			assertTrue(roi.getBounds().x >= 0 && roi.getBounds().getMaxX() <= image
				.getWidth(), roi + " leaves the image");
		assertEquals("0 5 10", Arrays.stream(image.getOverlay().toArray()).filter(
			roi -> roi instanceof TextRoi).map(roi -> ((TextRoi) roi).getText()
				.trim()).collect(Collectors.joining(" ")));
	}

	@Test
	void theTopColourStandsForTheHighestValue() {
		final ImagePlus image = ramp(256, 200, 12.3f);
		CalibrationBar.addTo(image);
		final ImagePlus flat = image.flatten();
		final Roi colours = image.getOverlay().get(1);
		final int x = (int) colours.getBounds().getCenterX();
		final int top = colours.getBounds().y;
		final int bottom = (int) colours.getBounds().getMaxY() - 1;
		final int white = flat.getProcessor().getPixel(x, top + 1) & 0xffffff;
		final int black = flat.getProcessor().getPixel(x, bottom - 1) & 0xffffff;
		assertTrue((white >> 8 & 255) > 200 && (black >> 8 & 255) < 30, Integer
			.toHexString(white) + " above " + Integer.toHexString(black));
	}
}
