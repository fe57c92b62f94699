
package sc.fiji.unet.metrics;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Objects found and how well they were outlined, in one number: the sum of the
 * IoU of all objects of the truth that match one of the result (IoU above 0.5,
 * so that matches are unique) over TP + FP / 2 + FN / 2. It is F1 at 0.5 times
 * the mean IoU of the matches (Kirillov et al. 2019, equation 1). Immutable.
 */
public final class PanopticQuality {

	private final double sumOfIoU;
	/** TP + FP / 2 + FN / 2. */
	private final double objects;

	private PanopticQuality(final double sumOfIoU, final double objects) {
		this.sumOfIoU = sumOfIoU;
		this.objects = objects;
	}

	/** @return of no image at all, to add others to */
	public static PanopticQuality none() {
		return new PanopticQuality(0, 0);
	}

	/**
	 * @param truth instance labels (x, y[, z]); 0 = background, -1 = ignored
	 * @param result instance labels of the same size; pixels ignored in the truth
	 *          count nowhere
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public static PanopticQuality of(
		final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<IntType> result)
	{
		final Overlaps overlaps = Overlaps.of(truth, result);
		final double sum = overlaps.pairs().keySet().stream().filter(
			p -> p.truth > 0 && p.result > 0).mapToDouble(overlaps::iou).filter(
				iou -> iou > Detection.IOU).sum();
		return new PanopticQuality(sum, 0.5 * (overlaps.truthObjects() + overlaps
			.resultObjects(Detection.IOU)));
	}

	/** @return the objects of this image and of another one together */
	public PanopticQuality plus(final PanopticQuality other) {
		return new PanopticQuality(sumOfIoU + other.sumOfIoU, objects +
			other.objects);
	}

	/** @return 0 to 1 (perfect); 1 if there is no object at all */
	public double score() {
		return objects == 0 ? 1 : sumOfIoU / objects;
	}
}
