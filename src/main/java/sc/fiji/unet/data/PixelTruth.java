
package sc.fiji.unet.data;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.labeling.ObjectBorder;
import sc.fiji.unet.labeling.SeparatingRidge;

/**
 * What each pixel of an image is, for those who judge probabilities: all pixels
 * count alike.
 * <p>
 * Where labels are instances, the line that training cuts between touching
 * objects counts nowhere: the labels call it object, and the network was taught
 * to call it background, so that neither answer is right or wrong.
 * </p>
 */
public final class PixelTruth {

	private PixelTruth() {}

	/**
	 * @param sample image with labels
	 * @param config how labels become targets in the training
	 * @return class of each pixel, x fastest: 0 = background, 1 = inside any
	 *         object, or the index of the class; with a border class 1 = inside
	 *         and 2 = border; {@link Sample#IGNORE} = does not count
	 */
	public static int[] of(final Sample sample, final TargetConfig config) {
		final int[] truth = sample.labelArray().clone();
		if (config.kind() == LabelKind.CLASSES) return truth;
		if (config.hasBorderClass()) return ObjectBorder.classes(sample.labels(),
			config.border()).update(null).getCurrentStorageArray();
		final boolean cut = config.hasRidge();
		final ArrayImg<IntType, IntArray> apart = cut ? SeparatingRidge.separate(
			sample.labels(), config.weights().ridgeWidth()) : sample.labels();
		final int[] left = apart.update(null).getCurrentStorageArray();
		for (int i = 0; i < truth.length; i++)
			if (truth[i] > 0) truth[i] = left[i] > 0 ? 1 : Sample.IGNORE;
		return truth;
	}
}
