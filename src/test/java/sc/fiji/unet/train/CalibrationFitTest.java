
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.metrics.Reliability;
import sc.fiji.unet.network.Calibration;
import sc.fiji.unet.network.Readout;

/** Pixels whose true probabilities are known, told wrongly by a network. */
class CalibrationFitTest {

	private static final int PIXELS = 40_000;

	private static double sigmoid(final double x) {
		return 1 / (1 + Math.exp(-x));
	}

	/** True logits spread widely; the network says temperature * x - bias. */
	private static List<PixelAnswers> images(final int count,
		final double temperature, final double bias)
	{
		final List<PixelAnswers> images = new ArrayList<>();
		for (int n = 0; n < count; n++) {
			final SplittableRandom random = new SplittableRandom(n);
			final float[] p = new float[PIXELS];
			final int[] truth = new int[PIXELS];
			for (int i = 0; i < PIXELS; i++) {
				final double logit = 10 * random.nextDouble() - 6;
				truth[i] = random.nextDouble() < sigmoid(logit) ? 1 : 0;
				p[i] = (float) sigmoid(temperature * logit - bias);
			}
			images.add(new PixelAnswers(Readout.ofClasses(1), p, truth));
		}
		return images;
	}

	@Test
	void temperatureAndBiasAreFound() {
		for (final double[] known : new double[][] { { 2, 0.8 }, { 0.5, -1.5 }, { 1,
			2 } })
		{
			final CalibrationFit fit = CalibrationFit.of(images(3, known[0],
				known[1]));
			final String what = fit.sentence();
			assertEquals(known[0], fit.calibration().temperature(), 0.03 * known[0],
				what);
			assertEquals(known[1], fit.calibration().biases()[0], 0.06, what);
			assertTrue(fit.after().error() < 0.01 && fit.before().error() > 3 * fit
				.after().error(), what);
		}
	}

	@Test
	void whatIsCalibratedStaysNearlySo() {
		final CalibrationFit fit = CalibrationFit.of(images(3, 1, 0));
		assertTrue(fit.before().error() < 0.01, fit.sentence());
		for (final double p : new double[] { 0.05, 0.3, 0.5, 0.8, 0.99 })
			assertEquals(p, fit.calibration().apply(p), 0.01, fit.sentence());
	}

	/**
	 * A network that was trained with foreground counting nine times says 9 q /
	 * (9 q + 1 - q) where the truth is q: logits are shifted by log 9.
	 */
	@Test
	void theShiftOfClassWeightsIsUndone() {
		final CalibrationFit fit = CalibrationFit.of(images(2, 1, -Math.log(9)));
		assertEquals(-Math.log(9), fit.calibration().biases()[0], 0.06);
		for (final double q : new double[] { 0.02, 0.1, 0.5, 0.9 })
			assertEquals(q, fit.calibration().apply(9 * q / (9 * q + 1 - q)), 0.01);
		assertTrue(fit.before().error() > 0.1 && fit.after().error() < 0.01, fit
			.sentence());
	}

	@Test
	void severalClassesHaveABiasEach() {
		final double[] biases = { 1, -0.4, -0.6 };
		final double temperature = 1.6;
		final float[] p = new float[3 * PIXELS];
		final int[] truth = new int[PIXELS];
		final SplittableRandom random = new SplittableRandom(4);
		for (int i = 0; i < PIXELS; i++) {
			final double[] powers = new double[3];
			final double[] said = new double[3];
			for (int c = 0; c < 3; c++) {
				final double logit = 6 * random.nextDouble() - 3;
				powers[c] = Math.exp(logit);
				said[c] = Math.exp(temperature * logit - biases[c]);
			}
			final double sum = Arrays.stream(powers).sum();
			double u = random.nextDouble();
			while (truth[i] < 2 && (u -= powers[truth[i]] / sum) > 0)
				truth[i]++;
			for (int c = 0; c < 3; c++)
				p[3 * i + c] = (float) (said[c] / Arrays.stream(said).sum());
		}
		final CalibrationFit fit = CalibrationFit.of(Collections.singletonList(
			new PixelAnswers(Readout.ofClasses(3), p, truth)));
		final double[] found = fit.calibration().biases();
		assertEquals(temperature, fit.calibration().temperature(), 0.05, fit
			.sentence());
		for (int c = 0; c < 3; c++)
			assertEquals(biases[c] - biases[0], found[c] - found[0], 0.08, fit
				.sentence());
		assertTrue(fit.after().error() < 0.01 && fit.before().error() > 0.05, fit
			.sentence());
	}

