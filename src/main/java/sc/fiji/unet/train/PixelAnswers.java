
package sc.fiji.unet.train;

import java.util.Arrays;
import java.util.SplittableRandom;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.metrics.Reliability;
import sc.fiji.unet.network.Calibration;

/**
 * What a network says of some pixels of an image, and what they are. Immutable.
 */
public final class PixelAnswers {

	private final int classes;
	/** Order [class, pixel], class fastest. */
	private final float[] probabilities;
	private final int[] truths;

	/**
	 * @param classes number of output classes of the network; 1 for a foreground
	 *          probability
	 * @param probabilities order [class, pixel], class fastest; not copied
	 * @param truths index of the true class of each pixel, of one class 0 =
	 *          background and 1 = foreground; not copied
	 * @throws IllegalArgumentException if the numbers do not fit
	 */
	public PixelAnswers(final int classes, final float[] probabilities,
		final int[] truths)
	{
		if (probabilities.length != classes * truths.length)
			throw new IllegalArgumentException(truths.length + " pixels with " +
				classes + " classes do not have " + probabilities.length +
				" probabilities.");
		this.classes = classes;
		this.probabilities = probabilities;
		this.truths = truths;
	}

	/**
	 * @param image probabilities (x, y, foreground class)
	 * @param truth true class of each pixel, x fastest; below 0 = does not count
	 * @param share probability (0 to 1) with which a pixel that counts is taken
	 * @param seed of the choice
	 */
	public static PixelAnswers of(final ArrayImg<FloatType, FloatArray> image,
		final int[] truth, final double share, final long seed)
	{
		final int[] taken = choice(truth, share, seed);
		final float[] planes = image.update(null).getCurrentStorageArray();
		final int foregrounds = planes.length / truth.length;
		final int classes = foregrounds == 1 ? 1 : foregrounds + 1;
		final float[] probabilities = new float[classes * taken.length];
		final int[] truths = new int[taken.length];
		for (int i = 0; i < taken.length; i++) {
			truths[i] = truth[taken[i]];
			float rest = 1;
			for (int c = 0; c < foregrounds; c++) {
				final float p = planes[c * truth.length + taken[i]];
				probabilities[i * classes + classes - foregrounds + c] = p;
				rest -= p;
			}
			if (classes > 1) probabilities[i * classes] = Math.max(0, rest);
		}
		return new PixelAnswers(classes, probabilities, truths);
	}

	private static int[] choice(final int[] truth, final double share,
		final long seed)
	{
		final SplittableRandom random = new SplittableRandom(seed);
		final int[] taken = new int[truth.length];
		int count = 0;
		for (int i = 0; i < truth.length; i++)
			if (truth[i] >= 0 && random.nextDouble() < share) taken[count++] = i;
		return Arrays.copyOf(taken, count);
	}

	/** @return number of output classes of the network */
	int classes() {
		return classes;
	}

	/** @return number of pixels */
	int size() {
		return truths.length;
	}

	/** @return true class of a pixel */
	int truth(final int pixel) {
		return truths[pixel];
	}

	/**
	 * @param c class, 0 = background, also of a network with one output
	 * @return probability of it, 0 to 1
	 */
	double probability(final int pixel, final int c) {
		if (classes > 1) return probabilities[pixel * classes + c];
		final double p = probabilities[pixel];
		return c == 0 ? 1 - p : p;
	}

	/** @return the same pixels with calibrated probabilities */
	PixelAnswers calibrated(final Calibration calibration) {
		final float[] changed = probabilities.clone();
		calibration.apply(changed, classes);
		return new PixelAnswers(classes, changed, truths);
	}

	/** @return sum over the pixels of -log of the true class's probability */
	double logLoss() {
		double sum = 0;
		for (int i = 0; i < truths.length; i++)
			sum -= Math.log(Calibration.clipped(probability(i, truths[i])));
		return sum;
	}

	/** Counts the foreground probabilities, each class against all others. */
	void addTo(final Reliability.Tally tally) {
		for (int i = 0; i < truths.length; i++)
			for (int c = 1; c < Math.max(2, classes); c++)
				tally.add(probability(i, c), truths[i] == c);
	}
}
