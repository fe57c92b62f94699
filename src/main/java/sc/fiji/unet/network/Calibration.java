
package sc.fiji.unet.network;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Turns the probabilities of a network into ones that can be taken at their
 * word: of the pixels with 0.8, eight of ten are what they are said to be.
 * Immutable; a value of the model.
 * <p>
 * With one class p becomes sigmoid((logit(p) + bias) / temperature), as in
 * Platt (1999). With exclusive classes p becomes softmax((log p + bias) /
 * temperature) with a bias a class: temperature scaling with bias correction
 * (Guo et al. 2017; Alexandari et al. 2020). A temperature above 1 makes
 * probabilities less extreme; biases undo what weights of classes and borders
 * have shifted.
 * </p>
 */
public final class Calibration implements Serializable {

	private static final long serialVersionUID = 1L;

	/** Nearer to 0 or 1 than this a float32 has no meaning. */
	private static final double CERTAIN = 1e-7;
	private static final Calibration IDENTITY = new Calibration(1);
	/** Pixels that one thread works on at a time. */
	private static final int CHUNK = 1 << 14;

	private final double temperature;
	/** Empty where all are 0. */
	private final double[] biases;

	/**
	 * @param temperature that logits are divided by, above 0
	 * @param biases that are added to the logits before, one for each output
	 *          class of the network; none if all are 0
	 * @throws IllegalArgumentException if a value is out of range
	 */
	public Calibration(final double temperature, final double... biases) {
		if (!(temperature > 0) || Double.isInfinite(temperature))
			throw new IllegalArgumentException("Temperature " + temperature +
				" must be a number above 0; 1 changes nothing.");
		for (final double bias : biases)
			if (!Double.isFinite(bias)) throw new IllegalArgumentException("Bias " +
				bias + " must be a number; 0 changes nothing.");
		this.temperature = temperature;
		this.biases = Arrays.stream(biases).allMatch(b -> b == 0) ? new double[0]
			: biases.clone();
	}

	/** @return changes nothing */
	public static Calibration identity() {
		return IDENTITY;
	}

	/** @return whether probabilities stay as they are */
	public boolean isIdentity() {
		return temperature == 1 && biases.length == 0;
	}

	/** @return what logits are divided by */
	public double temperature() {
		return temperature;
	}

	/** @return bias of each output class; empty where all are 0; a copy */
	public double[] biases() {
		return biases.clone();
	}

	/**
	 * @param classes number of output classes of a network
	 * @throws IllegalArgumentException unless this calibrates such a network
	 */
	public void checkClasses(final int classes) {
		if (biases.length != 0 && biases.length != classes)
			throw new IllegalArgumentException("The calibration has " +
				biases.length + " biases, but the network has " + classes +
				(classes == 1 ? " output class" : " output classes") +
				"; give one a class, or none.");
	}

	/**
	 * @param probability of the only class of a network, 0 to 1
	 * @return the calibrated one
	 */
	public double apply(final double probability) {
		if (isIdentity()) return probability;
		final double p = clipped(probability);
		final double logit = Math.log(p) - Math.log1p(-p);
		return 1 / (1 + Math.exp(-(logit + bias(0)) / temperature));
	}

	/**
	 * Calibrates probabilities in place, as {@link #apply(FloatBuffer, int)}.
	 *
	 * @param probabilities order [class, pixel], class fastest
	 */
	public void apply(final float[] probabilities, final int classes) {
		apply(FloatBuffer.wrap(probabilities), classes);
	}

	/**
	 * Calibrates probabilities in place.
	 *
	 * @param probabilities all between position 0 and limit; order [class,
	 *          pixel], class fastest. The position stays
	 * @param classes number of output classes of the network; with 1 the
	 *          probability of foreground, else exclusive classes
	 * @throws IllegalArgumentException if the number of classes is another
	 */
	public void apply(final FloatBuffer probabilities, final int classes) {
		checkClasses(classes);
		if (isIdentity()) return;
		final int pixels = probabilities.limit() / classes;
		IntStream.range(0, (pixels + CHUNK - 1) / CHUNK).parallel().forEach(
			chunk -> apply(probabilities, classes, chunk * CHUNK, Math.min(pixels,
				chunk * CHUNK + CHUNK)));
	}

	private void apply(final FloatBuffer probabilities, final int classes,
		final int from, final int to)
	{
		final double[] powers = new double[classes];
		for (int i = from; i < to; i++)
			if (classes == 1) probabilities.put(i, (float) apply(
				(double) probabilities.get(i)));
			else applyToClasses(probabilities, i * classes, powers);
	}

	private void applyToClasses(final FloatBuffer probabilities, final int first,
		final double[] powers)
	{
		double largest = Double.NEGATIVE_INFINITY;
		for (int c = 0; c < powers.length; c++) {
			powers[c] = (Math.log(clipped(probabilities.get(first + c))) + bias(c)) /
				temperature;
			largest = Math.max(largest, powers[c]);
		}
		double sum = 0;
		for (int c = 0; c < powers.length; c++)
			sum += powers[c] = Math.exp(powers[c] - largest);
		for (int c = 0; c < powers.length; c++)
			probabilities.put(first + c, (float) (powers[c] / sum));
	}

	/**
	 * @param probability as a network answers it
	 * @return the nearest one that has a logit
	 */
	public static double clipped(final double probability) {
		return Math.max(CERTAIN, Math.min(1 - CERTAIN, probability));
	}

	private double bias(final int c) {
		return biases.length == 0 ? 0 : biases[c];
	}

	@Override
	public boolean equals(final Object o) {
		return o instanceof Calibration &&
			temperature == ((Calibration) o).temperature && Arrays.equals(biases,
				((Calibration) o).biases);
	}

	@Override
	public int hashCode() {
		return 31 * Double.hashCode(temperature) + Arrays.hashCode(biases);
	}

	/** @return the values in words: "temperature 1.32, bias -0.41" */
	@Override
	public String toString() {
		final String words = "temperature " + number(temperature);
		return biases.length == 0 ? words : words + (biases.length == 1 ? ", bias "
			: ", biases ") + DoubleStream.of(biases).mapToObj(Calibration::number)
				.collect(Collectors.joining(", "));
	}

	private static String number(final double value) {
		return String.format(Locale.ROOT, "%.2f", value);
	}
}
