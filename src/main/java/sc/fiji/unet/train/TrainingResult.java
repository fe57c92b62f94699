
package sc.fiji.unet.train;

import java.nio.file.Path;

/** How a training ended and where its weights lie. Immutable. */
public final class TrainingResult {

	/** Why it ended. */
	public enum Status {
			/** All updates were made, or the time was up. */
			FINISHED,
			/** Patience ran out. */
			EARLY_STOPPED,
			/** The user asked for it; it can be resumed. */
			CANCELLED,
			/** The loss became NaN or infinite. */
			DIVERGED
	}

	private final Status status;
	private final String message;
	private final long updates;
	private final double seconds;
	private final TrainingPlan replay;
	private final History history;
	private final int bestEpoch;
	private final Path bestNetwork;
	private final Path lastNetwork;

	TrainingResult(final Status status, final String message,
		final RunState state, final TrainingPlan replay, final History history,
		final Path bestNetwork, final Path lastNetwork)
	{
		this.status = status;
		this.message = message;
		updates = state.updates;
		seconds = state.seconds - state.secondsBefore;
		this.replay = replay;
		this.history = history;
		bestEpoch = state.bestEpoch;
		this.bestNetwork = bestNetwork;
		this.lastNetwork = lastNetwork;
	}

	public Status status() {
		return status;
	}

	/** @return how it ended, in a sentence or two for the user */
	public String message() {
		return message;
	}

	/** @return number of updates in all, those before a resume included */
	public long updates() {
		return updates;
	}

	/**
	 * @return seconds of training in all, those before a resume included, those
	 *         before it began not
	 */
	public double seconds() {
		return seconds;
	}

	/**
	 * @return the plan that does the same again, with the number of updates in
	 *         the place of the time that they took: on the same images,
	 *         processor, number of threads and settings of the engine the same
	 *         weights to the bit
	 */
	public TrainingPlan replay() {
		return replay;
	}

	/** @return what became of each epoch */
	public History history() {
		return history;
	}

	/**
	 * @return the epoch after which the best checkpoint was written; null if no
	 *         epoch was judged by validation images
	 */
	public History.Row bestEpoch() {
		return bestEpoch == 0 ? null : history.rows().get(bestEpoch - 1);
	}

	/**
	 * @return folder with the network to use, for
	 *         {@link sc.fiji.unet.network.TrainableNetwork#restore}: the best one
	 *         as the plan defines it; the last good one if no epoch was judged
	 */
	public Path bestNetwork() {
		return bestNetwork;
	}

	/** @return folder with the last good network */
	public Path lastNetwork() {
		return lastNetwork;
	}
}
