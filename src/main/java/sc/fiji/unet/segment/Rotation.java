
package sc.fiji.unet.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;

/**
 * A rotation of the x-y plane about a pixel, by any angle. The turned image has
 * at the integer point q the value that the image has, linearly interpolated,
 * at R q: one grid for the whole image, so that a pixel of the turned image is
 * the same in whatever block it is computed. Immutable.
 */
final class Rotation {

	/** Corners of a rectangle. */
	private static final int CORNERS = 4;

	private final double cos;
	private final double sin;
	private final long centreX;
	private final long centreY;

	private Rotation(final double cos, final double sin, final long centreX,
		final long centreY)
	{
		this.cos = cos;
		this.sin = sin;
		this.centreX = centreX;
		this.centreY = centreY;
	}

	/**
	 * @param count number of rotations
	 * @param centre x, y[, z] of the pixel that stays
	 * @return rotations by k / count of a full turn; the first one does nothing
	 */
	static List<Rotation> evenly(final int count, final long... centre) {
		final List<Rotation> rotations = new ArrayList<>();
		for (int k = 0; k < count; k++) {
			final double angle = 2 * Math.PI * k / count;
			rotations.add(new Rotation(Math.cos(angle), Math.sin(angle), centre[0],
				centre[1]));
		}
		return rotations;
	}

	/** @return the rotation back */
	Rotation inverse() {
		return new Rotation(cos, -sin, centreX, centreY);
	}

	boolean isIdentity() {
		return sin == 0 && cos == 1;
	}

	private double x(final long x, final long y) {
		return centreX + cos * (x - centreX) - sin * (y - centreY);
	}

	private double y(final long x, final long y) {
		return centreY + sin * (x - centreX) + cos * (y - centreY);
	}

	/**
	 * @param interval x, y[, z]
	 * @return the smallest interval with all pixels that are needed to know the
	 *         values at R q for each q of the given one
	 */
	Interval sources(final Interval interval) {
		if (isIdentity()) return interval;
		final long[] min = interval.minAsLongArray();
		final long[] max = interval.maxAsLongArray();
		final double[] low = { Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY };
		final double[] high = { Double.NEGATIVE_INFINITY,
			Double.NEGATIVE_INFINITY };
		for (int corner = 0; corner < CORNERS; corner++) {
			final long qx = (corner & 1) > 0 ? interval.max(0) : interval.min(0);
			final long qy = (corner & 2) > 0 ? interval.max(1) : interval.min(1);
			final double[] p = { x(qx, qy), y(qx, qy) };
			for (int d = 0; d < 2; d++) {
				low[d] = Math.min(low[d], p[d]);
				high[d] = Math.max(high[d], p[d]);
			}
		}
		for (int d = 0; d < 2; d++) {
			min[d] = (long) Math.floor(low[d]);
			max[d] = (long) Math.floor(high[d]) + 1;
		}
		return new FinalInterval(min, max);
	}

	/**
	 * @param size size x, y[, z] of an interval
	 * @param grid the grid in pixels that a block starts on along x and y
	 * @return size of a block that holds {@link #sources} of every such interval,
	 *         but for the rounding up to the grid
	 */
	long[] blockSize(final long[] size, final long grid) {
		final long[] block = size.clone();
		if (isIdentity()) return block;
		final double width = size[0] - 1;
		final double height = size[1] - 1;
		block[0] = (long) Math.ceil(Math.abs(cos) * width + Math.abs(sin) *
			height) + 1 + grid;
		block[1] = (long) Math.ceil(Math.abs(sin) * width + Math.abs(cos) *
			height) + 1 + grid;
		return block;
	}

	/**
	 * Adds to each pixel q what the source has at R q.
	 *
	 * @param source values, order [c, x, y[, z]]
	 * @param from where they lie; has {@link #sources} of {@code to}
	 * @param perPixel number of channels or classes
	 * @param target what to add to, in the same order
	 * @param to where it lies
	 */
	void add(final float[] source, final Interval from, final int perPixel,
		final float[] target, final Interval to)
	{
		final int width = perPixel * (int) to.dimension(0);
		final int plane = perPixel * (int) (from.dimension(0) * from.dimension(1));
		final boolean deep = to.numDimensions() > 2;
		final int depth = deep ? (int) to.dimension(2) : 1;
		final int firstZ = deep ? (int) (to.min(2) - from.min(2)) : 0;
		final int height = (int) to.dimension(1);
		// The engine has nothing to do meanwhile.
		IntStream.range(0, depth * height).parallel().forEach(line -> addLine(
			source, plane * (firstZ + line / height), from, perPixel, target, line *
				width, to, to.min(1) + line % height));
	}

	private void addLine(final float[] source, final int offset,
		final Interval from, final int perPixel, final float[] target,
		final int first, final Interval to, final long y)
	{
		final int lastX = (int) from.dimension(0) - 1;
		final int lastY = (int) from.dimension(1) - 1;
		final int stride = perPixel * (lastX + 1);
		int t = first;
		for (long x = to.min(0); x <= to.max(0); x++) {
			final double sourceX = x(x, y) - from.min(0);
			final double sourceY = y(x, y) - from.min(1);
			final int left = within((int) Math.floor(sourceX), lastX);
			final int top = within((int) Math.floor(sourceY), lastY);
			final float fx = (float) (sourceX - left);
			final float fy = (float) (sourceY - top);
			int p = offset + perPixel * left + stride * top;
			// A neighbour of weight 0 may lie outside.
			final int right = left < lastX ? perPixel : 0;
			final int below = top < lastY ? stride : 0;
			for (int c = 0; c < perPixel; c++, p++, t++) {
				final float upper = source[p] + fx * (source[p + right] - source[p]);
				final float lower = source[p + below] + fx * (source[p + below +
					right] - source[p + below]);
				target[t] += upper + fy * (lower - upper);
			}
		}
	}

	/** Rounding may lead a hair's breadth out of the block. */
	private static int within(final int index, final int last) {
		return Math.max(0, Math.min(index, last));
	}
}
