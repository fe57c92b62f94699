
package sc.fiji.unet.segment;

import net.imglib2.Interval;

/**
 * Where the pixels of an image lie among those of the scaled one, along one
 * axis: beyond which scaled pixel, and how far on the way to the next.
 * Immutable.
 */
final class AxisPositions {

	private final long start;
	private final long[] below;
	private final float[] share;
	private final long last;

	/**
	 * @param output pixels of the image
	 * @param scaled where the scaled image lies
	 * @param axis 0 for x, 1 for y, 2 for z
	 */
	AxisPositions(final Interval output, final Interval scaled, final Scale scale,
		final int axis)
	{
		start = output.min(axis);
		last = scaled.max(axis);
		below = new long[Math.toIntExact(output.dimension(axis))];
		share = new float[below.length];
		for (int i = 0; i < below.length; i++) {
			final double position = Math.max(scaled.min(axis), Math.min(last, scale
				.toScaled(start + i, axis)));
			below[i] = (long) Math.floor(position);
			share[i] = (float) (position - below[i]);
		}
	}

	/** @return the scaled pixel that a pixel lies on or beyond */
	long below(final long pixel) {
		return below[(int) (pixel - start)];
	}

	/** @return the scaled pixel after it; the last one has none */
	long above(final long pixel) {
		return Math.min(last, below(pixel) + 1);
	}

	/** @return how far the pixel is on the way to the next one, 0 to below 1 */
	float share(final long pixel) {
		return share[(int) (pixel - start)];
	}

	/** @return first scaled pixel that is needed */
	long lowest() {
		return below[0];
	}

	/** @return the last one, and so many neighbours, as far as there are */
	long highest(final int neighbours) {
		return Math.min(last, below[below.length - 1] + neighbours);
	}

	/** @return first pixel that lies on or beyond a scaled one */
	long from(final long scaled) {
		int low = 0;
		int high = below.length;
		while (low < high) {
			final int middle = (low + high) >>> 1;
			if (below[middle] < scaled) low = middle + 1;
			else high = middle;
		}
		return start + low;
	}
}
