
package sc.fiji.unet.imagej;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.metrics.ClassScores;
import sc.fiji.unet.metrics.IoU;
import sc.fiji.unet.metrics.PixelError;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;
import sc.fiji.unet.segment.InstanceLabels;

/**
 * What a network says about an image with labels, beside the truth: scores, and
 * a picture for people. The object is immutable, its pixels are shared and must
 * not be changed. Needs no display.
 */
public final class Comparison {

	/** Pixels of the longer side of a picture in the row. */
	private static final int LARGEST = 800;
	/** Colour of objects that are in no true one. */
	private static final Color INVENTED = Color.WHITE;

	private final String name;
	private final ArrayImg<FloatType, FloatArray> image;
	private final ArrayImg<IntType, IntArray> truth;
	private final ArrayImg<FloatType, FloatArray> probabilities;
	private final ArrayImg<IntType, IntArray> prediction;
	private final LabelKind kind;
	private final double threshold;
	/** Background first; empty = called by their numbers. */
	private final List<String> classNames;

	private Comparison(final String name,
		final ArrayImg<FloatType, FloatArray> image,
		final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<FloatType, FloatArray> probabilities,
		final ArrayImg<IntType, IntArray> prediction, final LabelKind kind,
		final double threshold, final List<String> classNames)
	{
		this.name = name;
		this.image = image;
		this.truth = truth;
		this.probabilities = probabilities;
		this.prediction = prediction;
		this.kind = kind;
		this.threshold = threshold;
		this.classNames = classNames;
	}

	/**
	 * @param name of the image
	 * @param image grey values (x, y, c), normalised or not
	 * @param truth labels (x, y): 0 = background, -1 = ignored, else what
	 *          {@code kind} says
	 * @param probabilities (x, y, foreground class), 0 to 1
	 * @param kind what the labels mean: mask, instances or classes
	 * @param postprocessing how probabilities become objects, as in segmenting;
	 *          of classes the most probable one counts
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public static Comparison of(final String name,
		final ArrayImg<FloatType, FloatArray> image,
		final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<FloatType, FloatArray> probabilities, final LabelKind kind,
		final Postprocessing postprocessing)
	{
		final long[] size = truth.dimensionsAsLongArray();
		checkSize(name, size, image);
		checkSize(name, size, probabilities);
		final ArrayImg<IntType, IntArray> prediction = kind == LabelKind.CLASSES
			? classes(probabilities, postprocessing.threshold()) : objects(
				probabilities, postprocessing);
		return new Comparison(name, image, truth, probabilities, prediction, kind,
			postprocessing.threshold(), Collections.emptyList());
	}

	/**
	 * @param name of the image
	 * @param image grey values (x, y, c), normalised or not
	 * @param truth mask or instances (x, y): 0 = background, -1 = ignored
	 * @param probabilities (x, y, 1) of the foreground, 0 to 1
	 * @param objects what was predicted (x, y): 1 to n, 0 = background
	 * @param kind what the labels mean: mask or instances
	 * @param threshold of the foreground, which the caption names
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public static Comparison ofObjects(final String name,
		final ArrayImg<FloatType, FloatArray> image,
		final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<FloatType, FloatArray> probabilities,
		final ArrayImg<IntType, IntArray> objects, final LabelKind kind,
		final double threshold)
	{
		final long[] size = truth.dimensionsAsLongArray();
		checkSize(name, size, image);
		checkSize(name, size, probabilities);
		checkSize(name, size, objects);
		return new Comparison(name, image, truth, probabilities, objects, kind,
			threshold, Collections.emptyList());
	}

	/**
	 * @param names of the classes, background first
	 * @return the same, which calls classes by these names instead of numbers
	 */
	public Comparison withClassNames(final List<String> names) {
		return new Comparison(name, image, truth, probabilities, prediction, kind,
			threshold, names);
	}

	private static void checkSize(final String name, final long[] size,
		final ArrayImg<?, ?> other)
	{
		if (other.dimension(0) != size[0] || other.dimension(1) != size[1])
			throw new IllegalArgumentException("Image '" + name +
				"', its labels and its probabilities must be of one size, but there are " +
				size[0] + " x " + size[1] + " and " + other.dimension(0) + " x " + other
					.dimension(1) + " pixels.");
	}

