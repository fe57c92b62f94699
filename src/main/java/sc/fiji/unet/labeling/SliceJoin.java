
package sc.fiji.unet.labeling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Joins objects of neighbouring slices that overlap, so that an object has the
 * same label in all slices that it goes through. Two objects of one class
 * belong together if
 * <ul>
 * <li>each is the one of the other slice with which the other has the largest
 * intersection over union (of equal ones that with the lowest label), and</li>
 * <li>they share at least {@link #LEAST_SHARE} of the smaller one, since an
 * object that begins or ends may be much smaller than in the next slice.</li>
 * </ul>
 * So an object goes on in at most one object of the next slice, and none is
 * joined across a slice that it is missing in. Immutable.
 */
public final class SliceJoin {

	/** Share of the pixels of the smaller object that lie in the larger one. */
	public static final double LEAST_SHARE = 0.7;

	/** The class of an object of a list of slices. */
	@FunctionalInterface
	public interface ObjectClass {

		/**
		 * @param slice index in the list
		 * @param label positive
		 * @return class of the object
		 */
		String of(int slice, int label);
	}

	private final List<LabelPixels> slices = new ArrayList<>();
	/** Of each slice the new number of each label. */
	private final List<int[]> numbers = new ArrayList<>();
	private final List<String> classes = new ArrayList<>();

	private SliceJoin() {}

	/**
	 * @param slices labels (x, y) of each slice of one stack, from 1 on without
	 *          large gaps; 0 = background; not changed, nor copied
	 * @param classes what the objects are
	 * @throws IllegalArgumentException if the slices differ in size
	 */
	public static SliceJoin of(final List<ArrayImg<IntType, IntArray>> slices,
		final ObjectClass classes)
	{
		final SliceJoin join = new SliceJoin();
		for (final ArrayImg<IntType, IntArray> slice : slices)
			join.add(LabelPixels.of(slice), classes);
		return join;
	}

	private void add(final LabelPixels slice, final ObjectClass classOf) {
		final int z = slices.size();
		final int[] areas = areas(slice);
		final int[] number = new int[areas.length];
		if (z > 0) {
			slice.checkSameSize(slices.get(z - 1), "Slices to join");
			goOn(slices.get(z - 1), slice, areas, number, classOf);
		}
		for (int label = 1; label < number.length; label++)
			if (areas[label] > 0 && number[label] == 0) {
				classes.add(classOf.of(z, label));
				number[label] = classes.size();
			}
		slices.add(slice);
		numbers.add(number);
	}

	/** @return number of pixels of each label */
	private static int[] areas(final LabelPixels slice) {
		final int[] values = slice.values();
		final int[] areas = new int[1 + Math.max(0, Arrays.stream(values).max()
			.getAsInt())];
		for (final int label : values)
			if (label > 0) areas[label]++;
		return areas;
	}

	/** Numbers the objects of a slice that go on from the slice before. */
	private void goOn(final LabelPixels before, final LabelPixels slice,
		final int[] areas, final int[] number, final ObjectClass classOf)
	{
		final int z = slices.size();
		final int[] areasBefore = areas(before);
		final Pair[] bestBefore = new Pair[areasBefore.length];
		final Pair[] best = new Pair[areas.length];
		overlaps(before, slice).forEach((labels, pixels) -> {
			final int a = (int) (labels >> 32);
			final int b = (int) (long) labels;
			if (!classOf.of(z - 1, a).equals(classOf.of(z, b))) return;
			final Pair pair = new Pair(a, b, pixels, areasBefore[a], areas[b]);
			if (pair.isBetterThan(bestBefore[a])) bestBefore[a] = pair;
			if (pair.isBetterThan(best[b])) best[b] = pair;
		});
		for (final Pair pair : best)
			if (pair != null && bestBefore[pair.a] == pair &&
				pair.share >= LEAST_SHARE) number[pair.b] = numbers.get(z - 1)[pair.a];
	}

	/**
	 * @return labels of both slices, the first in the upper 32 bits, to the
	 *         number of pixels where they lie on each other; ascending
	 */
	private static Map<Long, Integer> overlaps(final LabelPixels before,
		final LabelPixels slice)
	{
		final Map<Long, Integer> overlaps = new TreeMap<>();
		final int[] a = before.values();
		final int[] b = slice.values();
		for (int from = 0, to; from < a.length; from = to) {
			// A run of equal labels at a time, for speed.
			for (to = from + 1; to < a.length && a[to] == a[from] &&
				b[to] == b[from];)
				to++;
			if (a[from] > 0 && b[from] > 0) overlaps.merge((long) a[from] << 32 |
				b[from], to - from, Integer::sum);
		}
		return overlaps;
	}

	/** Two objects that lie on each other. */
	private static final class Pair {

		private final int a;
		private final int b;
		private final double overlap;
		private final double share;

		Pair(final int a, final int b, final int pixels, final int areaOfA,
			final int areaOfB)
		{
			this.a = a;
			this.b = b;
			overlap = pixels / ((double) areaOfA + areaOfB - pixels);
			share = pixels / (double) Math.min(areaOfA, areaOfB);
		}

		boolean isBetterThan(final Pair other) {
			return other == null || overlap > other.overlap;
		}
	}

	/** @return number of objects in all slices together */
	public int objects() {
		return classes.size();
	}

	/** @return class of each object, from label 1 on */
	public List<String> classes() {
		return Collections.unmodifiableList(classes);
	}

	/**
	 * @return labels (x, y) of each slice: 0 = background, objects 1 to
	 *         {@link #objects()} in the order of slices, then of their labels in
	 *         the slice that they begin in; copies
	 */
	public List<ArrayImg<IntType, IntArray>> labels() {
		final List<ArrayImg<IntType, IntArray>> labels = new ArrayList<>();
		for (int z = 0; z < slices.size(); z++) {
			final int[] number = numbers.get(z);
			labels.add(slices.get(z).imageOf(Arrays.stream(slices.get(z).values())
				.map(label -> label > 0 ? number[label] : 0).toArray()));
		}
		return labels;
	}
}
