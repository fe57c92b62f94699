
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;

import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.labeling.LabelPixels;

/**
 * What the values of a data set's label images mean, found by looking at all
 * label images together, and how they become the labels of a {@link Sample}.
 * Immutable.
 * <p>
 * {@link LabelKind#AUTO} looks at the values that occur anywhere, the ignored
 * one aside:
 * </p>
 * <ul>
 * <li>one value: nothing can be learnt, an error, unless it is but to be
 * compared;</li>
 * <li>0 and one other, whichever: a mask;</li>
 * <li>more than {@value #MOST_CLASSES} values besides 0, of which in each image
 * nearly all (90 %) form one connected region each (but for 10 % of its
 * pixels): instances;</li>
 * <li>all else is ambiguous, an error: 0, 1, 2 may be classes or objects.</li>
 * </ul>
 */
public final class LabelValues {

	/** With more values than these, each in one piece, nobody means classes. */
	private static final int MOST_CLASSES = 5;
	private static final double NEARLY_ALL = 0.9;
	/** More classes than these are taken for a mistake. */
	public static final int CLASS_LIMIT = 64;

	private final LabelKind kind;
	private final OptionalInt ignore;
	/** Of classes the value of each, else those that occur, ascending. */
	private final int[] values;
	private final String sentence;

	private LabelValues(final LabelKind kind, final OptionalInt ignore,
		final Collection<Integer> values, final String sentence)
	{
		this.kind = kind;
		this.ignore = ignore;
		this.values = values.stream().mapToInt(Integer::intValue).toArray();
		this.sentence = sentence + (ignore.isPresent() ? " Pixels with value " +
			ignore.getAsInt() + " are ignored." : "");
	}

	/**
	 * @param labels all label images of the data set, as stored (x, y[, z])
	 * @param wanted what the user says that the values mean
	 * @param ignore label value of pixels that do not count
	 * @throws IllegalArgumentException if there is but one value, a value is
	 *           negative or does not fit into an int, there are too many classes,
	 *           or {@code wanted} is AUTO and the meaning is ambiguous; says what
	 *           to write
	 */
	public static LabelValues of(
		final List<? extends RandomAccessibleInterval<? extends IntegerType<?>>> labels,
		final LabelKind wanted, final OptionalInt ignore)
	{
		final List<ArrayImg<IntType, IntArray>> images = toInts(labels);
		final TreeSet<Integer> values = distinct(images, ignore);
		checkLearnable(values, wanted);
		return meaning(images, values, wanted, ignore);
	}

	/**
	 * As {@link #of}, for labels that nothing is learnt from: there may be images
	 * without an object, or with nothing but objects.
	 *
	 * @throws IllegalArgumentException if every pixel is ignored, a value is
	 *           negative or does not fit into an int, there are too many classes,
	 *           or {@code wanted} is AUTO and the meaning is ambiguous
	 */
	public static LabelValues toCompare(
		final List<? extends RandomAccessibleInterval<? extends IntegerType<?>>> labels,
		final LabelKind wanted, final OptionalInt ignore)
	{
		final List<ArrayImg<IntType, IntArray>> images = toInts(labels);
		return meaning(images, distinct(images, ignore), wanted, ignore);
	}

	/**
	 * What labels mean to a model, whichever of its classes occur.
	 *
	 * @param labels all label images, as stored (x, y[, z])
	 * @param classes stored value of each class of the model, by class index; all
	 *          differ
	 * @param ignore label value of pixels that do not count
	 * @throws IllegalArgumentException if another value occurs, or every pixel is
	 *           ignored
	 */
	public static LabelValues ofClasses(
		final List<? extends RandomAccessibleInterval<? extends IntegerType<?>>> labels,
		final int[] classes, final OptionalInt ignore)
	{
		final List<Integer> known = Arrays.stream(classes).boxed().collect(
			Collectors.toList());
		final TreeSet<Integer> unknown = distinct(toInts(labels), ignore);
		unknown.removeAll(known);
		if (!unknown.isEmpty()) throw new IllegalArgumentException(
			"The labels have values that the model does not know: " + list(unknown) +
				"; its classes have the values " + list(known) +
				". Relabel the images, or leave such pixels out: ignore=" + unknown
					.first() + (known.size() > 2 ? "."
						: "; if all but 0 is foreground, write labelkind=mask."));
		return new LabelValues(LabelKind.CLASSES, ignore, known, sentence(known));
	}

	private static LabelValues meaning(
		final List<ArrayImg<IntType, IntArray>> images,
		final TreeSet<Integer> values, final LabelKind wanted,
		final OptionalInt ignore)
	{
		switch (wanted) {
			case MASK:
				return mask(values, ignore);
			case INSTANCES:
				return instances(values, ignore);
			case CLASSES:
				return classes(values, ignore);
			default:
				return guess(images, values, ignore);
		}
	}

