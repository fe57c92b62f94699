
package sc.fiji.unet.metrics;

/**
 * How far probabilities can be taken at their word: of what was given a
 * probability near 0, 0.1, ..., 1, how much is true? Immutable; made by
 * {@link Tally}.
 */
public final class Reliability {

	/** Number of bins, each around a tenth; the first and last are half. */
	public static final int BINS = 11;

	private final long[] counts;
	private final long[] trues;
	private final double[] sums;

	private Reliability(final Tally tally) {
		counts = tally.counts.clone();
		trues = tally.trues.clone();
		sums = tally.sums.clone();
	}

	/** Counts predictions. Not thread-safe. */
	public static final class Tally {

		private final long[] counts = new long[BINS];
		private final long[] trues = new long[BINS];
		private final double[] sums = new double[BINS];

		/**
		 * @param probability that was predicted, 0 to 1
		 * @param isTrue what turned out
		 */
		public void add(final double probability, final boolean isTrue) {
			final int bin = (int) Math.round((BINS - 1) * probability);
			counts[bin]++;
			sums[bin] += probability;
			if (isTrue) trues[bin]++;
		}

		/** @return what has been counted so far */
		public Reliability toReliability() {
			return new Reliability(this);
		}
	}

	/** @return number of predictions in a bin, 0 to {@link #BINS} - 1 */
	public long count(final int bin) {
		return counts[bin];
	}

	/** @return number of predictions in all */
	public long count() {
		long count = 0;
		for (final long c : counts)
			count += c;
		return count;
	}

	/** @return probability in the middle of a bin: 0, 0.1, ..., 1 */
	public static double middle(final int bin) {
		return bin / (BINS - 1.0);
	}

	/** @return mean probability of a bin; NaN if it is empty */
	public double predicted(final int bin) {
		return sums[bin] / counts[bin];
	}

	/** @return share of a bin that is true, 0 to 1; NaN if it is empty */
	public double observed(final int bin) {
		return (double) trues[bin] / counts[bin];
	}

	/**
	 * @return expected calibration error (Naeini et al. 2015; Guo et al. 2017):
	 *         mean over all predictions of the distance between what their bin
	 *         predicts and what is true, 0 (perfect) to 1; NaN without any
	 */
	public double error() {
		double sum = 0;
		for (int bin = 0; bin < BINS; bin++)
			sum += Math.abs(sums[bin] - trues[bin]);
		return sum / count();
	}
}
