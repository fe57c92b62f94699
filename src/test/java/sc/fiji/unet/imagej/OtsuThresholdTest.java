
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.process.AutoThresholder;
import ij.process.ByteProcessor;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Random;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class OtsuThresholdTest {

	@Test
	void brightSquaresAreObjects() {
		final Random random = new Random(3);
		final float[] values = new float[40 * 30];
		final int[] expected = new int[values.length];
		for (int i = 0; i < values.length; i++) {
			final int x = i % 40;
			final int y = i / 40;
			if (y >= 5 && y < 15) expected[i] = x >= 3 && x < 13 ? 1 : x >= 20 &&
				x < 35 ? 2 : 0;
			values[i] = (expected[i] > 0 ? 1000 : 200) + random.nextInt(200);
		}
		assertArrayEquals(expected, values(OtsuThreshold.segment(ArrayImgs.floats(
			values, 40, 30, 1))));
	}

	@Test
	void constantAndNaNImagesHaveNoObjects() {
		for (final float value : new float[] { 7, Float.NaN }) {
			final float[] values = new float[12];
			Arrays.fill(values, value);
			assertArrayEquals(new int[12], values(OtsuThreshold.segment(ArrayImgs
				.floats(values, 4, 3, 1))));
		}
	}

	@Test
	void thresholdIsThatOfImageJ() throws IOException {
		final String data = System.getProperty("unet.test.data", "");
		Assumptions.assumeFalse(data.isEmpty(),
			"-Dunet.test.data is not set: no real images");
		final Path blobs = Paths.get(data, "imagej-samples/blobs.gif");
		final ByteProcessor bytes = (ByteProcessor) ImageFiles.open(blobs)
			.getProcessor();
		final int threshold = new AutoThresholder().getThreshold(
			AutoThresholder.Method.Otsu, bytes.getHistogram());
		final int[] labels = values(OtsuThreshold.segment(ImageInput.of(ImageFiles
			.open(blobs), ChannelSelection.all()).slice(1, 1)));
		int different = 0;
		for (int i = 0; i < labels.length; i++)
			if (labels[i] > 0 != bytes.get(i) > threshold) different++;
		assertEquals(0, different, different + " of " + labels.length +
			" pixels differ from a threshold of " + threshold);
	}

	private static int[] values(final ArrayImg<IntType, IntArray> labels) {
		return labels.update(null).getCurrentStorageArray();
	}
}
