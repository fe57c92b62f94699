
package sc.fiji.unet.labeling;

import java.util.Arrays;

/**
 * The lowest parabola, and the lowest one of another object, at each place of a
 * line. All parabolas have the same shape; they are added from left to right.
 * Then a new one gains on every earlier one the further right one looks: if it
 * is among the best two objects at some place, it is so at every later place
 * too. Both envelopes are therefore stacks of segments whose tails are replaced
 * (Felzenszwalb and Huttenlocher 2012 have the first of them). Not thread-safe.
 */
final class ParabolaEnvelopes {

	/** No object, no parabola. */
	static final int NONE = -1;

	private final int length;
	private final double curvature;

	private final int[] position;
	private final double[] height;
	private final int[] object;
	private int parabolas;

	/** Where the parabola that is being added becomes the lowest. */
	private int from;

	private final Segments first;
	private final Segments second;
	/** What the second envelope gets behind the place where the first is cut. */
	private final Segments tail;

	/** Per segment of the first envelope: the one below it of the same object. */
	private final int[] sameObjectBelow;
	/** Per object: its uppermost segment in the first envelope. */
	private final int[] uppermost;

	/** A stack of segments, each from its start to the next one's. */
	private static final class Segments {

		private final int[] start;
		private final int[] parabola;
		private int count;

		private Segments(final int capacity) {
			start = new int[capacity];
			parabola = new int[capacity];
		}

		private void push(final int from, final int p) {
			if (count > 0 && parabola[count - 1] == p) return;
			start[count] = from;
			parabola[count++] = p;
		}

		/** Copies what others have between two places. */
		private void append(final Segments others, final int begin, final int end) {
			final int found = Arrays.binarySearch(others.start, 0, others.count,
				begin);
			for (int s = found < 0 ? -found - 2 : found; s < others.count &&
				others.start[s] < end; s++)
				push(Math.max(begin, others.start[s]), others.parabola[s]);
		}

		/** Drops all from a place on. */
		private void cut(final int from) {
			while (count > 0 && start[count - 1] >= from)
				count--;
		}
	}

	/**
	 * @param length number of places
	 * @param spacing distance between places
	 * @param objects number of objects
	 */
	ParabolaEnvelopes(final int length, final double spacing, final int objects) {
		this.length = length;
		curvature = spacing * spacing;
		position = new int[2 * length];
		height = new double[2 * length];
		object = new int[2 * length];
		first = new Segments(length + 1);
		second = new Segments(length + 1);
		tail = new Segments(length + 1);
		sameObjectBelow = new int[length + 1];
		uppermost = new int[objects];
		Arrays.fill(uppermost, NONE);
		clear();
	}

	/** Forgets all parabolas. */
	void clear() {
		popFirst(0);
		parabolas = 0;
		second.count = 0;
		second.push(0, NONE);
	}

	/**
	 * Adds the parabola apexHeight + (spacing * (q - apex))^2.
	 *
	 * @param apex place of the apex; no smaller than that of the parabola before,
	 *          and if equal, higher
	 * @param apexHeight value at the apex
	 * @param owner object that the parabola belongs to
	 */
	void add(final int apex, final double apexHeight, final int owner) {
		final int p = parabolas++;
		position[p] = apex;
		height[p] = apexHeight;
		object[p] = owner;
		if (p == 0) {
			pushFirst(0, p);
			return;
		}
		final int segments = first.count;
		final int kept = takeOver(p);
		if (from < length && cutsOwn(kept, segments, owner)) {
			popFirst(kept);
			pushFirst(from, p);
			return;
		}
		collectTail(kept, segments, owner);
		popFirst(kept);
		enterSecond(p);
		if (tail.count > 0) second.append(tail, from, length);
		if (from < length) pushFirst(from, p);
	}

	/**
	 * Sets {@link #from} to the first place at which parabola p is lower than the
	 * first envelope.
	 *
	 * @return number of segments that begin before
	 */
	private int takeOver(final int p) {
		int kept = first.count;
		from = length;
		for (; kept > 0; kept--) {
			final int begin = first.start[kept - 1];
			final int lower = lowerFrom(p, first.parabola[kept - 1]);
			if (lower > begin) {
				from = Math.min(from, lower);
				break;
			}
			from = begin;
		}
		return kept;
	}

	/** The first place at which parabola p is lower than an earlier one. */
	private int lowerFrom(final int p, final int earlier) {
		if (earlier == NONE) return 0;
		final int apart = position[p] - position[earlier];
		final double higher = height[p] - height[earlier];
		if (apart == 0) return higher < 0 ? 0 : length;
		final double crossing = 0.5 * (higher / (curvature * apart) + position[p] +
			position[earlier]);
		return crossing < 0 ? 0 : crossing >= length ? length : (int) crossing + 1;
	}

	/**
	 * The usual case: the new parabola replaces only its own object's segment.
	 */
	private boolean cutsOwn(final int kept, final int segments, final int owner) {
		return kept == segments && object[first.parabola[kept - 1]] == owner;
	}

	/**
	 * Behind {@code from} the old first becomes second, unless it is of the same
	 * object as the new first; then the second stays.
	 */
	private void collectTail(final int kept, final int segments,
		final int owner)
	{
		tail.count = 0;
		for (int k = Math.max(0, kept - 1); k < segments; k++) {
			final int begin = Math.max(from, first.start[k]);
			final int end = k + 1 < segments ? first.start[k + 1] : length;
			if (begin >= end) continue;
			if (object[first.parabola[k]] == owner) tail.append(second, begin, end);
			else tail.push(begin, first.parabola[k]);
		}
		second.cut(from);
	}

	/**
	 * Replaces the end of the second envelope, which now ends at {@code from}.
	 */
	private void enterSecond(final int p) {
		final int own = uppermost[object[p]];
		final int limit = own == NONE ? 0 : own + 1 < first.count
			? first.start[own + 1] : from;
		int enter = from;
		while (second.count > 0 && enter > limit) {
			final int begin = second.start[second.count - 1];
			final int lower = Math.max(limit, lowerFrom(p,
				second.parabola[second.count - 1]));
			enter = Math.min(enter, Math.max(lower, begin));
			if (lower > begin) break;
			second.count--;
		}
		if (enter < from) second.push(enter, p);
	}

	private void pushFirst(final int from, final int p) {
		sameObjectBelow[first.count] = uppermost[object[p]];
		uppermost[object[p]] = first.count;
		first.push(from, p);
	}

	private void popFirst(final int kept) {
		while (first.count > kept) {
			first.count--;
			uppermost[object[first.parabola[first.count]]] =
				sameObjectBelow[first.count];
		}
	}

	/** Writes object and value of the lowest parabola at each place. */
	void first(final int[] objects, final double[] values, final int start,
		final int stride)
	{
		write(first, objects, values, start, stride);
	}

	/** As {@link #first}, of the lowest parabola of any other object. */
	void second(final int[] objects, final double[] values, final int start,
		final int stride)
	{
		write(second, objects, values, start, stride);
	}

	private void write(final Segments segments, final int[] objects,
		final double[] values, final int start, final int stride)
	{
		for (int s = 0; s < segments.count; s++) {
			final int p = segments.parabola[s];
			if (p == NONE) continue;
			final int end = s + 1 < segments.count ? segments.start[s + 1] : length;
			for (int q = segments.start[s]; q < end; q++) {
				final double apart = q - position[p];
				objects[start + q * stride] = object[p];
				values[start + q * stride] = height[p] + curvature * apart * apart;
			}
		}
	}
}
