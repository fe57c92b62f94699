
package sc.fiji.unet.weightmap;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import sc.fiji.unet.labeling.LabelPixels;
import sc.fiji.unet.labeling.NearestObjects;
import sc.fiji.unet.labeling.SeparatingRidge;

/**
 * The weight map of Ronneberger et al. 2015, equation 2: w(x) = w_c(x) + w0
 * exp(-(d1(x) + d2(x))^2 / (2 sigma^2)), where d1 and d2 are the distances to
 * the nearest and the second-nearest object. The second term, the border term,
 * stands on background only, and needs two objects. w_c balances background
 * against objects: the count of the more frequent of the two over the count of
 * the pixel's own; 1 without balance. Ignored pixels (-1) are not counted,
 * belong to nothing, and weigh 0.
 * <p>
 * Labels are instances; make them from a mask with
 * {@link sc.fiji.unet.labeling.ConnectedComponents#ofMask}. Touching ones are
 * first set apart by {@link SeparatingRidge}, whose pixels count as background;
 * labels that were set apart already stay as they are. All methods are
 * thread-safe.
 * </p>
 */
public final class WeightMap {

	/** exp(-90) times any sensible w0 is lost beside 1 in a float. */
	private static final double FARTHEST_EXPONENT = 90;

	private WeightMap() {}

	/**
	 * @param labels instance labels (x, y[, z]); 0 = background, -1 = ignored
	 * @param config w0, sigma, balance, ridge, spacing
	 * @return weights, dimensionless, same size
	 * @throws IllegalArgumentException if the configured spacing does not have
	 *           one value per axis, or the image is empty or has 2^31 pixels or
	 *           more
	 */
	public static ArrayImg<FloatType, FloatArray> compute(
		final RandomAccessibleInterval<IntType> labels,
		final WeightMapConfig config)
	{
		final LabelPixels pixels = separated(labels, config);
		final float[] weights = borderTerm(pixels, config);
		addClassWeights(weights, pixels.values(), config.balanceClasses());
		return ArrayImgs.floats(weights, pixels.size());
	}

	/**
	 * The border term alone, without class weights.
	 *
	 * @param labels instance labels (x, y[, z]); 0 = background, -1 = ignored
	 * @param config w0, sigma, ridge, spacing
	 * @return w0 exp(-(d1 + d2)^2 / (2 sigma^2)) on background, 0 elsewhere
	 * @throws IllegalArgumentException as {@link #compute}
	 */
	public static ArrayImg<FloatType, FloatArray> border(
		final RandomAccessibleInterval<IntType> labels,
		final WeightMapConfig config)
	{
		final LabelPixels pixels = separated(labels, config);
		return ArrayImgs.floats(borderTerm(pixels, config), pixels.size());
	}

	private static LabelPixels separated(
		final RandomAccessibleInterval<IntType> labels,
		final WeightMapConfig config)
	{
		return LabelPixels.of(config.ridgeWidth() == 0 ? labels : SeparatingRidge
			.separate(labels, config.ridgeWidth()));
	}

	private static float[] borderTerm(final LabelPixels pixels,
		final WeightMapConfig config)
	{
		final int[] labels = pixels.values();
		final NearestObjects distances = NearestObjects.of(pixels.imageOf(labels),
			config.spacing());
		final float[] d1 = distances.first();
		final float[] d2 = distances.second();
		final double scale = 1 / (2 * config.sigma() * config.sigma());
		final float[] border = new float[d1.length];
		for (int p = 0; p < border.length; p++) {
			if (labels[p] != 0) continue;
			final double sum = (double) d1[p] + d2[p];
			final double exponent = sum * sum * scale;
			if (exponent < FARTHEST_EXPONENT) border[p] = (float) (config.w0() * Math
				.exp(-exponent));
		}
		return border;
	}

	private static void addClassWeights(final float[] weights, final int[] labels,
		final boolean balance)
	{
		long background = 0;
		long objects = 0;
		for (final int label : labels) {
			if (label == 0) background++;
			else if (label > 0) objects++;
		}
		final double most = Math.max(background, objects);
		final float ofBackground = balance ? (float) (most / background) : 1;
		final float ofObjects = balance ? (float) (most / objects) : 1;
		for (int p = 0; p < weights.length; p++) {
			if (labels[p] == 0) weights[p] += ofBackground;
			else if (labels[p] > 0) weights[p] += ofObjects;
		}
	}
}
