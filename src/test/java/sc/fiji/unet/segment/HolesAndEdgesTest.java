
package sc.fiji.unet.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

/** Holes, edges and the dropping of objects against stupid loops. */
class HolesAndEdgesTest {

	private static final long[][] SIZES = { { 23, 17 }, { 1, 12 }, { 12, 1 }, { 3,
		3 }, { 8, 7, 6 } };

	/**
	 * Stripes of two labels, perforated, so that there are holes of all kinds.
	 */
	private static int[] random(final long[] size, final long seed) {
		final Random random = new Random(seed);
		final int[] pixels = new int[(int) Intervals.numElements(size)];
		for (int p = 0; p < pixels.length; p++)
			pixels[p] = random.nextInt(4) == 0 ? 0 : random.nextInt(40) == 0 ? 3 : 1 +
				(int) (p % size[0] / 7 % 2);
		return pixels;
	}

	private static RandomAccessibleInterval<IntType> image(final int[] pixels,
		final long[] size)
	{
		final RandomAccessibleInterval<IntType> cells = new CellImgFactory<>(
			new IntType(), 4).create(size);
		int p = 0;
		for (final IntType pixel : Views.flatIterable(cells))
			pixel.set(pixels[p++]);
		final long[] place = new long[size.length];
		Arrays.fill(place, -2);
		return Views.translate(cells, place);
	}

	private static int[] pixels(final RandomAccessibleInterval<IntType> image) {
		final int[] pixels = new int[(int) Intervals.numElements(image)];
		int p = 0;
		for (final IntType pixel : Views.flatIterable(image))
			pixels[p++] = pixel.get();
		return pixels;
	}

	/** @return the neighbours of a pixel by faces; -1 beyond the edge */
	private static int[] neighbours(final int pixel, final long[] size) {
		final int[] found = new int[2 * size.length];
		int stride = 1;
		int rest = pixel;
		for (int d = 0; d < size.length; d++) {
			final int position = (int) (rest % size[d]);
			found[2 * d] = position > 0 ? pixel - stride : -1;
			found[2 * d + 1] = position < size[d] - 1 ? pixel + stride : -1;
			rest /= size[d];
			stride *= size[d];
		}
		return found;
	}

	/** From each pixel of the background as far as it goes. */
	private static int[] filled(final int[] labels, final long[] size) {
		final int[] result = labels.clone();
		for (int start = 0; start < labels.length; start++) {
			if (labels[start] > 0) continue;
			final Set<Integer> hole = new HashSet<>();
			final Set<Integer> around = new HashSet<>();
			final Deque<Integer> waiting = new ArrayDeque<>();
			hole.add(start);
			waiting.add(start);
			while (!waiting.isEmpty())
				for (final int n : neighbours(waiting.remove(), size))
					if (n < 0) around.add(-1);
					else if (labels[n] > 0) around.add(labels[n]);
					else if (hole.add(n)) waiting.add(n);
			final int owner = around.iterator().next();
			if (around.size() == 1 && owner > 0) result[start] = owner;
		}
		return result;
	}

	@Test
	void whatOneObjectEnclosesBecomesPartOfIt() {
		int changed = 0;
		for (final long[] size : SIZES)
			for (int seed = 0; seed < 40; seed++) {
				final int[] labels = random(size, seed);
				final RandomAccessibleInterval<IntType> image = image(labels, size);
				new HoleFilling(image).run(() -> {});
				final int[] expected = filled(labels, size);
				assertArrayEquals(expected, pixels(image), Arrays.toString(size) +
					" seed " + seed);
				for (int p = 0; p < labels.length; p++)
					changed += labels[p] == expected[p] ? 0 : 1;
			}
		assertTrue(changed > 300, changed + " pixels were filled");
	}

	@Test
	void moreBackgroundThanThereIsRoomForAtFirst() {
		final long[] size = { 101, 101 };
		final int[] labels = new int[101 * 101];
		for (int p = 0; p < labels.length; p++)
			labels[p] = p % 101 % 2 == 1 && p / 101 % 2 == 1 ? 0 : 7;
		final RandomAccessibleInterval<IntType> image = image(labels, size);
		new HoleFilling(image).run(() -> {});
		assertEquals(101 * 101, Arrays.stream(pixels(image)).filter(
			label -> label == 7).count(), "2500 holes of one pixel");
	}

	@Test
	void edgesAreThoseInXAndY() {
		for (final long[] size : SIZES) {
			final int[] labels = random(size, 5);
			final BitSet expected = new BitSet();
			for (int p = 0; p < labels.length; p++) {
				final long x = p % size[0];
				final long y = p / size[0] % size[1];
				if (labels[p] > 0 && (x == 0 || y == 0 || x == size[0] - 1 ||
					y == size[1] - 1)) expected.set(labels[p]);
			}
			assertEquals(expected, EdgeObjects.of(image(labels, size)));
		}
		final RandomAccessibleInterval<IntType> inside = ArrayImgs.ints(4, 4, 2);
		inside.getAt(1, 2, 0).set(3);
		assertTrue(EdgeObjects.of(inside).isEmpty(), "the first slice is no edge");
	}

	@Test
	void whatIsKeptIsNumberedInScanOrder() {
		final int[] labels = { 0, 4, 4, 2, 0, 3, 1, 1, 2 };
		final RandomAccessibleInterval<IntType> image = image(labels, new long[] {
			3, 3 });
		final ObjectFilter filter = new ObjectFilter(image, 5);
		assertArrayEquals(new long[] { 2, 2, 2, 1, 2, 0 }, filter.sizes());
		assertArrayEquals(new int[] { 0, 4, 3, 1 }, filter.keep(
			label -> label != 2));
		assertArrayEquals(new int[] { 0, 1, 1, 0, 0, 2, 3, 3, 0 }, pixels(image));
	}

	@Test
	void fillingCanBeStopped() {
		assertThrows(CancellationException.class, () -> new HoleFilling(ArrayImgs
			.ints(3, 3)).run(() -> {
				throw new CancellationException();
			}));
	}
}
