
package sc.fiji.unet.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/**
 * V_rand and V_info of a probability image at each of several thresholds, as
 * the challenge ISBI 2012 scores it: the best threshold counts. For several
 * images one threshold is sought, with scores averaged over the images.
 * Immutable.
 */
public final class BestThreshold {

	private final double[] thresholds;
	private final List<ForegroundRestricted> scores;

	private BestThreshold(final double[] thresholds,
		final List<ForegroundRestricted> scores)
	{
		this.thresholds = thresholds;
		this.scores = scores;
	}

	/**
	 * @param count number of thresholds
	 * @return thresholds at equal distances between 0 and 1, both excluded
	 * @throws IllegalArgumentException if the count is not positive
	 */
	public static double[] grid(final int count) {
		if (count < 1) throw new IllegalArgumentException("The number " + count +
			" of thresholds must be at least 1; 19 (each 0.05) is usual.");
		final double[] grid = new double[count];
		Arrays.setAll(grid, i -> (i + 1.) / (count + 1));
		return grid;
	}

	/**
	 * As {@link #of(List, List, double[], boolean)} for one image.
	 */
	static BestThreshold of(final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<FloatType> probability,
		final double[] thresholds, final boolean thinning)
	{
		return of(Collections.singletonList(truth), Collections.singletonList(
			probability), thresholds, thinning);
	}

	/**
	 * @param truths masks or instance labels (x, y[, z]): positive = cell; 0 =
	 *          membrane and -1 = ignored count nowhere
	 * @param probabilities probability (0 to 1) of cell, in the order and sizes
	 *          of the truths; cell is what reaches the threshold
	 * @param thresholds thresholds to try, such as {@link #grid}
	 * @param thinning whether to thin the membranes first
	 *          ({@link BorderThinning}; 2-D only)
	 * @throws IllegalArgumentException if numbers or sizes of images differ, or
	 *           there are no images or thresholds
	 */
	public static BestThreshold of(
		final List<? extends RandomAccessibleInterval<IntType>> truths,
		final List<? extends RandomAccessibleInterval<FloatType>> probabilities,
		final double[] thresholds, final boolean thinning)
	{
		if (truths.size() != probabilities.size() || truths.isEmpty() ||
			thresholds.length == 0) throw new IllegalArgumentException(truths.size() +
				" truths, " + probabilities.size() + " probability images and " +
				thresholds.length +
				" thresholds: there must be as many truths as probability images, and at least one of each.");
		final List<List<ForegroundRestricted>> scores = new ArrayList<>();
		for (int k = 0; k < thresholds.length; k++)
			scores.add(new ArrayList<>());
		for (int i = 0; i < truths.size(); i++)
			for (int k = 0; k < thresholds.length; k++)
				scores.get(k).add(score(truths.get(i), probabilities.get(i),
					thresholds[k], thinning));
		return new BestThreshold(thresholds.clone(), scores.stream().map(
			of -> new ForegroundRestricted(mean(of, ForegroundRestricted::vRand),
				mean(of, ForegroundRestricted::vInfo))).collect(Collectors.toList()));
	}

	/** Images without a score, because nothing is in them, are left out. */
	private static double mean(final List<ForegroundRestricted> scores,
		final ToDoubleFunction<ForegroundRestricted> value)
	{
		return scores.stream().mapToDouble(value).filter(v -> !Double.isNaN(v))
			.average().orElse(Double.NaN);
	}

	private static ForegroundRestricted score(
		final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<FloatType> probability,
		final double threshold, final boolean thinning)
	{
		final RandomAccessibleInterval<IntType> cells = mask(probability,
			threshold);
		return thinning ? ForegroundRestricted.ofThinned(truth, cells)
			: ForegroundRestricted.of(truth, cells);
	}

	/**
	 * @param probability of cell (x, y[, z]), 0 to 1
	 * @param threshold probability from which on a pixel is cell
	 * @return 1 = cell, 0 = membrane, same size
	 */
	public static ArrayImg<IntType, IntArray> mask(
		final RandomAccessibleInterval<FloatType> probability,
		final double threshold)
	{
		final long[] size = Intervals.dimensionsAsLongArray(probability);
		final int[] mask = new int[(int) Intervals.numElements(size)];
		final Cursor<FloatType> cursor = Views.flatIterable(probability).cursor();
		for (int p = 0; p < mask.length; p++)
			if (cursor.next().get() >= threshold) mask[p] = 1;
		return ArrayImgs.ints(mask, size);
	}

	/** @return scores at each threshold, in order */
	List<ForegroundRestricted> scores() {
		return Collections.unmodifiableList(scores);
	}

	/** @return the threshold with the best V_rand; the first of equals */
	public double threshold() {
		return thresholds[best(ForegroundRestricted::vRand)];
	}

	/** @return the scores at the threshold with the best V_rand */
	public ForegroundRestricted score() {
		return scores.get(best(ForegroundRestricted::vRand));
	}

	/** @return the best V_rand of any threshold */
	public double vRand() {
		return score().vRand();
	}

	/**
	 * @return the best V_info of any threshold, which may be another than that of
	 *         V_rand
	 */
	public double vInfo() {
		return scores.get(best(ForegroundRestricted::vInfo)).vInfo();
	}

	private int best(final ToDoubleFunction<ForegroundRestricted> score) {
		int best = 0;
		for (int k = 1; k < thresholds.length; k++)
			if (score.applyAsDouble(scores.get(k)) > score.applyAsDouble(scores.get(
				best))) best = k;
		return best;
	}
}