	/** The most probable class; of a single one what reaches the threshold. */
	private static ArrayImg<IntType, IntArray> classes(
		final ArrayImg<FloatType, FloatArray> probabilities, final double threshold)
	{
		final float[] p = probabilities.update(null).getCurrentStorageArray();
		final int classes = (int) probabilities.dimension(2);
		final int[] labels = new int[p.length / classes];
		for (int i = 0; i < labels.length; i++) {
			double best = classes == 1 ? threshold : 1;
			if (classes > 1) for (int c = 0; c < classes; c++)
				best -= p[c * labels.length + i];
			for (int c = 0; c < classes; c++) {
				final float value = p[c * labels.length + i];
				if (classes == 1 ? value >= best : value > best) {
					labels[i] = c + 1;
					best = value;
				}
			}
		}
		return ArrayImgs.ints(labels, probabilities.dimension(0), probabilities
			.dimension(1));
	}

	private static ArrayImg<IntType, IntArray> objects(
		final ArrayImg<FloatType, FloatArray> probabilities,
		final Postprocessing postprocessing)
	{
		return InstanceLabels.of(probabilities.update(null)
			.getCurrentStorageArray(), new long[] { probabilities.dimension(0),
				probabilities.dimension(1) }, Readout.ofClasses(1), postprocessing);
	}

	/** @return name of the image */
	public String name() {
		return name;
	}

	/** @return probabilities (x, y, foreground class), 0 to 1; not a copy */
	public ArrayImg<FloatType, FloatArray> probabilities() {
		return probabilities;
	}

	/** @return true labels (x, y); 0 = background, -1 = ignored; not a copy */
	public ArrayImg<IntType, IntArray> truth() {
		return truth;
	}

	/**
	 * @return what was predicted (x, y), 0 = background: classes where the labels
	 *         are classes, else objects 1 to n; not a copy
	 */
	public ArrayImg<IntType, IntArray> prediction() {
		return prediction;
	}

	/**
	 * @return the true labels, with a number for each object, also where they are
	 *         a mask: what hangs together by sides of pixels (x, y); 0 =
	 *         background, -1 = ignored
	 */
	public ArrayImg<IntType, IntArray> objects() {
		if (kind != LabelKind.MASK) return truth;
		final ArrayImg<IntType, IntArray> objects = ConnectedComponents.ofMask(
			truth, Connectivity.FACES);
		final int[] numbers = objects.update(null).getCurrentStorageArray();
		final int[] labels = truth.update(null).getCurrentStorageArray();
		for (int i = 0; i < labels.length; i++)
			if (labels[i] == Sample.IGNORE) numbers[i] = Sample.IGNORE;
		return objects;
	}

	/** @return intersection over union of the foregrounds, 0 to 1 */
	public double iou() {
		return IoU.ofMasks(truth, prediction);
	}

	/** @return F1 (Dice) of the foregrounds, pixel by pixel, 0 to 1 */
	public double f1() {
		final double iou = iou();
		return 2 * iou / (1 + iou);
	}

	/**
	 * @return share (0 to 1) of the pixels whose class is wrong, which is
	 *         foreground or background unless there are several; NaN if all are
	 *         ignored
	 */
	public double pixelError() {
		return hasClasses() ? classScores().pixelError() : PixelError.ofMasks(truth,
			prediction);
	}

	/**
	 * @return pixel error of the best answer without a look at the image, in
	 *         words: "all background 0.220"
	 */
	public String trivialError() {
		if (hasClasses()) {
			final ClassScores scores = classScores();
			final int most = scores.mostFrequent();
			return "all " + className(most) + " " + number(scores.pixelErrorOfAll(
				most));
		}
		final double background = PixelError.ofAllBackground(truth);
		return background > 0.5 ? "all foreground " + number(1 - background)
			: "all background " + number(background);
	}

	/** Whether there is more than foreground and background to tell apart. */
	private boolean hasClasses() {
		return kind == LabelKind.CLASSES && probabilities.dimension(2) > 1;
	}

	private ClassScores classScores() {
		return ClassScores.of(truth, prediction, 1 + (int) probabilities.dimension(
			2));
	}