	@Test
	void thatNothingIsWrongDoesNotMakeItCertain() {
		final float[] p = new float[1000];
		final int[] truth = new int[1000];
		for (int i = 0; i < 1000; i++) {
			truth[i] = i % 2;
			p[i] = truth[i] == 1 ? 0.9f : 0.1f;
		}
		final CalibrationFit fit = CalibrationFit.of(Collections.singletonList(
			new PixelAnswers(Readout.ofClasses(1), p, truth)));
		final double more = fit.calibration().apply(0.9);
		assertTrue(more > 0.99 && more < 1 - 1e-6, "0.9 -> " + more);
	}

	@Test
	void oneKindOfPixelTellsNothing() {
		final CalibrationFit fit = CalibrationFit.of(Arrays.asList(new PixelAnswers(
			Readout.ofClasses(1), new float[] { 0.1f, 0.6f }, new int[2])));
		assertTrue(fit.calibration().isIdentity());
		assertTrue(fit.sentence().contains("not calibrated, because") && fit
			.sentence().contains("of one kind"), fit.sentence());
		assertTrue(CalibrationFit.of(Collections.emptyList()).calibration()
			.isIdentity());
	}

	/** Each alone asks for what makes the other worse. */
	@Test
	void imagesThatDisagreeChangeNothing() {
		final List<PixelAnswers> two = Arrays.asList(images(1, 1, -3).get(0),
			images(1, 1, 3).get(0));
		final CalibrationFit fit = CalibrationFit.of(two);
		assertTrue(fit.calibration().isIdentity(), fit.sentence());
		assertTrue(fit.sentence().contains("did not make them better"), fit
			.sentence());
		assertSame(fit.before(), fit.after());
	}

	@Test
	void answersThatSayNothingAreLeftAlone() {
		final SplittableRandom random = new SplittableRandom(2);
		final float[] p = new float[PIXELS];
		final int[] truth = new int[PIXELS];
		for (int i = 0; i < PIXELS; i++) {
			truth[i] = random.nextInt(2);
			p[i] = (float) (truth[i] == 0 ? random.nextDouble() : 0.4 * random
				.nextDouble());
		}
		final CalibrationFit fit = CalibrationFit.of(Collections.singletonList(
			new PixelAnswers(Readout.ofClasses(1), p, truth)));
		assertTrue(fit.calibration().isIdentity(), "no order is turned round: " +
			fit.sentence());
	}

	@Test
	void pixelsAreTakenByChanceButAlwaysTheSame() {
		final float[] image = new float[3 * 10_000];
		for (int i = 0; i < 10_000; i++) {
			image[3 * i] = image[3 * i + 1] = 0.25f;
			image[3 * i + 2] = 0.5f;
		}
		final int[] truth = new int[10_000];
		Arrays.fill(truth, 0, 5_000, -1);
		Arrays.fill(truth, 5_000, 10_000, 2);
		final PixelAnswers some = PixelAnswers.of(Readout.ofClasses(3), image,
			truth, 0.2, 7);
		assertEquals(1000, some.size(), 120, "a fifth of those that count");
		assertEquals(some.size(), PixelAnswers.of(Readout.ofClasses(3), image,
			truth, 0.2, 7).size());
		assertEquals(3, some.classes());
		assertEquals(2, some.truth(0));
		assertEquals(0.25, some.probability(0, 0), 1e-6);
		assertEquals(0.5, some.probability(0, 2), 1e-6);
		final Reliability.Tally tally = new Reliability.Tally();
		some.addTo(tally);
		assertEquals(2L * some.size(), tally.toReliability().count());
		assertEquals(1, tally.toReliability().observed(5));
		assertEquals(Calibration.identity(), new Calibration(1));
	}
}
