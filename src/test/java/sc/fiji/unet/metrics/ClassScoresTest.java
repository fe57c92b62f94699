
package sc.fiji.unet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sc.fiji.unet.metrics.PixelScoresTest.row;

import java.util.Arrays;
import java.util.Random;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;

class ClassScoresTest {

	private static final ArrayImg<IntType, IntArray> TRUTH = row(0, 0, 1, 1, 1, 2,
		-1);
	private static final ArrayImg<IntType, IntArray> RESULT = row(0, 1, 1, 1, 2,
		2, 0);

	@Test
	void eachClassIsComparedWithAllOthers() {
		final ClassScores scores = ClassScores.of(TRUTH, RESULT, 4);
		assertEquals(1 / 2., scores.iou(0), 1e-12);
		assertEquals(2 / 4., scores.iou(1), 1e-12);
		assertEquals(1 / 2., scores.iou(2), 1e-12);
		assertTrue(Double.isNaN(scores.iou(3)), "it does not occur");
		assertEquals(4 / 6., scores.f1(1), 1e-12);
		assertEquals(2 / 6., scores.pixelError(1), 1e-12);
		assertEquals(0, scores.pixelError(3));
		assertEquals(2 / 6., scores.pixelError(), 1e-12);
		assertEquals(1 / 2., scores.meanIoU(), 1e-12);
		assertEquals((4 / 6. + 2 / 3.) / 2, scores.meanF1(), 1e-12);
	}

	@Test
	void ofTwoClassesTheSecondScoresAsTheForeground() {
		final Random random = new Random(3);
		final int[] truth = random.ints(200, -1, 2).toArray();
		final int[] result = random.ints(200, 0, 2).toArray();
		final ClassScores scores = ClassScores.of(row(truth), row(result), 2);
		assertEquals(IoU.ofMasks(row(truth), row(result)), scores.iou(1), 1e-12);
		assertEquals(scores.iou(1), scores.meanIoU());
		assertEquals(PixelError.ofMasks(row(truth), row(result)), scores
			.pixelError(), 1e-12);
		assertEquals(scores.pixelError(), scores.pixelError(0));
	}

	@Test
	void oneClassForAllIsTheTrivialAnswer() {
		final ClassScores scores = ClassScores.of(TRUTH, RESULT, 4);
		assertEquals(1, scores.mostFrequent());
		for (int c = 0; c < 4; c++) {
			final int[] all = new int[7];
			Arrays.fill(all, c);
			assertEquals(ClassScores.of(TRUTH, row(all), 4).pixelError(), scores
				.pixelErrorOfAll(c), 1e-12);
		}
	}

	@Test
	void theForegroundIsAllClassesButTheFirst() {
		assertEquals(IoU.ofMasks(TRUTH, RESULT), ClassScores.of(TRUTH, RESULT, 3)
			.foreground().iou(1), 1e-12);
	}

	@Test
	void severalImagesAreOne() {
		final ClassScores both = ClassScores.of(TRUTH, RESULT, 3).plus(ClassScores
			.of(row(2, 2), row(2, 0), 3));
		final ClassScores one = ClassScores.of(row(0, 0, 1, 1, 1, 2, -1, 2, 2), row(
			0, 1, 1, 1, 2, 2, 0, 2, 0), 3);
		for (int c = 0; c < 3; c++) {
			assertEquals(one.iou(c), both.iou(c));
			assertEquals(one.f1(c), both.f1(c));
		}
		assertEquals(3, both.classes());
	}

	@Test
	void otherClassesAndOtherSizesAreRefused() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ClassScores
			.of(TRUTH, RESULT, 2)).getMessage().contains("2 must lie in 0 to 1"));
		assertThrows(IllegalArgumentException.class, () -> ClassScores.of(row(0, 1),
			row(0), 2));
	}
}
