
package sc.fiji.unet.train;

/**
 * Hears how a training goes. All calls come from the thread that trains, which
 * waits for them: return soon. An exception ends the training.
 */
public interface TrainingListener {

	/** The training starts or goes on. */
	default void started(final TrainingStart start) {}

	/**
	 * A time budget has been turned into a number of updates, or into another.
	 *
	 * @param total number of updates in all
	 * @param updatesPerEpoch length of the present and all later epochs
	 */
	default void revised(final long total, final int updatesPerEpoch) {}

	/**
	 * An update was made.
	 *
	 * @param update number of updates so far
	 * @param total number of updates in all; 0 while it is unknown; a time budget
	 *          may change it
	 * @param loss mean training loss of the update's batches, dimensionless
	 * @param rate learning rate of the update
	 * @param secondsLeft expected time to the end; NaN while it is unknown
	 */
	default void step(final long update, final long total, final double loss,
		final double rate, final double secondsLeft)
	{}

	/**
	 * Some of the validation images have been looked at, at the end of an epoch.
	 *
	 * @param batch number of batches so far
	 * @param batches number of batches in all
	 */
	default void validation(final long batch, final long batches) {}

	/**
	 * Asked at the end of each epoch. Costs memory for one image, and no
	 * computation.
	 *
	 * @return whether to hear {@link #prediction}
	 */
	default boolean wantsPrediction() {
		return false;
	}

	/**
	 * All validation images have been looked at.
	 *
	 * @param prediction for the first of them
	 */
	default void prediction(final ValidationPrediction prediction) {}

	/** An epoch has ended and the validation images have been looked at. */
	default void epoch(final History.Row row) {}

	/**
	 * Before a training that begins: an update of the learning rate range test
	 * was made.
	 *
	 * @param update number of updates so far
	 * @param total number of updates of the test
	 * @param rate learning rate of the update
	 * @param loss mean training loss of the update's batches, dimensionless
	 */
	default void rateTest(final int update, final int total, final double rate,
		final double loss)
	{}

	/** The learning rate range test has ended. */
	default void rateTested(final RateRangeResult result) {}

	/**
	 * Before a training that begins: an update of a short training was made that
	 * tries a setting out.
	 *
	 * @param what is tried, for the user
	 * @param update number of updates so far
	 * @param total number of updates of the trial; 0 while it is unknown
	 * @param loss mean training loss of the update's batches, dimensionless
	 */
	default void trial(final String what, final long update, final long total,
		final double loss)
	{}

	/** @param sentence something the user should know */
	default void message(final String sentence) {}

	/** The training has ended, other than by an exception. */
	default void finished(final TrainingResult result) {}
}
