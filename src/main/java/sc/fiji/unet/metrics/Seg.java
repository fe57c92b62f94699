
package sc.fiji.unet.metrics;

import java.util.Map;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;

/**
 * The segmentation accuracy SEG of the Cell Tracking Challenge (Maska et al.
 * 2014, Ulman et al. 2017): each object of the truth is matched with the object
 * of the result that covers more than half of it; its score is their
 * intersection over union, 0 without a match. SEG is the mean over all objects
 * of the truth. Objects that are only in the result cost nothing here.
 * Immutable.
 */
public final class Seg {

	private final double sum;
	private final int objects;
	private final int resultObjects;

	private Seg(final double sum, final int objects, final int resultObjects) {
		this.sum = sum;
		this.objects = objects;
		this.resultObjects = resultObjects;
	}

	/**
	 * @param truth instance labels (x, y[, z]); 0 = background, -1 = ignored
	 * @param result instance labels of the same size; pixels ignored in the truth
	 *          count nowhere, so that objects at their edge count with the rest
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public static Seg of(final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<IntType> result)
	{
		final Overlaps overlaps = Overlaps.of(truth, result);
		double sum = 0;
		for (final Map.Entry<Overlaps.Pair, Long> e : overlaps.pairs().entrySet()) {
			final Overlaps.Pair pair = e.getKey();
			if (pair.truth > 0 && pair.result > 0 && 2 * e.getValue() > overlaps
				.truths().get(pair.truth)) sum += overlaps.iou(pair);
		}
		return new Seg(sum, overlaps.truthObjects(), overlaps.resultObjects(
			Detection.IOU));
	}

	/** @return the score of this image and another one together */
	public Seg plus(final Seg other) {
		return new Seg(sum + other.sum, objects + other.objects, resultObjects +
			other.resultObjects);
	}

	/** @return number of objects in the truth */
	public int objects() {
		return objects;
	}

	/**
	 * @return SEG, 0 to 1 (perfect); without objects in the truth 1 if the result
	 *         has none either, else 0
	 */
	public double score() {
		if (objects == 0) return resultObjects == 0 ? 1 : 0;
		return sum / objects;
	}
}
