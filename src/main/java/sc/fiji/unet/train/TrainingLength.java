
package sc.fiji.unet.train;

/**
 * How long to train: a time budget, a number of epochs, a number of updates, or
 * exactly as long, with the same revisions, as a training before. Immutable.
 */
public final class TrainingLength {

	private final double minutes;
	private final int epochs;
	private final long updates;
	/** Null unless a training is replayed. */
	private final StepRecord record;

	private TrainingLength(final double minutes, final int epochs,
		final long updates, final StepRecord record)
	{
		this.minutes = minutes;
		this.epochs = epochs;
		this.updates = updates;
		this.record = record;
	}

	/**
	 * @param value time budget in minutes
	 * @throws IllegalArgumentException if it is not a positive number
	 */
	public static TrainingLength minutes(final double value) {
		if (!(value > 0) || Double.isInfinite(value))
			throw new IllegalArgumentException("Training time " + value +
				" must be a positive number of minutes.");
		return new TrainingLength(value, 0, 0, null);
	}

	/**
	 * @param value number of epochs
	 * @throws IllegalArgumentException if it is not positive
	 */
	public static TrainingLength epochs(final int value) {
		if (value < 1) throw new IllegalArgumentException("Number of epochs " +
			value + " must be 1 or more.");
		return new TrainingLength(0, value, 0, null);
	}

	/**
	 * @param value number of updates of the weights
	 * @throws IllegalArgumentException if it is not positive
	 */
	public static TrainingLength updates(final long value) {
		if (value < 1) throw new IllegalArgumentException("Number of updates " +
			value + " must be 1 or more.");
		return new TrainingLength(0, 0, value, null);
	}

	/** @param value how a training went, to be followed to the batch */
	static TrainingLength replay(final StepRecord value) {
		return new TrainingLength(0, 0, value.updates(), value);
	}

	/**
	 * @return whether there is a time budget, so that the number of updates
	 *         follows from the machine
	 */
	public boolean isTimed() {
		return minutes > 0;
	}

	/** @return time budget in minutes; 0 if another length is given */
	public double minutes() {
		return minutes;
	}

	/** @return number of epochs; 0 if another length is given */
	public int epochs() {
		return epochs;
	}

	/**
	 * @return whether the steps of a training before are made again, one by one
	 */
	public boolean isReplay() {
		return record != null;
	}

	/** @return the steps to make again; null if another length is given */
	StepRecord record() {
		return record;
	}

	/**
	 * @return number of updates; 0 if minutes or epochs are given. Of a replay
	 *         that number which it makes unless patience runs out
	 */
	public long updates() {
		return updates;
	}

	/**
	 * @param updatesPerEpoch length of an epoch
	 * @return number of updates in all; 0 with a time budget
	 */
	long total(final int updatesPerEpoch) {
		return epochs > 0 ? (long) epochs * updatesPerEpoch : updates;
	}
}
