
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.train.RateCurve.Finding;

/** The suggestion on curves whose answer is known. */
class RateCurveTest {

	private static final int UPDATES = 50;
	/** In powers of ten: where the loss has fallen half of the way. */
	private static final double MIDDLE = -2.5;

	@TempDir
	Path folder;

	private static double[] rates() {
		final double[] rates = new double[UPDATES];
		for (int i = 0; i < UPDATES; i++)
			rates[i] = RateRange.usual().rate(i);
		return rates;
	}

	/** From 1 to 0.4 along an S, and up again beyond a rate of 0.3. */
	private static RateCurve curve(final double noise, final long seed) {
		final Random random = new Random(seed);
		final double[] rates = rates();
		return new RateCurve(rates, Arrays.stream(rates).map(rate -> {
			final double power = Math.log10(rate);
			final double loss = 1 - 0.6 / (1 + Math.exp(-4 * (power - MIDDLE)));
			return loss + Math.max(0, power + 0.5) * 2 + noise * random
				.nextGaussian();
		}).toArray());
	}

	@Test
	void suggestsTheMiddleOfTheSlope() {
		final double rate = curve(0, 0).suggestion().getAsDouble();
		assertEquals(MIDDLE, Math.log10(rate), 0.2, "suggested " + rate);
		assertEquals(0, rate * 1e6 % 100, 1e-6, "two digits: " + rate);
	}

	@Test
	void noiseMovesItLessThanTheSteepestPoint() {
		double far = 0;
		double steepestFar = 0;
		for (int seed = 0; seed < 40; seed++) {
			final RateCurve curve = curve(0.08, seed);
			assertEquals(Finding.RATE, curve.finding(), "seed " + seed);
			far += square(curve.suggestion().getAsDouble());
			steepestFar += square(steepest(curve));
		}
		final double deviation = Math.sqrt(far / 40);
		final double naive = Math.sqrt(steepestFar / 40);
		assertTrue(deviation < 0.35, "powers of ten: " + deviation);
		assertTrue(deviation < 0.7 * naive, deviation + " against " + naive);
	}

	private static double square(final double rate) {
		final double difference = Math.log10(rate) - MIDDLE;
		return difference * difference;
	}

	private static double steepest(final RateCurve curve) {
		final double[] smoothed = curve.smoothed();
		int steepest = 1;
		for (int i = 1; i <= curve.lowest() && i < UPDATES - 1; i++)
			if (smoothed[i + 1] - smoothed[i - 1] < smoothed[steepest + 1] -
				smoothed[steepest - 1]) steepest = i;
		return curve.rates()[steepest];
	}

	@Test
	void suggestsNothingWhereTheLossNeverFalls() {
		final double[] rates = rates();
		int suggestions = 0;
		for (int seed = 0; seed < 200; seed++) {
			final Random random = new Random(seed);
			suggestions += new RateCurve(rates, random.doubles(UPDATES).map(x -> 1 +
				x).toArray()).suggestion().isPresent() ? 1 : 0;
		}
		assertTrue(suggestions <= 10, suggestions + " suggestions for 200 times " +
			"pure chance");
		final double[] rising = Arrays.stream(rates).map(r -> 1 + r).toArray();
		assertEquals(Finding.NO_FALL, new RateCurve(rates, rising).finding());
		final double[] constant = new double[UPDATES];
		assertEquals(Finding.NO_FALL, new RateCurve(rates, constant).finding());
		for (int n = 0; n < 5; n++)
			assertFalse(new RateCurve(Arrays.copyOf(rates, n), Arrays.copyOf(constant,
				n)).suggestion().isPresent(), n + " updates");
	}

	@Test
	void suggestsNothingWhereTheLossStillFallsAtTheEnd() {
		final RateCurve whole = curve(0, 0);
		final int cut = whole.lowest() - 8;
		final RateCurve part = new RateCurve(Arrays.copyOf(whole.rates(), cut),
			Arrays.copyOf(whole.losses(), cut));
		assertEquals(Finding.STILL_FALLING, part.finding());
		assertFalse(part.suggestion().isPresent());
	}

	@Test
	void smoothingNeitherLagsNorBendsBeforeAPeak() {
		final RateCurve curve = curve(0, 0);
		final double[] losses = curve.losses();
		final double[] smoothed = curve.smoothed();
		for (int i = 5; i < curve.lowest() - 5; i++)
			assertEquals(losses[i], smoothed[i], 0.06, "update " + i);
		final double[] peak = losses.clone();
		peak[UPDATES - 1] = 1e9;
		assertArrayEquals(smoothed, new RateCurve(curve.rates(), peak).smoothed(),
			1e-12);
	}

	@Test
	void smoothedLossesAreWeightedMeansOfTheirNeighbours() {
		final double[] rates = { 1, 2, 4, 8 };
		final double[] smoothed = new RateCurve(rates, new double[] { 8, 4, 2, 1 })
			.smoothed();
		assertEquals((8 + 0.7 * 4 + 0.49 * 2 + 0.343) / (1 + 0.7 + 0.49 + 0.343),
			smoothed[0], 1e-12);
		assertEquals((4 + 0.7 * (8 + 2) + 0.49) / (1 + 1.4 + 0.49), smoothed[1],
			1e-12);
	}

	@Test
	void tablesAreReadAsTheyWereWritten() throws IOException {
		final RateCurve curve = curve(0.1, 3);
		final Path file = folder.resolve("rates.csv");
		curve.write(file);
		final RateCurve read = RateCurve.read(file);
		assertEquals(curve.toCsv(), read.toCsv());
		assertEquals(curve.suggestion(), read.suggestion());
		assertEquals("update,learning_rate,loss,smoothed_loss", Files.readAllLines(
			file).get(0));
		Files.writeString(file, "epoch,updates\n1,2\n");
		assertThrows(IOException.class, () -> RateCurve.read(file));
		Files.writeString(file, "update,learning_rate,loss,smoothed_loss\n1,2\n");
		assertThrows(IOException.class, () -> RateCurve.read(file));
	}
}
