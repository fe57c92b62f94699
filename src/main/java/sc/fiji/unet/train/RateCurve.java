
package sc.fiji.unet.train;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Losses over learning rates, as a range test has found them, and what follows
 * from them. Immutable.
 * <p>
 * The suggestion is the rate at which the smoothed loss has fallen half of the
 * way from its start to its minimum: the middle of the slope, which is less a
 * matter of chance than its steepest point. There is none where the loss does
 * not fall clearly, or still falls at the highest rate.
 * </p>
 */
public final class RateCurve {

	/** What the losses allow to say. */
	enum Finding {
			/** A learning rate can be suggested. */
			RATE,
			/** The loss falls by no more than what chance may do. */
			NO_FALL,
			/** The loss is smallest at the last rate. */
			STILL_FALLING
	}

	private static final String HEADER =
		"update,learning_rate,loss,smoothed_loss";
	/** Weight of a loss in the mean of its neighbour. */
	private static final double DECAY = 0.7;
	/** Farther away that weight is lost in rounding. */
	private static final int REACH = 100;
	/** The first fifth of the updates is the start, where little is learnt. */
	private static final int START = 5;
	private static final int FEWEST_AT_START = 3;
	/**
	 * A fall counts if it is so many times the deviation of a mean. Losses that
	 * differ by chance alone fall so far in 3 of 100 tests of 50 updates.
	 */
	private static final double CLEAR = 4.5;
	/** From a median of differences of two values to their deviation. */
	private static final double DEVIATION = 1 / (0.6745 * Math.sqrt(2));

	private final double[] rates;
	private final double[] losses;
	private final double[] smoothed;
	private final int start;
	private final int lowest;

	/**
	 * @param rates learning rate of each update, rising in equal factors
	 * @param losses mean loss of each update's batches, finite
	 */
	RateCurve(final double[] rates, final double[] losses) {
		this.rates = rates.clone();
		this.losses = losses.clone();
		start = Math.min(losses.length, Math.max(FEWEST_AT_START, losses.length /
			START));
		smoothed = smooth(cap());
		lowest = indexOfLowest();
	}

	/**
	 * How high a loss is that has gone above all those of the start means
	 * nothing, so that it counts as the highest of these. Otherwise the peak at
	 * the end would bend the curve before it.
	 */
	private double[] cap() {
		final double cap = Arrays.stream(losses).limit(start).max().orElse(0);
		return Arrays.stream(losses).map(loss -> Math.min(cap, loss)).toArray();
	}

	private static double[] smooth(final double[] values) {
		final double[] means = new double[values.length];
		for (int i = 0; i < means.length; i++) {
			double sum = 0;
			double weights = 0;
			final int end = Math.min(values.length, i + REACH + 1);
			for (int j = Math.max(0, i - REACH); j < end; j++) {
				final double weight = StrictMath.pow(DECAY, Math.abs(i - j));
				sum += weight * values[j];
				weights += weight;
			}
			means[i] = sum / weights;
		}
		return means;
	}

	private int indexOfLowest() {
		int index = 0;
		for (int i = 1; i < smoothed.length; i++)
			if (smoothed[i] < smoothed[index]) index = i;
		return index;
	}

	/** @return number of updates, each with a rate of its own */
	public int updates() {
		return rates.length;
	}

	/** @return learning rate of each update; a copy */
	public double[] rates() {
		return rates.clone();
	}

	/**
	 * @return mean loss of each update's batches, computed before the update with
	 *         its rate; a copy
	 */
	public double[] losses() {
		return losses.clone();
	}

	/**
	 * @return exponential mean of the losses around each update: one that is k
	 *         updates away, on either side, counts 0.7^k; the weights add up to 1
	 *         at the ends, too. A mean of the past alone, as in fastai, lags
	 *         behind by half a power of ten. Losses above all those of the start
	 *         (the first fifth) count as the highest of these. A copy
	 */
	public double[] smoothed() {
		return smoothed.clone();
	}

	/**
	 * @return index of the update with the smallest smoothed loss; 0 without any
	 *         updates
	 */
	public int lowest() {
		return lowest;
	}

	/** @return learning rate to train with, of two digits; empty if none */
	public OptionalDouble suggestion() {
		if (finding() != Finding.RATE) return OptionalDouble.empty();
		final double half = (startLoss() + smoothed[lowest]) / 2;
		int i = lowest;
		while (i > 0 && smoothed[i - 1] <= half)
			i--;
		return OptionalDouble.of(new BigDecimal(rates[i]).round(new MathContext(2))
			.doubleValue());
	}

	/** A minimum within the start is none: no fall comes before it. */
	Finding finding() {
		if (losses.length <= start || lowest < start) return Finding.NO_FALL;
		final double fall = startLoss() - smoothed[lowest];
		if (!(fall > CLEAR * deviation())) return Finding.NO_FALL;
		return lowest == losses.length - 1 ? Finding.STILL_FALLING : Finding.RATE;
	}

	private double startLoss() {
		return Arrays.stream(losses).limit(start).average().orElse(0);
	}

	/**
	 * @return standard deviation of a smoothed loss, if neighbours differ by
	 *         chance alone; from the median of the differences, to which the
	 *         slope and single jumps add little
	 */
	private double deviation() {
		final double[] capped = cap();
		final double[] steps = new double[capped.length - 1];
		for (int i = 0; i < steps.length; i++)
			steps[i] = Math.abs(capped[i + 1] - capped[i]);
		Arrays.sort(steps);
		final double squares = (1 + DECAY * DECAY) / (1 - DECAY * DECAY);
		final double sum = (1 + DECAY) / (1 - DECAY);
		return steps[steps.length / 2] * DEVIATION * Math.sqrt(squares) / sum;
	}

	/** @return comma-separated values: a line of names, then a line an update */
	public String toCsv() {
		final StringBuilder csv = new StringBuilder(HEADER).append('\n');
		for (int i = 0; i < rates.length; i++)
			csv.append(i + 1).append(',').append(rates[i]).append(',').append(
				losses[i]).append(',').append(smoothed[i]).append('\n');
		return csv.toString();
	}

	/**
	 * Writes the table whole: it is never seen half written.
	 *
	 * @throws IOException if it cannot be written
	 */
	public void write(final Path file) throws IOException {
		WholeFile.write(file, toCsv());
	}

	/**
	 * @param file with what {@link #toCsv} gives
	 * @throws IOException if it cannot be read or is no such table
	 */
	public static RateCurve read(final Path file) throws IOException {
		final List<String> lines = Files.readAllLines(file);
		if (lines.isEmpty() || !lines.get(0).equals(HEADER)) throw new IOException(
			"File " + file + " is no table of a learning rate test; it should " +
				"begin with " + HEADER + ".");
		try {
			return new RateCurve(column(lines, 1), column(lines, 2));
		}
		catch (final NumberFormatException | ArrayIndexOutOfBoundsException e) {
			throw new IOException("File " + file +
				" does not consist of four numbers a line.", e);
		}
	}

	private static double[] column(final List<String> lines, final int column) {
		return lines.stream().skip(1).mapToDouble(line -> Double.parseDouble(line
			.split(",")[column])).toArray();
	}
}
