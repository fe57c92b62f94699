
package sc.fiji.unet.data;

import java.util.function.IntPredicate;

/**
 * Draws pixels of a label image that meet a condition, all with equal chance.
 * Needs one number a line of memory. Immutable.
 */
final class PixelChoice {

	private final int[] labels;
	private final int width;
	private final IntPredicate condition;
	/** Number of matching pixels up to the end of each line. */
	private final long[] upTo;

	PixelChoice(final Sample sample, final IntPredicate condition) {
		labels = sample.labelArray();
		width = (int) sample.size()[0];
		this.condition = condition;
		upTo = new long[labels.length / width];
		long count = 0;
		for (int line = 0; line < upTo.length; line++) {
			for (int p = line * width; p < (line + 1) * width; p++)
				if (condition.test(labels[p])) count++;
			upTo[line] = count;
		}
	}

	/** @return number of pixels that meet the condition */
	long count() {
		return upTo[upTo.length - 1];
	}

	/** @return flat index of a pixel; there must be one */
	int draw(final SeededRandom random) {
		final long n = random.below(count());
		int low = 0;
		int high = upTo.length - 1;
		while (low < high) {
			final int middle = (low + high) >>> 1;
			if (upTo[middle] > n) high = middle;
			else low = middle + 1;
		}
		long before = low == 0 ? 0 : upTo[low - 1];
		int pixel = low * width - 1;
		while (before <= n)
			if (condition.test(labels[++pixel])) before++;
		return pixel;
	}
}
