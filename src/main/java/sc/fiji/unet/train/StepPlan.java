
package sc.fiji.unet.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How many updates a run makes, how far each has come along, and how many make
 * an epoch. A time budget is turned into one, and revised as the pace turns
 * out; every revision is kept with the update from which on it holds. So the
 * progress of an update, and with it the learning rate, and the end of every
 * epoch depend on nothing but what is stored here. Immutable.
 */
final class StepPlan {

	/** Revision: what holds from an update on. */
	static final class Part {

		private final long from;
		private final long total;
		private final int updatesPerEpoch;

		/** For reading from JSON. */
		@SuppressWarnings("unused")
		private Part() {
			this(0, 0, 0);
		}

		/**
		 * @param from number of updates that have been made before
		 * @param total number of updates in all
		 * @param updatesPerEpoch length of the present and all later epochs
		 */
		Part(final long from, final long total, final int updatesPerEpoch) {
			this.from = from;
			this.total = total;
			this.updatesPerEpoch = updatesPerEpoch;
		}

		long from() {
			return from;
		}

		long total() {
			return total;
		}

		int updatesPerEpoch() {
			return updatesPerEpoch;
		}

		/** Progress at the position (in updates), for progress at the start. */
		double progress(final double start, final double position) {
			return start + (1 - start) * (position - from) / (total - from);
		}
	}

	private final boolean provisional;
	private final List<Part> parts;

	/** For reading from JSON. */
	@SuppressWarnings("unused")
	private StepPlan() {
		this(false, new ArrayList<>());
	}

	private StepPlan(final boolean provisional, final List<Part> parts) {
		this.provisional = provisional;
		this.parts = Collections.unmodifiableList(parts);
	}

	/** A plan that is known from the beginning. */
	static StepPlan of(final int updatesPerEpoch, final long total) {
		return new StepPlan(false, Arrays.asList(new Part(0, total,
			updatesPerEpoch)));
	}

	/**
	 * A plan with its revisions, as one that was followed has them.
	 *
	 * @param provisional whether there are more to come, so that the end is not
	 *          known
	 * @param parts in order, at least one
	 */
	static StepPlan of(final boolean provisional, final List<Part> parts) {
		return new StepPlan(provisional, new ArrayList<>(parts));
	}

	/**
	 * A plan for the first updates while it is not yet known how many there will
	 * be.
	 *
	 * @param guess number of updates from which progress is computed meanwhile
	 */
	static StepPlan provisional(final int updatesPerEpoch, final long guess) {
		return new StepPlan(true, Arrays.asList(new Part(0, guess,
			updatesPerEpoch)));
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
		revised.add(new Part(from, total, newUpdatesPerEpoch));
		return new StepPlan(false, revised);
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
		return provisional ? Long.MAX_VALUE : last().total;
	}

	private Part last() {
		return parts.get(parts.size() - 1);
	}

	/** @return length of the present epoch and of those to come */
	int updatesPerEpoch() {
		return last().updatesPerEpoch;
	}

	/** @return what held from which update on, in order; unmodifiable */
	List<Part> parts() {
		return parts;
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
