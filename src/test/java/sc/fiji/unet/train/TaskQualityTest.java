
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.data.LabelKind;

class TaskQualityTest {

	private static ArrayImg<IntType, IntArray> row(final int... labels) {
		return ArrayImgs.ints(labels, labels.length, 1);
	}

	private static double quality(final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result)
	{
		final TaskQuality quality = TaskQuality.of(LabelKind.MASK);
		quality.add(truth, result);
		return quality.value();
	}

	/** The result closes the gap between two regions. */
	@Test
	void joinedRegionsOfAMaskCount() {
		final double joined = quality(row(1, 1, 0, 2, 2), row(1, 1, 1, 1, 1));
		final double iou = 4 / 5.0;
		// Shares: sum p_ij^2 = 1/2, sum t_j^2 = 1/2, sum s_i^2 = 1.
		final double vRand = 0.5 / (0.5 * 0.5 + 0.5 * 1);
		assertEquals((iou + vRand) / 2, joined, 1e-9);
	}

	@Test
	void strokesAreNoRegionsThatCouldBeJoined() {
		assertEquals(1, quality(row(1, -1, -1, -1, 2, -1, -1, 0), row(1, 1, 1, 1, 1,
			1, 1, 0)), 1e-9);
		assertEquals(0.5, quality(row(1, -1, -1, -1, 2, -1, -1, 0), row(1, 1, 1, 1,
			0, 0, 0, 0)), 1e-9);
	}
}
