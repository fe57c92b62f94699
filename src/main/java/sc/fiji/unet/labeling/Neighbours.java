
package sc.fiji.unet.labeling;

/**
 * The neighbours of the pixels of one image line (along x) after another.
 * Neighbours outside along the other axes are left out for the whole line; the
 * caller checks x alone. Not thread-safe.
 */
final class Neighbours {

	private final int[] size;
	/** Steps along x, y[, z], in scan order of the neighbour. */
	private final int[][] steps;
	private final int[] dx;
	private final int[] offset;
	private int count;

	/**
	 * @param size size x, y[, z]
	 * @param connectivity which pixels are neighbours
	 * @param earlierOnly only neighbours that precede the pixel in scan order
	 */
	Neighbours(final long[] size, final Connectivity connectivity,
		final boolean earlierOnly)
	{
		this.size = new int[size.length];
		for (int d = 0; d < size.length; d++)
			this.size[d] = (int) size[d];
		final int all = connectivity.neighbours(size.length);
		steps = steps(size.length, connectivity, earlierOnly ? all / 2 : all);
		dx = new int[steps.length];
		offset = new int[steps.length];
	}

	private static int[][] steps(final int dimensions,
		final Connectivity connectivity, final int wanted)
	{
		final int[][] steps = new int[wanted][];
		int found = 0;
		for (int code = 0; found < wanted; code++) {
			final int[] step = new int[dimensions];
			int length = 0;
			for (int d = 0, rest = code; d < dimensions; d++, rest /= 3) {
				step[d] = rest % 3 - 1;
				length += Math.abs(step[d]);
			}
			final boolean near = connectivity == Connectivity.FULL || length == 1;
			if (length > 0 && near) steps[found++] = step;
		}
		return steps;
	}

	/** @param line index of the line; its pixels start at line * size x */
	void moveTo(final int line) {
		count = 0;
		for (final int[] step : steps) {
			int rest = line;
			int stride = size[0];
			int flat = step[0];
			boolean inside = true;
			for (int d = 1; d < size.length; d++) {
				final int position = rest % size[d] + step[d];
				inside &= position >= 0 && position < size[d];
				flat += step[d] * stride;
				stride *= size[d];
				rest /= size[d];
			}
			if (!inside) continue;
			dx[count] = step[0];
			offset[count++] = flat;
		}
	}

	/** @return number of neighbours of a pixel inside this line */
	int count() {
		return count;
	}

	/**
	 * @param i 0 to {@code count() - 1}
	 * @param x position in the line
	 * @return whether the neighbour lies in the image along x too
	 */
	boolean isInside(final int i, final int x) {
		final int position = x + dx[i];
		return position >= 0 && position < size[0];
	}

	/**
	 * @param i 0 to {@code count() - 1}
	 * @return distance of the neighbour in the flat array
	 */
	int offset(final int i) {
		return offset[i];
	}
}
