
package sc.fiji.unet.train;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.metrics.ForegroundRestricted;
import sc.fiji.unet.metrics.IoU;
import sc.fiji.unet.metrics.PanopticQuality;

/**
 * How good segmentations are for what the user is after, in one number, higher
 * being better. Unlike a loss it can be compared between trainings with other
 * weights. Not thread-safe.
 * <p>
 * For instances it is the panoptic quality of all objects of all images. A mask
 * says nothing of objects but that its regions are apart: there it is the mean
 * over the images of (IoU + V_rand) / 2, the one for the pixels, the other for
 * whether regions are joined or in pieces. Where most of an image is ignored,
 * as beside strokes over some cells, regions of the truth are pieces of
 * objects, and it is the IoU alone.
 * </p>
 */
public abstract class TaskQuality {

	private TaskQuality() {}

	/**
	 * @param kind MASK or INSTANCES
	 * @throws IllegalArgumentException if it is neither
	 */
	public static TaskQuality of(final LabelKind kind) {
		switch (kind) {
			case INSTANCES:
				return new OfInstances();
			case MASK:
				return new OfMasks();
			default:
				throw new IllegalArgumentException("Labels of the kind " + kind +
					" have no objects to be judged.");
		}
	}

	/**
	 * @param kind MASK or INSTANCES
	 * @return what the number is called
	 */
	public static String name(final LabelKind kind) {
		return kind == LabelKind.INSTANCES ? "PQ" : "IoU_Vrand";
	}

	/**
	 * @param kind MASK or INSTANCES
	 * @return what the number is, and its source, to be put within a sentence
	 */
	public static String inWords(final LabelKind kind) {
		return kind == LabelKind.INSTANCES
			? "panoptic quality (Kirillov et al. 2019)"
			: "mean of the intersection over union of the foreground and V_rand (Arganda-Carreras et al. 2015)";
	}

	/**
	 * @param kind MASK or INSTANCES
	 * @return the name with what it means, in a sentence
	 */
	public static String explanation(final LabelKind kind) {
		return kind == LabelKind.INSTANCES
			? "PQ: panoptic quality (Kirillov et al. 2019), the mean intersection over union of the objects that were found, times their F1. "
			: "IoU_Vrand: mean of IoU, for the pixels, and V_rand (Arganda-Carreras et al. 2015), for whether regions are joined or in pieces. ";
	}

	/**
	 * Takes an image up.
	 *
	 * @param truth labels (x, y[, z]); 0 = background, -1 = ignored
	 * @param result instance labels of the same size
	 */
	public abstract void add(RandomAccessibleInterval<IntType> truth,
		RandomAccessibleInterval<IntType> result);

	/** @return the quality of the images so far, 0 to 1; NaN without one */
	public abstract double value();

	private static final class OfInstances extends TaskQuality {

		private PanopticQuality sum = PanopticQuality.none();
		private boolean isEmpty = true;

		@Override
		public void add(final RandomAccessibleInterval<IntType> truth,
			final RandomAccessibleInterval<IntType> result)
		{
			sum = sum.plus(PanopticQuality.of(truth, result));
			isEmpty = false;
		}

		@Override
		public double value() {
			return isEmpty ? Double.NaN : sum.score();
		}
	}

	private static final class OfMasks extends TaskQuality {

		private double sum;
		private int images;

		@Override
		public void add(final RandomAccessibleInterval<IntType> truth,
			final RandomAccessibleInterval<IntType> result)
		{
			final double iou = IoU.ofMasks(truth, result);
			sum += isMostlyIgnored(truth) ? iou : (iou + vRand(truth, result)) / 2;
			images++;
		}

		/** Without foreground nothing can be joined. */
		private static double vRand(final RandomAccessibleInterval<IntType> truth,
			final RandomAccessibleInterval<IntType> result)
		{
			final double vRand = ForegroundRestricted.of(truth, result).vRand();
			return Double.isNaN(vRand) ? 1 : vRand;
		}

		private static boolean isMostlyIgnored(
			final RandomAccessibleInterval<IntType> truth)
		{
			long ignored = 0;
			for (final IntType label : Views.iterable(truth))
				if (label.get() < 0) ignored++;
			return 2 * ignored > Views.iterable(truth).size();
		}

		@Override
		public double value() {
			return sum / images;
		}
	}
}
