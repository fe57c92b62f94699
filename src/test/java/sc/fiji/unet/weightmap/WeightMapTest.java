
package sc.fiji.unet.weightmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.labeling.RandomLabels;
import sc.fiji.unet.labeling.TestImages;

import org.junit.jupiter.api.Test;

class WeightMapTest {

	private static final WeightMapConfig NO_RIDGE = WeightMapConfig.builder()
		.ridgeWidth(0).build();

	@Test
	void defaultsAreThoseOfThePaper() {
		final WeightMapConfig config = WeightMapConfig.builder().build();
		assertEquals(10, config.w0());
		assertEquals(5, config.sigma());
		assertTrue(config.balanceClasses());
		assertEquals(1, config.ridgeWidth());
		assertEquals(config, config.toBuilder().build());
	}

	@Test
	void equalsTheNaiveDefinitionOnRandomLabels() {
		final Random random = new Random(7);
		for (int i = 0; i < 100; i++) {
			compare(random, i, new long[] { 1 + random.nextInt(20), 1 + random
				.nextInt(20) });
			compare(random, i, new long[] { 1 + random.nextInt(7), 1 + random.nextInt(
				7), 1 + random.nextInt(7) }, 0.5, 0.5, 2.5);
		}
	}

	private static void compare(final Random random, final int i,
		final long[] size, final double... spacing)
	{
		final ArrayImg<IntType, IntArray> image = RandomLabels.boxes(random, random
			.nextInt(9), size);
		final double sigma = 1 + 4 * random.nextDouble();
		final double[] expected = NaiveWeightMap.compute(RandomLabels.pixels(image),
			size, 10, sigma, spacing);
		final float[] actual = values(WeightMap.compute(image, NO_RIDGE.toBuilder()
			.sigma(sigma).spacing(spacing).build()));
		for (int p = 0; p < expected.length; p++)
			assertEquals(expected[p], actual[p], 1e-5 * Math.max(1, expected[p]),
				"image " + i + " of " + Arrays.toString(size) + ", pixel " + p);
	}

	@Test
	void equalsTheIndependentlyMadeMapOfMembranes() {
		final ArrayImg<IntType, IntArray> cells = ConnectedComponents.ofMask(
			TestImages.labels("isbi2012/labels/00.png"), Connectivity.FULL);
		compareWithOracle("isbi_00_weight.tif", cells);
	}

	@Test
	void equalsTheIndependentlyMadeMapOfTouchingCells() {
		compareWithOracle("hela_02_t006_weight.tif", TestImages.labels(
			"dic-hela/labels/02_t006.tif"));
	}

	private static void compareWithOracle(final String name,
		final ArrayImg<IntType, IntArray> labels)
	{
		final float[] expected = TestImages.floats("oracle/" + name);
		final float[] actual = values(WeightMap.compute(labels, NO_RIDGE));
		assertArrayEquals(expected, actual, 1e-3f, name);
	}

	@Test
	void withoutObjectsEveryWeightIsOne() {
		assertArrayEquals(new float[] { 1, 1, 1, 1 }, values(WeightMap.compute(
			ArrayImgs.ints(2, 2), NO_RIDGE)));
	}

	@Test
	void whereAllIsObjectEveryWeightIsOne() {
		assertArrayEquals(new float[] { 1, 1, 1, 1 }, values(WeightMap.compute(
			ArrayImgs.ints(new int[] { 3, 3, 3, 3 }, 2, 2), NO_RIDGE)));
	}

	@Test
	void oneObjectHasBalanceButNoBorder() {
		final ArrayImg<IntType, IntArray> one = ArrayImgs.ints(new int[] { 0, 2, 0,
			0 }, 4, 1);
		assertArrayEquals(new float[] { 1, 3, 1, 1 }, values(WeightMap.compute(one,
			NO_RIDGE)));
		assertArrayEquals(new float[4], values(WeightMap.border(one, NO_RIDGE)));
	}

	@Test
	void objectsAtTheBorderCountAsAnyOther() {
		// d1 + d2 = 5 at each of the four pixels between: exp(-25 / 50).
		final float border = (float) (10 * Math.exp(-0.5));
		assertArrayEquals(new float[] { 2, 1 + border, 1 + border, 1 + border, 1 +
			border, 2 }, values(WeightMap.compute(ArrayImgs.ints(new int[] { 1, 0, 0,
				0, 0, 2 }, 6, 1), NO_RIDGE)), 1e-5f);
	}

	@Test
	void withoutBalanceEachClassWeighsOne() {
		assertArrayEquals(new float[] { 1, 1, 1, 1, 0 }, values(WeightMap.compute(
			ArrayImgs.ints(new int[] { 0, 2, 0, 0, -1 }, 5, 1), NO_RIDGE.toBuilder()
				.balanceClasses(false).build())));
	}

	@Test
	void ignoredPixelsWeighNothingAndAreNotCounted() {
		assertArrayEquals(new float[] { 1, 2, 1, 0, 0, 0 }, values(WeightMap
			.compute(ArrayImgs.ints(new int[] { 0, 2, 0, -1, -1, -1 }, 6, 1),
				NO_RIDGE)));
	}

	@Test
	void theRidgeBetweenTouchingObjectsIsHeavyBackground() {
		final ArrayImg<IntType, IntArray> touching = ArrayImgs.ints(new int[] { 1,
			1, 2, 2, 2 }, 5, 1);
		final WeightMapConfig config = WeightMapConfig.builder().build();
		final float border = (float) (10 * Math.exp(-4 / 50.));
		assertArrayEquals(new float[] { 1, 1, 4 + border, 1, 1 }, values(WeightMap
			.compute(touching, config)), 1e-5f);
		assertArrayEquals(new float[] { 0, 0, border, 0, 0 }, values(WeightMap
			.border(touching, config)), 1e-5f);
		assertArrayEquals(new float[] { 1, 1, 1, 1, 1 }, values(WeightMap.compute(
			touching, NO_RIDGE)), "without ridge");
	}

	@Test
	void valuesOutOfRangeAreRefused() {
		for (final WeightMapConfig.Builder bad : new WeightMapConfig.Builder[] {
			WeightMapConfig.builder().w0(-1), WeightMapConfig.builder().w0(
				Double.NaN), WeightMapConfig.builder().sigma(0), WeightMapConfig
					.builder().ridgeWidth(-1), WeightMapConfig.builder().spacing(1, 0) })
			assertThrows(IllegalArgumentException.class, bad::build);
	}

	private static float[] values(final ArrayImg<FloatType, FloatArray> image) {
		return image.update(null).getCurrentStorageArray();
	}
}
