
package sc.fiji.unet.job;

import java.util.Arrays;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.metrics.CountedRegions;
import sc.fiji.unet.metrics.Detection;
import sc.fiji.unet.metrics.IoU;
import sc.fiji.unet.metrics.ObjectErrors;
import sc.fiji.unet.metrics.PixelError;
import sc.fiji.unet.metrics.Seg;

/** Scores of the objects of an image or slice. Immutable. */
final class ObjectScores {

	/** What the objects of the truth are. */
	enum Truth {
			/** Objects, each with a value of its own. */
			OBJECTS,
			/** Regions of a mask, of which each may be several cells that touch. */
			REGIONS,
			/** One region of one value: which it is, other images tell. */
			UNKNOWN
	}

	private final String name;
	private final Truth meaning;
	private final Detection detection;
	private final Seg seg;
	private final ObjectErrors errors;
	private final double pixelError;
	private final double allBackground;
	private final double overlap;
	private final double ignored;

	private ObjectScores(final String name, final Truth meaning,
		final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result, final double iou)
	{
		this.name = name;
		this.meaning = meaning;
		detection = Detection.of(truth, result, iou);
		seg = Seg.of(truth, result);
		errors = ObjectErrors.of(truth, result, iou);
		pixelError = PixelError.ofMasks(truth, result);
		allBackground = PixelError.ofAllBackground(truth);
		overlap = IoU.ofMasks(truth, result);
		final int[] labels = truth.update(null).getCurrentStorageArray();
		ignored = Arrays.stream(labels).filter(label -> label < 0).count() /
			(double) labels.length;
	}

	/**
	 * @param truth instance labels (x, y), or the numbered regions of a mask; -1
	 *          = ignored
	 * @param result instance labels of the same size
	 * @param iou intersection over union that a match must exceed
	 */
	static ObjectScores of(final String name, final Truth meaning,
		final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result, final double iou)
	{
		return new ObjectScores(name, meaning, truth, objects(meaning, truth,
			result), iou);
	}

	/** @return the result with the objects that are compared with the truth */
	static ArrayImg<IntType, IntArray> objects(final Truth meaning,
		final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result)
	{
		return meaning == Truth.OBJECTS ? result : CountedRegions.of(truth, result);
	}

	/** @return name of the image or slice */
	String name() {
		return name;
	}

	Truth meaning() {
		return meaning;
	}

	Detection detection() {
		return detection;
	}

	Seg seg() {
		return seg;
	}

	ObjectErrors errors() {
		return errors;
	}

	/** @return share (0 to 1) of wrong pixels; NaN if all are ignored */
	double pixelError() {
		return pixelError;
	}

	/** @return pixel error of a result without any object */
	double allBackground() {
		return allBackground;
	}

	/** @return intersection over union of the foregrounds, 0 to 1 */
	double overlap() {
		return overlap;
	}

	/** @return share (0 to 1) of the pixels that is ignored */
	double ignored() {
		return ignored;
	}
}
