
package sc.fiji.unet.labeling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.img.basictypeaccess.array.LongArray;
import net.imglib2.type.logic.BitType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

class ConnectedComponentsTest {

	private static final int[] DIAGONAL = { //
		1, 0, 0, 1, //
		0, 1, 0, 1, //
		0, 0, 0, 1, //
		1, 1, 0, 0 };

	@Test
	void connectivityIsNamedByTheNumberOfNeighbours() {
		assertEquals(Connectivity.FACES, Connectivity.of(4, 2));
		assertEquals(Connectivity.FULL, Connectivity.of(8, 2));
		assertEquals(Connectivity.FACES, Connectivity.of(6, 3));
		assertEquals(Connectivity.FULL, Connectivity.of(26, 3));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> Connectivity.of(8, 3)).getMessage();
		assertTrue(message.contains("6 or 26 in 3-D"), message);
	}

	@Test
	void diagonalPixelsHangTogetherUnderFullConnectivityOnly() {
		final ArrayImg<IntType, IntArray> mask = ArrayImgs.ints(DIAGONAL, 4, 4);
		assertArrayEquals(new int[] { 1, 0, 0, 2, 0, 1, 0, 2, 0, 0, 0, 2, 3, 3, 0,
			0 }, RandomLabels.pixels(ConnectedComponents.ofMask(mask)));
		assertArrayEquals(new int[] { 1, 0, 0, 2, 0, 3, 0, 2, 0, 0, 0, 2, 4, 4, 0,
			0 }, RandomLabels.pixels(ConnectedComponents.ofMask(mask,
				Connectivity.FACES)));
	}

	@Test
	void numbersFollowTheScanAlsoWherePartsMeetLate() {
		final int[] parts = { //
			0, 9, 0, 9, 5, //
			0, 0, 0, 0, 5, //
			9, 0, 0, 9, 5, //
			9, 9, 9, 9, 5 };
		assertArrayEquals(new int[] { 0, 1, 0, 2, 2, 0, 0, 0, 0, 2, 2, 0, 0, 2, 2,
			2, 2, 2, 2, 2 }, RandomLabels.pixels(ConnectedComponents.ofMask(ArrayImgs
				.ints(parts, 5, 4))));
		assertArrayEquals(new int[] { 0, 1, 0, 2, 3, 0, 0, 0, 0, 3, 4, 0, 0, 4, 3,
			4, 4, 4, 4, 3 }, RandomLabels.pixels(ConnectedComponents.ofEqualValues(
				ArrayImgs.ints(parts, 5, 4), Connectivity.FULL)));
	}

	@Test
	void ignoredPixelsBelongToNothingAndStay() {
		assertArrayEquals(new int[] { 1, -1, 2, 0 }, RandomLabels.pixels(
			ConnectedComponents.ofMask(ArrayImgs.ints(new int[] { 255, -1, 255, 0 },
				4, 1))));
	}

	@Test
	void bitMasksAndViewsAreMasksToo() {
		final ArrayImg<BitType, LongArray> bits = ArrayImgs.bits(4, 1);
		bits.getAt(0, 0).setOne();
		bits.getAt(3, 0).setOne();
		assertArrayEquals(new int[] { 1, 0, 0, 2 }, RandomLabels.pixels(
			ConnectedComponents.ofMask(bits)));
		assertArrayEquals(new int[] { 1, 0, 2, 0, 0, 2 }, RandomLabels.pixels(
			ConnectedComponents.ofMask(Views.interval(ArrayImgs.ints(DIAGONAL, 4, 4),
				new long[] { 1, 1 }, new long[] { 3, 2 }))));
	}

	@Test
	void equalsFloodFillOnRandomImages() {
		final Random random = new Random(5);
		for (int i = 0; i < 200; i++) {
			final long[] size = i % 2 == 0 ? new long[] { 1 + random.nextInt(20), 1 +
				random.nextInt(20) } : new long[] { 1 + random.nextInt(7), 1 + random
					.nextInt(7), 1 + random.nextInt(7) };
			final ArrayImg<IntType, IntArray> image = ArrayImgs.ints(size);
			final int share = 2 + random.nextInt(3);
			image.forEach(t -> t.set(Math.max(-1, random.nextInt(share + 1) - 1)));
			for (final Connectivity c : Connectivity.values())
				for (final boolean equalOnly : new boolean[] { false, true })
					assertArrayEquals(floodFill(image, c, equalOnly), RandomLabels.pixels(
						equalOnly ? ConnectedComponents.ofEqualValues(image, c)
							: ConnectedComponents.ofMask(image, c)), "image " + i + " of " +
								Arrays.toString(size) + ", " + c + ", equal only " + equalOnly);
		}
	}

	private static int[] floodFill(final ArrayImg<IntType, IntArray> image,
		final Connectivity connectivity, final boolean equalOnly)
	{
		final int[] values = RandomLabels.pixels(image);
		final long[] size = image.dimensionsAsLongArray();
		final int[] result = new int[values.length];
		int n = 0;
		for (int p = 0; p < values.length; p++) {
			if (values[p] < 0) result[p] = values[p];
			if (values[p] <= 0 || result[p] > 0) continue;
			result[p] = ++n;
			final ArrayDeque<Integer> open = new ArrayDeque<>();
			open.add(p);
			while (!open.isEmpty()) {
				final int a = open.pop();
				for (int b = 0; b < values.length; b++) {
					if (result[b] > 0 || !(equalOnly ? values[b] == values[a]
						: values[b] > 0) || !near(a, b, size, connectivity)) continue;
					result[b] = n;
					open.add(b);
				}
			}
		}
		return result;
	}

	static boolean near(final int a, final int b, final long[] size,
		final Connectivity connectivity)
	{
		long largest = 0;
		long sum = 0;
		long stride = 1;
		for (final long n : size) {
			final long apart = Math.abs(a / stride % n - b / stride % n);
			largest = Math.max(largest, apart);
			sum += apart;
			stride *= n;
		}
		return largest == 1 && (connectivity == Connectivity.FULL || sum == 1);
	}

	@Test
	void labelsBeyondAnIntAreRefusedInsteadOfWrapped() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> LabelPixels.of(ArrayImgs.unsignedInts(new int[] { 1, -1 }, 2, 1)))
			.getMessage();
		assertTrue(message.contains("4294967295") && message.contains("anew"),
			message);
	}
}
