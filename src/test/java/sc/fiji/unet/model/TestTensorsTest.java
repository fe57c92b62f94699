
package sc.fiji.unet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

class TestTensorsTest {

	private static final float TOLERANCE = 1e-5f;

	@Test
	void normalisingTwiceIsNormalisingOnce() {
		for (final Preprocessing p : new Preprocessing[] { Preprocessing
			.percentiles(1, 99.8), Preprocessing.minMax(), Preprocessing.zScore() })
		{
			final Random random = new Random(1);
			final float[] values = new float[2 * 500];
			for (int i = 0; i < values.length; i++)
				values[i] = 1000 * (i % 2) + 70 * random.nextFloat();
			TestTensors.normalize(values, 2, p);
			final float[] once = values.clone();
			TestTensors.normalize(values, 2, p);
			assertArrayEquals(once, values, TOLERANCE, p.normalization().toString());
		}
	}

	@Test
	void channelsAreNormalisedOnTheirOwnAndConstantOnesBecomeZero() {
		final float[] values = { 0, 7, 5, 7, 10, 7 };
		TestTensors.normalize(values, 2, Preprocessing.minMax());
		assertArrayEquals(new float[] { 0, 0, 0.5f, 0, 1, 0 }, values, TOLERANCE);
	}

	@Test
	void percentilesAreThoseOfNumpy() {
		// numpy.percentile([0, 1, 2, 10], [10, 90]) = 0.3, 7.6
		final float[] values = { 10, 0, 2, 1 };
		TestTensors.normalize(values, 1, Preprocessing.percentiles(10, 90));
		assertEquals((10 - 0.3) / 7.3, values[0], TOLERANCE);
		assertEquals((0 - 0.3) / 7.3, values[1], TOLERANCE);
	}

	@Test
	void proposedSizeIsAdmissible() {
		for (final Padding padding : Padding.values()) {
			final UNetConfig config = UNetConfig.builder().baseAndDepth(16, 4)
				.padding(padding).build();
			final long[] size = TestTensors.size(config);
			new UNetShape(config).checkInput(size);
			assertTrue(size[0] < 300, "size " + size[0] + " should stay small");
		}
	}
}
