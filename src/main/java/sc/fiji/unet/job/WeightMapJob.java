
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.LabelValues;
import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.weightmap.WeightMap;
import sc.fiji.unet.weightmap.WeightMapConfig;

/**
 * Weight maps of label images or masks (Ronneberger et al. 2015, equation 2).
 */
public final class WeightMapJob {

	private final LabelKind kind;
	private final int foreground;
	private final int connectivity;
	private final WeightMapConfig config;

	/** Weight maps, with what was found out about the labels. */
	public static final class Result {

		private final List<ArrayImg<FloatType, FloatArray>> weights;
		private final List<ArrayImg<FloatType, FloatArray>> border;
		private final String sentence;

		private Result(final List<ArrayImg<FloatType, FloatArray>> weights,
			final List<ArrayImg<FloatType, FloatArray>> border, final String sentence)
		{
			this.weights = weights;
			this.border = border;
			this.sentence = sentence;
		}

		/** @return weights, dimensionless, an image for each that was given */
		public List<ArrayImg<FloatType, FloatArray>> weights() {
			return weights;
		}

		/** @return the border term alone */
		public List<ArrayImg<FloatType, FloatArray>> border() {
			return border;
		}

		/** @return what the label values were taken for */
		public String sentence() {
			return sentence;
		}
	}

	/**
	 * @param kind AUTO, MASK or INSTANCES
	 * @param foreground value of the foreground in masks
	 * @param connectivity which pixels of a mask belong to one object: 4 or 8, in
	 *          3-D 6 or 26
	 * @throws IllegalArgumentException if the kind is CLASSES
	 */
	public WeightMapJob(final LabelKind kind, final int foreground,
		final int connectivity, final WeightMapConfig config)
	{
		if (kind == LabelKind.CLASSES) throw new IllegalArgumentException(
			"labelkind=classes has no objects to keep apart; write mask or instances.");
		this.kind = kind;
		this.foreground = foreground;
		this.connectivity = connectivity;
		this.config = config;
	}

	/**
	 * @param images label images, (x, y) or (x, y, z) each; each gets a weight
	 *          map of its own
	 * @throws IllegalArgumentException if the labels are ambiguous, or no pixel
	 *           of a mask has the foreground's value
	 */
	public Result run(final List<ArrayImg<IntType, IntArray>> images) {
		final LabelValues values = LabelValues.of(images, kind, OptionalInt
			.empty());
		final boolean mask = values.kind() == LabelKind.MASK;
		if (values.kind() == LabelKind.CLASSES) throw new IllegalArgumentException(
			values.sentence() +
				" A weight map needs objects; write labelkind=mask or labelkind=instances.");
		if (mask && Arrays.stream(values.values()).noneMatch(v -> v == foreground))
			throw new IllegalArgumentException("No pixel has the foreground value " +
				foreground + "; the image has the values " + Arrays.toString(values
					.values()) + ". Write foreground=" + Arrays.stream(values.values())
						.max().orElse(1) + ", or whichever is meant.");
		final List<ArrayImg<FloatType, FloatArray>> weights = new ArrayList<>();
		final List<ArrayImg<FloatType, FloatArray>> border = new ArrayList<>();
		for (final ArrayImg<IntType, IntArray> image : images) {
			final ArrayImg<IntType, IntArray> objects = mask ? objects(image) : image;
			weights.add(WeightMap.compute(objects, config));
			border.add(WeightMap.border(objects, config));
		}
		return new Result(weights, border, values.sentence());
	}

	private ArrayImg<IntType, IntArray> objects(
		final ArrayImg<IntType, IntArray> image)
	{
		final int[] values = image.update(null).getCurrentStorageArray();
		final int[] mask = new int[values.length];
		for (int i = 0; i < mask.length; i++)
			mask[i] = values[i] == foreground ? 1 : 0;
		return ConnectedComponents.ofMask(ArrayImgs.ints(mask, image
			.dimensionsAsLongArray()), Connectivity.of(connectivity, image
				.numDimensions()));
	}
}
