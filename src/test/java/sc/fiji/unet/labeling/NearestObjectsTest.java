
package sc.fiji.unet.labeling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;

class NearestObjectsTest {

	private static final double TOLERANCE = 1e-5;

	@Test
	void equalsTheNaiveDefinitionIn2D() {
		final Random random = new Random(1);
		for (int i = 0; i < 400; i++)
			compare(RandomLabels.boxes(random, random.nextInt(12), 1 + random.nextInt(
				24), 1 + random.nextInt(24)), "image " + i, 1, 1);
	}

	@Test
	void equalsTheNaiveDefinitionIn3D() {
		final Random random = new Random(2);
		for (int i = 0; i < 200; i++)
			compare(RandomLabels.boxes(random, random.nextInt(12), 1 + random.nextInt(
				9), 1 + random.nextInt(9), 1 + random.nextInt(9)), "volume " + i, 1, 1,
				1);
	}

	@Test
	void equalsTheNaiveDefinitionWithAnisotropicSpacing() {
		final Random random = new Random(3);
		for (int i = 0; i < 200; i++) {
			compare(RandomLabels.boxes(random, random.nextInt(12), 1 + random.nextInt(
				20), 1 + random.nextInt(20)), "image " + i, 0.1 + 3 * random
					.nextDouble(), 0.3);
			compare(RandomLabels.boxes(random, random.nextInt(12), 1 + random.nextInt(
				8), 1 + random.nextInt(8), 1 + random.nextInt(8)), "volume " + i, 0.16,
				0.16, 0.1 + 3 * random.nextDouble());
		}
	}

	@Test
	void equalsTheNaiveDefinitionWhereEveryPixelMayBeAnObject() {
		final Random random = new Random(4);
		for (int i = 0; i < 200; i++) {
			final ArrayImg<IntType, IntArray> labels = ArrayImgs.ints(1 + random
				.nextInt(16), 1 + random.nextInt(16));
			final int share = 1 + random.nextInt(20);
			final int objects = 1 + random.nextInt(40);
			labels.forEach(t -> t.set(random.nextInt(share) == 0 ? 1 + random.nextInt(
				objects) : 0));
			compare(labels, "dots " + i, 1, 1);
		}
	}

	@Test
	void withoutObjectsDistancesAreInfinite() {
		final NearestObjects none = NearestObjects.of(ArrayImgs.ints(3, 2));
		final float[] infinite = new float[6];
		Arrays.fill(infinite, Float.POSITIVE_INFINITY);
		assertArrayEquals(infinite, none.first());
		assertArrayEquals(infinite, none.second());
		assertArrayEquals(new int[6], none.nearest());
		assertArrayEquals(new int[6], none.secondNearest());
	}

	@Test
	void withOneObjectTheSecondDistanceIsInfinite() {
		final NearestObjects one = NearestObjects.of(ArrayImgs.ints(new int[] { 0,
			7, 0, 0 }, 4, 1));
		assertArrayEquals(new float[] { 1, 0, 1, 2 }, one.first());
		assertArrayEquals(new int[] { 7, 7, 7, 7 }, one.nearest());
		assertEquals(Float.POSITIVE_INFINITY, one.second()[3]);
		assertArrayEquals(new int[4], one.secondNearest());
	}

	@Test
	void twoPartsOfOneObjectAreNotTwoObjects() {
		final NearestObjects n = NearestObjects.of(ArrayImgs.ints(new int[] { 5, 0,
			5, 0, 0, 3 }, 6, 1));
		assertArrayEquals(new float[] { 5, 4, 3, 2, 2, 3 }, n.second());
		assertArrayEquals(new int[] { 3, 3, 3, 3, 5, 5 }, n.secondNearest());
	}

	@Test
	void spacingMustBePositiveAndOnePerAxis() {
		for (final double[] bad : new double[][] { { 1 }, { 1, 0 }, { 1, -1 }, { 1,
			Double.NaN }, { 1, 1, 1 } })
		{
			final String message = assertThrows(IllegalArgumentException.class,
				() -> NearestObjects.of(ArrayImgs.ints(3, 2), bad)).getMessage();
			assertTrue(message.contains("2 positive numbers"), message);
		}
	}

	/** Compares with a search over all pixels of all objects. */
	private static void compare(final ArrayImg<IntType, IntArray> image,
		final String name, final double... spacing)
	{
		final int[] labels = RandomLabels.pixels(image);
		final NearestObjects actual = NearestObjects.of(image, spacing);
		final float[] first = actual.first();
		final float[] second = actual.second();
		final int[] nearest = actual.nearest();
		final int[] secondNearest = actual.secondNearest();
		for (int p = 0; p < labels.length; p++) {
			final Map<Integer, Double> distances = distances(image, labels, p,
				spacing);
			final double[] sorted = distances.values().stream().mapToDouble(d -> d)
				.sorted().toArray();
			final String where = name + ", size " + Arrays.toString(image
				.dimensionsAsLongArray()) + ", pixel " + p;
			assertEquals(sorted.length > 0 ? sorted[0] : Double.POSITIVE_INFINITY,
				first[p], TOLERANCE, where + ", first");
			assertEquals(sorted.length > 1 ? sorted[1] : Double.POSITIVE_INFINITY,
				second[p], TOLERANCE, where + ", second");
			if (sorted.length > 0) assertEquals(sorted[0], distances.get(nearest[p]),
				TOLERANCE, where + ", object " + nearest[p]);
			if (sorted.length < 2) continue;
			assertNotEquals(nearest[p], secondNearest[p], where);
			assertEquals(sorted[1], distances.get(secondNearest[p]), TOLERANCE,
				where + ", second object " + secondNearest[p]);
		}
	}

	private static Map<Integer, Double> distances(
		final ArrayImg<IntType, IntArray> image, final int[] labels, final int p,
		final double[] spacing)
	{
		final Map<Integer, Double> distances = new TreeMap<>();
		for (int q = 0; q < labels.length; q++) {
			if (labels[q] <= 0) continue;
			double squared = 0;
			for (int d = 0, a = p, b = q; d < spacing.length; d++) {
				final int n = (int) image.dimension(d);
				final double apart = spacing[d] * (a % n - b % n);
				squared += apart * apart;
				a /= n;
				b /= n;
			}
			distances.merge(labels[q], Math.sqrt(squared), Math::min);
		}
		return distances;
	}
}
