
package sc.fiji.unet.data;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.labeling.ObjectBorder;
import sc.fiji.unet.labeling.SeparatingRidge;
import sc.fiji.unet.network.Batch;
import sc.fiji.unet.weightmap.WeightMap;
import sc.fiji.unet.weightmap.WeightMapConfig;

/**
 * Turns the labels of a patch into targets and weights. Immutable, thread-safe.
 * <p>
 * The border class comes from the labels of the whole image, since a patch cuts
 * objects. Ridge and border term come from the labels of the patch, after they
 * have been deformed, and of its surroundings. The balance of classes (the most
 * frequent class's count over each class's count) comes from all training
 * images, since it would fluctuate wildly from patch to patch.
 * </p>
 */
public final class Targets {

	/**
	 * Where objects meet, the fate of a pixel hangs on its neighbour in the
	 * second one, and that of this on its neighbour in the third.
	 */
	private static final int RIDGE_CONTEXT = 3;

	private final TargetConfig config;
	private final float[] classWeights;
	/** Border term of labels that have been set apart already. */
	private final WeightMapConfig border;

	private Targets(final TargetConfig config, final float[] classWeights) {
		this.config = config;
		this.classWeights = classWeights;
		border = config.weights().toBuilder().w0(config.w0()).ridgeWidth(0).build();
	}

	/**
	 * @param config how labels become targets
	 * @param training the images trained on, which decide on the balance of
	 *          classes, for those held out as well
	 * @throws IllegalArgumentException if a label is not one of the classes
	 */
	public static Targets of(final TargetConfig config,
		final List<Sample> training)
	{
		final float[] weights = new float[config.targets()];
		Arrays.fill(weights, 1);
		if (config.kind() == LabelKind.CLASSES) for (final Sample sample : training)
			check(sample, config);
		if (config.weights().balanceClasses()) balance(weights, training, config);
		return new Targets(config, weights);
	}

	private static void balance(final float[] weights,
		final List<Sample> training, final TargetConfig config)
	{
		final long[] counts = new long[weights.length];
		for (final Sample sample : training)
			for (final int label : classes(sample, config))
				if (label != Sample.IGNORE) counts[label]++;
		final long most = Arrays.stream(counts).max().orElse(0);
		for (int c = 0; c < weights.length; c++)
			if (counts[c] > 0) weights[c] = (float) ((double) most / counts[c]);
	}

	/** Classes of the pixels as they are in the labels, undeformed. */
	private static int[] classes(final Sample sample, final TargetConfig config) {
		if (config.hasBorderClass()) return array(ObjectBorder.classes(sample
			.labels(), config.border()));
		if (config.kind() == LabelKind.CLASSES) return sample.labelArray();
		return Arrays.stream(sample.labelArray()).map(l -> Math.min(1, l))
			.toArray();
	}

	private static void check(final Sample sample, final TargetConfig config) {
		for (final int label : sample.labelArray())
			if (label != Sample.IGNORE && (label < 0 || label >= config.classes()))
				throw new IllegalArgumentException("The labels of '" + sample.name() +
					"' contain " + label + ", which is none of the classes 0 to " +
					(config.classes() - 1) + ".");
	}

	/** @return how labels become targets */
	public TargetConfig config() {
		return config;
	}

	/** @return weight of each class, dimensionless; a copy */
	public float[] classWeights() {
		return classWeights.clone();
	}

	/**
	 * @return labels of an image as {@link #write} needs them: objects are those
	 *         of the whole image, numbered by their size in it, so that a patch
	 *         that cuts them does not change the ridge between them
	 */
	int[] prepare(final Sample sample) {
		if (config.hasBorderClass()) return classes(sample, config);
		if (config.hasRidge()) return array(SeparatingRidge.ranked(sample
			.labels()));
		return array(config.hasBorderTerm() ? ObjectSizes.objects(sample, config
			.kind()) : sample.labels());
	}

	/**
	 * @param dimensions number of axes
	 * @return pixels around the output along each axis whose labels have a say:
	 *         the border term has fallen to a hundredth after 3 sigma
	 */
	int[] context(final int dimensions) {
		final double[] spacing = config.weights().spacing();
		final int[] context = new int[dimensions];
		for (int d = 0; d < dimensions; d++) {
			final double pixel = spacing.length == 0 ? 1 : spacing[d];
			context[d] = Math.max(config.hasBorderTerm() ? (int) Math.ceil(3 * config
				.weights().sigma() / pixel) : 0, config.hasRidge() ? RIDGE_CONTEXT +
					config.weights().ridgeWidth() : 0);
		}
		return context;
	}

	/**
	 * @param labels labels of the output and its context, x fastest
	 * @param size their size
	 * @param batch receives targets and weights of the output
	 * @param slot index of the sample within the batch
	 */
	void write(final int[] labels, final int[] size, final Batch batch,
		final int slot)
	{
		final long[] longSize = new long[size.length];
		for (int d = 0; d < size.length; d++)
			longSize[d] = size[d];
		final ArrayImg<IntType, IntArray> image = ArrayImgs.ints(labels, longSize);
		final ArrayImg<IntType, IntArray> apart = config.hasRidge()
			? SeparatingRidge.separatePart(image, config.weights().ridgeWidth())
			: image;
		final float[] borderTerm = config.hasBorderTerm() ? WeightMap.border(apart,
			border).update(null).getCurrentStorageArray() : null;
		new Writer(array(apart), borderTerm, size).write(batch, slot);
	}

	private static int[] array(final ArrayImg<IntType, IntArray> image) {
		return image.update(null).getCurrentStorageArray();
	}

	/** Cuts the context off and writes the rest. */
	private final class Writer {

		private final int[] labels;
		private final float[] borderTerm;
		private final int[] size;
		private final int[] context;
		private final int[] targetLine;
		private final float[] weightLine;

		Writer(final int[] labels, final float[] borderTerm, final int[] size) {
			this.labels = labels;
			this.borderTerm = borderTerm;
			this.size = size;
			context = context(size.length);
			targetLine = new int[size[0] - 2 * context[0]];
			weightLine = new float[targetLine.length];
		}

		void write(final Batch batch, final int slot) {
			int lines = 1;
			for (int d = 1; d < size.length; d++)
				lines *= size[d] - 2 * context[d];
			// Duplicates, as other threads write other slots of the same buffers.
			final IntBuffer targets = batch.targets().duplicate();
			final FloatBuffer weights = batch.weights().duplicate();
			targets.position(slot * lines * targetLine.length);
			weights.position(slot * lines * targetLine.length);
			for (int line = 0; line < lines; line++) {
				compute(start(line));
				targets.put(targetLine);
				weights.put(weightLine);
			}
		}

		/** Index of the first output pixel of a line. */
		private int start(final int line) {
			int rest = line;
			int stride = size[0];
			int start = context[0];
			for (int d = 1; d < size.length; d++) {
				final int length = size[d] - 2 * context[d];
				start += stride * (rest % length + context[d]);
				rest /= length;
				stride *= size[d];
			}
			return start;
		}

		private void compute(final int start) {
			final boolean classes = config.kind() == LabelKind.CLASSES || config
				.hasBorderClass();
			for (int x = 0; x < targetLine.length; x++) {
				final int label = labels[start + x];
				final int target = label <= 0 ? 0 : classes ? label : 1;
				targetLine[x] = target;
				if (label < 0) weightLine[x] = 0;
				else weightLine[x] = classWeights[target] + (borderTerm == null ? 0
					: borderTerm[start + x]);
			}
		}
	}
}
