
package sc.fiji.unet.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How many updates a run makes, and how far each has come along. A time budget
 * is turned into one, and revised as the pace turns out; every revision is kept
 * with the update from which on it holds. So the progress of an update, and
 * with it the learning rate, depends on nothing but what is stored here.
 * Immutable.
 */
final class StepPlan {

	/** Revision: from an update on, the last one is another. */
	private static final class Part {

		private final long from;
		private final long total;

		/** For reading from JSON. */
		@SuppressWarnings("unused")
		private Part() {
			this(0, 0);
		}

		Part(final long from, final long total) {
			this.from = from;
			this.total = total;
		}

		/** Progress at the position (in updates), for progress at the start. */
		double progress(final double start, final double position) {
			return start + (1 - start) * (position - from) / (total - from);
		}
	}

	private final boolean provisional;
	private final int updatesPerEpoch;
	private final List<Part> parts;

	/** For reading from JSON. */
	@SuppressWarnings("unused")
	private StepPlan() {
		this(false, 0, new ArrayList<>());
	}

	private StepPlan(final boolean provisional, final int updatesPerEpoch,
		final List<Part> parts)
	{
		this.provisional = provisional;
		this.updatesPerEpoch = updatesPerEpoch;
		this.parts = Collections.unmodifiableList(parts);
	}

	/** A plan that is known from the beginning. */
	static StepPlan of(final int updatesPerEpoch, final long total) {
		return new StepPlan(false, updatesPerEpoch, Arrays.asList(new Part(0,
			total)));
	}

	/**
	 * A plan for the first updates while it is not yet known how many there will
	 * be.
	 *
	 * @param guess number of updates from which progress is computed meanwhile
	 */
	static StepPlan provisional(final int updatesPerEpoch, final long guess) {
		return new StepPlan(true, updatesPerEpoch, Arrays.asList(new Part(0,
			guess)));
	}

	/**
	 * @param from first update for which the revision holds; none before it
	 *          changes
	 * @param total number of updates in all, at least {@code from}
	 * @param newUpdatesPerEpoch length of the present and all later epochs
	 */
	StepPlan revised(final long from, final long total,
		final int newUpdatesPerEpoch)
	{
		final List<Part> revised = new ArrayList<>(parts);
		revised.add(new Part(from, total));
		return new StepPlan(false, newUpdatesPerEpoch, revised);
	}

	/** @return whether the number of updates is still unknown */
	boolean isProvisional() {
		return provisional;
	}

	/**
	 * @return number of updates in all; positive infinity's stand-in while
	 *         unknown
	 */
	long total() {
		return provisional ? Long.MAX_VALUE : parts.get(parts.size() - 1).total;
	}

	int updatesPerEpoch() {
		return updatesPerEpoch;
	}

	/**
	 * @param update index of an update, 0 to {@code total() - 1}
	 * @return share of the training that is done in the middle of the update,
	 *         above 0 and below 1; grows with the update, without jumps
	 */
	double progress(final long update) {
		double start = 0;
		for (int p = 0; p < parts.size(); p++) {
			final boolean last = p + 1 == parts.size();
			if (last || update < parts.get(p + 1).from) return parts.get(p).progress(
				start, update + 0.5);
			start = parts.get(p).progress(start, parts.get(p + 1).from);
		}
		throw new IllegalStateException("A step plan has at least one part.");
	}
}
