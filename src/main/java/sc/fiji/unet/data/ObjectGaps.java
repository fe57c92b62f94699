
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.labeling.LabelPixels;
import sc.fiji.unet.labeling.NearestObjects;

/**
 * How far it is from each object to the nearest other one. A gap is the number
 * of pixels that lie between two objects in a straight line: 0 where they
 * touch, by sides or corners of pixels. Immutable.
 */
public final class ObjectGaps {

	/** Number of objects, those alone in their image included. */
	private final int objects;
	/** Gaps of the objects that are not alone, ascending. */
	private final double[] gaps;

	private ObjectGaps(final int objects, final double[] gaps) {
		this.objects = objects;
		this.gaps = gaps;
	}

	/**
	 * @param images instance labels (x, y[, z]): positive = object; each by
	 *          itself
	 */
	public static ObjectGaps of(
		final Collection<? extends RandomAccessibleInterval<IntType>> images)
	{
		int objects = 0;
		final List<Double> gaps = new ArrayList<>();
		for (final RandomAccessibleInterval<IntType> image : images) {
			final Map<Integer, Float> distances = distances(image);
			objects += distances.size();
			for (final float distance : distances.values())
				if (Float.isFinite(distance)) gaps.add(distance < 2 ? 0 : distance -
					1.0);
		}
		return new ObjectGaps(objects, gaps.stream().mapToDouble(
			Double::doubleValue).sorted().toArray());
	}

	/**
	 * Within an object, the second nearest object is the nearest other one.
	 *
	 * @return label to the distance of the nearest two pixels of it and of
	 *         another object; infinite where there is none
	 */
	private static Map<Integer, Float> distances(
		final RandomAccessibleInterval<IntType> image)
	{
		final int[] labels = LabelPixels.of(image).values();
		final float[] other = NearestObjects.of(image).second();
		final Map<Integer, Float> distances = new HashMap<>();
		for (int p = 0; p < labels.length; p++)
			if (labels[p] > 0) distances.merge(labels[p], other[p], Math::min);
		return distances;
	}

	/** @return number of objects */
	public int objects() {
		return objects;
	}

	/** @return share of the objects that touch another one, 0 to 1 */
	public double touching() {
		return objects == 0 ? 0 : Arrays.stream(gaps).filter(gap -> gap == 0)
			.count() / (double) objects;
	}

	/** @return smallest gap in pixels; infinite where every object is alone */
	public double smallest() {
		return gaps.length == 0 ? Double.POSITIVE_INFINITY : gaps[0];
	}

	/**
	 * @return gap in pixels of the middle one of all objects in the order of
	 *         their gaps; infinite where most are alone
	 */
	public double median() {
		final int middle = (objects - 1) / 2;
		return middle < gaps.length ? gaps[middle] : Double.POSITIVE_INFINITY;
	}
}
