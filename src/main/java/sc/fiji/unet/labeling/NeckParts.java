
package sc.fiji.unet.labeling;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Parts a mask at its necks: where, on the way from one middle to another, the
 * distance to the background falls by more than a share below that in the
 * smaller middle. This is the watershed of the distance map that ImageJ offers
 * for binary images, with a tolerance in proportion to the size of the parts,
 * so that small ones are parted as large ones are. Pixels are neighbours by
 * faces (4 in 2-D, 6 in 3-D). Not thread-safe; to be used once.
 */
public final class NeckParts {

	/** Steps of a pixel in which distances are ordered. */
	private static final int STEPS = 32;
	private static final int HIGHEST = Character.MAX_VALUE;
	/** Steps from the middle of the outermost pixel to the outline. */
	private static final int TO_OUTLINE = STEPS / 2;
	private static final int NONE = -1;
	/** Between two looks at whether to go on. */
	private static final int PIXELS_BETWEEN = 1 << 20;

	private final int[] size;
	/** Distance to the background in steps, 0 in it; at most as a char holds. */
	private final char[] height;
	/** A pixel of the same part, or itself where it is the middle. */
	private final int[] parent;
	private final double kept;
	/** Neighbours of the pixel that is being reached, {@link #NONE} outside. */
	private final int[] neighbours;

	private NeckParts(final byte[] mask, final int[] size, final double neck) {
		this.size = size;
		height = heights(smoothed(DistanceToBackground.of(mask, size), size), mask);
		parent = new int[mask.length];
		Arrays.fill(parent, NONE);
		kept = 1 - neck;
		neighbours = new int[2 * size.length];
	}

	/**
	 * Blocks until done.
	 *
	 * @param mask 0 = background, x fastest
	 * @param size size x, y[, z] in pixels
	 * @param neck share (0 to below 1) by which a neck must be narrower than the
	 *          smaller part
	 * @param cancelled asked from time to time
	 * @return for each pixel of the mask a number that its part alone has, -1
	 *         elsewhere; null if cancelled
	 * @throws IllegalArgumentException if the share is out of range or the
	 *           numbers of pixels differ
	 */
	public static int[] of(final byte[] mask, final long[] size,
		final double neck, final BooleanSupplier cancelled)
	{
		if (!(neck >= 0 && neck < 1)) throw new IllegalArgumentException("Neck " +
			neck + " must be 0 to below 1.");
		final long pixels = Arrays.stream(size).reduce(1, Math::multiplyExact);
		if (mask.length != pixels) throw new IllegalArgumentException(mask.length +
			" pixels do not make an image of " + Arrays.toString(size) + ".");
		return new NeckParts(mask, Arrays.stream(size).mapToInt(Math::toIntExact)
			.toArray(), neck).run(cancelled);
	}

	/** Steps of digital outlines make maxima of their own; 1 2 1 takes them. */
	private static float[] smoothed(final float[] distances, final int[] size) {
		int stride = 1;
		for (final int length : size) {
			for (int l = 0; l < distances.length / length; l++) {
				final int start = l / stride * stride * length + l % stride;
				float before = distances[start];
				for (int i = 0; i < length; i++) {
					final int p = start + i * stride;
					final float own = distances[p];
					final float after = i + 1 < length ? distances[p + stride] : own;
					distances[p] = (before + 2 * own + after) / 4;
					before = own;
				}
			}
			stride *= length;
		}
		return distances;
	}

	private static char[] heights(final float[] distances, final byte[] mask) {
		final char[] heights = new char[mask.length];
		for (int p = 0; p < mask.length; p++)
			if (mask[p] != 0) heights[p] = (char) Math.max(1, Math.min(HIGHEST, Math
				.round(STEPS * distances[p])));
		return heights;
	}

	private int[] run(final BooleanSupplier cancelled) {
		int reached = 0;
		for (final int pixel : fromTheHighest()) {
			if (++reached % PIXELS_BETWEEN == 0 && cancelled.getAsBoolean())
				return null;
			reach(pixel);
		}
		for (int p = 0; p < parent.length; p++)
			if (parent[p] != NONE) parent[p] = middle(p);
		return parent;
	}

	/** @return pixels of the mask, sorted by counting */
	private int[] fromTheHighest() {
		final int[] next = new int[HIGHEST + 2];
		for (final char h : height)
			if (h > 0) next[HIGHEST - h + 1]++;
		for (int i = 1; i < next.length; i++)
			next[i] += next[i - 1];
		final int[] order = new int[next[next.length - 1]];
		for (int p = 0; p < height.length; p++)
			if (height[p] > 0) order[next[HIGHEST - height[p]]++] = p;
		return order;
	}

	/** Joins the part uphill; parts that meet here become one, or do not. */
	private void reach(final int pixel) {
		parent[pixel] = pixel;
		lookAround(pixel);
		int highest = pixel;
		for (final int neighbour : neighbours)
			if (neighbour != NONE && parent[neighbour] != NONE &&
				height[neighbour] >= height[highest]) highest = neighbour;
		if (highest == pixel) return;
		parent[pixel] = middle(highest);
		for (final int neighbour : neighbours)
			if (neighbour != NONE && parent[neighbour] != NONE) meet(middle(pixel),
				middle(neighbour), height[pixel]);
	}

	private void meet(final int a, final int b, final int saddle) {
		if (a == b) return;
		final int smaller = height[a] < height[b] ? a : b;
		if (saddle + TO_OUTLINE >= kept * (height[smaller] + TO_OUTLINE))
			parent[smaller] = smaller == a ? b : a;
	}

	private int middle(final int pixel) {
		int p = pixel;
		while (parent[p] != p) {
			parent[p] = parent[parent[p]];
			p = parent[p];
		}
		return p;
	}

	private void lookAround(final int pixel) {
		int stride = 1;
		int rest = pixel;
		for (int d = 0; d < size.length; d++) {
			final int position = rest % size[d];
			neighbours[2 * d] = position > 0 ? pixel - stride : NONE;
			neighbours[2 * d + 1] = position < size[d] - 1 ? pixel + stride : NONE;
			rest /= size[d];
			stride *= size[d];
		}
	}
}
