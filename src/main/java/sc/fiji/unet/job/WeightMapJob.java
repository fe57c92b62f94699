
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.LabelValues;
import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.labeling.SeparatingRidge;
import sc.fiji.unet.segment.TileProgress;
import sc.fiji.unet.weightmap.WeightMap;
import sc.fiji.unet.weightmap.WeightMapConfig;

/**
 * Weight maps of label images or masks (Ronneberger et al. 2015, equation 2).
 */
public final class WeightMapJob {

	private static final int DEFAULT = 8;
	private static final int FULL_3D = 26;

	private final LabelKind kind;
	private WeightMapConfig config;
	private int foreground = 255;
	private int connectivity = DEFAULT;
	private boolean withWeights = true;
	private boolean withBorder;
	private boolean withRidge;
	private BooleanSupplier cancelled = () -> false;
	private TileProgress progress = TileProgress.NONE;

	/** Weight maps, with what was found out about the labels. */
	public static final class Result {

		private final List<ArrayImg<FloatType, FloatArray>> weights =
			new ArrayList<>();
		private final List<ArrayImg<FloatType, FloatArray>> border =
			new ArrayList<>();
		private final List<ArrayImg<FloatType, FloatArray>> ridge =
			new ArrayList<>();
		private final String sentence;

		private Result(final String sentence) {
			this.sentence = sentence;
		}

		/**
		 * @return weights, dimensionless, an image for each that was given; empty
		 *         if they were not wanted
		 */
		public List<ArrayImg<FloatType, FloatArray>> weights() {
			return weights;
		}

		/** @return the border term alone; empty unless it was wanted */
		public List<ArrayImg<FloatType, FloatArray>> border() {
			return border;
		}

		/**
		 * @return the line that was cut between touching objects: 255 = line, 0 =
		 *         elsewhere; empty unless it was wanted
		 */
		public List<ArrayImg<FloatType, FloatArray>> ridge() {
			return ridge;
		}

		/** @return what the label values were taken for */
		public String sentence() {
			return sentence;
		}
	}

	/**
	 * @param kind AUTO, MASK or INSTANCES
	 * @param w0 height of the border term; 0 = none
	 * @param sigma width of the border term in pixels
	 * @param balance whether the rarer of background and objects weighs more
	 * @param ridgeWidth width in pixels of the line of background that is cut
	 *          between touching objects first; 0 = none
	 * @throws IllegalArgumentException if the kind is CLASSES, or a number is out
	 *           of range
	 */
	public WeightMapJob(final LabelKind kind, final double w0, final double sigma,
		final boolean balance, final int ridgeWidth)
	{
		if (kind == LabelKind.CLASSES) throw new IllegalArgumentException(
			"labelkind=classes has no objects to keep apart; write mask or instances.");
		this.kind = kind;
		config = WeightMapConfig.builder().w0(w0).sigma(sigma).balanceClasses(
			balance).ridgeWidth(ridgeWidth).build();
	}

	/**
	 * @param pixels distance of neighbouring pixels along x, y[, z] in the unit
	 *          of sigma; 1 unless set
	 * @throws IllegalArgumentException if one is not positive
	 */
	public WeightMapJob spacing(final double... pixels) {
		config = config.toBuilder().spacing(pixels).build();
		return this;
	}

	/**
	 * @param value value of the foreground in masks; 255 unless set
	 * @param neighbours which pixels of a mask belong to one object: 4 or 8, in
	 *          3-D 6 or 26, where 8 means 26, too; 8 unless set
	 */
	public WeightMapJob mask(final int value, final int neighbours) {
		foreground = value;
		connectivity = neighbours;
		return this;
	}

	/** @param wanted whether the result has the weights; true unless set */
	public WeightMapJob weights(final boolean wanted) {
		withWeights = wanted;
		return this;
	}

	/** @param wanted whether the result has the border term alone */
	public WeightMapJob border(final boolean wanted) {
		withBorder = wanted;
		return this;
	}

	/**
	 * @param wanted whether the result has the line between touching objects, too
	 */
	public WeightMapJob ridge(final boolean wanted) {
		withRidge = wanted;
		return this;
	}

