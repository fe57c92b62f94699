
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LabelInputTest {

	@Test
	void everyBitDepthGivesItsStoredValues() {
		assertLabels(new ByteProcessor(2, 1, new byte[] { 0, (byte) 255 }), 0, 255);
		assertLabels(new ShortProcessor(2, 1, new short[] { 3, (short) 65535 },
			null), 3, 65535);
		assertLabels(new FloatProcessor(2, 1, new float[] { -1, 70000 }), -1,
			70000);
		assertLabels(new ColorProcessor(2, 1, new int[] { 0x050505, 0xff000000 }),
			5, 0);
	}

	@Test
	void signedImagesGiveSignedValues() {
		final ImagePlus image = new ImagePlus("s", new ShortProcessor(2, 1,
			new short[] { (short) 32767, (short) 32770 }, null));
		image.getCalibration().setSigned16BitCalibration();
		assertArrayEquals(new int[] { -1, 2 }, values(LabelInput.slice(image, 1,
			1)));
	}

	@Test
	void volumeHasItsSlicesInOrder() {
		final ImagePlus image = IJ.createHyperStack("h", 3, 2, 1, 2, 2, 8);
		for (int s = 1; s <= 4; s++)
			image.getStack().getProcessor(s).set(5, s);
		final ArrayImg<IntType, IntArray> volume = LabelInput.volume(image, 2);
		assertArrayEquals(new long[] { 3, 2, 2 }, volume.dimensionsAsLongArray());
		assertEquals(3, values(volume)[5]);
		assertEquals(4, values(volume)[11]);
	}

	@Test
	void whatIsNoLabelImageIsRefusedWithTheReason() {
		assertRefused(new ImagePlus("f", new FloatProcessor(1, 1, new float[] {
			0.5f })), "0.5");
		assertRefused(new ImagePlus("n", new FloatProcessor(1, 1, new float[] {
			Float.NaN })), "NaN");
		assertRefused(new ImagePlus("c", new ColorProcessor(1, 1, new int[] {
			0x102030 })), "colours");
		assertRefused(IJ.createHyperStack("h", 3, 2, 2, 1, 1, 8), "2 channels");
	}

	@Test
	void realLabelsOpen() throws IOException {
		final String data = System.getProperty("unet.test.data", "");
		Assumptions.assumeFalse(data.isEmpty(),
			"-Dunet.test.data is not set: no real images");
		final Path file = Paths.get(data, "dic-hela/labels/02_t006.tif");
		int max = 0;
		for (final int label : values(LabelInput.slice(ImageFiles.open(file), 1,
			1)))
			max = Math.max(max, label);
		assertEquals(10, max);
	}

	private static void assertRefused(final ImagePlus image,
		final String reason)
	{
		final Exception e = assertThrows(IllegalArgumentException.class,
			() -> LabelInput.slice(image, 1, 1));
		assertTrue(e.getMessage().contains(reason) && e.getMessage().contains("\"" +
			image.getTitle() + "\""), e.getMessage());
	}

	private static void assertLabels(final ImageProcessor pixels,
		final int... expected)
	{
		assertArrayEquals(expected, values(LabelInput.slice(new ImagePlus("l",
			pixels), 1, 1)));
	}

	private static int[] values(final ArrayImg<IntType, IntArray> labels) {
		return labels.update(null).getCurrentStorageArray();
	}
}
