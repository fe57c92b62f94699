
package sc.fiji.unet.labeling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class SeededWatershedTest {

	@Test
	void objectsMeetWhereTheLevelIsLowest() {
		final int[] labels = { 1, 0, 0, 0, 0, 2 };
		grow(labels, new int[] { 9, 8, 7, 3, 8, 9 }, 6);
		assertArrayEquals(new int[] { 1, 1, 1, 2, 2, 2 }, labels);
	}

	@Test
	void objectsMeetInTheMiddleOfAPlateau() {
		final int[] labels = { 1, 0, 0, 0, 0, 2 };
		grow(labels, new int[] { 9, 5, 5, 5, 5, 9 }, 6);
		assertArrayEquals(new int[] { 1, 1, 1, 2, 2, 2 }, labels);
	}

	@Test
	void nothingGrowsOverLevelZeroOrOverCorners() {
		final int[] labels = { 1, 0, 0, //
			0, 0, 0, //
			0, 0, 0 };
		grow(labels, new int[] { 9, 9, 0, //
			9, 0, 9, //
			0, 9, 9 }, 3, 3);
		assertArrayEquals(new int[] { 1, 1, 0, 1, 0, 0, 0, 0, 0 }, labels);
	}

	@Test
	void equalsASearchOfAllWaitingPixels() {
		final Random random = new Random(3);
		for (int round = 0; round < 300; round++) {
			final long[] size = round % 2 == 0 ? new long[] { 1 + random.nextInt(12),
				1 + random.nextInt(12) } : new long[] { 1 + random.nextInt(5), 1 +
					random.nextInt(5), 1 + random.nextInt(5) };
			int count = 1;
			for (final long length : size)
				count *= length;
			final int[] labels = random.ints(count, 0, 12).map(r -> r > 3 ? 0 : r)
				.toArray();
			final int[] levels = random.ints(count, 0, 6).map(r -> r * 51).toArray();
			final int[] expected = naive(labels.clone(), levels, size);
			grow(labels, levels, size);
			assertArrayEquals(expected, labels, "round " + round);
		}
	}

	@Test
	void stopsWhenAsked() {
		final int edge = 1100;
		final int[] labels = new int[edge * edge];
		labels[0] = 1;
		final byte[] levels = new byte[labels.length];
		Arrays.fill(levels, (byte) 1);
		final long[] size = { edge, edge };
		assertFalse(SeededWatershed.grow(labels, levels, size, () -> true));
		assertTrue(SeededWatershed.grow(labels, levels, size, () -> false));
		assertEquals(labels.length, Arrays.stream(labels).sum());
	}

	@Test
	void sizesMustFit() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> SeededWatershed.grow(new int[6], new byte[6], new long[] { 2, 2 },
				() -> false)).getMessage();
		assertTrue(message.contains("[2, 2]"), message);
	}

	private static void grow(final int[] labels, final int[] levels,
		final long... size)
	{
		final byte[] bytes = new byte[levels.length];
		for (int i = 0; i < bytes.length; i++)
			bytes[i] = (byte) levels[i];
		assertTrue(SeededWatershed.grow(labels, bytes, size, () -> false));
	}

	/** Takes the highest, of equals the longest waiting, one after another. */
	private static int[] naive(final int[] labels, final int[] levels,
		final long[] size)
	{
		final List<int[]> waiting = new ArrayList<>();
		for (int p = 0; p < labels.length; p++)
			if (labels[p] > 0) waiting.add(new int[] { p, 255 });
		while (!waiting.isEmpty()) {
			int best = 0;
			for (int i = 1; i < waiting.size(); i++)
				if (waiting.get(i)[1] > waiting.get(best)[1]) best = i;
			final int[] pixel = waiting.remove(best);
			for (int d = 0, stride = 1; d < size.length; stride *= size[d++])
				for (final int step : new int[] { -1, 1 }) {
					final long to = pixel[0] / stride % size[d] + step;
					final int q = pixel[0] + step * stride;
					if (to < 0 || to >= size[d] || labels[q] != 0 || levels[q] == 0)
						continue;
					labels[q] = labels[pixel[0]];
					waiting.add(new int[] { q, Math.min(levels[q], pixel[1]) });
				}
		}
		return labels;
	}
}
