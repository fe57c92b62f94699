
package sc.fiji.unet.train;

import java.util.List;

/**
 * What a training has done, batch by batch, as far as it does not follow from
 * the other settings: how long, in which epochs, and with how much progress. A
 * replay follows it instead of a clock. Immutable.
 */
final class StepRecord {

	/** Where somebody stopped a training before its end. Immutable. */
	static final class Stop {

		private final long batches;
		private final int epochs;

		/**
		 * @param batches number of batches that have been learnt from
		 * @param epochs number of epochs that have ended, with their look at the
		 *          validation images
		 */
		Stop(final long batches, final int epochs) {
			this.batches = batches;
			this.epochs = epochs;
		}

		long batches() {
			return batches;
		}

		int epochs() {
			return epochs;
		}

		/** @return whether a training that stands there has come to the stop */
		boolean isReached(final RunState state) {
			return state.batches >= batches && state.epochs >= epochs;
		}
	}

	private final List<StepPlan.Part> parts;
	private final int accumulation;
	private final Stop stop;

	/**
	 * @param parts revisions of the plan, in order
	 * @param accumulation batches in an update
	 * @param stop null if the training came to its end by itself
	 */
	private StepRecord(final List<StepPlan.Part> parts, final int accumulation,
		final Stop stop)
	{
		this.parts = parts;
		this.accumulation = accumulation;
		this.stop = stop;
	}

	/**
	 * @param state of a training that has ended
	 * @param isStopped whether somebody has stopped it there
	 */
	static StepRecord of(final RunState state, final int accumulation,
		final boolean isStopped)
	{
		return new StepRecord(state.steps.parts(), accumulation, isStopped
			? new Stop(state.batches, state.epochs) : null);
	}

	/**
	 * As {@link #of(RunState, int, boolean)}, from a file that anybody may have
	 * written.
	 *
	 * @throws IllegalArgumentException if the revisions contradict each other or
	 *           the stop
	 */
	static StepRecord checked(final List<StepPlan.Part> parts,
		final int accumulation, final Stop stop)
	{
		if (parts.isEmpty()) throw new IllegalArgumentException(
			"The list 'steps' is empty; give it at least { \"from\": 0, \"total\": ..., \"updatesPerEpoch\": ... }.");
		for (int i = 0; i < parts.size(); i++)
			check(i, parts.get(i), i == 0 ? null : parts.get(i - 1));
		final StepPlan.Part last = parts.get(parts.size() - 1);
		if (stop != null) check(stop, accumulation * last.total());
		else if (last.total() < 1) throw new IllegalArgumentException(
			"The steps make no update; the last 'total' must be 1 or more.");
		return new StepRecord(parts, accumulation, stop);
	}

	private static void check(final int index, final StepPlan.Part part,
		final StepPlan.Part before)
	{
		final String name = "steps[" + index + "]";
		if (before == null && part.from() != 0) throw new IllegalArgumentException(
			"The value " + part.from() + " of '" + name +
				".from' must be 0: the first entry holds from the beginning.");
		if (before != null && (part.from() <= before.from() || part.from() >= before
			.total())) throw new IllegalArgumentException("The value " + part.from() +
				" of '" + name + ".from' must lie above " + before.from() +
				" and below " + before.total() +
				": entries stand in order, each within the updates of the one before.");
		if (part.total() < part.from()) throw new IllegalArgumentException(
			"The value " + part.total() + " of '" + name +
				".total' must be at least the " + part.from() +
				" updates that have been made by then.");
		if (part.updatesPerEpoch() < 1) throw new IllegalArgumentException(
			"The value " + part.updatesPerEpoch() + " of '" + name +
				".updatesPerEpoch' must be 1 or more.");
	}

	private static void check(final Stop stop, final long batches) {
		if (stop.batches() < 1 || stop.batches() > batches)
			throw new IllegalArgumentException("The value " + stop.batches() +
				" of 'stop.batches' must be 1 to " + batches +
				", the batches of all the steps.");
		if (stop.epochs() < 0) throw new IllegalArgumentException("The value " +
			stop.epochs() + " of 'stop.epochs' must be 0 or more.");
	}

	List<StepPlan.Part> parts() {
		return parts;
	}

	/** @return where it was stopped; null if it was not */
	Stop stop() {
		return stop;
	}

	/** @return number of updates in all, unless patience runs out */
	long updates() {
		return stop == null ? parts.get(parts.size() - 1).total() : stop.batches() /
			accumulation;
	}

	/** @return what was known before the first update */
	StepPlan first() {
		return upTo(1);
	}

	/**
	 * To be asked after each update.
	 *
	 * @param plan the plan so far
	 * @param updates number of updates so far
	 * @return the plan from now on: the same object where nothing changes
	 */
	StepPlan revise(final StepPlan plan, final long updates) {
		final int known = plan.parts().size();
		return known < parts.size() && parts.get(known).from() == updates ? upTo(
			known + 1) : plan;
	}

	/** Before the last revision there is no end, as it was not reached. */
	private StepPlan upTo(final int known) {
		return StepPlan.of(known < parts.size(), parts.subList(0, known));
	}
}