	/** @return values that occur, the ignored one aside, at least one */
	private static TreeSet<Integer> distinct(
		final List<ArrayImg<IntType, IntArray>> images, final OptionalInt ignore)
	{
		final TreeSet<Integer> values = new TreeSet<>();
		for (final ArrayImg<IntType, IntArray> image : images)
			addDistinct(array(image), values);
		ignore.ifPresent(values::remove);
		if (values.isEmpty()) throw new IllegalArgumentException(
			"Every pixel of every label image is ignored; choose another value to ignore, or none.");
		if (values.first() < 0) throw new IllegalArgumentException("Label value " +
			values.first() +
			" is negative; if it marks pixels to ignore, write ignore=" + values
				.first() + ".");
		return values;
	}

	private static void checkLearnable(final TreeSet<Integer> values,
		final LabelKind wanted)
	{
		if (values.size() < 2) throw new IllegalArgumentException(
			"Every label has the value " + values.first() +
				"; to learn from, there must be at least two values, such as 0 for background and 255 for cells.");
		if (wanted == LabelKind.MASK && !values.contains(0))
			throw new IllegalArgumentException(
				"A mask must have background pixels of value 0, but these have only " +
					list(values) + "; write labelkind=classes or labelkind=instances.");
	}

	private static LabelValues mask(final TreeSet<Integer> values,
		final OptionalInt ignore)
	{
		return new LabelValues(LabelKind.MASK, ignore, values,
			"The labels are a mask: 0 is background, " + (values.size() == 2 ? values
				.last() : "every other value") + " is foreground.");
	}

	private static LabelValues instances(final TreeSet<Integer> values,
		final OptionalInt ignore)
	{
		return new LabelValues(LabelKind.INSTANCES, ignore, values,
			"The labels are instances: " + (values.contains(0)
				? "0 is background, every other value" : "every value") +
				" an object of its own, up to " + values.last() + ".");
	}

	private static LabelValues classes(final TreeSet<Integer> values,
		final OptionalInt ignore)
	{
		if (values.size() > CLASS_LIMIT) throw new IllegalArgumentException(
			"The labels have " + values.size() + " different values, more than " +
				CLASS_LIMIT +
				" classes; write labelkind=instances if they number objects.");
		return new LabelValues(LabelKind.CLASSES, ignore, values, sentence(values));
	}

	private static String sentence(final Collection<Integer> classes) {
		final List<String> indices = new ArrayList<>();
		for (final int value : classes)
			indices.add(value + " (class " + indices.size() + ")");
		return "The labels are " + classes.size() + " classes: " + String.join(", ",
			indices) + ".";
	}

	private static LabelValues guess(
		final List<ArrayImg<IntType, IntArray>> images,
		final TreeSet<Integer> values, final OptionalInt ignore)
	{
		if (values.size() <= 2 && values.first() == 0) return mask(values, ignore);
		final int objects = values.size() - (values.contains(0) ? 1 : 0);
		final double compact = compactShare(images, values);
		if (objects > MOST_CLASSES && compact >= NEARLY_ALL) return instances(
			values, ignore);
		throw new IllegalArgumentException("The label values are " + list(values) +
			", and " + (compact >= NEARLY_ALL
				? "each forms one region in an image: these may be classes or objects."
				: "most form several regions in an image: these may be classes, or objects in pieces.") +
			" Write labelkind=classes, labelkind=instances (every value an object), or labelkind=mask (all but 0 is foreground).");
	}

	/**
	 * @param images labels (x, y[, z]) of images that belong together; 0 =
	 *          background
	 * @return whether there are few values besides background, at least two, most
	 *         of which form several regions in an image: more like classes than
	 *         like objects
	 */
	public static boolean mayBeClasses(
		final List<ArrayImg<IntType, IntArray>> images)
	{
		final TreeSet<Integer> values = new TreeSet<>();
		for (final ArrayImg<IntType, IntArray> image : images)
			addDistinct(array(image), values);
		values.removeIf(value -> value <= 0);
		return values.size() >= 2 && values.size() <= MOST_CLASSES && compactShare(
			images, values) < 0.5;
	}

	/** Share of the values in each image that form one region, nearly. */
	private static double compactShare(
		final List<ArrayImg<IntType, IntArray>> images,
		final TreeSet<Integer> values)
	{
		int regions = 0;
		int compact = 0;
		for (final ArrayImg<IntType, IntArray> image : images) {
			final Map<Integer, List<Integer>> parts = parts(image);
			parts.keySet().retainAll(values);
			regions += parts.size();
			for (final List<Integer> areas : parts.values()) {
				final int sum = areas.stream().mapToInt(Integer::intValue).sum();
				if (Collections.max(areas) >= NEARLY_ALL * sum) compact++;
			}
		}
		return (double) compact / regions;
	}

