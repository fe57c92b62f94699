
package sc.fiji.unet.segment;

import java.util.Arrays;
import java.util.function.IntPredicate;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Drops objects from a label image (x, y[, z]) of any size, and numbers the
 * others 1 to n in scan order. Not thread-safe.
 */
final class ObjectFilter {

	private final LabelLines lines;
	private final int highest;

	/**
	 * @param labels instance labels, 0 = background; changed in place
	 * @param highest the highest label that there may be
	 */
	ObjectFilter(final RandomAccessibleInterval<IntType> labels,
		final int highest)
	{
		lines = new LabelLines(labels);
		this.highest = highest;
	}

	/** @return number of pixels of each label */
	long[] sizes() {
		final long[] sizes = new long[highest + 1];
		final int[] line = new int[lines.width()];
		for (long l = 0; l < lines.count(); l++) {
			lines.moveTo(l);
			lines.read(line);
			for (final int label : line)
				sizes[label]++;
		}
		return sizes;
	}

	/**
	 * @param kept whether the object of a label stays
	 * @return at the index of each new label the label that it had; 0 at 0
	 */
	int[] keep(final IntPredicate kept) {
		final int[] numbers = new int[highest + 1];
		final int[] former = new int[highest + 1];
		int objects = 0;
		final int[] line = new int[lines.width()];
		for (long l = 0; l < lines.count(); l++) {
			lines.moveTo(l);
			lines.read(line);
			for (int x = 0; x < line.length; x++) {
				final int label = line[x];
				if (label > 0 && numbers[label] == 0 && kept.test(label)) {
					numbers[label] = ++objects;
					former[objects] = label;
				}
				line[x] = numbers[label];
			}
			lines.write(line);
		}
		return Arrays.copyOf(former, objects + 1);
	}
}
