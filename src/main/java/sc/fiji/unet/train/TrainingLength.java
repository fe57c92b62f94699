
package sc.fiji.unet.train;

/**
 * How long to train: a time budget, a number of epochs, or a number of updates.
 * Immutable.
 */
public final class TrainingLength {

	private final double minutes;
	private final int epochs;
	private final long updates;

	private TrainingLength(final double minutes, final int epochs,
		final long updates)
	{
		this.minutes = minutes;
		this.epochs = epochs;
		this.updates = updates;
	}

	/**
	 * @param value time budget in minutes
	 * @throws IllegalArgumentException if it is not a positive number
	 */
	public static TrainingLength minutes(final double value) {
		if (!(value > 0) || Double.isInfinite(value))
			throw new IllegalArgumentException("Training time " + value +
				" must be a positive number of minutes.");
		return new TrainingLength(value, 0, 0);
	}

	/**
	 * @param value number of epochs
	 * @throws IllegalArgumentException if it is not positive
	 */
	public static TrainingLength epochs(final int value) {
		if (value < 1) throw new IllegalArgumentException("Number of epochs " +
			value + " must be 1 or more.");
		return new TrainingLength(0, value, 0);
	}

	/**
	 * @param value number of updates of the weights
	 * @throws IllegalArgumentException if it is not positive
	 */
	public static TrainingLength updates(final long value) {
		if (value < 1) throw new IllegalArgumentException("Number of updates " +
			value + " must be 1 or more.");
		return new TrainingLength(0, 0, value);
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

	/** @return number of updates; 0 if another length is given */
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
