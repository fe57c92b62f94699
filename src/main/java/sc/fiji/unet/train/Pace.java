
package sc.fiji.unet.train;

/**
 * How long the parts of a training take, as measured of late. Not thread-safe.
 */
final class Pace {

	/** Updates after a start that do not count: they are slower than the rest. */
	private static final int WARM_UP = 3;

	/** Validation computes no gradient, which is two thirds of the work. */
	private static final double VALIDATION_COST = 1.0 / 3;

	/** Clocks may be too coarse to see an update at all. */
	private static final double SHORTEST = 1e-6;

	private final double batchesPerUpdate;
	private final double validationBatches;
	private int toSkip = WARM_UP;
	private int updates;
	private double updateSeconds;
	private double validationSeconds = Double.NaN;
	private double checkpointSeconds;

	/**
	 * @param batchesPerUpdate number of batches in an update
	 * @param validationBatches number of batches in a validation
	 */
	Pace(final int batchesPerUpdate, final long validationBatches) {
		this.batchesPerUpdate = batchesPerUpdate;
		this.validationBatches = validationBatches;
	}

	/** Takes up the time that an update has taken, all of its batches. */
	void update(final double seconds) {
		if (toSkip > 0) {
			toSkip--;
			return;
		}
		updates++;
		updateSeconds += Math.max(SHORTEST, seconds);
	}

	void validation(final double seconds) {
		validationSeconds = seconds;
	}

	void checkpoint(final double seconds) {
		checkpointSeconds = seconds;
	}

	/** Forgets the updates so far, so that the pace is that of the next ones. */
	void forgetUpdates() {
		updates = 0;
		updateSeconds = 0;
	}

	/** @return number of updates that the pace was measured on */
	int updates() {
		return updates;
	}

	/** @return seconds an update takes; NaN while not one was measured */
	double secondsPerUpdate() {
		return updateSeconds / updates;
	}

	/** @return whether a validation has been seen */
	boolean isValidationMeasured() {
		return !Double.isNaN(validationSeconds);
	}

	/** @return seconds a validation takes: the last one, or an estimate */
	double validationSeconds() {
		if (isValidationMeasured()) return validationSeconds;
		return validationBatches == 0 ? 0 : validationBatches * VALIDATION_COST *
			secondsPerUpdate() / batchesPerUpdate;
	}

	/** @return seconds that the end of an epoch takes */
	double epochEndSeconds() {
		return validationSeconds() + checkpointSeconds;
	}

	/** @return seconds an update takes with its share of the end of the epoch */
	double secondsPerUpdate(final int updatesPerEpoch) {
		return secondsPerUpdate() + epochEndSeconds() / updatesPerEpoch;
	}
}
