
package sc.fiji.unet.labeling;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * Sets touching labels apart by a ridge of background, so that a network can
 * learn to separate them (Ronneberger et al. 2015, section 3.1: "the separation
 * border is computed using morphological operations").
 * <p>
 * With width 1 no two labels are neighbours any more under full connectivity (8
 * in 2-D, 26 in 3-D), and no ridge pixel could be given back. The larger of two
 * objects gives way. An object vanishes only where every pixel that it could
 * keep would cost another object its last one: of two touching objects of one
 * pixel each, the one with the larger label goes. A thin object may fall into
 * parts. Wider ridges grow by one pixel at a time, alternately towards higher
 * and lower coordinates, and stop growing into an object that would vanish.
 * Labels that do not touch, and ignored pixels, stay as they are.
 * </p>
 */
public final class SeparatingRidge {

	/** More pixels than an image of this class has. */
	private static final int ENDLESS = Integer.MAX_VALUE;

	private final int[] labels;
	private final long[] size;
	/** Whether the pixels are but a part of an image, with ranks for labels. */
	private final boolean isPart;
	private final Neighbours neighbours;
	/** Pixels left of each label. */
	private final Map<Integer, Integer> remaining = new HashMap<>();

	private SeparatingRidge(final LabelPixels pixels, final boolean isPart) {
		labels = pixels.values().clone();
		size = pixels.size();
		this.isPart = isPart;
		neighbours = new Neighbours(size, Connectivity.FULL, false);
	}

	/**
	 * @param labels instance labels (x, y[, z])
	 * @param width width of the ridge in pixels; 0 changes nothing
	 * @return a copy in which touching labels are set apart
	 * @throws IllegalArgumentException if the width is negative, or the image is
	 *           empty or has 2^31 pixels or more
	 */
	public static ArrayImg<IntType, IntArray> separate(
		final RandomAccessibleInterval<IntType> labels, final int width)
	{
		return separate(labels, width, false);
	}

	/**
	 * Sets the labels of a part of an image apart where {@link #separate} would
	 * do so in the whole image, which the part does not show: the size of an
	 * object is that of its label, and objects that reach the border of the part
	 * go on beyond it.
	 *
	 * @param labels part of what {@link #ranked} returned for the whole image
	 * @param width width of the ridge in pixels; 0 changes nothing
	 * @return a copy in which touching labels are set apart. Nearer to the border
	 *         of the part than a few pixels, the whole image may have the ridge
	 *         elsewhere; so may it at objects of a few pixels
	 * @throws IllegalArgumentException as {@link #separate}
	 */
	public static ArrayImg<IntType, IntArray> separatePart(
		final RandomAccessibleInterval<IntType> labels, final int width)
	{
		return separate(labels, width, true);
	}

	/**
	 * @param labels instance labels (x, y[, z])
	 * @return the same objects, numbered from 1 on by their size in pixels, then
	 *         by label; background and ignored pixels stay
	 * @throws IllegalArgumentException if the image is empty or has 2^31 pixels
	 *           or more
	 */
	public static ArrayImg<IntType, IntArray> ranked(
		final RandomAccessibleInterval<IntType> labels)
	{
		final LabelPixels pixels = LabelPixels.of(labels);
		final int[] values = pixels.values();
		final Map<Integer, Integer> ranks = ranks(sizes(values));
		final int[] ranked = new int[values.length];
		for (int p = 0; p < ranked.length; p++) {
			final boolean same = p > 0 && values[p] == values[p - 1];
			ranked[p] = same ? ranked[p - 1] : ranks.getOrDefault(values[p],
				values[p]);
		}
		return pixels.imageOf(ranked);
	}

	private static ArrayImg<IntType, IntArray> separate(
		final RandomAccessibleInterval<IntType> labels, final int width,
		final boolean isPart)
	{
		if (width < 0) throw new IllegalArgumentException("Ridge width " + width +
			" must be 0 (no ridge) or more pixels.");
		final LabelPixels pixels = LabelPixels.of(labels);
		final SeparatingRidge ridge = new SeparatingRidge(pixels, isPart);
		if (width > 0) ridge.carve(width);
		return pixels.imageOf(ridge.labels);
	}

	/**
	 * @param labels instance labels (x, y[, z])
	 * @param width width of the ridge in pixels
	 * @return the ridge that {@link #separate} cuts, to be looked at or corrected
	 *         as an image of its own: 255 = ridge, 0 = elsewhere
	 * @throws IllegalArgumentException as {@link #separate}
	 */
	public static ArrayImg<UnsignedByteType, ByteArray> ridge(
		final RandomAccessibleInterval<IntType> labels, final int width)
	{
		final LabelPixels before = LabelPixels.of(labels);
		final int[] after = LabelPixels.of(separate(labels, width)).values();
		final byte[] ridge = new byte[after.length];
		for (int p = 0; p < ridge.length; p++)
			if (after[p] != before.values()[p]) ridge[p] = (byte) 255;
		return ArrayImgs.unsignedBytes(ridge, before.size());
	}

	private void carve(final int width) {
		final int[] before = labels.clone();
		int[] touching = touchingPixels();
		if (touching.length == 0) return;
		remaining.putAll(sizes(labels));
		if (isPart) keepCutObjects();
		touching = smallestObjectFirst(touching);
		separate(touching);
		restoreVanished(touching, before);
		giveBack(touching, before);
		for (int w = 2; w <= width; w++)
			widen(before, w % 2 == 0 ? 1 : -1);
	}

	/**
	 * Counts run by run: a map entry for each pixel would take most of the time.
	 */
	private static Map<Integer, Integer> sizes(final int[] labels) {
		final Map<Integer, Integer> sizes = new HashMap<>();
		for (int p = 0, begin = 0; p < labels.length; begin = p) {
			while (p < labels.length && labels[p] == labels[begin])
				p++;
			if (labels[begin] > 0) sizes.merge(labels[begin], p - begin,
				Integer::sum);
		}
		return sizes;
	}

	/** From 1 on, by size, then by label. */
	private static Map<Integer, Integer> ranks(
		final Map<Integer, Integer> sizes)
	{
		final Map<Integer, Integer> ranks = new HashMap<>();
		sizes.entrySet().stream().sorted(Map.Entry
			.<Integer, Integer> comparingByValue().thenComparing(Map.Entry
				.comparingByKey())).forEach(e -> ranks.put(e.getKey(), ranks.size() +
					1));
		return ranks;
	}

	/** What reaches the border has pixels beyond it, so it cannot vanish. */
	private void keepCutObjects() {
		final int width = (int) size[0];
		for (int start = 0; start < labels.length; start += width) {
			final int step = isBorder(start / width) || width == 1 ? 1 : width - 1;
			for (int x = 0; x < width; x += step)
				remaining.computeIfPresent(labels[start + x], (l, n) -> ENDLESS);
		}
	}

	/** Whether a line lies at the border along another axis than x. */
	private boolean isBorder(final int line) {
		int rest = line;
		for (int d = 1; d < size.length; d++) {
			final long position = rest % size[d];
			if (position == 0 || position == size[d] - 1) return true;
			rest /= size[d];
		}
		return false;
	}

	private int[] touchingPixels() {
		final int width = (int) size[0];
		final int[] found = new int[labels.length];
		int count = 0;
		for (int start = 0; start < labels.length; start += width) {
			neighbours.moveTo(start / width);
			for (int x = 0; x < width; x++)
				if (labels[start + x] > 0 && isTouching(start + x, x, labels[start +
					x])) found[count++] = start + x;
		}
		return Arrays.copyOf(found, count);
	}

	/** Whether pixel p, had it the label, would have a neighbour of another. */
	private boolean isTouching(final int p, final int x, final int label) {
		for (int i = 0; i < neighbours.count(); i++) {
			if (!neighbours.isInside(i, x)) continue;
			final int other = labels[p + neighbours.offset(i)];
			if (other > 0 && other != label) return true;
		}
		return false;
	}

	private boolean isTouching(final int p, final int label) {
		final int width = (int) size[0];
		neighbours.moveTo(p / width);
		return isTouching(p, p % width, label);
	}

	/** Sorts by size of the object, then its label, then the scan. */
	private int[] smallestObjectFirst(final int[] pixels) {
		final Map<Integer, Integer> ranks = isPart ? new HashMap<>() : ranks(
			remaining);
		return Arrays.stream(pixels).mapToLong(p -> (long) ranks.getOrDefault(
			labels[p], labels[p]) << 32 | p).sorted().mapToInt(key -> (int) key)
			.toArray();
	}

	/**
	 * Keeps a pixel unless a neighbour of another label has been kept before:
	 * what is removed can then not be given back.
	 */
	private void separate(final int[] touching) {
		final int[] wanted = new int[touching.length];
		for (int i = 0; i < touching.length; i++) {
			wanted[i] = labels[touching[i]];
			labels[touching[i]] = 0;
		}
		for (int i = 0; i < touching.length; i++)
			if (isTouching(touching[i], wanted[i])) remaining.merge(wanted[i], -1,
				Integer::sum);
			else labels[touching[i]] = wanted[i];
	}

	/** Gives each lost object back a pixel, if no other object is lost by it. */
	private void restoreVanished(final int[] touching, final int[] before) {
		for (final int p : touching) {
			final int label = before[p];
			if (remaining.get(label) > 0) continue;
			final Map<Integer, Integer> cost = neighbouringLabels(p);
			if (cost.entrySet().stream().allMatch(e -> e.getValue() < remaining.get(e
				.getKey()))) restore(p, label);
		}
	}

	/** How many neighbours of pixel p have which label. */
	private Map<Integer, Integer> neighbouringLabels(final int p) {
		final Map<Integer, Integer> counts = new HashMap<>();
		final int width = (int) size[0];
		neighbours.moveTo(p / width);
		for (int i = 0; i < neighbours.count(); i++) {
			if (!neighbours.isInside(i, p % width)) continue;
			final int label = labels[p + neighbours.offset(i)];
			if (label > 0) counts.merge(label, 1, Integer::sum);
		}
		return counts;
	}

	/** Sets pixel p, and removes all its neighbours, which have other labels. */
	private void restore(final int p, final int label) {
		final int width = (int) size[0];
		neighbours.moveTo(p / width);
		for (int i = 0; i < neighbours.count(); i++) {
			final int q = p + neighbours.offset(i);
			if (!neighbours.isInside(i, p % width) || labels[q] <= 0) continue;
			remaining.merge(labels[q], -1, Integer::sum);
			labels[q] = 0;
		}
		labels[p] = label;
		remaining.put(label, 1);
	}

	/** After pixels were exchanged, some need not be ridge any more. */
	private void giveBack(final int[] touching, final int[] before) {
		for (final int p : touching)
			if (labels[p] == 0 && !isTouching(p, before[p])) {
				labels[p] = before[p];
				remaining.merge(before[p], 1, Integer::sum);
			}
	}

	/**
	 * Grows the ridge by one pixel along each axis.
	 *
	 * @param direction 1 = towards higher coordinates, -1 = towards lower ones
	 */
	private void widen(final int[] before, final int direction) {
		final boolean[] grown = new boolean[labels.length];
		for (int p = 0; p < grown.length; p++)
			grown[p] = labels[p] == 0 && before[p] > 0;
		int stride = 1;
		for (final long length : size) {
			shift(grown, (int) length, stride, direction);
			stride *= length;
		}
		final Map<Integer, Integer> cost = new HashMap<>();
		for (int p = 0; p < grown.length; p++)
			if (grown[p] && labels[p] > 0) cost.merge(labels[p], 1, Integer::sum);
		cost.keySet().removeIf(l -> cost.get(l).equals(remaining.get(l)));
		for (int p = 0; p < grown.length; p++)
			if (grown[p] && cost.containsKey(labels[p])) labels[p] = 0;
		cost.forEach((label, lost) -> remaining.merge(label, -lost, Integer::sum));
	}

	/** Each pixel takes over true from its neighbour on one side. */
	private static void shift(final boolean[] pixels, final int length,
		final int stride, final int direction)
	{
		for (int block = 0; block < pixels.length; block += stride * length)
			for (int k = 1; k < length; k++) {
				final int to = block + stride * (direction > 0 ? length - k : k - 1);
				final int from = to - direction * stride;
				for (int i = 0; i < stride; i++)
					pixels[to + i] |= pixels[from + i];
			}
	}
}
