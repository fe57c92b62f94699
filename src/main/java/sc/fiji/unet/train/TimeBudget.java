
package sc.fiji.unet.train;

/**
 * Turns minutes into a number of updates as soon as the pace is known, and
 * reviews that number a few times, so that the schedule ends with the time even
 * where the machine becomes slower or faster. Not thread-safe.
 */
final class TimeBudget {

	/** Updates from which progress is computed while their number is unknown. */
	static final long GUESS = 1000;

	/** Updates to measure, unless they take up too much of the time. */
	private static final int MEASURED = 5;
	private static final double MEASURING_SHARE = 0.02;

	/**
	 * Shares of the time, or of the updates if these run ahead of it, after which
	 * the number of updates is reviewed.
	 */
	private static final double[] REVIEWS = { 0.1, 0.25, 0.6, 0.85, 0.95 };

	/** Largest share of the time that validation may take. */
	private static final double VALIDATION_SHARE = 0.1;

	/** Epochs are not made longer for a smaller difference than this. */
	private static final double TOLERANCE = 1.25;

	private final double seconds;
	private final Pace pace;
	private final int shortestEpoch;
	private int reviews;

	/**
	 * @param seconds the budget
	 * @param pace measures the training
	 * @param shortestEpoch number of updates in an epoch, unless validation would
	 *          take too much of the time
	 * @param reviews number of reviews before a resume, else 0
	 */
	TimeBudget(final double seconds, final Pace pace, final int shortestEpoch,
		final int reviews)
	{
		this.seconds = seconds;
		this.pace = pace;
		this.shortestEpoch = shortestEpoch;
		this.reviews = reviews;
	}

	/** @return number of reviews so far, those before a resume included */
	int reviews() {
		return reviews;
	}

	/**
	 * To be asked after each update.
	 *
	 * @param plan the plan so far
	 * @param updates number of updates so far, at least one
	 * @param elapsed seconds since the training began
	 * @return the plan from now on: the same object where nothing changes
	 */
	StepPlan revise(final StepPlan plan, final long updates,
		final double elapsed)
	{
		if (updates == plan.total()) return plan;
		final double closing = pace.updates() > 0 ? pace.epochEndSeconds() : 0;
		if (elapsed + closing >= seconds) return plan.revised(updates, updates, plan
			.updatesPerEpoch());
		if (plan.isProvisional()) return isMeasured(elapsed) ? withTotal(plan,
			updates, elapsed, epochLength()) : plan;
		final double share = Math.max(elapsed / seconds, (double) updates / plan
			.total());
		if (isReviewDue(share)) return reviewed(plan, updates, elapsed, share);
		return isValidationTooDear(plan) ? withTotal(plan, updates, elapsed,
			epochLength()) : plan;
	}

	/** At once, not at the next review: the first estimate may be far too low. */
	private boolean isValidationTooDear(final StepPlan plan) {
		return pace.isValidationMeasured() && pace.updates() >= MEASURED &&
			epochLength() > TOLERANCE * plan.updatesPerEpoch();
	}

	/** Number of updates that one validation may interrupt. */
	private int epochLength() {
		final double longest = VALIDATION_SHARE * pace.secondsPerUpdate();
		return (int) Math.max(shortestEpoch, Math.ceil(pace.validationSeconds() /
			longest));
	}

	private boolean isMeasured(final double elapsed) {
		return pace.updates() >= MEASURED || pace.updates() > 0 &&
			elapsed > MEASURING_SHARE * seconds;
	}

	private boolean isReviewDue(final double share) {
		return reviews < REVIEWS.length && share >= REVIEWS[reviews] && pace
			.updates() > 0;
	}

	private StepPlan reviewed(final StepPlan plan, final long updates,
		final double elapsed, final double share)
	{
		while (isReviewDue(share))
			reviews++;
		// Once resumed there may be but an estimate again, worse than the plan.
		final StepPlan revised = withTotal(plan, updates, elapsed, pace
			.isValidationMeasured() ? epochLength() : plan.updatesPerEpoch());
		pace.forgetUpdates();
		return revised.total() == plan.total() && revised.updatesPerEpoch() == plan
			.updatesPerEpoch() ? plan : revised;
	}

	private StepPlan withTotal(final StepPlan plan, final long updates,
		final double elapsed, final int updatesPerEpoch)
	{
		final double left = seconds - elapsed - pace.epochEndSeconds();
		final long more = (long) Math.max(0, left / pace.secondsPerUpdate(
			updatesPerEpoch));
		return plan.revised(updates, updates + more, updatesPerEpoch);
	}
}
