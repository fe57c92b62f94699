
package sc.fiji.unet.labeling;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Gives each connected component a number of its own, in two passes with a
 * union-find forest (Rosenfeld and Pfaltz 1966; Tarjan 1975). Any number of
 * axes.
 */
public final class ConnectedComponents {

	private ConnectedComponents() {}

	/**
	 * As {@link #ofMask(RandomAccessibleInterval, Connectivity)} with
	 * {@link Connectivity#FULL}: 8 neighbours in 2-D, 26 in 3-D.
	 *
	 * @param mask mask (x, y[, z]): positive or true = foreground, negative =
	 *          ignored
	 */
	public static ArrayImg<IntType, IntArray> ofMask(
		final RandomAccessibleInterval<? extends IntegerType<?>> mask)
	{
		return ofMask(mask, Connectivity.FULL);
	}

	/**
	 * @param mask mask (x, y[, z]) of an integer, bit or boolean type: positive
	 *          or true = foreground, negative = ignored
	 * @param connectivity which pixels hang together
	 * @return instance labels, same size: components 1 to n in scan order of
	 *         their first pixels, background 0, ignored pixels as they were
	 * @throws IllegalArgumentException if the image is empty or has 2^31 pixels
	 *           or more
	 */
	public static ArrayImg<IntType, IntArray> ofMask(
		final RandomAccessibleInterval<? extends IntegerType<?>> mask,
		final Connectivity connectivity)
	{
		return label(LabelPixels.of(mask), connectivity, false);
	}

	/**
	 * Sets apart the parts of labels that do not hang together, and different
	 * labels that touch.
	 *
	 * @param labels labels (x, y[, z])
	 * @param connectivity which pixels hang together
	 * @return components of equal positive value, numbered as by
	 *         {@link #ofMask(RandomAccessibleInterval, Connectivity)}
	 * @throws IllegalArgumentException if the image is empty or has 2^31 pixels
	 *           or more
	 */
	public static ArrayImg<IntType, IntArray> ofEqualValues(
		final RandomAccessibleInterval<IntType> labels,
		final Connectivity connectivity)
	{
		return label(LabelPixels.of(labels), connectivity, true);
	}

	private static ArrayImg<IntType, IntArray> label(final LabelPixels pixels,
		final Connectivity connectivity, final boolean equalOnly)
	{
		final int[] parent = forest(pixels, connectivity, equalOnly);
		number(parent, pixels.values());
		return pixels.imageOf(parent);
	}

	/**
	 * Each foreground pixel points to an earlier pixel of its component, or to
	 * itself.
	 */
	private static int[] forest(final LabelPixels pixels,
		final Connectivity connectivity, final boolean equalOnly)
	{
		final int[] values = pixels.values();
		final int[] parent = new int[pixels.count()];
		final Neighbours neighbours = new Neighbours(pixels.size(), connectivity,
			true);
		final int width = (int) pixels.size()[0];
		for (int start = 0; start < parent.length; start += width) {
			neighbours.moveTo(start / width);
			for (int x = 0; x < width; x++) {
				final int p = start + x;
				if (values[p] <= 0) continue;
				parent[p] = p;
				for (int i = 0; i < neighbours.count(); i++) {
					if (!neighbours.isInside(i, x)) continue;
					final int q = p + neighbours.offset(i);
					if (equalOnly ? values[q] == values[p] : values[q] > 0) join(parent,
						p, q);
				}
			}
		}
		return parent;
	}

	/** The root of a component is its first pixel in scan order. */
	private static void join(final int[] parent, final int p, final int q) {
		final int a = root(parent, p);
		final int b = root(parent, q);
		if (a < b) parent[b] = a;
		else parent[a] = b;
	}

	private static int root(final int[] parent, final int pixel) {
		int p = pixel;
		while (parent[p] != p) {
			parent[p] = parent[parent[p]];
			p = parent[p];
		}
		return p;
	}

	/**
	 * Replaces pointers by numbers. A parent precedes its children, so that it
	 * holds its number already when they ask for it.
	 */
	private static void number(final int[] parent, final int[] values) {
		int components = 0;
		for (int p = 0; p < parent.length; p++) {
			if (values[p] < 0) parent[p] = values[p];
			else if (values[p] > 0) parent[p] = parent[p] == p ? ++components
				: parent[parent[p]];
		}
	}
}
