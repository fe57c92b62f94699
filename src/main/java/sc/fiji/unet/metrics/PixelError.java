
package sc.fiji.unet.metrics;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;
import sc.fiji.unet.labeling.LabelPixels;

/**
 * Share of the pixels that are wrong: 0 is perfect, 1 is all wrong. The "pixel
 * error" of the EM segmentation challenge ISBI 2012 (Arganda-Carreras et al.
 * 2015) is {@link #ofMasks}.
 */
public final class PixelError {

	private PixelError() {}

	/**
	 * Compares foreground with background, whatever the labels are.
	 *
	 * @param truth labels (x, y[, z]): positive = foreground, 0 = background, -1
	 *          = ignored
	 * @param result labels of the same size: positive = foreground
	 * @return share (0 to 1) of wrong pixels among those not ignored; NaN if all
	 *         are ignored
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
		long counted = 0;
		long wrong = 0;
		for (int p = 0; p < t.length; p++) {
			if (t[p] < 0) continue;
			counted++;
			if (t[p] > 0 != r[p] > 0) wrong++;
		}
		return (double) wrong / counted;
	}
}
