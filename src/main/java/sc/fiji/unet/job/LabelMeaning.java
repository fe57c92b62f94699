
package sc.fiji.unet.job;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.LabelValues;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.job.ObjectScores.Truth;
import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;

/**
 * What the values of true labels and of results mean when they are compared.
 */
final class LabelMeaning {

	private final LabelKind kind;
	private final OptionalInt ignore;

	/** @param ignore value of true pixels that count nowhere */
	LabelMeaning(final LabelKind kind, final OptionalInt ignore) {
		this.kind = Objects.requireNonNull(kind);
		this.ignore = ignore;
	}

	List<ArrayImg<IntType, IntArray>> withoutIgnored(
		final List<ArrayImg<IntType, IntArray>> truth)
	{
		return withoutIgnored(truth, ignore);
	}

	/** What the objects of the truth are, for scores of merges and splits. */
	Truth objects(final List<ArrayImg<IntType, IntArray>> truth) {
		if (!isMaskHere(truth)) return Truth.OBJECTS;
		if (kind == LabelKind.MASK) return Truth.REGIONS;
		final long most = truth.stream().mapToLong(slice -> Arrays.stream(pixels(
			ConnectedComponents.ofMask(slice, Connectivity.FACES))).max().orElse(0))
			.max().orElse(0);
		return most > 1 ? Truth.REGIONS : Truth.UNKNOWN;
	}

	/** @return labels whose ignored pixels are {@link Sample#IGNORE} */
	static List<ArrayImg<IntType, IntArray>> withoutIgnored(
		final List<ArrayImg<IntType, IntArray>> truth, final OptionalInt ignore)
	{
		if (!ignore.isPresent()) return truth;
		return map(truth, value -> value == ignore.getAsInt() ? Sample.IGNORE
			: value);
	}

	private static List<ArrayImg<IntType, IntArray>> map(
		final List<ArrayImg<IntType, IntArray>> slices,
		final IntUnaryOperator function)
	{
		return slices.stream().map(slice -> ArrayImgs.ints(Arrays.stream(pixels(
			slice)).map(function).toArray(), slice.dimensionsAsLongArray())).collect(
				Collectors.toList());
	}

	/** Classes taken for objects would give scores that look like scores. */
	void checkMeaning(final String name,
		final List<ArrayImg<IntType, IntArray>> truth)
	{
		if (kind == LabelKind.AUTO && LabelValues.mayBeClasses(truth))
			throw new IllegalArgumentException("The true labels of '" + name +
				"' have few values, most of which form several regions: these may be classes, or objects in pieces. " +
				"Write what they are: labelkind=classes or labelkind=instances, on the command line --label-kind.");
	}

	/**
	 * A mask has the objects that its pixels form; so have instances, each for
	 * itself. The whole file tells which it is, since a slice of instances may
	 * hold but one.
	 */
	List<ArrayImg<IntType, IntArray>> instances(
		final List<ArrayImg<IntType, IntArray>> slices)
	{
		if (!isMaskHere(slices)) return slices;
		return slices.stream().map(slice -> ConnectedComponents.ofMask(slice,
			Connectivity.FACES)).collect(Collectors.toList());
	}

	private boolean isMaskHere(final List<ArrayImg<IntType, IntArray>> slices) {
		return kind == LabelKind.MASK || kind == LabelKind.AUTO && isMask(slices);
	}

	private static boolean isMask(
		final List<ArrayImg<IntType, IntArray>> slices)
	{
		return slices.stream().flatMapToInt(slice -> Arrays.stream(pixels(slice))
			.filter(label -> label > 0).distinct()).distinct().limit(2).count() < 2;
	}

	private static int[] pixels(final ArrayImg<IntType, IntArray> image) {
		return image.update(null).getCurrentStorageArray();
	}

	/** Adds the values of truth and result, without ignored ones. */
	void addValues(final EvaluatedImage images, final TreeSet<Integer> values)
		throws IOException
	{
		addValues(withoutIgnored(images.truth()), values);
		addValues(images.result(), values);
	}

	private static void addValues(final List<ArrayImg<IntType, IntArray>> slices,
		final TreeSet<Integer> values)
	{
		for (final ArrayImg<IntType, IntArray> slice : slices)
			Arrays.stream(pixels(slice)).filter(v -> v != Sample.IGNORE).distinct()
				.forEach(values::add);
	}

	static List<ArrayImg<IntType, IntArray>> indices(
		final List<ArrayImg<IntType, IntArray>> slices, final int[] values)
	{
		return map(slices, value -> value == Sample.IGNORE ? value : Arrays
			.binarySearch(values, value));
	}
}
