
package sc.fiji.unet.labeling;

import java.util.HashMap;
import java.util.Map;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Tells the inside of objects from their border: the pixels whose distance from
 * the outline, half a pixel before the nearest pixel of another object or of
 * background, is below a share of the largest such distance in the object, its
 * depth. So the insides of objects that touch are far apart, in proportion to
 * their size, and a network that draws them badly still draws them apart. Where
 * the image ends objects have no border, nor have those of up to two pixels
 * across.
 */
public final class ObjectBorder {

	/** Value of pixels inside an object. */
	public static final int INSIDE = 1;
	/** Value of pixels on the border of an object. */
	public static final int BORDER = 2;
	/** Of large objects, the border is that wide, in pixels: wide enough. */
	private static final double WIDEST = 16;
	/** Distances are between the middles of pixels. */
	private static final double TO_OUTLINE = 0.5;

	private ObjectBorder() {}

	/**
	 * @param labels instance labels (x, y[, z]); 0 = background, negative =
	 *          ignored, which is no neighbour
	 * @param share of the depth, 0 to below 1; the border is at most
	 *          {@value #WIDEST} pixels wide
	 * @return 0 = background, {@link #INSIDE}, {@link #BORDER}, and ignored
	 *         pixels as they are; every object has an inside
	 * @throws IllegalArgumentException if the share is out of range, or the image
	 *           is empty or has 2^31 pixels or more
	 */
	public static ArrayImg<IntType, IntArray> classes(
		final RandomAccessibleInterval<IntType> labels, final double share)
	{
		if (!(share >= 0 && share < 1)) throw new IllegalArgumentException(
			"Share of the border " + share + " must be 0 to below 1.");
		final LabelPixels pixels = LabelPixels.of(labels);
		final float[] distances = toOthers(pixels);
		final int[] values = pixels.values();
		final Map<Integer, Float> depths = depths(values, distances);
		final int[] classes = new int[values.length];
		for (int p = 0; p < classes.length; p++) {
			if (values[p] <= 0) classes[p] = Math.min(0, values[p]);
			else classes[p] = distances[p] - TO_OUTLINE < Math.min(WIDEST, share *
				(depths.get(values[p]) - TO_OUTLINE)) ? BORDER : INSIDE;
		}
		return pixels.imageOf(classes);
	}

	/** Background taken for an object, the second nearest one is meant. */
	private static float[] toOthers(final LabelPixels pixels) {
		final int[] all = pixels.values().clone();
		int background = 1;
		for (final int label : all)
			background = Math.max(background, label + 1);
		for (int p = 0; p < all.length; p++)
			if (all[p] == 0) all[p] = background;
		return NearestObjects.of(pixels.imageOf(all)).second();
	}

	private static Map<Integer, Float> depths(final int[] labels,
		final float[] distances)
	{
		final Map<Integer, Float> depths = new HashMap<>();
		for (int p = 0; p < labels.length; p++)
			if (labels[p] > 0) depths.merge(labels[p], distances[p], Math::max);
		return depths;
	}
}
