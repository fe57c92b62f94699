
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.imglib2.Dimensions;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.Type;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.ObjectMeasurements;
import sc.fiji.unet.labeling.SliceJoin;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.segment.Segmentation;

/**
 * What {@link SegmentJob} has found in an image: in all of its slices and
 * frames, or in one slice. Images have the size of a slice, and are empty
 * outside of the region that was segmented.
 */
public final class SegmentResult {

	private final ImageInput image;
	private final ModelDescription model;
	/** Slice and frame of the first image, from 1. */
	private final int z;
	private final int t;
	private final List<ArrayImg<IntType, IntArray>> labels = new ArrayList<>();
	private final List<ArrayImg<FloatType, FloatArray>> probabilities =
		new ArrayList<>();
	private final List<ArrayImg<IntType, IntArray>> classMasks =
		new ArrayList<>();
	/** Of each slice, by label - 1. */
	private final List<List<String>> classes = new ArrayList<>();
	/** Pixels of each slice that were segmented. */
	private final List<Long> pixels = new ArrayList<>();
	private final List<String> remarks = new ArrayList<>();
	private int objects;
	private boolean joined;
	/** Null unless it is kept. */
	private Prediction prediction;

	private SegmentResult(final ImageInput image, final ModelDescription model,
		final int z, final int t)
	{
		this.image = image;
		this.model = model;
		this.z = z;
		this.t = t;
	}

	/** @return a result to which all slices are added, z running faster than t */
	static SegmentResult ofAll(final ImageInput image,
		final ModelDescription model)
	{
		return new SegmentResult(image, model, 1, 1);
	}

	/** @return a result to which one slice is added */
	static SegmentResult ofSlice(final ImageInput image,
		final ModelDescription model, final int z, final int t)
	{
		return new SegmentResult(image, model, z, t);
	}

	/** @return instance labels (x, y) of each slice, z running faster than t */
	public List<ArrayImg<IntType, IntArray>> labels() {
		return Collections.unmodifiableList(labels);
	}

	/**
	 * @return probabilities (x, y, foreground class) of each slice; none unless
	 *         they were to be kept
	 */
	public List<ArrayImg<FloatType, FloatArray>> probabilities() {
		return Collections.unmodifiableList(probabilities);
	}

	/**
	 * @return for each slice the class of every pixel (x, y), as the label value
	 *         that it had in training, see {@link ModelDescription#classValues};
	 *         objects below the minimum size included; none unless they were to
	 *         be kept
	 */
	public List<ArrayImg<IntType, IntArray>> classMasks() {
		return Collections.unmodifiableList(classMasks);
	}

	/**
	 * @param slice index of the slice
	 * @param label of an object in it
	 * @return name of the object's class
	 */
	public String className(final int slice, final int label) {
		return classes.get(slice).get(label - 1);
	}

	/**
	 * @return number of objects in all slices; an object in two slices counts
	 *         twice, unless slices were joined
	 */
	public int objects() {
		return objects;
	}

	/**
	 * @return whether an object has the same label in all slices of a frame that
	 *         it goes through
	 */
	public boolean isJoined() {
		return joined;
	}

	/** @return what the network gave, if it was to be kept */
	public Optional<Prediction> prediction() {
		return Optional.ofNullable(prediction);
	}

	/** @return sentences that the reader of numbers should know; mostly none */
	public List<String> remarks() {
		return Collections.unmodifiableList(remarks);
	}

	/**
	 * Measures the objects in all channels of the image, which must not have
	 * changed.
	 *
	 * @param name what the image is called in the tables
	 */
	public ObjectMeasurements measure(final String name) {
		final ObjectMeasurements measurements = new ObjectMeasurements(name, image,
			model.network().foregroundNames(), joined);
		for (int i = 0; i < labels.size(); i++) {
			final int slice = i;
			measurements.add(labels.get(i), z + i % image.slices(), t + i / image
				.slices(), label -> className(slice, label), pixels.get(i));
		}
		return measurements;
	}

	void keep(final Prediction value) {
		prediction = value;
	}

	void remark(final String sentence) {
		remarks.add(sentence);
	}

	/**
	 * Adds the next slice.
	 *
	 * @param part of the slice that was segmented
	 * @param size of the slice (x, y)
	 */
	void add(final Segmentation found, final Interval part,
		final Dimensions size)
	{
		final long width = size.dimension(0);
		final long height = size.dimension(1);
		labels.add(copy(found.labels(), ArrayImgs.ints(width, height)));
		found.probabilities().ifPresent(p -> probabilities.add(copy(p, ArrayImgs
			.floats(width, height, p.dimension(2)))));
		found.classes().ifPresent(c -> classMasks.add(mask(c, ArrayImgs.ints(width,
			height))));
		classes.add(classNames(found));
		pixels.add(Intervals.numElements(part));
		objects += found.objects();
	}

	private static <T extends Type<T>, I extends RandomAccessibleInterval<T>> I
		copy(final RandomAccessibleInterval<T> from, final I to)
	{
		LoopBuilder.setImages(from, Views.interval(to, from)).forEachPixel((a,
			b) -> b.set(a));
		return to;
	}

	private ArrayImg<IntType, IntArray> mask(
		final RandomAccessibleInterval<IntType> found,
		final ArrayImg<IntType, IntArray> mask)
	{
		final int[] values = model.classValues();
		LoopBuilder.setImages(found, Views.interval(mask, found)).forEachPixel((
			index, value) -> value.set(values[index.get()]));
		return mask;
	}

	/** @return class of each object, from label 1 on */
	private List<String> classNames(final Segmentation found) {
		final List<String> names = model.network().foregroundNames();
		return IntStream.rangeClosed(1, found.objects()).mapToObj(label -> names
			.get(found.classOf(label) - 1)).collect(Collectors.toList());
	}

	/**
	 * Joins the slices of each frame, when all have been added.
	 *
	 * @param excludesEdges whether to drop objects that touch the edge in a slice
	 */
	void joinSlices(final boolean excludesEdges) {
		final int slices = image.slices();
		objects = 0;
		for (int from = 0; from < labels.size(); from += slices) {
			final int first = from;
			final SliceJoin join = SliceJoin.of(labels.subList(first, first + slices),
				(slice, label) -> className(first + slice, label));
			final FrameObjects frame = new FrameObjects(join.labels(), join
				.classes());
			if (excludesEdges) frame.dropAtEdge();
			for (int slice = 0; slice < slices; slice++) {
				labels.set(first + slice, frame.labels().get(slice));
				classes.set(first + slice, frame.classes());
			}
			objects += frame.classes().size();
		}
		joined = true;
	}
}
