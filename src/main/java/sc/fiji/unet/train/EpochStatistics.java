
package sc.fiji.unet.train;

/**
 * Statistics of the training loss within an epoch, taken up value by value
 * (Welford 1962), so that they can be stored in the middle. Not thread-safe.
 */
final class EpochStatistics {

	private int count;
	private double mean;
	private double squares;
	private double min = Double.POSITIVE_INFINITY;
	private double max = Double.NEGATIVE_INFINITY;

	void add(final double value) {
		count++;
		final double difference = value - mean;
		mean += difference / count;
		squares += difference * (value - mean);
		min = Math.min(min, value);
		max = Math.max(max, value);
	}

	int count() {
		return count;
	}

	double mean() {
		return mean;
	}

	double min() {
		return min;
	}

	double max() {
		return max;
	}

	/** @return standard deviation of the sample; 0 for a single value */
	double standardDeviation() {
		return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
	}
}
