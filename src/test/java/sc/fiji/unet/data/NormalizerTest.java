
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.IntensityStatistics;
import sc.fiji.unet.network.Preprocessing;

class NormalizerTest {

	private static ArrayImg<FloatType, FloatArray> image(final float... values) {
		return ArrayImgs.floats(values, values.length, 1, 1);
	}

	private static float[] normalise(final Preprocessing preprocessing,
		final float... values)
	{
		return Normalizer.of(image(values), preprocessing).apply(image(values))
			.update(null).getCurrentStorageArray();
	}

	@Test
	void percentilesAreExact() {
		final float[] values = new float[101];
		for (int i = 0; i < values.length; i++)
			values[i] = 37 * i % 101;
		final ImageStatistics statistics = ImageStatistics.of("ramp", image(
			values));
		for (final double p : new double[] { 0, 0.2, 1, 33.3, 50, 99.8, 100 })
			assertEquals(p, statistics.percentile(0, p), 1e-4, "percentile " + p);
		final IntensityStatistics stored = statistics.intensities().get(0);
		assertArrayEquals(IntensityStatistics.PERCENTILES, stored.percentiles(),
			1e-4);
		assertEquals(50, stored.mean(), 1e-9);
		assertEquals(Math.sqrt(850), stored.standardDeviation(), 1e-9);
		assertEquals(101, stored.count());
	}

	@Test
	void manyPixelsAreSampledButExtremesAndMeanStayExact() {
		final int side = 3000;
		final byte[] pixels = new byte[side * side];
		new Random(1).nextBytes(pixels);
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (byte) ((pixels[i] & 0xff) / 2 + 50);
		pixels[4711] = 1;
		pixels[8_000_001] = (byte) 255;
		long sum = 0;
		for (final byte pixel : pixels)
			sum += pixel & 0xff;
		final ImageStatistics statistics = ImageStatistics.of("large", ArrayImgs
			.unsignedBytes(pixels, side, side, 1));
		final IntensityStatistics stored = statistics.intensities().get(0);
		assertEquals((double) sum / pixels.length, stored.mean(), 1e-9);
		assertEquals(1, stored.percentiles()[0]);
		assertEquals(255, stored.percentiles()[10]);
		assertEquals(113.5, statistics.percentile(0, 50), 1, "median");
	}

	@Test
	void aSeriesIsTakenTogether() {
		final ImageStatistics statistics = ImageStatistics.of(Arrays.asList("a",
			"b"), Arrays.asList(image(0, 1), image(2, 3, 4)));
		assertEquals(2, statistics.percentile(0, 50), 1e-9);
		assertEquals(5, statistics.intensities().get(0).count());
	}

	@Test
	void eachKindMapsItsRangeToZeroAndOne() {
		assertArrayEquals(new float[] { 0, 0.25f, 1 }, normalise(Preprocessing
			.minMax(), 10, 20, 50), 1e-6f);
		assertArrayEquals(new float[] { -1.224745f, 0, 1.224745f }, normalise(
			Preprocessing.zScore(), 10, 20, 30), 1e-5f);
		assertArrayEquals(new float[] { -0.5f, 0, 0.5f, 1, 1.5f }, normalise(
			Preprocessing.percentiles(25, 75), 0, 1, 2, 3, 4), 1e-6f);
	}

	@Test
	void channelsAreNormalisedOnTheirOwn() {
		final ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(new float[] {
			0, 1, 2, 3, 10, 20, 30, 40 }, 2, 2, 2);
		final float[] result = Normalizer.of(image, Preprocessing.minMax()).apply(
			image).update(null).getCurrentStorageArray();
		assertArrayEquals(new float[] { 0, 1 / 3f, 2 / 3f, 1, 0, 1 / 3f, 2 / 3f,
			1 }, result, 1e-6f);
	}

	@Test
	void aConstantImageBecomesZeros() {
		for (final Preprocessing p : new Preprocessing[] { Preprocessing.minMax(),
			Preprocessing.zScore(), Preprocessing.percentiles(1, 99.8) })
			assertArrayEquals(new float[4], normalise(p, 0.1f, 0.1f, 0.1f, 0.1f), p
				.normalization().name());
	}

	@Test
	void fewBrightPixelsSurviveCoincidingPercentiles() {
		final float[] values = new float[10000];
		values[17] = 4;
		final float[] result = normalise(Preprocessing.percentiles(1, 99.8),
			values);
		assertEquals(1, result[17]);
		assertEquals(0, result[16]);
	}

	@Test
	void pixelsThatAreNoNumbersAreAnErrorThatNamesTheImage() {
		for (final float bad : new float[] { Float.NaN, Float.POSITIVE_INFINITY }) {
			final String message = assertThrows(IllegalArgumentException.class,
				() -> ImageStatistics.of("a.tif", image(1, bad, 2))).getMessage();
			assertTrue(message.contains("'a.tif' has 1 pixels"), message);
		}
		final float[] all = new float[9];
		Arrays.fill(all, Float.NaN);
		assertThrows(IllegalArgumentException.class, () -> Normalizer.of(image(all),
			Preprocessing.minMax()));
	}

	@Test
	void anotherNumberOfChannelsIsRefused() {
		final Normalizer one = Normalizer.of(image(1, 2), Preprocessing.minMax());
		assertThrows(IllegalArgumentException.class, () -> one.apply(ArrayImgs
			.floats(2, 2, 3)));
	}
}
