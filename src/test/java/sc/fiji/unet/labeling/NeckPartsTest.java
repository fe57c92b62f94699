
package sc.fiji.unet.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Where masks are parted, and the distances that this follows from. */
class NeckPartsTest {

	private static final int WIDTH = 80;
	private static final int HEIGHT = 50;

	private final byte[] mask = new byte[WIDTH * HEIGHT];

	private void disk(final double x, final double y, final double radius) {
		for (int p = 0; p < mask.length; p++)
			if (Math.hypot(p % WIDTH - x, p / WIDTH - y) <= radius) mask[p] = 1;
	}

	private int[] parts(final double neck) {
		return NeckParts.of(mask, new long[] { WIDTH, HEIGHT }, neck, () -> false);
	}

	private static long count(final int[] parts) {
		return Arrays.stream(parts).filter(p -> p >= 0).distinct().count();
	}

	private static int at(final int x, final int y) {
		return y * WIDTH + x;
	}

	@Test
	void disksThatTouchArePartedInTheMiddle() {
		disk(20, 25, 12);
		disk(42, 25, 12);
		final int[] parts = parts(0.1);
		assertEquals(2, count(parts));
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++) {
				final int part = parts[at(x, y)];
				if (mask[at(x, y)] == 0) assertEquals(-1, part);
				else if (x != 31) assertEquals(parts[at(x < 31 ? 20 : 42, 25)], part,
					x + ", " + y);
			}
	}

	@Test
	void theShareDecidesWhatIsANeck() {
		disk(25, 25, 15);
		disk(40, 25, 15);
		final double saddle = Math.sqrt(15 * 15 - 7.5 * 7.5) / 15;
		assertTrue(saddle > 0.8 && saddle < 0.9, "" + saddle);
		assertEquals(2, count(parts(0.05)));
		assertEquals(1, count(parts(0.2)));
	}

	@Test
	void smallDisksArePartedAsLargeOnesAre() {
		disk(10, 10, 3.5);
		disk(16, 10, 3.5);
		disk(40, 30, 14);
		disk(64, 30, 14);
		assertEquals(4, count(parts(0.1)));
	}

	@Test
	void whatHasNoNeckStaysWhole() {
		for (int p = 0; p < mask.length; p++) {
			final double x = (p % WIDTH - 40) / 30.0;
			final double y = (p / WIDTH - 25) / 10.0;
			if (x * x + y * y <= 1) mask[p] = 1;
		}
		assertEquals(1, count(parts(0.05)));
	}

	@Test
	void aMaskWithoutBackgroundIsOnePart() {
		Arrays.fill(mask, (byte) 1);
		assertEquals(1, count(parts(0.05)));
	}

	@Test
	void partsThatDoNotHangTogetherAreOthers() {
		disk(20, 25, 8);
		disk(60, 25, 8);
		final int[] parts = parts(0.5);
		assertNotEquals(parts[at(20, 25)], parts[at(60, 25)]);
		assertEquals(2, count(parts));
	}

	@Test
	void ballsArePartedToo() {
		final long[] size = { 30, 16, 16 };
		final byte[] balls = new byte[30 * 16 * 16];
		for (int p = 0; p < balls.length; p++)
			for (final int centre : new int[] { 8, 21 }) {
				final double x = p % 30 - centre;
				final double y = p / 30 % 16 - 8;
				final double z = p / 480 - 8;
				if (x * x + y * y + z * z <= 49) balls[p] = 1;
			}
		assertEquals(2, count(NeckParts.of(balls, size, 0.1, () -> false)));
	}

	@Test
	void itCanBeCancelledAndRefusesWhatMakesNoSense() {
		final byte[] large = new byte[2000 * 1000];
		Arrays.fill(large, (byte) 1);
		assertNull(NeckParts.of(large, new long[] { 2000, 1000 }, 0.1, () -> true));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> parts(1))
			.getMessage().contains("Neck 1.0 must be 0 to below 1"));
		assertThrows(IllegalArgumentException.class, () -> NeckParts.of(mask,
			new long[] { 3, 3 }, 0.1, () -> false));
	}

	@Test
	void distancesAreThoseToTheNearestBackground() {
		final Random random = new Random(3);
		final int[] size = { 9, 7, 5 };
		final byte[] some = new byte[9 * 7 * 5];
		for (int p = 0; p < some.length; p++)
			some[p] = (byte) (random.nextInt(12) == 0 ? 0 : 1);
		final float[] distances = DistanceToBackground.of(some, size);
		for (int p = 0; p < some.length; p++) {
			double nearest = Double.POSITIVE_INFINITY;
			for (int q = 0; q < some.length; q++)
				if (some[q] == 0) nearest = Math.min(nearest, Math.hypot(Math.hypot(p %
					9 - q % 9, p / 9 % 7 - q / 9 % 7), p / 63 - q / 63));
			assertEquals(nearest, distances[p], 1e-5);
		}
	}
}