	/**
	 * @param query asked before every map, and at the end, as a single volume may
	 *          take minutes; true ends the job
	 */
	public WeightMapJob cancelled(final BooleanSupplier query) {
		cancelled = query;
		return this;
	}

	/** @param value told after every image */
	public WeightMapJob progress(final TileProgress value) {
		progress = value;
		return this;
	}

	/**
	 * @param images label images, (x, y) or (x, y, z) each
	 * @return what their values mean
	 * @throws IllegalArgumentException if they are ambiguous
	 */
	public LabelValues meaning(final List<ArrayImg<IntType, IntArray>> images) {
		return LabelValues.of(images, kind, OptionalInt.empty());
	}

	/**
	 * @param images label images, (x, y) or (x, y, z) each; each gets a weight
	 *          map of its own
	 * @throws IllegalArgumentException if the labels are ambiguous, no pixel of a
	 *           mask has the foreground's value, or the connectivity is none
	 * @throws CancellationException if it was cancelled
	 */
	public Result run(final List<ArrayImg<IntType, IntArray>> images) {
		return run(images, meaning(images));
	}

	/**
	 * @param images label images, or parts of them
	 * @param values what the values of all images mean
	 * @throws IllegalArgumentException as {@link #run(List)}
	 * @throws CancellationException if it was cancelled
	 */
	public Result run(final List<ArrayImg<IntType, IntArray>> images,
		final LabelValues values)
	{
		final boolean mask = values.kind() == LabelKind.MASK;
		if (values.kind() == LabelKind.CLASSES) throw new IllegalArgumentException(
			values.sentence() +
				" A weight map needs objects; write labelkind=mask or labelkind=instances.");
		if (mask) checkForeground(values);
		final Result result = new Result(values.sentence(foreground));
		int done = 0;
		for (final ArrayImg<IntType, IntArray> image : images) {
			checkCancelled();
			final ArrayImg<IntType, IntArray> objects = mask ? objects(image) : image;
			add(objects, result);
			progress.tiles(++done, images.size());
		}
		checkCancelled();
		return result;
	}

	private void add(final ArrayImg<IntType, IntArray> objects,
		final Result result)
	{
		if (withWeights) {
			checkCancelled();
			result.weights.add(WeightMap.compute(objects, config));
		}
		if (withBorder) {
			checkCancelled();
			result.border.add(WeightMap.border(objects, config));
		}
		if (withRidge) {
			checkCancelled();
			result.ridge.add(ridge(objects));
		}
	}

	private void checkCancelled() {
		if (cancelled.getAsBoolean()) throw new CancellationException(
			"The weight map was cancelled.");
	}

	private ArrayImg<FloatType, FloatArray> ridge(
		final ArrayImg<IntType, IntArray> objects)
	{
		final ArrayImg<UnsignedByteType, ByteArray> line = SeparatingRidge.ridge(
			objects, config.ridgeWidth());
		final ArrayImg<FloatType, FloatArray> result = ArrayImgs.floats(line
			.dimensionsAsLongArray());
		LoopBuilder.setImages(line, result).forEachPixel((from, to) -> to.set(from
			.get()));
		return result;
	}

	private void checkForeground(final LabelValues values) {
		if (Arrays.stream(values.values()).noneMatch(v -> v == foreground))
			throw new IllegalArgumentException("No pixel has the foreground value " +
				foreground + "; the image has the values " + Arrays.toString(values
					.values()) + ". Write foreground=" + Arrays.stream(values.values())
						.max().orElse(1) + ", or whichever is meant.");
	}

	private ArrayImg<IntType, IntArray> objects(
		final ArrayImg<IntType, IntArray> image)
	{
		final int[] values = image.update(null).getCurrentStorageArray();
		final int[] mask = new int[values.length];
		for (int i = 0; i < mask.length; i++)
			mask[i] = values[i] == foreground ? 1 : 0;
		final boolean all = connectivity == DEFAULT && image.numDimensions() == 3;
		return ConnectedComponents.ofMask(ArrayImgs.ints(mask, image
			.dimensionsAsLongArray()), Connectivity.of(all ? FULL_3D : connectivity,
				image.numDimensions()));
	}
}
