
package sc.fiji.unet.train;

import java.util.Arrays;
import java.util.SplittableRandom;

import sc.fiji.unet.metrics.Reliability;
import sc.fiji.unet.network.Calibration;
import sc.fiji.unet.network.Readout;

/**
 * What a network says of some pixels of an image, and what they are. Immutable.
 */
public final class PixelAnswers {

	private final Readout readout;
	/** Order [class, pixel], class fastest. */
	private final float[] probabilities;
	private final int[] truths;

	/**
	 * @param readout how the output of the network is read
	 * @param probabilities order [class, pixel], class fastest; not copied
	 * @param truths index of the true class of each pixel, of one class 0 =
	 *          background and 1 = foreground; not copied
	 * @throws IllegalArgumentException if the numbers do not fit
	 */
	public PixelAnswers(final Readout readout, final float[] probabilities,
		final int[] truths)
	{
		if (probabilities.length != readout.channels() * truths.length)
			throw new IllegalArgumentException(truths.length + " pixels with " +
				readout.channels() + " classes do not have " + probabilities.length +
				" probabilities.");
		this.readout = readout;
		this.probabilities = probabilities;
		this.truths = truths;
	}

	/**
	 * @param readout how the output of the network is read
	 * @param image probabilities, order [class, pixel]
	 * @param truth true class of each pixel, x fastest; below 0 = does not count
	 * @param share probability (0 to 1) with which a pixel that counts is taken
	 * @param seed of the choice
	 */
	public static PixelAnswers of(final Readout readout, final float[] image,
		final int[] truth, final double share, final long seed)
	{
		final int[] taken = choice(truth, share, seed);
		final int classes = readout.channels();
		final float[] probabilities = new float[classes * taken.length];
		final int[] truths = new int[taken.length];
		for (int i = 0; i < taken.length; i++) {
			truths[i] = truth[taken[i]];
			System.arraycopy(image, taken[i] * classes, probabilities, i * classes,
				classes);
		}
		return new PixelAnswers(readout, probabilities, truths);
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
		return readout.channels();
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
		if (classes() > 1) return probabilities[pixel * classes() + c];
		final double p = probabilities[pixel];
		return c == 0 ? 1 - p : p;
	}

	/** @return the same pixels with calibrated probabilities */
	PixelAnswers calibrated(final Calibration calibration) {
		final float[] changed = probabilities.clone();
		calibration.apply(changed, classes());
		return new PixelAnswers(readout, changed, truths);
	}

	/** @return sum over the pixels of -log of the true class's probability */
	double logLoss() {
		double sum = 0;
		for (int i = 0; i < truths.length; i++)
			sum -= Math.log(Calibration.clipped(probability(i, truths[i])));
		return sum;
	}

	/**
	 * Counts the foreground probabilities, each kind of foreground against all
	 * else.
	 */
	void addTo(final Reliability.Tally tally) {
		for (int i = 0; i < truths.length; i++)
			for (int kind = 0; kind < readout.foregrounds(); kind++)
				tally.add(readout.foreground(probabilities, i, kind), readout
					.isMultiClass() ? truths[i] == kind + 1 : truths[i] > 0);
	}
}
