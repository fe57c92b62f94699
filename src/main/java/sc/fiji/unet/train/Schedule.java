
package sc.fiji.unet.train;

import java.util.Locale;

/** How the learning rate runs from the first update to the last. */
public enum Schedule {

		/** The peak rate throughout. */
		CONSTANT {

			@Override
			double factor(final double progress) {
				return 1;
			}
		},
		/**
		 * Linearly from 0 to the peak rate over the first {@link #WARM_UP} of the
		 * updates, then down to 0 along half a cosine (Loshchilov and Hutter 2017,
		 * without restarts).
		 */
		COSINE {

			@Override
			double factor(final double progress) {
				if (progress < WARM_UP) return progress / WARM_UP;
				final double angle = Math.PI * (progress - WARM_UP) / (1 - WARM_UP);
				return 0.5 * (1 + StrictMath.cos(angle));
			}
		};

	/** Share of the updates in which the learning rate rises. */
	public static final double WARM_UP = 0.05;

	/**
	 * @param progress share of the training that is done, 0 to 1
	 * @return share of the peak rate, 0 to 1
	 */
	abstract double factor(double progress);

	/**
	 * @param peak highest learning rate
	 * @param update index of the update, 0 to {@code total - 1}; counts with its
	 *          middle, so that the rate is never 0
	 * @param total number of updates
	 * @return learning rate of the update, above 0
	 * @throws IllegalArgumentException if there is no such update
	 */
	public double rate(final double peak, final long update, final long total) {
		if (update < 0 || update >= total) throw new IllegalArgumentException(
			"Update " + update + " is none of the " + total +
				" of the training, which are counted from 0.");
		return peak * factor((update + 0.5) / total);
	}

	/** @return the name as users write it: "constant" or "cosine" */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
