
package sc.fiji.unet.segment;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;

/**
 * The tiles that cover an interval, x fastest. All have the same size, so that
 * an engine sees few shapes. They lie on the grid that starts at the image's
 * first pixel, wherever the interval starts, so that each pixel's probability
 * is the same whatever was asked for. Immutable.
 */
final class TileGrid {

	private final TileGeometry geometry;
	private final Interval output;
	private final long[] first;
	private final long[] step;
	private final long[] count;

	/**
	 * @param image where the image lies: x, y[, z]
	 * @param output what is asked for, in the same coordinates
	 * @param limit largest tile x, y[, z], multiples of the granularity
	 * @param square whether tiles must have the same size along x and y
	 */
	TileGrid(final TileGeometry geometry, final Interval image,
		final Interval output, final long[] limit, final boolean square)
	{
		this.geometry = geometry;
		this.output = output;
		final int n = limit.length;
		first = new long[n];
		step = new long[n];
		count = new long[n];
		for (int d = 0; d < n; d++) {
			final int grid = geometry.granularity(d);
			first[d] = output.min(d) - Math.floorMod(output.min(d) - image.min(d),
				grid);
			step[d] = evenly(extent(d), limit[d], d);
		}
		if (square) step[0] = step[1] = Math.max(step[0], step[1]);
		for (int d = 0; d < n; d++)
			count[d] = divideUp(extent(d), step[d]);
	}

	private long extent(final int d) {
		return output.max(d) + 1 - first[d];
	}

	/** Shares a length among as few tiles as possible, of equal size. */
	private long evenly(final long length, final long limit, final int d) {
		return geometry.roundUp(divideUp(length, divideUp(length, limit)), d);
	}

	private static long divideUp(final long a, final long b) {
		return (a + b - 1) / b;
	}

	/** @return number of tiles */
	long size() {
		long product = 1;
		for (final long c : count)
			product = Math.multiplyExact(product, c);
		return product;
	}

	/** @return size x, y[, z] of every tile; a copy */
	long[] step() {
		return step.clone();
	}

	/** @return where the tile starts: x, y[, z] */
	long[] origin(final long tile) {
		final long[] origin = first.clone();
		long rest = tile;
		for (int d = 0; d < origin.length; d++) {
			origin[d] += rest % count[d] * step[d];
			rest /= count[d];
		}
		return origin;
	}

	/** @return the part of the tile that was asked for; never empty */
	Interval interval(final long tile) {
		final long[] min = origin(tile);
		final long[] max = min.clone();
		for (int d = 0; d < max.length; d++)
			max[d] += step[d] - 1;
		return Intervals.intersect(new FinalInterval(min, max), output);
	}
}
