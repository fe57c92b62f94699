
package sc.fiji.unet.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;

/**
 * What is right and wrong with each object. A merge is an object of the result
 * that covers at least half of two or more objects of the truth. A split is an
 * object of the truth of which at least half is covered by two or more objects
 * of the result together, each of which lies in it with at least half of its
 * pixels. A part of a split may match the object nevertheless, and so may a
 * merge; both then count in {@link Detection}, too. Immutable.
 */
public final class ObjectErrors {

	/** What became of an object. */
	public enum Kind {
			/** Truth and result match. */
			FOUND,
			/** Only in the truth. */
			MISSED,
			/** Only in the result. */
			INVENTED,
			/** One object of the result for several of the truth. */
			MERGED,
			/** Several objects of the result for one of the truth. */
			SPLIT,
			/** Only in the result, and mostly in ignored pixels: counts nowhere. */
			OUTSIDE
	}

	private final Map<Integer, Kind> truths = new HashMap<>();
	private final Map<Integer, Kind> results = new HashMap<>();
	private final int merges;
	private final int splits;

	private ObjectErrors(final Overlaps overlaps, final double iou) {
		final Map<Integer, Set<Integer>> covered = new HashMap<>();
		final Map<Integer, Set<Integer>> parts = new HashMap<>();
		final Set<Overlaps.Pair> matches = new HashSet<>();
		final Set<Integer> outside = overlaps.outside(iou);
		overlaps.pairs().forEach((pair, common) -> {
			if (pair.truth == 0 || pair.result == 0) return;
			if (2 * common >= overlaps.truths().get(pair.truth)) covered
				.computeIfAbsent(pair.result, r -> new HashSet<>()).add(pair.truth);
			if (2 * common >= overlaps.results().get(pair.result) && !outside
				.contains(pair.result)) parts.computeIfAbsent(pair.truth,
					t -> new HashSet<>()).add(pair.result);
			if (overlaps.iou(pair) > iou) matches.add(pair);
		});
		covered.values().removeIf(several -> several.size() < 2);
		parts.entrySet().removeIf(entry -> entry.getValue().size() < 2 ||
			!coverHalf(entry.getValue(), entry.getKey(), overlaps));
		merges = covered.size();
		splits = parts.size();
		// What is entered later overrules what was entered before.
		overlaps.truths().keySet().forEach(t -> truths.put(t, Kind.MISSED));
		overlaps.results().keySet().forEach(r -> results.put(r, outside.contains(r)
			? Kind.OUTSIDE : Kind.INVENTED));
		parts.forEach((truth, several) -> {
			truths.put(truth, Kind.SPLIT);
			several.forEach(r -> results.put(r, Kind.SPLIT));
		});
		matches.forEach(match -> {
			truths.put(match.truth, Kind.FOUND);
			results.put(match.result, Kind.FOUND);
		});
		covered.forEach((result, several) -> {
			results.put(result, Kind.MERGED);
			several.forEach(t -> truths.put(t, Kind.MERGED));
		});
	}

	/** Specks in a cell that was not seen are no parts of it. */
	private static boolean coverHalf(final Set<Integer> results, final int truth,
		final Overlaps overlaps)
	{
		final long common = results.stream().mapToLong(result -> overlaps.common(
			truth, result)).sum();
		return 2 * common >= overlaps.truths().get(truth);
	}

	/**
	 * @param truth instance labels (x, y[, z]); 0 = background, -1 = ignored
	 * @param result instance labels of the same size; pixels ignored in the truth
	 *          count nowhere
	 * @param iou intersection over union that a match must exceed, 0.5 to below 1
	 * @throws IllegalArgumentException if the sizes differ or the threshold is
	 *           out of range
	 */
	public static ObjectErrors of(final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<IntType> result, final double iou)
	{
		Detection.checkIoU(iou);
		return new ObjectErrors(Overlaps.of(truth, result), iou);
	}

	/**
	 * @param label of an object of the truth
	 * @return FOUND, MISSED, MERGED or SPLIT, a merge before a match before a
	 *         split
	 */
	public Kind ofTruth(final int label) {
		return kind(truths, label, "truth");
	}

	/**
	 * @param label of an object of the result
	 * @return FOUND, INVENTED, MERGED, SPLIT or OUTSIDE, a merge before a match
	 *         before a split
	 */
	public Kind ofResult(final int label) {
		return kind(results, label, "result");
	}

	private static Kind kind(final Map<Integer, Kind> kinds, final int label,
		final String where)
	{
		final Kind kind = label > 0 ? kinds.get(label) : null;
		if (kind == null) throw new IllegalArgumentException("There is no object " +
			label + " in the " + where + ".");
		return kind;
	}

	/**
	 * @return number of objects of the result that cover at least half of two or
	 *         more objects of the truth
	 */
	public int merges() {
		return merges;
	}

	/**
	 * @return number of objects of the truth of which at least half is covered by
	 *         two or more objects of the result, each of which lies in it with at
	 *         least half of its pixels
	 */
	public int splits() {
		return splits;
	}
}
