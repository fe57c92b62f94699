
package sc.fiji.unet.segment;

import java.util.BitSet;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;

/** Which objects touch the edge of their image in x or y. */
public final class EdgeObjects {

	/** Objects that go beyond a stack in z are whole in each of its slices. */
	private static final int PLANE = 2;

	private EdgeObjects() {}

	/**
	 * @param labels instance labels (x, y[, z]); 0 = background
	 * @return labels of the objects with a pixel in the first or last column or
	 *         row
	 */
	public static BitSet of(final RandomAccessibleInterval<IntType> labels) {
		final BitSet found = new BitSet();
		for (int d = 0; d < PLANE; d++)
			for (final long position : new long[] { labels.min(d), labels.max(d) })
				for (final IntType label : Views.flatIterable(Views.hyperSlice(labels,
					d, position)))
					found.set(label.get());
		found.clear(0);
		return found;
	}
}
