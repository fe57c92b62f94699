
package sc.fiji.unet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;

class PixelScoresTest {

	private static final ArrayImg<IntType, IntArray> TRUTH = row(0, 1, 2, 2, 0,
		-1, -1, 1);
	private static final ArrayImg<IntType, IntArray> RESULT = row(0, 1, 1, 2, 1,
		0, 2, 0);

	@Test
	void pixelErrorCountsWrongPixelsThatAreNotIgnored() {
		assertEquals(2 / 6., PixelError.ofMasks(TRUTH, RESULT), 1e-12);
	}

	@Test
	void iouCountsCommonPixelsThatAreNotIgnored() {
		assertEquals(3 / 5., IoU.ofMasks(TRUTH, RESULT), 1e-12);
	}

	@Test
	void nothingAgreesWithNothing() {
		assertEquals(1, IoU.ofMasks(row(0, 0), row(0, 0)));
		assertEquals(0, PixelError.ofMasks(row(0, 0), row(0, 0)));
		assertTrue(Double.isNaN(PixelError.ofMasks(row(-1, -1), row(0, 1))));
	}

	@Test
	void anAnswerWithoutAnyObjectMissesTheForeground() {
		assertEquals(4 / 6., PixelError.ofAllBackground(TRUTH), 1e-12);
		assertEquals(PixelError.ofMasks(TRUTH, row(new int[8])), PixelError
			.ofAllBackground(TRUTH));
		assertEquals(0, PixelError.ofAllBackground(row(0, 0)));
	}

	@Test
	void differentSizesAreRefused() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> PixelError.ofMasks(row(0, 1), row(0, 1, 1))).getMessage();
		assertTrue(message.contains("[2, 1]") && message.contains("[3, 1]"),
			message);
		assertThrows(IllegalArgumentException.class, () -> IoU.ofMasks(row(0), row(
			0, 1)));
		assertThrows(IllegalArgumentException.class, () -> Seg.of(row(0), row(0,
			1)));
		assertThrows(IllegalArgumentException.class, () -> ForegroundRestricted.of(
			row(0), row(0, 1)));
	}

	static ArrayImg<IntType, IntArray> row(final int... labels) {
		return ArrayImgs.ints(labels, labels.length, 1);
	}
}
