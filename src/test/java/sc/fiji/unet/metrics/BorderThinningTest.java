
package sc.fiji.unet.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.labeling.RandomLabels;

import org.junit.jupiter.api.Test;

class BorderThinningTest {

	@Test
	void aThickMembraneAcrossTheImageBecomesOnePixelWideInItsMiddle() {
		final int[] mask = new int[9 * 6];
		final int[] thin = new int[9 * 6];
		for (int p = 0; p < mask.length; p++) {
			mask[p] = p % 9 < 3 || p % 9 > 5 ? 1 : 0;
			thin[p] = p % 9 == 4 ? 0 : 1;
		}
		assertArrayEquals(thin, thin(9, mask));
	}

	@Test
	void whateverItsWidthAndDirectionTheLineLiesInTheMiddle() {
		final int edge = 41;
		for (int width = 1; width <= 15; width++)
			for (final boolean upright : new boolean[] { true, false }) {
				final int[] mask = new int[edge * edge];
				for (int p = 0; p < mask.length; p++) {
					final int across = upright ? p % edge : p / edge;
					mask[p] = across >= 12 && across < 12 + width ? 0 : 1;
				}
				final int[] thin = thin(edge, mask);
				for (int along = 0; along < edge; along++) {
					int zeros = 0;
					for (int across = 0; across < edge; across++) {
						if (thin[upright ? along * edge + across : across * edge +
							along] > 0) continue;
						zeros++;
						assertEquals(12 + (width - 1) / 2.0, across, 1, "width " + width +
							", upright " + upright);
					}
					assertEquals(1, zeros, "width " + width + ", upright " + upright);
				}
			}
	}

	@Test
	void looseEndsVanish() {
		assertArrayEquals(new int[] { //
			1, 1, 1, 1, 1, //
			1, 1, 1, 1, 1, //
			1, 1, 1, 1, 1 }, thin(5, //
				1, 1, 1, 1, 1, //
				1, 1, 1, 0, 0, //
				1, 1, 1, 1, 1));
	}

	@Test
	void cellsAreNeitherJoinedNorSplitNorLost() {
		final Random random = new Random(9);
		for (int i = 0; i < 300; i++) {
			final int columns = 1 + random.nextInt(30);
			final int[] mask = new int[columns * (1 + random.nextInt(30))];
			final int share = 2 + random.nextInt(4);
			final int block = 1 + random.nextInt(4);
			final long seed = random.nextLong();
			for (int p = 0; p < mask.length; p++)
				mask[p] = new Random(seed + 31 * (p % columns / block) + 977 * (p /
					columns / block)).nextInt(1000) % share == 0 ? 1 : 0;
			final int[] thin = thin(columns, mask);
			final int[] before = cells(columns, mask);
			final int[] after = cells(columns, thin);
			final String where = "image " + i;
			assertEquals(Arrays.stream(before).max().getAsInt(), Arrays.stream(after)
				.max().getAsInt(), where + ", number of cells");
			final int[] grown = new int[1 + Arrays.stream(before).max().getAsInt()];
			for (int p = 0; p < mask.length; p++) {
				if (mask[p] == 0) continue;
				assertTrue(after[p] > 0, where + ", pixel " + p + " was lost");
				if (grown[before[p]] == 0) grown[before[p]] = after[p];
				assertEquals(grown[before[p]], after[p], where + ", pixel " + p);
			}
		}
	}

	@Test
	void thinnedMembranesCannotBeThinnedFurther() {
		final Random random = new Random(10);
		for (int i = 0; i < 100; i++) {
			final ArrayImg<IntType, IntArray> mask = RandomLabels.boxes(random, 12,
				1 + random.nextInt(30), 1 + random.nextInt(30));
			final ArrayImg<IntType, IntArray> once = BorderThinning.thin(mask);
			assertArrayEquals(RandomLabels.pixels(once), RandomLabels.pixels(
				BorderThinning.thin(once)), "image " + i);
		}
	}

	@Test
	void volumesAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> BorderThinning.thin(
			ArrayImgs.ints(3, 3, 3)));
	}

	private static int[] thin(final int columns, final int... mask) {
		return RandomLabels.pixels(BorderThinning.thin(ArrayImgs.ints(mask, columns,
			mask.length / columns)));
	}

	private static int[] cells(final int columns, final int[] mask) {
		return RandomLabels.pixels(ConnectedComponents.ofMask(ArrayImgs.ints(mask,
			columns, mask.length / columns), Connectivity.FACES));
	}
}
