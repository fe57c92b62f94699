
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.segment.EdgeObjects;

/** The objects of a frame, joined through its slices. Not thread-safe. */
final class FrameObjects {

	private final List<ArrayImg<IntType, IntArray>> labels;
	private List<String> classes;

	/**
	 * @param labels (x, y) of each slice, 0 = background; changed in place
	 * @param classes of the objects, from label 1 on
	 */
	FrameObjects(final List<ArrayImg<IntType, IntArray>> labels,
		final List<String> classes)
	{
		this.labels = labels;
		this.classes = classes;
	}

	List<ArrayImg<IntType, IntArray>> labels() {
		return labels;
	}

	/** @return class of each object, from label 1 on */
	List<String> classes() {
		return classes;
	}

	/**
	 * Drops every object that touches the edge of a slice, as a whole; the others
	 * are numbered without gaps, in the same order.
	 */
	void dropAtEdge() {
		final BitSet atEdge = new BitSet();
		labels.forEach(slice -> atEdge.or(EdgeObjects.of(slice)));
		final int[] numbers = new int[classes.size() + 1];
		final List<String> kept = new ArrayList<>();
		for (int label = 1; label < numbers.length; label++)
			if (!atEdge.get(label)) {
				kept.add(classes.get(label - 1));
				numbers[label] = kept.size();
			}
		for (final ArrayImg<IntType, IntArray> slice : labels) {
			final int[] values = slice.update(null).getCurrentStorageArray();
			for (int i = 0; i < values.length; i++)
				values[i] = numbers[values[i]];
		}
		classes = kept;
	}
}
