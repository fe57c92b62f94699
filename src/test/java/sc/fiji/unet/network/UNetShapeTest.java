
package sc.fiji.unet.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UNetShapeTest {

	private static final UNetShape PAPER = new UNetShape(UNetConfig.builder()
		.channelList(1, 64, 128, 256, 512, 1024).padding(Padding.VALID).build());

	@Test
	void thePapersNetworkTurns572Into388() {
		assertArrayEquals(new long[] { 388, 388 }, PAPER.output(572, 572));
		assertEquals(92, PAPER.margin(0));
		assertEquals(16, PAPER.granularity(1));
	}

	@Test
	void thePapersNetworkCropsAsInItsFigure() {
		// Figure 1: 568 to 392, 280 to 200, 136 to 104, 64 to 56.
		final int[] expected = { 88, 40, 16, 4 };
		for (int l = 0; l < 4; l++)
			assertEquals(expected[l], PAPER.crop(l, 0), "crop of level " + l);
	}

	@Test
	void admissibleSizesAre16bPlus60() {
		for (long n = 1; n < 700; n++)
			assertEquals(n >= 188 && n % 16 == 12, PAPER.isAdmissible(0, n), "size " +
				n);
		assertEquals(188, PAPER.smallestInput(0), "smallest input");
		assertArrayEquals(new long[] { 4, 4 }, PAPER.output(188, 188));
	}

	@Test
	void refusalNamesTheNearestSizes() {
		final IllegalArgumentException e = assertThrows(
			IllegalArgumentException.class, () -> PAPER.output(570, 572));
		assertTrue(e.getMessage().contains("570") && e.getMessage().contains(
			"556 or 572"), e.getMessage());
		final IllegalArgumentException small = assertThrows(
			IllegalArgumentException.class, () -> PAPER.output(572, 30));
		assertTrue(small.getMessage().contains("use 188"), small.getMessage());
		assertThrows(IllegalArgumentException.class, () -> PAPER.output(572),
			"one axis too few");
	}

	@Test
	void inputForIsTheSmallestThatCovers() {
		for (long output = 1; output < 500; output += 7) {
			final long input = PAPER.inputFor(output, 4)[0];
			assertTrue(PAPER.output(input, 188)[0] >= output, "covers " + output);
			assertFalse(PAPER.isAdmissible(0, input - 16) && PAPER.output(input - 16,
				188)[0] >= output, "smaller would do for " + output);
		}
	}

	@Test
	void samePaddingKeepsMultiplesOf16() {
		final UNetShape same = new UNetShape(UNetConfig.builder().baseAndDepth(16,
			4).padding(Padding.SAME).build());
		assertArrayEquals(new long[] { 256, 32 }, same.output(256, 32));
		assertThrows(IllegalArgumentException.class, () -> same.output(250, 32));
		assertEquals(0, same.margin(0));
		assertEquals(92, same.reach(0));
	}

	@Test
	void axesMayDiffer() {
		// Two levels that pool x and y but not z, with flat kernels on the first
		// level.
		final UNetConfig config = UNetConfig.builder().axes(Axes.uncalibrated(3))
			.features(8, 16, 32).padding(Padding.VALID).kernel(new int[][] { { 3, 3,
				1 }, { 3, 3, 3 }, { 3, 3, 3 } }).pooling(new int[][] { { 2, 2, 1 }, { 2,
					2, 1 } }).build();
		final UNetShape shape = new UNetShape(config);
		assertEquals(4, shape.granularity(0));
		assertEquals(1, shape.granularity(2));
		// z loses 4 on level 1 down, 4 at the bottom, 4 on level 1 up.
		assertEquals(6, shape.margin(2));
		assertArrayEquals(new long[] { 100 - 2 * shape.margin(0), 60, 20 - 12 },
			shape.output(100, 60 + 2 * shape.margin(1), 20));
	}

	@Test
	void theConfiguredOutputSizeWins() {
		final UNetShape shape = new UNetShape(UNetConfig.builder().channelList(1,
			64, 128, 256, 512).padding(Padding.VALID).classes(2).outputSize(572, 572)
			.build());
		assertArrayEquals(new long[] { 572, 572 }, shape.output(572, 572));
		assertArrayEquals(new long[] { 484, 484 }, shape.networkOutput(572, 572));
	}
}
