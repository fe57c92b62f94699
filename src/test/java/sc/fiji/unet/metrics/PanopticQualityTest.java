
package sc.fiji.unet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

class PanopticQualityTest {

	@Test
	void isTheMeanIoUOfMatchesTimesF1() {
		final Random random = new Random(5);
		for (int round = 0; round < 100; round++) {
			final int[] truth = blocks(random);
			final int[] result = random.nextInt(4) == 0 ? blocks(random) : truth
				.clone();
			for (int i = 0; i < 12; i++)
				result[random.nextInt(result.length)] = random.nextInt(4);
			truth[random.nextInt(truth.length)] = -1;
			assertEquals(naive(truth, result), PanopticQuality.of(image(truth), image(
				result)).score(), 1e-9, "round " + round);
		}
	}

	@Test
	void imagesWithoutObjects() {
		final int[] empty = new int[9];
		final int[] one = { 1, 1, 0, 0, 0, 0, 0, 0, 0 };
		assertEquals(1, PanopticQuality.of(image(empty), image(empty)).score());
		assertEquals(0, PanopticQuality.of(image(one), image(empty)).score());
		assertEquals(0, PanopticQuality.of(image(empty), image(one)).score());
		assertEquals(2. / 3, PanopticQuality.none().plus(PanopticQuality.of(image(
			one), image(one))).plus(PanopticQuality.of(image(empty), image(one)))
			.score(), 1e-9);
	}

	private static int[] blocks(final Random random) {
		final int[] image = new int[36];
		for (int i = 0; i < image.length; i++)
			image[i] = i / 9 % 4;
		for (int i = 0; i < 6; i++)
			image[random.nextInt(36)] = 0;
		return image;
	}

	private static double naive(final int[] truth, final int[] result) {
		double sum = 0;
		int matches = 0;
		final Detection detection = Detection.of(image(truth), image(result));
		for (int t = 1; t < 4; t++)
			for (int r = 1; r < 4; r++) {
				double both = 0;
				double either = 0;
				for (int p = 0; p < truth.length; p++) {
					if (truth[p] < 0) continue;
					if (truth[p] == t && result[p] == r) both++;
					if (truth[p] == t || result[p] == r) either++;
				}
				if (both <= 0.5 * either) continue;
				sum += both / either;
				matches++;
			}
		return matches == 0 ? 0 : sum / matches * detection.f1();
	}

	private static ArrayImg<IntType, IntArray> image(final int[] pixels) {
		final int edge = (int) Math.sqrt(pixels.length);
		return ArrayImgs.ints(pixels, edge, edge);
	}
}