	/** Areas in pixels of the regions that each positive value forms. */
	private static Map<Integer, List<Integer>> parts(
		final ArrayImg<IntType, IntArray> image)
	{
		final int[] labels = array(image);
		final int[] components = array(ConnectedComponents.ofEqualValues(image,
			Connectivity.FULL));
		int count = 0;
		for (final int component : components)
			count = Math.max(count, component);
		final int[] areas = new int[count + 1];
		final int[] valueOf = new int[count + 1];
		for (int p = 0; p < components.length; p++)
			if (components[p] > 0) {
				areas[components[p]]++;
				valueOf[components[p]] = labels[p];
			}
		final Map<Integer, List<Integer>> parts = new HashMap<>();
		for (int component = 1; component <= count; component++)
			parts.computeIfAbsent(valueOf[component], v -> new ArrayList<>()).add(
				areas[component]);
		return parts;
	}

	private static String list(final Collection<Integer> values) {
		final int shown = 8;
		final String list = values.stream().limit(shown).map(String::valueOf)
			.collect(Collectors.joining(", "));
		return values.size() <= shown ? list : list + ", ... (" + values.size() +
			" values)";
	}

	private static void addDistinct(final int[] labels,
		final TreeSet<Integer> values)
	{
		for (int p = 0; p < labels.length; p++)
			if (p == 0 || labels[p] != labels[p - 1]) values.add(labels[p]);
	}

	private static List<ArrayImg<IntType, IntArray>> toInts(
		final List<? extends RandomAccessibleInterval<? extends IntegerType<?>>> labels)
	{
		final List<ArrayImg<IntType, IntArray>> images = new ArrayList<>();
		for (final RandomAccessibleInterval<? extends IntegerType<?>> image : labels)
			images.add(toInts(image, "Label image " + (images.size() + 1)));
		return images;
	}

	private static ArrayImg<IntType, IntArray> toInts(
		final RandomAccessibleInterval<? extends IntegerType<?>> labels,
		final String name)
	{
		final ArrayImg<IntType, IntArray> image = ArrayImgs.ints(labels
			.dimensionsAsLongArray());
		final int[] array = array(image);
		final Cursor<? extends IntegerType<?>> cursor = Views.flatIterable(labels)
			.cursor();
		try {
			for (int p = 0; p < array.length; p++)
				array[p] = LabelPixels.toInt(cursor.next().getIntegerLong());
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
		}
		return image;
	}

	private static int[] array(final ArrayImg<IntType, IntArray> image) {
		return image.update(null).getCurrentStorageArray();
	}

	/** @return MASK, INSTANCES or CLASSES: what the values mean */
	public LabelKind kind() {
		return kind;
	}

	/**
	 * @return number of classes, background included: for masks and instances 2
	 */
	public int classes() {
		return kind == LabelKind.CLASSES ? values.length : 2;
	}

	/**
	 * @return for classes the stored value of each, by class index; else all
	 *         values that occur, ascending; a copy
	 */
	public int[] values() {
		return values.clone();
	}

	/** @return what was found, in a sentence for the user */
	public String sentence() {
		return sentence;
	}

	/**
	 * @param foreground value that alone is foreground
	 * @return what the values of a mask mean then, in a sentence for the user;
	 *         for other labels {@link #sentence()}
	 */
	public String sentence(final int foreground) {
		return kind != LabelKind.MASK ? sentence : "The labels are a mask: " +
			foreground + " is foreground, every other value background.";
	}

	/**
	 * @param labels label image as stored (x, y[, z])
	 * @return labels as a {@link Sample} has them, same size, from coordinate 0:
	 *         masks 0 and 1, instances their ids, classes their indices; ignored
	 *         pixels {@link Sample#IGNORE}
	 * @throws IllegalArgumentException if a class value is unknown
	 */
	public ArrayImg<IntType, IntArray> apply(
		final RandomAccessibleInterval<? extends IntegerType<?>> labels)
	{
		final ArrayImg<IntType, IntArray> image = toInts(labels, "The label image");
		final int[] array = array(image);
		for (int p = 0; p < array.length; p++)
			array[p] = ignore.isPresent() && array[p] == ignore.getAsInt()
				? Sample.IGNORE : canonical(array[p]);
		return image;
	}

	private int canonical(final int value) {
		if (kind == LabelKind.MASK) return value == 0 ? 0 : 1;
		if (kind == LabelKind.INSTANCES) return value;
		for (int index = 0; index < values.length; index++)
			if (values[index] == value) return index;
		throw new IllegalArgumentException("Label value " + value +
			" is none of the classes " + list(Arrays.stream(values).boxed().collect(
				Collectors.toList())) + ".");
	}
}