	/**
	 * @return the scores in a few words: "IoU 0.912, F1 0.954", of several
	 *         classes the mean IoU and that of each but the background, "IoU
	 *         0.512 (inside 0.912, rim 0.112)"; a dash for a class that is
	 *         nowhere
	 */
	public String scores() {
		if (!hasClasses()) return String.format(Locale.ROOT, "IoU %.3f, F1 %.3f",
			iou(), f1());
		final ClassScores scores = classScores();
		return "IoU " + number(scores.meanIoU()) + IntStream.range(1, scores
			.classes()).mapToObj(c -> className(c) + " " + number(scores.iou(c)))
			.collect(Collectors.joining(", ", " (", ")"));
	}

	private String className(final int c) {
		return classNames.isEmpty() ? "class " + c : classNames.get(c);
	}

	private static String number(final double score) {
		return Double.isNaN(score) ? "-" : String.format(Locale.ROOT, "%.3f",
			score);
	}

	/**
	 * Draws image, truth, probability and prediction side by side, each at most
	 * {@value #LARGEST} pixels wide and high, small images enlarged. Objects that
	 * were found have the colour of the true object that they lie in; what is in
	 * none is white.
	 *
	 * @return the row, with captions
	 */
	public BufferedImage picture() {
		final List<String> captions = captions();
		// Scores of all classes would not fit above the picture.
		captions.set(3, captions.get(3) + ", " + (hasClasses() ? "IoU " + number(
			classScores().meanIoU()) : scores()));
		return Pictures.sideBySide(panels(LARGEST), captions);
	}

	/** @return what each of the {@link #panels} shows */
	public List<String> captions() {
		return Arrays.asList(name, "Truth" + count(objects()), "Probability",
			"Prediction at " + threshold() + count(prediction));
	}

	/** As {@link #panels(int, double)}, with fine outlines. */
	public List<BufferedImage> panels(final int longest) {
		return panels(longest, Pictures.LINE);
	}

	/**
	 * @param longest pixels of the longer side of a picture
	 * @param line width of outlines, as a share of the longer side
	 * @return image, truth, probability and prediction, without captions
	 */
	public List<BufferedImage> panels(final int longest, final double line) {
		final Map<Integer, Integer> trueObjects = kind == LabelKind.CLASSES ? null
			: trueObjects();
		return Arrays.asList(Pictures.grey(image), Pictures.overlay(image,
			objects(), kind == LabelKind.CLASSES ? ClassColours::of
				: ObjectColours::of, line), Pictures.probabilities(probabilities),
			Pictures.overlay(image, prediction, label -> trueObjects == null
				? ClassColours.of(label) : colour(trueObjects.get(label)), line))
			.stream().map(p -> Pictures.within(longest, p)).collect(Collectors
				.toList());
	}

	private static Color colour(final int trueObject) {
		return trueObject == 0 ? INVENTED : ObjectColours.of(trueObject);
	}

	/**
	 * @return label of an object found to that of the true object that most of it
	 *         lies in; to 0 if most of it lies in none
	 */
	private Map<Integer, Integer> trueObjects() {
		final int[] found = prediction.update(null).getCurrentStorageArray();
		final int[] expected = objects().update(null).getCurrentStorageArray();
		final Map<Integer, Map<Integer, Integer>> common = new HashMap<>();
		for (int i = 0; i < found.length; i++)
			if (found[i] > 0) common.computeIfAbsent(found[i], k -> new HashMap<>())
				.merge(Math.max(0, expected[i]), 1, Integer::sum);
		final Map<Integer, Integer> result = new HashMap<>();
		common.forEach((label, counts) -> result.put(label, counts.entrySet()
			.stream().max(Map.Entry.comparingByValue()).get().getKey()));
		return result;
	}

	private String threshold() {
		return hasClasses() ? "the likeliest class" : String.format(Locale.ROOT,
			"%.3g", threshold).replaceFirst("\\.?0+$", "");
	}

	/** Numbers help where labels are objects. */
	private String count(final ArrayImg<IntType, IntArray> labels) {
		if (kind == LabelKind.CLASSES) return "";
		final long objects = Arrays.stream(labels.update(null)
			.getCurrentStorageArray()).filter(l -> l > 0).distinct().count();
		return ": " + objects + (objects == 1 ? " object" : " objects");
	}
}
