
package sc.fiji.unet.metrics;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;
import sc.fiji.unet.labeling.LabelPixels;

/**
 * Intersection over union of two foregrounds (Jaccard 1912): 1 is perfect, 0 is
 * no common pixel. Two empty regions agree: 1.
 */
public final class IoU {

	private IoU() {}

	/**
	 * @param truth labels (x, y[, z]): positive = foreground, 0 = background, -1
	 *          = ignored
	 * @param result labels of the same size: positive = foreground
	 * @return IoU (0 to 1) of the foregrounds
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public static double ofMasks(final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<IntType> result)
	{
		final LabelPixels truePixels = LabelPixels.of(truth);
		final LabelPixels pixels = LabelPixels.of(result);
		truePixels.checkSameSize(pixels, "Truth and result");
		final int[] t = truePixels.values();
		final int[] r = pixels.values();
		long intersection = 0;
		long union = 0;
		for (int p = 0; p < t.length; p++) {
			if (t[p] < 0) continue;
			final boolean inTruth = t[p] > 0;
			final boolean inResult = r[p] > 0;
			if (inTruth && inResult) intersection++;
			if (inTruth || inResult) union++;
		}
		return union == 0 ? 1 : (double) intersection / union;
	}
}
