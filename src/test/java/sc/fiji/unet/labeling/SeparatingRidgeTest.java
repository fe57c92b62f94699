
package sc.fiji.unet.labeling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;

class SeparatingRidgeTest {

	@Test
	void theLargerObjectGivesWayByOnePixel() {
		assertArrayEquals(new int[] { 1, 1, 0, 2, 2, 2 }, separate(1, 6, 1, 1, 2, 2,
			2, 2));
		assertArrayEquals(new int[] { 1, 1, 1, 0, 2, 2 }, separate(1, 6, 1, 1, 1, 1,
			2, 2));
	}

	@Test
	void widthZeroChangesNothing() {
		assertArrayEquals(new int[] { 1, 1, 2, 2 }, separate(0, 4, 1, 1, 2, 2));
	}

	@Test
	void widerRidgesGrowToBothSides() {
		final int[] row = { 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2 };
		assertArrayEquals(new int[] { 1, 1, 1, 1, 1, 0, 2, 2, 2, 2, 2 }, separate(1,
			11, row));
		assertArrayEquals(new int[] { 1, 1, 1, 1, 1, 0, 0, 2, 2, 2, 2 }, separate(2,
			11, row));
		assertArrayEquals(new int[] { 1, 1, 1, 1, 0, 0, 0, 2, 2, 2, 2 }, separate(3,
			11, row));
	}

	@Test
	void objectsThatDoNotTouchAndIgnoredPixelsStay() {
		final int[] row = { 1, 1, 0, 2, 2, -1, 3, 3 };
		assertArrayEquals(row, separate(3, 8, row));
	}

	@Test
	void anObjectOfOnePixelSurvivesInsideALargeOne() {
		final int[] labels = { //
			1, 1, 1, 1, 1, //
			1, 1, 2, 1, 1, //
			1, 1, 1, 1, 1 };
		final int[] apart = { //
			1, 0, 0, 0, 1, //
			1, 0, 2, 0, 1, //
			1, 0, 0, 0, 1 };
		assertArrayEquals(apart, separate(1, 5, labels));
		assertArrayEquals(new int[] { //
			1, 0, 0, 0, 0, //
			1, 0, 2, 0, 0, //
			1, 0, 0, 0, 0 }, separate(2, 5, labels));
		// Widening stops where either object would vanish.
		assertArrayEquals(separate(2, 5, labels), separate(9, 5, labels));
	}

	@Test
	void ofTwoTouchingObjectsOfOnePixelTheLargerLabelGoes() {
		assertArrayEquals(new int[] { 0, 4, 0 }, separate(1, 3, 7, 4, 0));
	}

	@Test
	void noObjectVanishesWhereAnExchangeSavesIt() {
		// Without exchange 1 and 2 keep their pixels, and 3 between them none.
		assertArrayEquals(new int[] { 1, 0, 3, 0, 2 }, separate(1, 5, 1, 1, 3, 2,
			2));
		assertArrayEquals(new int[] { 1, 0, 3, 0, 2, 2 }, separate(1, 6, 1, 1, 3, 3,
			2, 2));
		assertEquals(new TreeSet<>(Arrays.asList(1, 2, 3)), objects(separate(1, 7,
			1, 1, 3, 3, 3, 2, 2)));
	}

	@Test
	void randomLabelsAreSetApartByNoMorePixelsThanNeeded() {
		final Random random = new Random(6);
		for (int i = 0; i < 300; i++) {
			final long[] size = i % 2 == 0 ? new long[] { 1 + random.nextInt(18), 1 +
				random.nextInt(18) } : new long[] { 1 + random.nextInt(7), 1 + random
					.nextInt(7), 1 + random.nextInt(7) };
			final ArrayImg<IntType, IntArray> image = RandomLabels.boxes(random,
				random.nextInt(9), size);
			final int[] before = RandomLabels.pixels(image);
			final int[] after = RandomLabels.pixels(SeparatingRidge.separate(image,
				1));
			for (int p = 0; p < before.length; p++) {
				final String where = "image " + i + " of " + Arrays.toString(size) +
					", pixel " + p;
				if (after[p] == before[p]) assertFalse(after[p] > 0 && touches(after, p,
					after[p], size), where + " touches another label");
				else assertTrue(after[p] == 0 && touches(after, p, before[p], size),
					where + " need not be ridge");
			}
			assertArrayEquals(after, RandomLabels.pixels(SeparatingRidge.separate(
				ArrayImgs.ints(after, size), 1)), "separated twice, image " + i);
		}
	}

