
package sc.fiji.unet.metrics;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import sc.fiji.unet.labeling.LabelPixels;

/**
 * Thins the membranes (background) between cells (foreground) to a width of one
 * pixel, without joining or splitting cells that hang together over 4
 * neighbours: "border thinning" (Arganda-Carreras et al. 2015). Layer by layer,
 * from four sides in turn, a membrane pixel becomes cell if it is simple, which
 * is where the connectivity number of Yokoi et al. 1975 is 1. The image is
 * taken as surrounded by membrane, so that gaps do not open at its border.
 * Loose ends of membranes, which separate nothing, vanish. 2-D only.
 */
public final class BorderThinning {

	/** Neighbours in a circle: x and y steps; even ones share an edge. */
	private static final int[] DX = { 1, 1, 0, -1, -1, -1, 0, 1 };
	private static final int[] DY = { 0, -1, -1, -1, 0, 1, 1, 1 };
	/** Opposite sides in turn keep what remains in the middle. */
	private static final int[] SIDES = { 2, 6, 0, 4 };

	private final int width;
	/** Whether a pixel is cell, with a frame of membrane one pixel wide. */
	private final boolean[] cell;
	private final boolean[] isFrame;
	/** Pixels to look at, and those for the next layer. */
	private int[] layer;
	private int[] next;
	private int nextCount;
	/** Pixels of the layer at one side. */
	private final int[] sideOf;
	private final boolean[] isNext;

	private BorderThinning(final int[] values, final int columns) {
		final int rows = values.length / columns;
		width = columns + 2;
		cell = new boolean[width * (rows + 2)];
		isFrame = new boolean[cell.length];
		isNext = new boolean[cell.length];
		layer = new int[values.length];
		next = new int[values.length];
		sideOf = new int[values.length];
		for (int y = -1; y <= rows; y++)
			for (int x = -1; x <= columns; x++) {
				final int p = (y + 1) * width + x + 1;
				isFrame[p] = x < 0 || y < 0 || x == columns || y == rows;
				if (isFrame[p]) continue;
				cell[p] = values[y * columns + x] > 0;
				if (!cell[p]) enqueue(p);
			}
	}

	/**
	 * @param mask mask (x, y): positive = cell, else membrane
	 * @return 1 = cell, 0 = thinned membrane, same size
	 * @throws IllegalArgumentException if there are not two axes
	 */
	public static ArrayImg<IntType, IntArray> thin(
		final RandomAccessibleInterval<IntType> mask)
	{
		final LabelPixels pixels = LabelPixels.of(mask);
		if (pixels.dimensions() != 2) throw new IllegalArgumentException(
			"Border thinning works on images with two axes, not " + pixels
				.dimensions() + "; thin each slice of a stack.");
		final int columns = (int) pixels.size()[0];
		final BorderThinning thinning = new BorderThinning(pixels.values(),
			columns);
		while (thinning.nextCount > 0)
			thinning.peel();
		return pixels.imageOf(thinning.result(pixels.count(), columns));
	}

	private void peel() {
		final int count = nextCount;
		final int[] swap = layer;
		layer = next;
		next = swap;
		nextCount = 0;
		for (int i = 0; i < count; i++)
			isNext[layer[i]] = false;
		for (final int side : SIDES)
			peel(side, count);
	}

	/**
	 * Only what lies at that side now: what comes to lie there by this very pass
	 * would fall as well, and the membrane to its other side.
	 */
	private void peel(final int side, final int count) {
		int atSide = 0;
		for (int i = 0; i < count; i++)
			if (!cell[layer[i]] && cell[layer[i] + step(side)]) sideOf[atSide++] =
				layer[i];
		for (int i = 0; i < atSide; i++) {
			final int p = sideOf[i];
			if (!isSimple(p)) continue;
			cell[p] = true;
			for (int k = 0; k < 8; k++)
				enqueue(p + step(k));
		}
	}

	private void enqueue(final int p) {
		if (cell[p] || isFrame[p] || isNext[p]) return;
		isNext[p] = true;
		next[nextCount++] = p;
	}

	/**
	 * Whether the cell pixels around p hang together, and not all the way round.
	 */
	private boolean isSimple(final int p) {
		int number = 0;
		for (int k = 0; k < 8; k += 2)
			if (cell[p + step(k)] && !(cell[p + step(k + 1)] && cell[p + step((k +
				2) % 8)])) number++;
		return number == 1;
	}

	private int step(final int k) {
		return DY[k] * width + DX[k];
	}

	private int[] result(final int count, final int columns) {
		final int[] result = new int[count];
		for (int p = 0; p < count; p++)
			if (cell[(p / columns + 1) * width + p % columns + 1]) result[p] = 1;
		return result;
	}
}
