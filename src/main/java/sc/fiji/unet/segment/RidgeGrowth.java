
package sc.fiji.unet.segment;

import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.unet.labeling.NearestObjects;

/**
 * Lets objects grow over the background ridge that keeps neighbours apart:
 * background pixels go to the nearer of two objects where the way from one to
 * the other through the pixel leads over no more background than the ridge is
 * wide, diagonally if need be. Background beside one object only stays.
 * <p>
 * Works in blocks with enough context, in the label image itself. A grown pixel
 * is marked by the negative number of its object until all blocks are done, so
 * that no object grows from what has grown.
 * </p>
 */
final class RidgeGrowth {

	private static final long EDGE_2D = 1024;
	private static final long EDGE_3D = 96;
	private static final double ROUNDING = 1e-3;

	private final RandomAccessibleInterval<IntType> labels;
	/** Longest way between two objects, in pixels from centre to centre. */
	private final double reach;

	/**
	 * @param labels instance labels (x, y[, z])
	 * @param width width of the ridge in pixels, positive
	 */
	RidgeGrowth(final RandomAccessibleInterval<IntType> labels, final int width) {
		this.labels = labels;
		reach = 1 + width * Math.sqrt(labels.numDimensions()) + ROUNDING;
	}

	/** @param beforeEach asked before each block; throws to stop */
	void run(final Runnable beforeEach) {
		final long edge = labels.numDimensions() > 2 ? EDGE_3D : EDGE_2D;
		final long[] blocks = labels.dimensionsAsLongArray();
		for (int d = 0; d < blocks.length; d++)
			blocks[d] = (blocks[d] + edge - 1) / edge;
		final long count = Intervals.numElements(blocks);
		for (long block = 0; block < count; block++) {
			beforeEach.run();
			mark(block(block, blocks, edge));
		}
		settle();
	}

	private Interval block(final long index, final long[] blocks,
		final long edge)
	{
		final long[] min = labels.minAsLongArray();
		final long[] max = labels.maxAsLongArray();
		long rest = index;
		for (int d = 0; d < blocks.length; d++) {
			min[d] += rest % blocks[d] * edge;
			max[d] = Math.min(max[d], min[d] + edge - 1);
			rest /= blocks[d];
		}
		return new FinalInterval(min, max);
	}

	private void mark(final Interval block) {
		final Interval context = Intervals.intersect(Intervals.expand(block,
			(long) reach), labels);
		final RandomAccessibleInterval<IntType> pixels = Views.interval(labels,
			context);
		final NearestObjects nearest = NearestObjects.of(pixels);
		final float[] first = nearest.first();
		final float[] second = nearest.second();
		final int[] object = nearest.nearest();
		final Cursor<IntType> cursor = Views.flatIterable(pixels)
			.localizingCursor();
		for (int i = 0; i < second.length; i++) {
			final IntType pixel = cursor.next();
			if (first[i] + second[i] <= reach && pixel.get() == 0 && Intervals
				.contains(block, cursor)) pixel.set(-object[i]);
		}
	}

	private void settle() {
		final LabelLines lines = new LabelLines(labels);
		final int[] line = new int[lines.width()];
		for (long l = 0; l < lines.count(); l++) {
			lines.moveTo(l);
			lines.read(line);
			for (int x = 0; x < line.length; x++)
				line[x] = Math.abs(line[x]);
			lines.write(line);
		}
	}
}
