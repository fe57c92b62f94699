
package sc.fiji.unet.labeling;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Exact Euclidean distances from each pixel to the nearest object and to the
 * nearest other one. One pass per axis, as in the distance transforms of
 * Meijster et al. 2000 and Felzenszwalb and Huttenlocher 2012; each pixel
 * carries not one candidate but the two best of distinct objects. That is
 * enough: whatever the target, an object that is third at a source pixel is
 * third at best when seen through that pixel. The cost hardly depends on the
 * number of objects.
 */
public final class NearestObjects {

	private static final int NONE = ParabolaEnvelopes.NONE;
	/** A cache line of ints. */
	private static final int LINES_TOGETHER = 16;

	/** The best two objects of each pixel, with their squared distances. */
	private static final class Candidates {

		private final int[] object;
		private final int[] secondObject;
		private final double[] squared;
		private final double[] secondSquared;

		private Candidates(final int count) {
			object = new int[count];
			secondObject = new int[count];
			squared = new double[count];
			secondSquared = new double[count];
			Arrays.fill(object, NONE);
			Arrays.fill(secondObject, NONE);
		}

		private int count() {
			return object.length;
		}

		private void copy(final int from, final Candidates target, final int to,
			final int n)
		{
			System.arraycopy(object, from, target.object, to, n);
			System.arraycopy(secondObject, from, target.secondObject, to, n);
			System.arraycopy(squared, from, target.squared, to, n);
			System.arraycopy(secondSquared, from, target.secondSquared, to, n);
		}

		private void compete(final ParabolaEnvelopes envelopes, final int start,
			final int length, final int stride)
		{
			envelopes.clear();
			for (int i = 0, p = start; i < length; i++, p += stride) {
				if (object[p] == NONE) continue;
				envelopes.add(i, squared[p], object[p]);
				if (secondObject[p] != NONE) envelopes.add(i, secondSquared[p],
					secondObject[p]);
			}
			envelopes.first(object, squared, start, stride);
			envelopes.second(secondObject, secondSquared, start, stride);
		}
	}

	private final Candidates pixels;
	private final int[] ids;

	private NearestObjects(final LabelPixels labels, final double[] spacing) {
		pixels = new Candidates(labels.count());
		ids = number(labels.values(), pixels.object);
		final long[] size = labels.size();
		// The pass along x has most candidates and least distance in memory: last.
		int stride = pixels.count();
		for (int d = size.length - 1; d >= 0; d--) {
			stride /= size[d];
			pass((int) size[d], stride, spacing[d]);
		}
	}

	/**
	 * @param labels instance labels (x, y[, z]): positive = object, the rest
	 *          belongs to none
	 * @param spacing distance between neighbouring pixels along x, y[, z], in the
	 *          unit that the distances shall have; none given = 1
	 * @return the distances; 24 bytes a pixel
	 * @throws IllegalArgumentException if the spacing is not positive or its
	 *           length is not the number of axes, or the image is empty or has
	 *           2^31 pixels or more
	 */
	public static NearestObjects of(
		final RandomAccessibleInterval<IntType> labels, final double... spacing)
	{
		final LabelPixels pixels = LabelPixels.of(labels);
		return new NearestObjects(pixels, checked(spacing, pixels.dimensions()));
	}

	private static double[] checked(final double[] spacing,
		final int dimensions)
	{
		if (spacing.length == 0) {
			final double[] one = new double[dimensions];
			Arrays.fill(one, 1);
			return one;
		}
		boolean good = spacing.length == dimensions;
		for (final double s : spacing)
			good &= s > 0 && s < Double.POSITIVE_INFINITY;
		if (!good) throw new IllegalArgumentException("Pixel spacing " + Arrays
			.toString(spacing) + " must be " + dimensions +
			" positive numbers, one for each axis of the image.");
		return spacing;
	}

	/** Writes each pixel's object as an index into the returned ids. */
	private static int[] number(final int[] values, final int[] object) {
		final Map<Integer, Integer> known = new HashMap<>();
		int last = 0;
		int index = NONE;
		for (int p = 0; p < object.length; p++) {
			if (values[p] != last) {
				last = values[p];
				if (last > 0) known.putIfAbsent(last, known.size());
				index = known.getOrDefault(last, NONE);
			}
			object[p] = index;
		}
		final int[] ids = new int[known.size()];
		known.forEach((id, i) -> ids[i] = id);
		return ids;
	}

	/**
	 * Lets the candidates of each line along one axis compete. Lines whose pixels
	 * lie apart in memory are copied together, several at a time, since jumping
	 * through memory costs more than the work itself.
	 */
	private void pass(final int length, final int stride, final double spacing) {
		final ParabolaEnvelopes envelopes = new ParabolaEnvelopes(length, spacing,
			ids.length);
		final int together = Math.min(stride, LINES_TOGETHER);
		final Candidates lines = new Candidates(together * length);
		for (int block = 0; block < pixels.count(); block += stride * length)
			for (int begin = 0; begin < stride; begin += together) {
				final int n = Math.min(together, stride - begin);
				for (int i = 0; i < length; i++)
					pixels.copy(block + begin + i * stride, lines, i * together, n);
				for (int k = 0; k < n; k++)
					lines.compete(envelopes, k, length, together);
				for (int i = 0; i < length; i++)
					lines.copy(i * together, pixels, block + begin + i * stride, n);
			}
	}

	/**
	 * @return distance to the nearest object (0 inside it), x fastest, in the
	 *         unit of the spacing; infinite without objects; a new array
	 */
	public float[] first() {
		return roots(pixels.object, pixels.squared);
	}

	/**
	 * @return distance to the nearest object other than {@link #nearest()}, x
	 *         fastest, in the unit of the spacing; infinite with fewer than two
	 *         objects; a new array
	 */
	public float[] second() {
		return roots(pixels.secondObject, pixels.secondSquared);
	}

	/**
	 * @return label of the nearest object, x fastest; 0 without objects; one of
	 *         them where several are equally near; a new array
	 */
	public int[] nearest() {
		return labels(pixels.object);
	}

	/**
	 * @return label of the second-nearest object, x fastest; 0 with fewer than
	 *         two objects; a new array
	 */
	public int[] secondNearest() {
		return labels(pixels.secondObject);
	}

	private static float[] roots(final int[] object, final double[] squared) {
		final float[] distance = new float[object.length];
		for (int p = 0; p < distance.length; p++)
			distance[p] = object[p] == NONE ? Float.POSITIVE_INFINITY : (float) Math
				.sqrt(squared[p]);
		return distance;
	}

	private int[] labels(final int[] objects) {
		final int[] labels = new int[objects.length];
		for (int p = 0; p < labels.length; p++)
			if (objects[p] != NONE) labels[p] = ids[objects[p]];
		return labels;
	}
}
