
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
 * <li>one value: nothing can be learnt, an error;</li>
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
	/** Values that occur, ascending, the ignored one aside. */
	private final int[] values;
	private final String sentence;

	private LabelValues(final LabelKind kind, final OptionalInt ignore,
		final TreeSet<Integer> values, final String sentence)
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
		final List<ArrayImg<IntType, IntArray>> images = new ArrayList<>();
		for (final RandomAccessibleInterval<? extends IntegerType<?>> image : labels)
			images.add(toInts(image, "Label image " + (images.size() + 1)));
		final TreeSet<Integer> values = new TreeSet<>();
		for (final ArrayImg<IntType, IntArray> image : images)
			addDistinct(array(image), values);
		ignore.ifPresent(values::remove);
		checkValues(values);
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

	private static void checkValues(final TreeSet<Integer> values) {
		if (values.size() < 2) throw new IllegalArgumentException(values.isEmpty()
			? "Every pixel of every label image is ignored; nothing can be learnt."
			: "Every label has the value " + values.first() +
				"; to learn from, there must be at least two values, such as 0 for background and 255 for cells.");
		if (values.first() < 0) throw new IllegalArgumentException("Label value " +
			values.first() +
			" is negative; if it marks pixels to ignore, write ignore=" + values
				.first() + ".");
	}

	private static LabelValues mask(final TreeSet<Integer> values,
		final OptionalInt ignore)
	{
		if (!values.contains(0)) throw new IllegalArgumentException(
			"A mask must have background pixels of value 0, but these have only " +
				list(values) + "; write labelkind=classes or labelkind=instances.");
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
		final List<String> indices = new ArrayList<>();
		for (final int value : values)
			indices.add(value + " (class " + indices.size() + ")");
		return new LabelValues(LabelKind.CLASSES, ignore, values,
			"The labels are " + values.size() + " classes: " + String.join(", ",
				indices) + ".");
	}

	private static LabelValues guess(
		final List<ArrayImg<IntType, IntArray>> images,
		final TreeSet<Integer> values, final OptionalInt ignore)
	{
		if (values.size() == 2 && values.first() == 0) return mask(values, ignore);
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
	 *         values that occur; ascending, a copy
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
		final int index = Arrays.binarySearch(values, value);
		if (index < 0) throw new IllegalArgumentException("Label value " + value +
			" is none of the classes " + list(Arrays.stream(values).boxed().collect(
				Collectors.toList())) + ".");
		return index;
	}
}
