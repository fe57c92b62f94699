
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;

/**
 * How many objects some label images show, and how large they are. In a mask
 * objects are the regions that hang together. Immutable.
 */
public final class ObjectSizes {

	/** Number of objects in each image. */
	private final int[] counts;
	/** Number of pixels of each object, ascending. */
	private final int[] areas;
	/** Extent x, y[, z] in pixels of each object. */
	private final List<int[]> extents = new ArrayList<>();

	private ObjectSizes(final List<ArrayImg<IntType, IntArray>> images) {
		final List<Integer> all = new ArrayList<>();
		counts = new int[images.size()];
		for (int i = 0; i < counts.length; i++) {
			final Map<Integer, int[]> boxes = boxes(images.get(i));
			counts[i] = boxes.size();
			boxes.values().forEach(box -> {
				all.add(box[0]);
				extents.add(extent(box));
			});
		}
		areas = all.stream().mapToInt(Integer::intValue).sorted().toArray();
	}

	/**
	 * @param samples masks or instances
	 * @param kind MASK or INSTANCES
	 */
	public static ObjectSizes of(final List<Sample> samples,
		final LabelKind kind)
	{
		final List<ArrayImg<IntType, IntArray>> images = new ArrayList<>();
		for (final Sample sample : samples)
			images.add(objects(sample, kind));
		return new ObjectSizes(images);
	}

	/**
	 * @return labels of the sample with one number an object (x, y[, z]): regions
	 *         that hang together by sides of pixels for masks, as they are for
	 *         other labels
	 */
	public static ArrayImg<IntType, IntArray> objects(final Sample sample,
		final LabelKind kind)
	{
		return kind == LabelKind.MASK ? ConnectedComponents.ofMask(sample.labels(),
			Connectivity.FACES) : sample.labels();
	}

	/** @return label to {pixels, first x, last x, first y, last y, ...} */
	private static Map<Integer, int[]> boxes(
		final ArrayImg<IntType, IntArray> image)
	{
		final int[] labels = image.update(null).getCurrentStorageArray();
		final long[] size = image.dimensionsAsLongArray();
		final Map<Integer, int[]> boxes = new HashMap<>();
		for (int p = 0; p < labels.length; p++) {
			if (labels[p] <= 0) continue;
			final int[] box = boxes.computeIfAbsent(labels[p], l -> empty(
				size.length));
			box[0]++;
			int rest = p;
			for (int d = 0; d < size.length; d++) {
				final int at = rest % (int) size[d];
				box[1 + 2 * d] = Math.min(box[1 + 2 * d], at);
				box[2 + 2 * d] = Math.max(box[2 + 2 * d], at);
				rest /= size[d];
			}
		}
		return boxes;
	}

	private static int[] empty(final int dimensions) {
		final int[] box = new int[1 + 2 * dimensions];
		for (int d = 0; d < dimensions; d++)
			box[1 + 2 * d] = Integer.MAX_VALUE;
		return box;
	}

	private static int[] extent(final int[] box) {
		final int[] extent = new int[box.length / 2];
		for (int d = 0; d < extent.length; d++)
			extent[d] = box[2 + 2 * d] - box[1 + 2 * d] + 1;
		return extent;
	}

	/** @return number of objects in all images */
	public int count() {
		return areas.length;
	}

	/** @return smallest number of objects in an image */
	public int fewest() {
		return Arrays.stream(counts).min().orElse(0);
	}

	/** @return largest number of objects in an image */
	public int most() {
		return Arrays.stream(counts).max().orElse(0);
	}

	/**
	 * @param share 0: the smallest object, 0.5: the middle one in the order of
	 *          size, 1: the largest
	 * @return diameter in pixels of the circle, or ball, with as many pixels
	 */
	public double diameter(final double share) {
		final int pixels = areas[(int) Math.round(share * (areas.length - 1))];
		return extents.get(0).length == 3 ? Math.cbrt(6.0 * pixels / Math.PI) : 2 *
			Math.sqrt(pixels / Math.PI);
	}

	/**
	 * @param size x, y[, z] in pixels
	 * @return extents of the objects that reach farther along an axis
	 */
	public List<int[]> beyond(final long[] size) {
		final List<int[]> large = new ArrayList<>();
		for (final int[] extent : extents)
			for (int d = 0; d < size.length; d++)
				if (extent[d] > size[d]) {
					large.add(extent);
					break;
				}
		return large;
	}
}
