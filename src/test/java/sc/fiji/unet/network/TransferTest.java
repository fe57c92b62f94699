
package sc.fiji.unet.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;

import org.junit.jupiter.api.Test;

/** What one network is to another one. */
class TransferTest {

	private static UNetConfig network(final String... channels) {
		return UNetConfig.builder().features(2, 4).channelNames(Arrays.asList(
			channels)).build();
	}

	private static UNetConfig classes(final String... names) {
		return UNetConfig.builder().features(2, 4).classNames(Arrays.asList(names))
			.build();
	}

	@Test
	void theSameChannelsKeepTheirKernels() {
		final Transfer swapped = new Transfer(network("DAPI", "GFP"), network("GFP",
			"DAPI"));
		assertTrue(swapped.keepsChannels());
		assertArrayEquals(new double[][] { { 0, 1 }, { 1, 0 } }, swapped
			.channels());
		assertArrayEquals(new double[][] { { 1, 0 }, { 0, 1 } }, new Transfer(
			network("DAPI", "GFP"), network("GFP", "Cy5")).channels(), "in order");
	}

	@Test
	void otherNumbersOfChannelsGiveEqualOnesTheSameAnswer() {
		final double[] weights = { 3, 5, -2 };
		for (int before = 1; before <= 3; before++)
			for (int now = 1; now <= 3; now++) {
				final double[][] factors = new Transfer(UNetConfig.builder().channels(
					before).build(), UNetConfig.builder().channels(now).build())
					.channels();
				double expected = 0;
				double actual = 0;
				for (int i = 0; i < before; i++) {
					expected += weights[i];
					for (int j = 0; j < now; j++)
						actual += weights[i] * factors[i][j];
				}
				assertEquals(expected, actual, 1e-12, before + " to " + now);
			}
	}

	@Test
	void classesAreKnownByTheirNames() {
		final Transfer transfer = new Transfer(classes("background", "cell",
			"wall"), classes("background", "wall", "nucleus", "debris"));
		assertEquals(Arrays.asList("background", "wall"), transfer.keptClasses());
		assertEquals(Arrays.asList("nucleus", "debris"), transfer.newClasses());
		assertArrayEquals(new double[][] { { 1, 0, 0, 0 }, { 0, 0, 0, 0 }, { 0, 1,
			0, 0 } }, transfer.classes());
		assertEquals(Collections.emptyList(), new Transfer(classes("foreground"),
			classes("foreground")).newClasses());
	}

	@Test
	void aSingleProbabilityIsNoExclusiveClass() {
		final Transfer transfer = new Transfer(classes("foreground"), classes(
			"background", "foreground"));
		assertEquals(Arrays.asList("background", "foreground"), transfer
			.newClasses());
		assertEquals(Collections.emptyList(), transfer.keptClasses());
	}

	@Test
	void theBorderOfObjectsIsAClassToo() {
		final UNetConfig border = network("a").toBuilder().objectsWithBorder()
			.build();
		assertEquals(Collections.emptyList(), new Transfer(border, border)
			.newClasses());
		assertEquals(border.classNames(), new Transfer(network("a"), border)
			.newClasses());
		assertEquals(Arrays.asList("foreground"), new Transfer(border, network("a",
			"b")).newClasses());
	}

	@Test
	void otherArchitecturesAreRefused() {
		final UNetConfig small = network("a");
		for (final UNetConfig other : new UNetConfig[] { small.toBuilder().features(
			2, 8).build(), small.toBuilder().padding(Padding.VALID).build(), small
				.toBuilder().batchNormalization(false).build(), small.toBuilder()
					.kernel(new int[][] { { 5, 5 }, { 3, 3 } }).build() })
		{
			final String message = assertThrows(IllegalArgumentException.class,
				() -> new Transfer(small, other)).getMessage();
			assertTrue(message.contains("[1, 2, 4]"), message);
		}
		assertFalse(new Transfer(small, network("a", "b").toBuilder().axes(Axes
			.calibrated("um", 0.1, 0.1)).build()).keepsChannels());
	}
}
