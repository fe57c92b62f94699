
package sc.fiji.unet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sc.fiji.unet.metrics.PixelScoresTest.row;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;

class ObjectScoresTest {

	/** 1 is found with IoU 3/4; 2 is split in halves; 5 is missed. */
	private static final ArrayImg<IntType, IntArray> TRUTH = row(1, 1, 1, 1, 0, 2,
		2, 2, 2, 0, 5, 5, 0, 0);
	private static final ArrayImg<IntType, IntArray> RESULT = row(7, 7, 7, 0, 0,
		8, 8, 9, 9, 0, 0, 0, 4, 0);

	@Test
	void segIsTheMeanJaccardOfObjectsCoveredByMoreThanHalf() {
		final Seg seg = Seg.of(TRUTH, RESULT);
		assertEquals(3, seg.objects());
		assertEquals(0.75 / 3, seg.score(), 1e-12);
	}

	@Test
	void segMatchesByCoverNotByIoU() {
		// The result covers all of the object, and as much again.
		assertEquals(0.4, Seg.of(row(1, 1, 0, 0, 0), row(1, 1, 1, 1, 1)).score(),
			1e-12);
	}

	@Test
	void detectionCountsObjectsFoundInventedAndMissed() {
		final Detection detection = Detection.of(TRUTH, RESULT);
		assertEquals(1, detection.truePositives());
		assertEquals(3, detection.falsePositives());
		assertEquals(2, detection.falseNegatives());
		assertEquals(1 / 6., detection.averagePrecision(), 1e-12);
		assertEquals(2 / 7., detection.f1(), 1e-12);
		assertEquals(1, detection.countError());
	}

	@Test
	void aMatchMustExceedTheThreshold() {
		assertEquals(0, Detection.of(row(1, 1), row(1, 0)).truePositives());
		assertEquals(1, Detection.of(TRUTH, RESULT, 0.7).truePositives());
		assertEquals(0, Detection.of(TRUTH, RESULT, 0.75).truePositives());
		for (final double bad : new double[] { 0.49, 1, Double.NaN })
			assertThrows(IllegalArgumentException.class, () -> Detection.of(TRUTH,
				RESULT, bad));
	}

	@Test
	void ignoredPixelsCountNowhere() {
		final ArrayImg<IntType, IntArray> truth = row(1, 1, -1, -1, 0, -1);
		final ArrayImg<IntType, IntArray> result = row(3, 3, 3, 3, 0, 4);
		assertEquals(1, Seg.of(truth, result).score());
		assertEquals(1, Detection.of(truth, result).averagePrecision());
		assertEquals(0, Detection.of(truth, result).countError());
	}

	@Test
	void emptyImagesArePerfectWhenBothAreEmpty() {
		assertEquals(1, Seg.of(row(0, 0), row(0, 0)).score());
		assertEquals(0, Seg.of(row(0, 0), row(0, 1)).score());
		assertEquals(0, Seg.of(row(0, 1), row(0, 0)).score());
		assertEquals(1, Detection.of(row(0, 0), row(0, 0)).f1());
		assertEquals(0, Detection.of(row(0, 0), row(0, 1)).f1());
	}

	@Test
	void theCountErrorIsAShareOfTheTrueObjects() {
		final Detection detection = Detection.of(TRUTH, RESULT);
		assertEquals(3, detection.trueObjects());
		assertEquals(4, detection.foundObjects());
		assertEquals(1 / 3., detection.relativeCountError(), 1e-12);
		assertEquals(-1, Detection.of(TRUTH, row(new int[14])).relativeCountError(),
			"nothing found");
		assertEquals(0, Detection.of(row(0, 0), row(0, 0)).relativeCountError(),
			"nothing there");
		assertTrue(Double.isNaN(Detection.of(row(0, 0), row(0, 1))
			.relativeCountError()), "nothing there, but found");
		assertEquals(2 / 3., detection.plus(Detection.of(row(0), row(1)))
			.relativeCountError(), 1e-12, "of the total");
	}

	@Test
	void severalImagesCountAsOneWithAllTheirObjects() {
		final Seg seg = Seg.of(TRUTH, RESULT).plus(Seg.of(row(1), row(1)));
		assertEquals(4, seg.objects());
		assertEquals(1.75 / 4, seg.score(), 1e-12);
		final Detection detection = Detection.of(TRUTH, RESULT).plus(Detection.of(
			row(1), row(1)));
		assertEquals(2 / 7., detection.averagePrecision(), 1e-12);
		assertTrue(detection.truePositives() == 2, "" + detection.truePositives());
	}
}
