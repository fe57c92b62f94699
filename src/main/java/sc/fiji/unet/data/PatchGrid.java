
package sc.fiji.unet.data;

/**
 * Points of a regular grid in patch coordinates, where pixel centres of the
 * network's input are the integers from 0. Immutable.
 */
final class PatchGrid {

	final double[] start;
	final double[] step;
	final int[] size;

	private PatchGrid(final int dimensions) {
		start = new double[dimensions];
		step = new double[dimensions];
		size = new int[dimensions];
	}

	/** The pixels of the input. */
	static PatchGrid ofInput(final PatchSize patch) {
		final long[] input = patch.input();
		final PatchGrid grid = new PatchGrid(input.length);
		for (int d = 0; d < input.length; d++) {
			grid.step[d] = 1;
			grid.size[d] = (int) input[d];
		}
		return grid;
	}

	/**
	 * The pixels of the output.
	 *
	 * @param context output pixels added on each side, along each axis
	 */
	static PatchGrid ofOutput(final PatchSize patch, final int[] context) {
		final long[] input = patch.input();
		final long[] region = patch.region();
		final long[] output = patch.output();
		final PatchGrid grid = new PatchGrid(input.length);
		for (int d = 0; d < input.length; d++) {
			final double step = (double) region[d] / output[d];
			// Integer, as the network's margin is equal on both sides.
			final long margin = (input[d] - region[d]) / 2;
			grid.step[d] = step;
			grid.start[d] = margin - 0.5 + step / 2 - context[d] * step;
			grid.size[d] = (int) output[d] + 2 * context[d];
		}
		return grid;
	}

	/** @return number of lines along x */
	int lines() {
		int product = 1;
		for (int d = 1; d < size.length; d++)
			product *= size[d];
		return product;
	}

	/** @return number of points */
	int points() {
		return size[0] * lines();
	}

	/** Patch coordinate of a point along an axis. */
	double coordinate(final int axis, final int index) {
		return start[axis] + step[axis] * index;
	}

	/**
	 * Grid indices of a line.
	 *
	 * @param line number of the line, y fastest
	 * @param position receives the indices from y on; entry 0 is left alone
	 */
	void position(final int line, final int[] position) {
		int rest = line;
		for (int d = 1; d < size.length; d++) {
			position[d] = rest % size[d];
			rest /= size[d];
		}
	}
}