	@Test
	void theGapIsAsWideAsAsked() {
		final int[] labels = new int[40 * 40];
		for (int p = 0; p < labels.length; p++)
			labels[p] = p % 40 + 2 * (p / 40) < 60 ? 1 : 2;
		for (int width = 1; width <= 5; width++) {
			final int[] after = separate(width, 40, labels);
			assertEquals(width + 1, smallestDistance(after, 40), "width " + width);
		}
	}

	@Test
	void objectsAreRankedBySizeThenByLabel() {
		assertArrayEquals(new int[] { 3, 3, 0, 1, 3, -1, 2, 2, 4, 4, 4 },
			RandomLabels.pixels(SeparatingRidge.ranked(ArrayImgs.ints(new int[] { 5,
				5, 0, 9, 5, -1, 7, 7, 8, 8, 8 }, 11, 1))));
	}

	@Test
	void inAPartTheLargerNumberGivesWayHoweverMuchOfItIsSeen() {
		assertArrayEquals(new int[] { 1, 1, 1, 1, 0 }, part(1, 5, 1, 1, 1, 1, 2));
		assertArrayEquals(new int[] { 2, 2, 2, 0, 1 }, part(1, 5, 2, 2, 2, 2, 1));
	}

	@Test
	void inAPartObjectsThatAreCutCannotVanish() {
		// In the whole image, 3 would be given back a pixel at the cost of 1.
		assertArrayEquals(new int[] { 0, 0, 0, 0, 1, 1, 0, 0, 0, 0 }, part(1, 5, 0,
			0, 0, 0, 1, 1, 3, 0, 0, 0));
	}

	@Test
	void theRidgeIsAlsoAnImage() {
		final byte[] ridge = SeparatingRidge.ridge(ArrayImgs.ints(new int[] { 1, 1,
			2, 2, 2, 0, 3 }, 7, 1), 1).update(null).getCurrentStorageArray();
		assertArrayEquals(new byte[] { 0, 0, (byte) 255, 0, 0, 0, 0 }, ridge);
	}

	@Test
	void aNegativeWidthIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> SeparatingRidge.separate(
			ArrayImgs.ints(2, 2), -1));
	}

	private static int[] separate(final int width, final int columns,
		final int... labels)
	{
		return RandomLabels.pixels(SeparatingRidge.separate(ArrayImgs.ints(labels
			.clone(), columns, labels.length / columns), width));
	}

	private static int[] part(final int width, final int columns,
		final int... labels)
	{
		return RandomLabels.pixels(SeparatingRidge.separatePart(ArrayImgs.ints(
			labels, columns, labels.length / columns), width));
	}

	private static Set<Integer> objects(final int[] labels) {
		final Set<Integer> objects = new TreeSet<>();
		for (final int label : labels)
			if (label > 0) objects.add(label);
		return objects;
	}

	private static boolean touches(final int[] labels, final int p,
		final int label, final long[] size)
	{
		for (int q = 0; q < labels.length; q++)
			if (labels[q] > 0 && labels[q] != label && ConnectedComponentsTest.near(p,
				q, size, Connectivity.FULL)) return true;
		return false;
	}

	/** Chessboard distance between the nearest pixels of different labels. */
	private static int smallestDistance(final int[] labels, final int columns) {
		int smallest = Integer.MAX_VALUE;
		for (int p = 0; p < labels.length; p++)
			for (int q = 0; labels[p] > 0 && q < p; q++)
				if (labels[q] > 0 && labels[q] != labels[p]) smallest = Math.min(
					smallest, Math.max(Math.abs(p % columns - q % columns), p / columns -
						q / columns));
		return smallest;
	}
}
