
package sc.fiji.unet.train;

/**
 * Exponential moving average of losses with its bias corrected, so that the
 * first values are not drawn to 0 (Kingma and Ba 2015; for range tests S.
 * Gugger, fastai, 2018). Not thread-safe.
 */
final class Smoothing {

	/** Weight of a loss relative to that of the next one. */
	static final double DECAY = 0.9;
	/** Times the smallest average; as in fastai. */
	static final double FAR = 4;
	/** Losses before which no average is far above another. */
	private static final int WARM_UP = 5;

	private double sum;
	private double weights;
	private int count;
	private double best = Double.POSITIVE_INFINITY;

	/** @return mean of the losses so far, the last ones counting most */
	double add(final double loss) {
		sum = DECAY * sum + loss;
		weights = DECAY * weights + 1;
		count++;
		final double mean = sum / weights;
		best = Math.min(best, mean);
		return mean;
	}

	/** @return whether with this loss the mean is far above its smallest value */
	boolean isFarAboveBest(final double loss) {
		return add(loss) > FAR * best && count > WARM_UP;
	}
}
