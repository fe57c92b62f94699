
package sc.fiji.unet.metrics;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Objects found, invented and missed. An object of the result is found (true
 * positive) if its intersection over union with an object of the truth exceeds
 * the threshold; from 0.5 on no object can then match two others. AP is the
 * "average precision" at one threshold of the 2018 Data Science Bowl (Caicedo
 * et al. 2019), F1 the harmonic mean of precision and recall. Immutable.
 */
public final class Detection {

	/** The usual threshold. */
	public static final double IOU = 0.5;

	private final int truePositives;
	private final int falsePositives;
	private final int falseNegatives;

	private Detection(final int truePositives, final int falsePositives,
		final int falseNegatives)
	{
		this.truePositives = truePositives;
		this.falsePositives = falsePositives;
		this.falseNegatives = falseNegatives;
	}

	/**
	 * As {@link #of(RandomAccessibleInterval, RandomAccessibleInterval, double)}
	 * at {@link #IOU}.
	 */
	public static Detection of(final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<IntType> result)
	{
		return of(truth, result, IOU);
	}

	/**
	 * @param truth instance labels (x, y[, z]); 0 = background, -1 = ignored
	 * @param result instance labels of the same size; pixels ignored in the truth
	 *          count nowhere. An object of which more than half is ignored counts
	 *          if the rest matches an object of the truth, else not at all
	 * @param iou intersection over union that a match must exceed, 0.5 to below 1
	 * @throws IllegalArgumentException if the sizes differ or the threshold is
	 *           out of range
	 */
	public static Detection of(final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<IntType> result, final double iou)
	{
		checkIoU(iou);
		final Overlaps overlaps = Overlaps.of(truth, result);
		final int found = (int) overlaps.pairs().keySet().stream().filter(
			p -> p.truth > 0 && p.result > 0 && overlaps.iou(p) > iou).count();
		return new Detection(found, overlaps.resultObjects(iou) - found, overlaps
			.truthObjects() - found);
	}

	/** @throws IllegalArgumentException if the threshold is out of range */
	static void checkIoU(final double iou) {
		if (!(iou >= 0.5 && iou < 1)) throw new IllegalArgumentException(
			"IoU threshold " + iou +
				" must lie in 0.5 to below 1, so that matches are unique; 0.5 is usual.");
	}

	/** @return the counts of this image and another one together */
	public Detection plus(final Detection other) {
		return new Detection(truePositives + other.truePositives, falsePositives +
			other.falsePositives, falseNegatives + other.falseNegatives);
	}

	/** @return number of objects found */
	public int truePositives() {
		return truePositives;
	}

	/** @return number of objects of the result that match none of the truth */
	public int falsePositives() {
		return falsePositives;
	}

	/** @return number of objects of the truth that match none of the result */
	public int falseNegatives() {
		return falseNegatives;
	}

	/**
	 * @return TP / (TP + FP + FN), 0 to 1 (perfect); 1 if there is no object at
	 *         all
	 */
	public double averagePrecision() {
		return share(truePositives, falsePositives + falseNegatives);
	}

	/**
	 * @return 2 TP / (2 TP + FP + FN), 0 to 1 (perfect); 1 if there is no object
	 *         at all
	 */
	public double f1() {
		return share(2 * truePositives, falsePositives + falseNegatives);
	}

	private static double share(final int right, final int wrong) {
		return right + wrong == 0 ? 1 : (double) right / (right + wrong);
	}

	/** @return number of objects in the truth */
	public int trueObjects() {
		return truePositives + falseNegatives;
	}

	/** @return number of objects in the result */
	public int foundObjects() {
		return truePositives + falsePositives;
	}

	/**
	 * @return {@link #countError} as a share of the objects in the truth, -1 or
	 *         more; without objects in the truth 0 if the result has none either,
	 *         else NaN
	 */
	public double relativeCountError() {
		if (countError() == 0) return 0;
		return trueObjects() == 0 ? Double.NaN : (double) countError() /
			trueObjects();
	}

	/**
	 * @return number of objects in the result minus number in the truth; for
	 *         several images together over- and undercounts cancel
	 */
	public int countError() {
		return falsePositives - falseNegatives;
	}
}
