
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.ImageTrait;
import sc.fiji.unet.network.TrainingTraits;

class TraitDeviationTest {

	private static final int SIZE = 64;

	/** Noise of a standard deviation, which is its trait, too. */
	private static ImageTraits noise(final double... deviations) {
		final Random random = new Random(1);
		final float[] v = new float[SIZE * SIZE * deviations.length];
		for (int i = 0; i < v.length; i++)
			v[i] = (float) (deviations[i / (SIZE * SIZE)] * random.nextGaussian());
		return ImageTraits.of(Collections.singletonList(ArrayImgs.floats(v, SIZE,
			SIZE, deviations.length)), Normalizer.identity(deviations.length));
	}

	private static TrainingTraits training(final int images, final int channels,
		final ImageTrait trait, final double low, final double high)
	{
		final List<Map<ImageTrait, double[]>> list = new ArrayList<>();
		for (int c = 0; c < channels; c++)
			list.add(new EnumMap<>(Collections.singletonMap(trait, new double[] { low,
				high })));
		return new TrainingTraits(images, list);
	}

	@Test
	void withinTheRangeNothingDeviates() {
		final TrainingTraits training = training(10, 1, ImageTrait.NOISE, 0.1, 0.2);
		for (final double noise : new double[] { 0.1, 0.15, 0.2, 0.25 })
			assertFalse(TraitDeviation.of(training, noise(noise)).isPresent(),
				"noise " + noise);
	}

	@Test
	void aFewTimesMoreNoiseDeviates() {
		final TraitDeviation found = TraitDeviation.of(training(10, 1,
			ImageTrait.NOISE, 0.1, 0.2), noise(0.8)).get();
		assertEquals(ImageTrait.NOISE, found.trait());
		assertTrue(found.isAbove());
		assertEquals(0.8, found.value(), 0.05);
		assertEquals(0.1, found.low());
		assertEquals(0.2, found.high());
		assertFalse(found.isInverted());
	}

	@Test
	void theChannelThatDeviatesMostIsNamed() {
		final TraitDeviation found = TraitDeviation.of(training(10, 3,
			ImageTrait.NOISE, 0.1, 0.2), noise(0.8, 0.01, 0.15)).get();
		assertEquals(1, found.channel());
		assertFalse(found.isAbove());
	}

	@Test
	void traitsThatAreNotKnownSayNothing() {
		final TrainingTraits training = training(10, 1, ImageTrait.BRIGHTEST, 0,
			0.01);
		assertFalse(TraitDeviation.of(training, noise(5)).isPresent());
	}

	@Test
	void otherChannelsAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> TraitDeviation.of(
			training(10, 2, ImageTrait.NOISE, 0, 1), noise(0.1)));
	}

	/** 10 images, tolerance 1.8 factors of 2, and a ninth of the range. */
	@Test
	void marginIsToleranceAndShareOfTheRange() {
		final double low = 0.096;
		final double high = 0.196; // with the floor 0.1 and 0.2
		final double margin = 1.5 * (1 + 2 / 10.0) + 1 / 9.0;
		final double value = 0.2 * Math.pow(2, margin) - 0.004;
		assertEquals(1, ImageTrait.NOISE.excess(value, low, high, 10), 1e-9);
		assertEquals(1, ImageTrait.NOISE.excess(0.1 * Math.pow(2, -margin) - 0.004,
			low, high, 10), 1e-9);
		assertEquals(0, ImageTrait.NOISE.excess(0.15, low, high, 10));
	}

	@Test
	void fewImagesAllowMore() {
		double last = Double.POSITIVE_INFINITY;
		for (final int images : new int[] { 1000, 100, 10, 5, 3, 2 }) {
			final double excess = ImageTrait.LEVEL.excess(0.9, 0.1, 0.3, images);
			assertTrue(excess < last, images + " images: " + excess + ", " + last);
			last = excess;
		}
		assertEquals(0.2 / 0.15, ImageTrait.LEVEL.excess(0.5, 0.3, 0.3, 1), 1e-9,
			"one image");
	}

	@Test
	void fewerClippedPixelsAreWelcome() {
		assertEquals(0, ImageTrait.BRIGHTEST.excess(0, 0.5, 0.6, 10));
		assertEquals(0, ImageTrait.DARKEST.excess(0, 0.5, 0.6, 10));
		assertTrue(ImageTrait.DARKEST.excess(0.9, 0.5, 0.6, 10) > 1);
	}
}
