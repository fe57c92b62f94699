
package sc.fiji.unet.labeling;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Lets objects grow from their seeds over the pixels that are left, from the
 * highest level to the lowest, so that they meet where the level is lowest
 * between them: the watershed by flooding from markers (Meyer and Beucher
 * 1990), without lines between the objects. Of pixels of equal level those that
 * were reached first come first, so that objects meet in the middle of a
 * plateau. Pixels are neighbours by faces (4 in 2-D, 6 in 3-D).
 */
public final class SeededWatershed {

	private static final int LEVELS = 256;
	private static final int NONE = -1;
	/** Between two looks at whether to go on. */
	private static final int PIXELS_BETWEEN = 1 << 20;

	private final int[] labels;
	private final byte[] levels;
	private final int[] size;
	/** Pixels of a level wait in line; each points to the one behind it. */
	private final int[] behind;
	private final int[] first = new int[LEVELS];
	private final int[] last = new int[LEVELS];

	private SeededWatershed(final int[] labels, final byte[] levels,
		final long[] size)
	{
		this.labels = labels;
		this.levels = levels;
		this.size = Arrays.stream(size).mapToInt(Math::toIntExact).toArray();
		behind = new int[labels.length];
		Arrays.fill(first, NONE);
	}

	/**
	 * Blocks until done.
	 *
	 * @param labels labels of the seeds, positive, and 0 elsewhere, x fastest;
	 *          grown in place
	 * @param levels for each pixel, as an unsigned byte, how soon it is reached:
	 *          255 first, 1 last, 0 never
	 * @param size size x, y[, z] in pixels
	 * @param cancelled asked from time to time
	 * @return whether it came to its end; if not, objects have grown in part
	 * @throws IllegalArgumentException if the numbers of pixels differ
	 */
	public static boolean grow(final int[] labels, final byte[] levels,
		final long[] size, final BooleanSupplier cancelled)
	{
		final long pixels = Arrays.stream(size).reduce(1, Math::multiplyExact);
		if (labels.length != pixels || levels.length != pixels)
			throw new IllegalArgumentException(labels.length + " labels and " +
				levels.length + " levels do not make an image of " + Arrays.toString(
					size) + " pixels; there must be one of each a pixel.");
		return new SeededWatershed(labels, levels, size).run(cancelled);
	}

	private boolean run(final BooleanSupplier cancelled) {
		for (int p = 0; p < labels.length; p++)
			if (labels[p] > 0) append(p, LEVELS - 1);
		int reached = 0;
		// What is reached from a low level waits there: levels never rise again.
		for (int level = LEVELS - 1; level > 0; level--)
			for (int p = first[level]; p != NONE; p = behind[p]) {
				if (++reached % PIXELS_BETWEEN == 0 && cancelled.getAsBoolean())
					return false;
				spread(p, level);
			}
		return true;
	}

	private void spread(final int pixel, final int level) {
		int stride = 1;
		int rest = pixel;
		for (final int length : size) {
			final int position = rest % length;
			if (position > 0) reach(pixel - stride, labels[pixel], level);
			if (position < length - 1) reach(pixel + stride, labels[pixel], level);
			rest /= length;
			stride *= length;
		}
	}

	private void reach(final int pixel, final int label, final int level) {
		final int own = levels[pixel] & 0xff;
		if (labels[pixel] != 0 || own == 0) return;
		labels[pixel] = label;
		append(pixel, Math.min(own, level));
	}

	private void append(final int pixel, final int level) {
		behind[pixel] = NONE;
		if (first[level] == NONE) first[level] = pixel;
		else behind[last[level]] = pixel;
		last[level] = pixel;
	}
}
