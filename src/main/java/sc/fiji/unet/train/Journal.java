
package sc.fiji.unet.train;

import java.io.IOException;
import java.util.function.LongSupplier;

import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.train.TrainingResult.Status;

/**
 * What a run knows of itself and leaves on the disk: state, history, time and
 * checkpoints. Not thread-safe.
 */
final class Journal {

	/** Seconds between checkpoints, unless writing one takes long. */
	private static final double CHECKPOINT_SECONDS = 30;
	/** Share of the time that may go into writing checkpoints. */
	private static final double CHECKPOINT_SHARE = 0.05;

	private final TrainableNetwork network;
	private final Checkpoints checkpoints;
	private final RunState state;
	private final History history;
	private final LongSupplier nanoTime;
	private final long start;
	private final double secondsBefore;
	private double lastSave;
	private double saveSeconds;

	/**
	 * @param nanoTime nanoseconds since any moment, as {@link System#nanoTime}
	 */
	Journal(final TrainableNetwork network, final Checkpoints checkpoints,
		final RunState state, final History history, final LongSupplier nanoTime)
	{
		this.network = network;
		this.checkpoints = checkpoints;
		this.state = state;
		this.history = history;
		this.nanoTime = nanoTime;
		start = nanoTime.getAsLong();
		secondsBefore = state.seconds;
		lastSave = secondsBefore;
	}

	RunState state() {
		return state;
	}

	History history() {
		return history;
	}

	/**
	 * @return seconds since the training began, those before a resume included
	 */
	double seconds() {
		return secondsBefore + (nanoTime.getAsLong() - start) * 1e-9;
	}

	/** @return whether so much time has passed that a checkpoint is due */
	boolean isSaveDue() {
		final double interval = Math.max(CHECKPOINT_SECONDS, saveSeconds /
			CHECKPOINT_SHARE);
		return seconds() - lastSave >= interval;
	}

	/**
	 * Writes a checkpoint.
	 *
	 * @param isBest whether it is the best from now on
	 */
	void save(final boolean isBest) throws IOException {
		final double began = seconds();
		state.seconds = began;
		checkpoints.save(network, state, history, isBest);
		lastSave = seconds();
		saveSeconds = lastSave - began;
	}

	/** @return seconds that the last checkpoint took */
	double saveSeconds() {
		return saveSeconds;
	}

	/** Takes up a row, and writes the table where the user looks for it. */
	void publish(final History.Row row) throws IOException {
		history.add(row);
		checkpoints.publish(history);
	}

	/**
	 * Goes back to the last checkpoint with which a finite loss was computed.
	 *
	 * @return its number of updates
	 */
	long keepProven() throws IOException {
		checkpoints.removeUnproven(state.updates);
		return savedUpdates();
	}

	/** @return number of updates of the last checkpoint */
	long savedUpdates() throws IOException {
		return checkpoints.readState(checkpoints.last()).updates;
	}

	TrainingResult result(final Status status, final String message)
		throws IOException
	{
		if (state.end == null) state.seconds = seconds();
		final String last = checkpoints.last();
		final String best = state.bestCheckpoint == null ? last
			: state.bestCheckpoint;
		final RunState kept = kept(status, last);
		return new TrainingResult(status, message, kept, replay(status, kept),
			status == Status.CANCELLED ? checkpoints.readHistory(last) : history,
			checkpoints.network(best), checkpoints.network(last));
	}

	/**
	 * Where a step was ended by force, the checkpoint lies before the state, and
	 * what counts is what is kept.
	 */
	private RunState kept(final Status status, final String last)
		throws IOException
	{
		return status == Status.CANCELLED ? checkpoints.readState(last) : state;
	}

	private TrainingPlan replay(final Status status, final RunState kept) {
		final boolean isStopped = status != Status.FINISHED &&
			status != Status.EARLY_STOPPED;
		final TrainingPlan plan = kept.plan();
		if (!isStopped && !plan.length().isTimed()) return plan;
		return plan.toBuilder().length(TrainingLength.replay(StepRecord.of(kept,
			plan.accumulation(), isStopped))).build();
	}
}
