
package sc.fiji.unet.segment;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;

/**
 * A label image of any size, read and written line by line along x. Positions
 * of lines have 64 bits. Not thread-safe.
 */
final class LabelLines {

	private final RandomAccessibleInterval<IntType> labels;
	private final RandomAccess<IntType> access;
	private final int width;
	private final long[] position;

	/** @throws IllegalArgumentException if a line has 2^31 pixels or more */
	LabelLines(final RandomAccessibleInterval<IntType> labels) {
		if (labels.dimension(0) > Integer.MAX_VALUE - 8)
			throw new IllegalArgumentException("A label image of width " + labels
				.dimension(0) + " has too long lines; transpose it or split it.");
		this.labels = labels;
		access = labels.randomAccess();
		width = (int) labels.dimension(0);
		position = labels.minAsLongArray();
	}

	/** @return number of pixels of a line */
	int width() {
		return width;
	}

	/** @return number of lines */
	long count() {
		long count = 1;
		for (int d = 1; d < position.length; d++)
			count *= labels.dimension(d);
		return count;
	}

	/**
	 * Goes to a line.
	 *
	 * @param line index of the line, in scan order
	 */
	void moveTo(final long line) {
		long rest = line;
		for (int d = 1; d < position.length; d++) {
			position[d] = labels.min(d) + rest % labels.dimension(d);
			rest /= labels.dimension(d);
		}
	}

	/** @return whether the current line is the first or last along an axis */
	boolean isAtEdge() {
		for (int d = 1; d < position.length; d++)
			if (position[d] == labels.min(d) || position[d] == labels.max(d))
				return true;
		return false;
	}

	/** Reads the current line. */
	void read(final int[] line) {
		access.setPosition(position);
		for (int x = 0; x < width; x++) {
			if (x > 0) access.fwd(0);
			line[x] = access.get().get();
		}
	}

	/**
	 * Reads the line before the current one along an axis.
	 *
	 * @return false if there is none
	 */
	boolean readBefore(final int axis, final int[] line) {
		if (position[axis] == labels.min(axis)) return false;
		position[axis]--;
		read(line);
		position[axis]++;
		return true;
	}

	/** Overwrites the current line. */
	void write(final int[] line) {
		access.setPosition(position);
		for (int x = 0; x < width; x++) {
			if (x > 0) access.fwd(0);
			access.get().set(line[x]);
		}
	}
}
