
package sc.fiji.unet.imagej;

import ij.process.AutoThresholder;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;

/**
 * What one gets without a network: bright objects, separated by Otsu's
 * threshold. The result that a trained network must beat.
 */
public final class OtsuThreshold {

	private static final int BINS = 256;

	private OtsuThreshold() {}

	/**
	 * Otsu 1979, on a histogram of 256 bins between the lowest and the highest
	 * value, as ImageJ does it.
	 *
	 * @param image grey values (x, y, c); several channels are averaged
	 * @return objects (x, y), 8-connected, numbered 1 to n; 0 = background; no
	 *         object in a constant image
	 */
	public static ArrayImg<IntType, IntArray> segment(
		final ArrayImg<FloatType, FloatArray> image)
	{
		final float[] values = Pictures.mean(image);
		final int[] bins = bins(values);
		final int threshold = threshold(bins);
		for (int i = 0; i < bins.length; i++)
			bins[i] = bins[i] > threshold ? 1 : 0;
		return ConnectedComponents.ofMask(ArrayImgs.ints(bins, image.dimension(0),
			image.dimension(1)), Connectivity.FULL);
	}

	/** @return bin of each value; all 0 in a constant image */
	private static int[] bins(final float[] values) {
		float min = Float.POSITIVE_INFINITY;
		float max = Float.NEGATIVE_INFINITY;
		for (final float value : values) {
			min = Math.min(min, value);
			max = Math.max(max, value);
		}
		final int[] bins = new int[values.length];
		if (max > min) for (int i = 0; i < bins.length; i++)
			bins[i] = (int) Math.min(BINS - 1, BINS * (values[i] - min) / (max -
				min));
		return bins;
	}

	private static int threshold(final int[] bins) {
		final int[] histogram = new int[BINS];
		for (final int bin : bins)
			histogram[bin]++;
		// ImageJ answers -1 where all values are equal.
		return Math.max(0, new AutoThresholder().getThreshold(
			AutoThresholder.Method.Otsu, histogram));
	}
}
