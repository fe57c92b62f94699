
package sc.fiji.unet.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;
import sc.fiji.unet.labeling.LabelPixels;

/**
 * How many pixels each label of the truth shares with each label of the result
 * (the contingency table), background included, ignored pixels left out.
 * <p>
 * Objects of the truth count with their pixels that are not ignored, and so do
 * objects of the result, but for those that lie {@link #outside}.
 * </p>
 */
final class Overlaps {

	/** A cell of the table: a truth label and a result label. */
	static final class Pair {

		final int truth;
		final int result;

		private Pair(final int truth, final int result) {
			this.truth = truth;
			this.result = result;
		}

		@Override
		public boolean equals(final Object o) {
			return o instanceof Pair && ((Pair) o).truth == truth &&
				((Pair) o).result == result;
		}

		@Override
		public int hashCode() {
			return 31 * truth + result;
		}
	}

	private final Map<Pair, Long> pairs = new HashMap<>();
	private final Map<Integer, Long> truths = new HashMap<>();
	private final Map<Integer, Long> results = new HashMap<>();
	/** Pixels of each object of the result where the truth is ignored. */
	private final Map<Integer, Long> ignored = new HashMap<>();

	private Overlaps() {}

	/**
	 * @param truth labels (x, y[, z]); -1 = ignored
	 * @param result labels of the same size
	 * @throws IllegalArgumentException if the sizes differ
	 */
	static Overlaps of(final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<IntType> result)
	{
		final LabelPixels truePixels = LabelPixels.of(truth);
		final LabelPixels pixels = LabelPixels.of(result);
		truePixels.checkSameSize(pixels, "Truth and result");
		return ofArrays(truePixels.values(), pixels.values());
	}

	/** Counts run by run; pixels with a negative truth are left out. */
	static Overlaps ofArrays(final int[] truth, final int[] result) {
		final Overlaps overlaps = new Overlaps();
		for (int p = 0, begin = 0; p < truth.length; begin = p) {
			while (p < truth.length && truth[p] == truth[begin] &&
				result[p] == result[begin])
				p++;
			final int found = Math.max(0, result[begin]);
			if (truth[begin] >= 0) overlaps.add(truth[begin], found, p - begin);
			else if (found > 0) overlaps.ignored.merge(found, (long) p - begin,
				Long::sum);
		}
		return overlaps;
	}

	private void add(final int truth, final int result, final long count) {
		pairs.merge(new Pair(truth, result), count, Long::sum);
		truths.merge(truth, count, Long::sum);
		results.merge(result, count, Long::sum);
	}

	/** @return pixels of each pair that has any */
	Map<Pair, Long> pairs() {
		return pairs;
	}

	/** @return pixels that two labels share */
	long common(final int truth, final int result) {
		return pairs.getOrDefault(new Pair(truth, result), 0L);
	}

	/** @return pixels of each truth label, 0 included */
	Map<Integer, Long> truths() {
		return truths;
	}

	/** @return pixels of each result label, 0 included */
	Map<Integer, Long> results() {
		return results;
	}

	/** @return number of objects in the truth */
	int truthObjects() {
		return objects(truths);
	}

	/**
	 * @param iou intersection over union that a match must exceed
	 * @return number of objects in the result, without those that lie
	 *         {@link #outside}
	 */
	int resultObjects(final double iou) {
		final Set<Integer> outside = outside(iou);
		outside.retainAll(results.keySet());
		return objects(results) - outside.size();
	}

	/**
	 * What lies where nobody has looked is neither right nor wrong, even if its
	 * edge reaches pixels that count; Cityscapes (Cordts et al. 2016) and COCO
	 * (Lin et al. 2014) leave such objects out, too.
	 *
	 * @param iou intersection over union that a match must exceed
	 * @return objects of the result of which more than half is ignored, unless
	 *         the rest matches an object of the truth; a new set
	 */
	Set<Integer> outside(final double iou) {
		final Set<Integer> outside = new HashSet<>();
		ignored.forEach((result, pixels) -> {
			if (pixels > results.getOrDefault(result, 0L)) outside.add(result);
		});
		if (!outside.isEmpty()) pairs.keySet().forEach(pair -> {
			if (pair.truth > 0 && iou(pair) > iou) outside.remove(pair.result);
		});
		return outside;
	}

	private static int objects(final Map<Integer, Long> counts) {
		return counts.size() - (counts.containsKey(0) ? 1 : 0);
	}

	/** @return intersection over union of the two labels of a pair */
	double iou(final Pair pair) {
		final long common = pairs.get(pair);
		return (double) common / (truths.get(pair.truth) + results.get(
			pair.result) - common);
	}
}
