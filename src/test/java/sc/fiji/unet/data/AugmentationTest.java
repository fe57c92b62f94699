
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

/** The configuration of augmentation, and what is done to grey values. */
class AugmentationTest {

	private static float[] ramp(final int n) {
		final float[] v = new float[n];
		for (int i = 0; i < n; i++)
			v[i] = (float) i / (n - 1);
		return v;
	}

	private static float[] apply(final Transform transform, final double range,
		final long seed, final float[] values)
	{
		new IntensityAugmentation(AugmentationConfig.none().toBuilder().with(
			transform, 1, range).build(), new SeededRandom(seed, 0)).apply(values, 1);
		return values;
	}

	@Test
	void noneChangesNothing() {
		final float[] v = ramp(100);
		new IntensityAugmentation(AugmentationConfig.none(), new SeededRandom(1, 1))
			.apply(v, 1);
		assertArrayEquals(ramp(100), v);
	}

	@Test
	void notebookHasTheNotebooksSettings() {
		final AugmentationConfig c = AugmentationConfig.notebook();
		assertEquals(1, c.oneOfProbability());
		assertEquals(0.0625, c.range(Transform.SHIFT));
		assertEquals(0.1, c.range(Transform.SCALE));
		assertEquals(45, c.range(Transform.ROTATE));
		assertEquals(35, c.range(Transform.ELASTIC_DENSE));
		assertEquals(5, c.smoothing());
		assertEquals(3, c.range(Transform.AFFINE));
		assertEquals(20, Math.pow(255 * c.range(Transform.NOISE), 2), 1e-9,
			"variance in grey levels");
		for (final Transform t : new Transform[] { Transform.NOISE,
			Transform.MULTIPLICATIVE_NOISE, Transform.ELASTIC_DENSE,
			Transform.BRIGHTNESS, Transform.CONTRAST })
			assertEquals(0.95, c.probability(t), t.name());
	}

	@Test
	void presetsDifferAndRebuildEqual() {
		final AugmentationConfig[] all = { AugmentationConfig.none(),
			AugmentationConfig.notebook(), AugmentationConfig.paper(),
			AugmentationConfig.fast() };
		for (int i = 0; i < all.length; i++)
			for (int j = 0; j < all.length; j++)
				if (i == j) assertEquals(all[i], all[j].toBuilder().build());
				else assertNotEquals(all[i], all[j]);
	}

	@Test
	void valuesOutOfRangeAreRefused() {
		final AugmentationConfig.Builder b = AugmentationConfig.none().toBuilder();
		assertThrows(IllegalArgumentException.class, () -> b.with(Transform.FLIP,
			1.1, 0));
		assertThrows(IllegalArgumentException.class, () -> b.with(Transform.NOISE,
			1, -1));
		assertThrows(IllegalArgumentException.class, () -> b.with(Transform.SCALE,
			1, 1));
		assertThrows(IllegalArgumentException.class, () -> b.with(Transform.SHIFT,
			1, Double.NaN));
		assertThrows(IllegalArgumentException.class, () -> b.gridPoints(1));
		assertThrows(IllegalArgumentException.class, () -> b.smoothing(0));
	}

	@Test
	void noiseHasAVarianceBetweenZeroAndTheSquareOfItsRange() {
		double mean = 0;
		final int draws = 200;
		for (int seed = 0; seed < draws; seed++) {
			double sum = 0;
			for (final float v : apply(Transform.NOISE, 0.1, seed, new float[2000]))
				sum += v * v;
			assertTrue(sum / 2000 < 0.012, "variance " + sum / 2000);
			mean += sum / 2000 / draws;
		}
		assertEquals(0.005, mean, 0.0006, "mean variance");
	}

	@Test
	void multiplicativeNoiseIsDrawnAtEveryPixel() {
		final float[] v = new float[10000];
		Arrays.fill(v, 2);
		apply(Transform.MULTIPLICATIVE_NOISE, 0.1, 1, v);
		double sum = 0;
		for (final float value : v) {
			assertTrue(value >= 1.8f && value <= 2.2f, "" + value);
			sum += (value - 2) * (value - 2);
		}
		assertEquals(0.2 / Math.sqrt(3), Math.sqrt(sum / v.length), 0.003);
	}

	@Test
	void brightnessAddsAndContrastMultiplies() {
		final float[] brighter = apply(Transform.BRIGHTNESS, 0.15, 3, ramp(11));
		assertEquals(1, brighter[10] - brighter[0], 1e-6);
		assertTrue(Math.abs(brighter[0]) <= 0.15 && brighter[0] != 0);
		final float[] stronger = apply(Transform.CONTRAST, 0.15, 3, ramp(11));
		assertEquals(0, stronger[0]);
		assertTrue(Math.abs(stronger[10] - 1) <= 0.15 && stronger[10] != 1);
	}

	@Test
	void logContrastKeepsTheMeanAndGammaTheEnds() {
		final float[] stretched = apply(Transform.LOG_CONTRAST, 0.3, 2, ramp(11));
		assertEquals(0.5, stretched[5], 1e-6);
		assertTrue(Math.abs(Math.log(stretched[10] - stretched[0])) <= 0.3);
		final float[] gamma = apply(Transform.LOG_GAMMA, 0.3, 2, ramp(1001));
		assertEquals(0, gamma[0], 1e-6);
		assertEquals(1, gamma[1000], 1e-6);
		final double exponent = Math.log(gamma[500]) / Math.log(0.5);
		assertTrue(Math.abs(Math.log(exponent)) <= 0.3 && exponent != 1, "" +
			exponent);
		for (int i = 50; i <= 1000; i++)
			assertEquals(Math.pow(i / 1000.0, exponent), gamma[i], 1e-3, "" + i);
	}

	@Test
	void gammaLeavesAConstantAlone() {
		assertArrayEquals(new float[5], apply(Transform.LOG_GAMMA, 0.3, 2,
			new float[5]));
	}

	@Test
	void channelsChangeIndependently() {
		final float[] v = new float[20];
		new IntensityAugmentation(AugmentationConfig.none().toBuilder().with(
			Transform.BRIGHTNESS, 1, 0.5).build(), new SeededRandom(1, 0)).apply(v,
				2);
		assertEquals(v[0], v[9]);
		assertEquals(v[10], v[19]);
		assertNotEquals(v[0], v[10]);
	}

	@Test
	void gaussianNumbersAreNormal() {
		final SeededRandom random = new SeededRandom(1, 1);
		final int n = 1_000_000;
		final double[] moments = new double[5];
		int beyondTwo = 0;
		for (int i = 0; i < n; i++) {
			final double g = random.gaussian();
			for (int m = 1; m < 5; m++)
				moments[m] += Math.pow(g, m) / n;
			if (Math.abs(g) > 2) beyondTwo++;
		}
		assertEquals(0, moments[1], 0.005);
		assertEquals(1, moments[2], 0.01);
		assertEquals(0, moments[3], 0.02);
		assertEquals(3, moments[4], 0.08);
		assertEquals(0.0455, (double) beyondTwo / n, 0.002);
	}
}
