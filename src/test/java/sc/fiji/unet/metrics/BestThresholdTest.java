
package sc.fiji.unet.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sc.fiji.unet.metrics.PixelScoresTest.row;

import java.util.Arrays;
import java.util.Collections;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import sc.fiji.unet.labeling.RandomLabels;
import sc.fiji.unet.labeling.TestImages;

import org.junit.jupiter.api.Test;

class BestThresholdTest {

	private static final ArrayImg<IntType, IntArray> TRUTH = row(1, 1, 1, 0, 1, 1,
		1);
	/** Below 0.4 the cells merge, above 0.6 the first one splits. */
	private static final float[] PROBABILITY = { 0.9f, 0.6f, 0.9f, 0.4f, 0.9f,
		0.9f, 0.9f };

	@Test
	void theGridDividesTheUnitInterval() {
		assertArrayEquals(new double[] { 0.25, 0.5, 0.75 }, BestThreshold.grid(3),
			1e-12);
		assertThrows(IllegalArgumentException.class, () -> BestThreshold.grid(0));
	}

	@Test
	void theBestThresholdNeitherMergesNorSplits() {
		final double[] thresholds = { 0.3, 0.5, 0.7 };
		final BestThreshold best = BestThreshold.of(TRUTH, image(PROBABILITY),
			thresholds, false);
		assertEquals(0.5, best.threshold());
		assertEquals(1, best.vRand(), 1e-12);
		assertEquals(1, best.vInfo(), 1e-12);
		for (int k = 0; k < 3; k++) {
			final double threshold = thresholds[k];
			final int[] mask = new int[7];
			for (int p = 0; p < 7; p++)
				mask[p] = PROBABILITY[p] >= threshold ? 1 : 0;
			final ForegroundRestricted expected = ForegroundRestricted.of(TRUTH, row(
				mask));
			assertEquals(expected.vRand(), best.scores().get(k).vRand(), 1e-12);
			assertEquals(expected.vInfo(), best.scores().get(k).vInfo(), 1e-12);
		}
		assertTrue(best.scores().get(0).vRand() < 1);
		assertTrue(best.scores().get(2).vRand() < 1);
	}

	@Test
	void severalImagesShareOneThreshold() {
		final float[] low = { 0.5f, 0.5f, 0.5f, 0.1f, 0.5f, 0.5f, 0.5f };
		final double[] thresholds = { 0.3, 0.45, 0.55 };
		final BestThreshold first = BestThreshold.of(TRUTH, image(PROBABILITY),
			thresholds, false);
		final BestThreshold second = BestThreshold.of(TRUTH, image(low), thresholds,
			false);
		final BestThreshold both = BestThreshold.of(Arrays.asList(TRUTH, TRUTH),
			Arrays.asList(image(PROBABILITY), image(low)), thresholds, false);
		assertEquals(0.45, both.threshold());
		for (int k = 0; k < 3; k++)
			assertEquals((first.scores().get(k).vRand() + second.scores().get(k)
				.vRand()) / 2, both.scores().get(k).vRand(), 1e-12);
		assertThrows(IllegalArgumentException.class, () -> BestThreshold.of(Arrays
			.asList(TRUTH, TRUTH), Collections.singletonList(image(low)), thresholds,
			false));
	}

	/** An image without cells has no V_rand; it must not spoil that of others. */
	@Test
	void imagesWithoutForegroundAreLeftOut() {
		final double[] thresholds = { 0.3, 0.5, 0.7 };
		final BestThreshold both = BestThreshold.of(Arrays.asList(TRUTH, row(0, 0,
			0, 0, 0, 0, 0)), Arrays.asList(image(PROBABILITY), image(PROBABILITY)),
			thresholds, false);
		assertEquals(0.5, both.threshold());
		assertEquals(1, both.vRand(), 1e-12);
	}

	@Test
	void onRealMembranesOnlyTheThresholdThatReproducesThemIsPerfect() {
		final ArrayImg<IntType, IntArray> truth = TestImages.labels(
			"isbi2012/labels/00.png");
		final int[] cells = RandomLabels.pixels(truth);
		final float[] probability = new float[cells.length];
		for (int p = 0; p < probability.length; p++)
			probability[p] = (cells[p] > 0 ? 0.7f : 0.3f) + 0.15f * (float) Math.sin(
				p / 40.);
		for (final boolean thinning : new boolean[] { false, true }) {
			final BestThreshold best = BestThreshold.of(truth, ArrayImgs.floats(
				probability, 512, 512), new double[] { 0.4, 0.5, 0.6 }, thinning);
			assertEquals(0.5, best.threshold(), "thinning " + thinning);
			assertEquals(1, best.vRand(), 1e-12, "thinning " + thinning);
			assertEquals(1, best.vInfo(), 1e-12, "thinning " + thinning);
			for (final int other : new int[] { 0, 2 })
				assertTrue(best.scores().get(other).vRand() < 0.999, "thinning " +
					thinning + ", threshold index " + other + ": " + best.scores().get(
						other).vRand());
		}
	}

	private static ArrayImg<FloatType, FloatArray> image(final float[] row) {
		return ArrayImgs.floats(row, row.length, 1);
	}
}
