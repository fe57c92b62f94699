
package sc.fiji.unet.metrics;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;
import sc.fiji.unet.labeling.LabelPixels;

/**
 * How well exclusive classes were told apart, pixel by pixel. Each class is
 * compared with all others together; the first class is the background.
 * Immutable.
 */
public final class ClassScores {

	/** Pixels [class in the truth][class in the result]. */
	private final long[][] counts;
	private final long pixels;

	private ClassScores(final long[][] counts) {
		this.counts = counts;
		long sum = 0;
		for (final long[] row : counts)
			for (final long count : row)
				sum += count;
		pixels = sum;
	}

	/**
	 * @param counts pixels [class in the truth][class in the result], at least
	 *          two classes, as many rows as columns; copied
	 */
	public static ClassScores of(final long[][] counts) {
		final long[][] copy = new long[counts.length][];
		for (int c = 0; c < counts.length; c++)
			copy[c] = counts[c].clone();
		return new ClassScores(copy);
	}

	/**
	 * @param truth class indices (x, y[, z]); -1 = ignored
	 * @param result class indices of the same size
	 * @param classes number of classes
	 * @throws IllegalArgumentException if the sizes differ or an index is out of
	 *           range
	 */
	public static ClassScores of(final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<IntType> result, final int classes)
	{
		final LabelPixels truePixels = LabelPixels.of(truth);
		final LabelPixels pixels = LabelPixels.of(result);
		truePixels.checkSameSize(pixels, "Truth and result");
		final int[] t = truePixels.values();
		final int[] r = pixels.values();
		final long[][] counts = new long[classes][classes];
		for (int p = 0; p < t.length; p++)
			if (t[p] >= 0) counts[checked(t[p], classes)][checked(r[p], classes)]++;
		return new ClassScores(counts);
	}

	private static int checked(final int index, final int classes) {
		if (index < 0 || index >= classes) throw new IllegalArgumentException(
			"Class index " + index + " must lie in 0 to " + (classes - 1) + ".");
		return index;
	}

	/** @return the counts of this image and another one together */
	public ClassScores plus(final ClassScores other) {
		final long[][] sum = new long[counts.length][counts.length];
		for (int t = 0; t < sum.length; t++)
			for (int r = 0; r < sum.length; r++)
				sum[t][r] = counts[t][r] + other.counts[t][r];
		return new ClassScores(sum);
	}

	/** @return number of classes, the background included */
	public int classes() {
		return counts.length;
	}

	private long truePositives(final int c) {
		return counts[c][c];
	}

	/** Pixels that are of the class in the truth or in the result alone. */
	private long wrong(final int c) {
		long wrong = 0;
		for (int other = 0; other < counts.length; other++)
			if (other != c) wrong += counts[c][other] + counts[other][c];
		return wrong;
	}

	/**
	 * @param c index of a class
	 * @return TP / (TP + FP + FN), 0 to 1 (perfect); NaN if the class occurs
	 *         neither in the truth nor in the result
	 */
	public double iou(final int c) {
		return (double) truePositives(c) / (truePositives(c) + wrong(c));
	}

	/**
	 * @param c index of a class
	 * @return 2 TP / (2 TP + FP + FN), the Dice coefficient, 0 to 1 (perfect);
	 *         NaN if the class occurs neither in the truth nor in the result
	 */
	public double f1(final int c) {
		return 2.0 * truePositives(c) / (2 * truePositives(c) + wrong(c));
	}

	/**
	 * @param c index of a class
	 * @return share of the pixels for which it is wrong whether they are of the
	 *         class, 0 (perfect) to 1; NaN if there is no pixel
	 */
	public double pixelError(final int c) {
		return (double) wrong(c) / pixels;
	}

	/**
	 * @return share of the pixels whose class is wrong, 0 (perfect) to 1; NaN if
	 *         there is no pixel
	 */
	public double pixelError() {
		long right = 0;
		for (int c = 0; c < counts.length; c++)
			right += counts[c][c];
		return (double) (pixels - right) / pixels;
	}

	/**
	 * @return index of the most frequent class of the truth, which an answer
	 *         without a look at the image would best give to all pixels; the
	 *         first of equals
	 */
	public int mostFrequent() {
		int most = 0;
		for (int c = 1; c < counts.length; c++)
			if (truePixels(c) > truePixels(most)) most = c;
		return most;
	}

	/**
	 * @param c index of a class
	 * @return {@link #pixelError()} of a result that gives all pixels this class;
	 *         NaN if there is no pixel
	 */
	public double pixelErrorOfAll(final int c) {
		return (double) (pixels - truePixels(c)) / pixels;
	}

	private long truePixels(final int c) {
		return Arrays.stream(counts[c]).sum();
	}

	/** @return all classes but the background taken for one */
	public ClassScores foreground() {
		final long[][] two = new long[2][2];
		for (int t = 0; t < counts.length; t++)
			for (int r = 0; r < counts.length; r++)
				two[Math.min(1, t)][Math.min(1, r)] += counts[t][r];
		return new ClassScores(two);
	}

	/**
	 * @return mean IoU of the classes but the background that occur in truth or
	 *         result; NaN if none does
	 */
	public double meanIoU() {
		return mean(this::iou);
	}

	/**
	 * @return mean F1 of the classes but the background that occur in truth or
	 *         result; NaN if none does
	 */
	public double meanF1() {
		return mean(this::f1);
	}

	private double mean(final IntToDoubleFunction score) {
		return IntStream.range(1, counts.length).mapToDouble(score).filter(
			v -> !Double.isNaN(v)).average().orElse(Double.NaN);
	}
}
