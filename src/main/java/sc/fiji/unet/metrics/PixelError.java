
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

	/**
	 * What an answer scores that finds nothing anywhere, to compare others with.
	 *
	 * @param truth as in {@link #ofMasks}
	 * @return pixel error of a result without foreground, which is the share (0
	 *         to 1) of foreground among the pixels not ignored; that of a result
	 *         without background is the rest; NaN if all are ignored
	 */
	public static double ofAllBackground(
		final RandomAccessibleInterval<IntType> truth)
	{
		long counted = 0;
		long foreground = 0;
		for (final int label : LabelPixels.of(truth).values()) {
			if (label < 0) continue;
			counted++;
			if (label > 0) foreground++;
		}
		return (double) foreground / counted;
	}
}
