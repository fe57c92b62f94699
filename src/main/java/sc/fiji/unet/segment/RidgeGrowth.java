
package sc.fiji.unet.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.iterator.IntervalIterator;
import net.imglib2.iterator.LocalizingIntervalIterator;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/**
 * Lets objects grow over the background ridge that keeps neighbours apart:
 * background pixels go to the nearer of two objects where the way from one to
 * the other through the pixel leads over no more background than the ridge is
 * wide, diagonally if need be. Background beside one object only stays. Of
 * equally near objects the one in the earlier pixel of the scan gets it.
 * <p>
 * Works in blocks with enough context, in the label image itself. A grown pixel
 * is marked by the negative number of its object until all blocks are done, so
 * that no object grows from what has grown. Ridges are narrow, so that looking
 * at the neighbourhood of each pixel is faster than computing distances.
 * </p>
 */
final class RidgeGrowth {

	private static final long EDGE_2D = 1024;
	private static final long EDGE_3D = 96;
	private static final double ROUNDING = 1e-3;

	private final RandomAccessibleInterval<IntType> labels;
	/** Longest way between two objects, in pixels from centre to centre. */
	private final double reach;
	/** Distance of the farthest neighbour that matters, in pixels. */
	private final int radius;
	/** Neighbours in the order of their distance. */
	private final List<long[]> neighbours;

	/**
	 * @param labels instance labels (x, y[, z])
	 * @param width width of the ridge in pixels, positive
	 */
	RidgeGrowth(final RandomAccessibleInterval<IntType> labels, final int width) {
		this.labels = labels;
		reach = 1 + width * Math.sqrt(labels.numDimensions()) + ROUNDING;
		radius = (int) (reach - 1);
		neighbours = neighbours(labels.numDimensions());
	}

	/** The nearest object is at least 1 away, the other one reach - 1 at most. */
	private List<long[]> neighbours(final int n) {
		final long[] min = new long[n];
		final long[] max = new long[n];
		for (int d = 0; d < n; d++)
			max[d] = -(min[d] = -radius);
		final IntervalIterator it = new LocalizingIntervalIterator(min, max);
		final List<long[]> offsets = new ArrayList<>();
		while (it.hasNext()) {
			it.fwd();
			final long[] offset = it.positionAsLongArray();
			if (length(offset) > 0 && length(offset) <= reach - 1) offsets.add(
				offset);
		}
		offsets.sort(Comparator.comparingDouble(RidgeGrowth::length));
		return offsets;
	}

	private static double length(final long[] offset) {
		double squares = 0;
		for (final long o : offset)
			squares += o * o;
		return Math.sqrt(squares);
	}

	/** @param beforeEach called before each block; throws to stop */
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
		final Interval context = Intervals.expand(block, radius);
		final int[] pixels = new int[Math.toIntExact(Intervals.numElements(
			context))];
		int count = 0;
		for (final IntType pixel : Views.flatIterable(Views.interval(Views
			.extendZero(labels), context)))
			pixels[count++] = pixel.get();
		final int[] steps = steps(context);
		final double[] distances = neighbours.stream().mapToDouble(
			RidgeGrowth::length).toArray();
		final Cursor<IntType> cursor = Views.flatIterable(Views.interval(labels,
			block)).localizingCursor();
		while (cursor.hasNext()) {
			final IntType pixel = cursor.next();
			if (pixel.get() != 0) continue;
			int p = 0;
			for (int d = context.numDimensions() - 1; d >= 0; d--)
				p = (int) (p * context.dimension(d) + cursor.getLongPosition(d) -
					context.min(d));
			pixel.set(-nearer(pixels, p, steps, distances));
		}
	}

	/** @return the neighbours as distances in a flat array */
	private int[] steps(final Interval context) {
		final int[] steps = new int[neighbours.size()];
		for (int i = 0; i < steps.length; i++)
			for (int d = context.numDimensions() - 1; d >= 0; d--)
				steps[i] = (int) (steps[i] * context.dimension(d) + neighbours.get(
					i)[d]);
		return steps;
	}

	/** @return the nearer of two objects that are near enough; 0 if not */
	private int nearer(final int[] pixels, final int p, final int[] steps,
		final double[] distances)
	{
		int first = 0;
		double left = reach / 2;
		for (int i = 0; i < steps.length && distances[i] <= left; i++) {
			final int object = pixels[p + steps[i]];
			if (object <= 0 || object == first) continue;
			if (first > 0) return first;
			first = object;
			left = reach - distances[i];
		}
		return 0;
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
