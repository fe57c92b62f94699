
package sc.fiji.unet.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.BoxNetwork;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;

class OverlapTileTest {

	private static final double TOLERANCE = 1e-5;
	private static final long SEED = 5;

	private static UNetConfig.Builder flat(final Padding padding) {
		return UNetConfig.builder().features(1, 1, 1).padding(padding);
	}

	private static UNetConfig.Builder volume(final Padding padding) {
		return UNetConfig.builder().axes(Axes.uncalibrated(3)).features(1, 1, 1)
			.kernel(new int[][] { { 3, 3, 1 }, { 3, 3, 3 }, { 3, 3, 3 } }).pooling(
				new int[][] { { 2, 2, 1 }, { 2, 2, 2 } }).padding(padding);
	}

	/** Collects tiles into one array, order [class, x, y[, z]]. */
	private static final class Collector implements TileSink {

		private final Interval interval;
		private final int classes;
		private final float[] values;
		private final int[] visits;

		Collector(final Interval interval, final int classes) {
			this.interval = interval;
			this.classes = classes;
			long count = 1;
			for (int d = 0; d < interval.numDimensions(); d++)
				count *= interval.dimension(d);
			visits = new int[(int) count];
			values = new float[visits.length * classes];
		}

		@Override
		public void accept(final Interval tile, final float[] probabilities) {
			int count = 1;
			for (int d = 0; d < tile.numDimensions(); d++)
				count *= tile.dimension(d);
			for (int i = 0; i < count; i++) {
				int rest = i;
				long place = 0;
				long stride = 1;
				for (int d = 0; d < tile.numDimensions(); d++) {
					place += (rest % tile.dimension(d) + tile.min(d) - interval.min(d)) *
						stride;
					rest /= tile.dimension(d);
					stride *= interval.dimension(d);
				}
				visits[(int) place]++;
				System.arraycopy(probabilities, i * classes, values, (int) place *
					classes, classes);
			}
		}
	}

	private static Collector tiled(final BoxNetwork network,
		final RandomAccessibleInterval<FloatType> image, final TileSize size,
		final Averaging averaging, final Interval interval)
	{
		final Collector collector = new Collector(interval, network.config()
			.classes());
		new OverlapTile(network, size, averaging).compute(image, TestImages
			.identity(network.config().channels()), interval, collector, () -> false,
			TileProgress.NONE);
		return collector;
	}

	private static void assertTiledEqualsUntiled(final UNetConfig config,
		final long[] tile, final long... size)
	{
		final long[] withChannels = Arrays.copyOf(size, size.length + 1);
		withChannels[size.length] = config.channels();
		final ArrayImg<FloatType, FloatArray> image = TestImages.noise(1,
			withChannels);
		final BoxNetwork network = new BoxNetwork(config, SEED);
		final float[] expected = TestImages.untiled(network, image);
		final BoxNetwork tiling = new BoxNetwork(config, SEED);
		final Collector actual = tiled(tiling, image, TileSize.atMost(tile),
			Averaging.NONE, OverlapTile.space(image));
		final String what = config.padding() + " image " + Arrays.toString(size) +
			" in tiles of " + Arrays.toString(tile);
		for (final int visits : actual.visits)
			assertEquals(1, visits, "visits of a pixel, " + what);
		assertClose(expected, actual.values, what);
		assertFalse(tiling.sawSeveralSizes(), "several input sizes, " + what);
	}

	private static void assertClose(final float[] expected, final float[] actual,
		final String what)
	{
		assertEquals(expected.length, actual.length, what);
		double lowest = 1;
		double highest = 0;
		for (int i = 0; i < expected.length; i++) {
			assertEquals(expected[i], actual[i], TOLERANCE, what + ", value " + i);
			lowest = Math.min(lowest, expected[i]);
			highest = Math.max(highest, expected[i]);
		}
		assertTrue(expected.length < 10 || highest - lowest > 100 * TOLERANCE,
			"the test image gives nearly equal probabilities: " + lowest + " to " +
				highest);
	}

	@Test
	void tiledEqualsUntiledForAnySize() {
		for (final Padding padding : Padding.values()) {
			final UNetConfig config = flat(padding).channels(2).classes(3).build();
			for (final long[] size : new long[][] { { 50, 37 }, { 64, 64 }, { 3, 90 },
				{ 1, 70 }, { 1, 1 }, { 17, 2 } })
				for (final long[] tile : new long[][] { { 1, 1 }, { 20, 8 }, { 23,
					1000 } })
					assertTiledEqualsUntiled(config, tile, size);
		}
	}

	@Test
	void tiledEqualsUntiledInThreeDimensions() {
		for (final Padding padding : Padding.values())
			for (final long[] size : new long[][] { { 20, 13, 9 }, { 5, 1, 12 } })
				assertTiledEqualsUntiled(volume(padding).build(), new long[] { 8, 4,
					5 }, size);
	}

	@Test
	void anIntervalGetsWhatTheWholeImageHasThere() {
		for (final Padding padding : Padding.values()) {
			final UNetConfig config = flat(padding).build();
			final BoxNetwork network = new BoxNetwork(config, SEED);
			final RandomAccessibleInterval<FloatType> image = Views.translate(
				TestImages.noise(2, 60, 50, 1), 1000, -7, 0);
			final Interval whole = OverlapTile.space(image);
			final Collector all = tiled(network, image, TileSize.standard(),
				Averaging.NONE, whole);
			final Interval part = FinalInterval.createMinSize(1013, 2, 30, 21);
			final Collector some = tiled(network, image, TileSize.atMost(12, 12),
				Averaging.NONE, part);
			for (int y = 0, i = 0; y < 21; y++)
				for (int x = 0; x < 30; x++, i++)
					assertEquals(all.values[13 + x + 60 * (9 + y)], some.values[i],
						TOLERANCE, padding + " at " + x + ", " + y);
		}
	}

	@Test
	void onlyTheIntervalAndItsContextAreReadOfAHugeImage() {
		final long size = 1_000_000;
		final long[] low = { size, size };
		final long[] high = { 0, 0 };
		final AtomicInteger reads = new AtomicInteger();
		final RandomAccessibleInterval<FloatType> image = Views.interval(
			new FunctionRandomAccessible<>(3, (p, value) -> {
				reads.incrementAndGet();
				for (int d = 0; d < 2; d++) {
					low[d] = Math.min(low[d], p.getLongPosition(d));
					high[d] = Math.max(high[d], p.getLongPosition(d));
				}
				value.set((p.getLongPosition(0) ^ p.getLongPosition(1)) % 7 / 6f);
			}, FloatType::new), FinalInterval.createMinSize(0, 0, 0, size, size, 1));
		final UNetConfig config = flat(Padding.VALID).build();
		tiled(new BoxNetwork(config, SEED), image, TileSize.atMost(16, 16),
			Averaging.NONE, FinalInterval.createMinSize(500_000, 700_000, 32, 32));
		// margin 4 + 8 + 8 = 20; outputs are 4 b, so that 16 fit without a rest
		assertEquals("[499980, 699980] to [500051, 700051]", Arrays.toString(low) +
			" to " + Arrays.toString(high));
		assertEquals(4 * 56 * 56, reads.get());
	}

	@Test
	void smallImagesGetSmallTiles() {
		final BoxNetwork network = new BoxNetwork(flat(Padding.SAME).build(), SEED);
		tiled(network, TestImages.noise(1, 30, 9, 1), TileSize.standard(),
			Averaging.NONE, FinalInterval.createMinSize(0, 0, 30, 9));
		// rounded up to 4, and a halo of 22, rounded up to 24, on each side
		assertEquals("[80, 60]", Arrays.toString(network.lastSize()));
		assertEquals(1, network.calls());
	}

	@Test
	void tilesShareAnImageEvenly() {
		final BoxNetwork network = new BoxNetwork(flat(Padding.SAME).build(), SEED);
		tiled(network, TestImages.noise(1, 65, 40, 1), TileSize.atMost(64, 64),
			Averaging.NONE, FinalInterval.createMinSize(0, 0, 65, 40));
		// 65 in two tiles of 36, not of 64 and 1
		assertEquals("[84, 88]", Arrays.toString(network.lastSize()));
		assertEquals(2, network.calls());
	}

	@Test
	void lessMemoryGivesSmallerTiles() {
		final TileGeometry geometry = new TileGeometry(UNetConfig.builder().padding(
			Padding.VALID).build());
		long last = 0;
		for (final long megabytes : new long[] { 1, 64, 128 }) {
			final long edge = TileSize.withinMemory(megabytes << 20).limit(geometry,
				Averaging.NONE)[0];
			assertTrue(edge > last, edge + " px for " + megabytes + " MiB after " +
				last);
			last = edge;
		}
		assertArrayEquals(TileSize.standard().limit(geometry, Averaging.NONE),
			TileSize.withinMemory(1L << 40).limit(geometry, Averaging.NONE),
			"no more than the standard");
	}

	@Test
	void averagingTreatsAllDirectionsAlike() {
		for (final Padding padding : Padding.values()) {
			final BoxNetwork network = new BoxNetwork(flat(padding).classes(2)
				.build(), SEED);
			final ArrayImg<FloatType, FloatArray> image = TestImages.noise(3, 24, 24,
				1);
			final Interval all = FinalInterval.createMinSize(0, 0, 24, 24);
			final float[] plain = tiled(network, image, TileSize.standard(),
				Averaging.NONE, all).values;
			final float[] rotated = tiled(network, image, TileSize.standard(),
				Averaging.SYMMETRIES, all).values;
			final float[] transposed = tiled(network, Views.permute(image, 0, 1),
				TileSize.standard(), Averaging.SYMMETRIES, all).values;
			final float[] flips = tiled(network, image, TileSize.standard(),
				Averaging.FLIPS, all).values;
			final float[] flipped = tiled(network, Views.zeroMin(Views.invertAxis(
				image, 0)), TileSize.standard(), Averaging.FLIPS, all).values;
			double change = 0;
			for (int y = 0; y < 24; y++)
				for (int x = 0; x < 24; x++) {
					final int i = 2 * (x + 24 * y);
					final String at = padding + " at " + x + ", " + y;
					assertEquals(rotated[i], transposed[2 * (y + 24 * x)], TOLERANCE, at);
					assertEquals(flips[i], flipped[2 * (23 - x + 24 * y)], TOLERANCE, at);
					change = Math.max(change, Math.abs(plain[i] - rotated[i]));
				}
			assertTrue(change > 1e-3, "averaging changed only " + change);
		}
	}

	@Test
	void averagedTilesFitTogetherToo() {
		for (final Averaging averaging : Averaging.values()) {
			final BoxNetwork network = new BoxNetwork(flat(Padding.SAME).build(),
				SEED);
			final ArrayImg<FloatType, FloatArray> image = TestImages.noise(3, 41, 30,
				1);
			final Interval all = FinalInterval.createMinSize(0, 0, 41, 30);
			assertClose(tiled(network, image, TileSize.standard(), averaging,
				all).values, tiled(network, image, TileSize.atMost(12, 16), averaging,
					all).values, averaging.toString());
		}
	}

	@Test
	void cancelStopsBeforeTheNextTile() {
		final BoxNetwork network = new BoxNetwork(flat(Padding.SAME).build(), SEED);
		final List<String> progress = new ArrayList<>();
		final OverlapTile tiles = new OverlapTile(network, TileSize.atMost(16, 16),
			Averaging.NONE);
		assertThrows(CancellationException.class, () -> tiles.compute(TestImages
			.noise(1, 64, 64, 1), TestImages.identity(1), FinalInterval.createMinSize(
				0, 0, 64, 64), (tile, p) -> {}, () -> progress.size() == 3, (done,
					total) -> progress.add(done + "/" + total)));
		assertEquals(Arrays.asList("0/16", "1/16", "2/16"), progress);
		assertEquals(2, network.calls());
	}

	@Test
	void whatDoesNotFitIsNamed() {
		final OverlapTile tiles = new OverlapTile(new BoxNetwork(flat(Padding.SAME)
			.channels(2).build(), SEED), TileSize.standard(), Averaging.NONE);
		final Interval all = FinalInterval.createMinSize(0, 0, 8, 8);
		assertMessage("3 channels, but the network was trained on 2", () -> tiles
			.compute(TestImages.noise(1, 8, 8, 3), TestImages.identity(3), all, (tile,
				p) -> {}, () -> false, TileProgress.NONE));
		assertMessage("works on 2-D images", () -> tiles.compute(TestImages.noise(1,
			8, 8, 8, 2), TestImages.identity(2), all, (tile, p) -> {}, () -> false,
			TileProgress.NONE));
		assertMessage("resizes its output", () -> new OverlapTile(new BoxNetwork(
			flat(Padding.SAME).outputSize(9, 9).build(), SEED), TileSize.standard(),
			Averaging.NONE));
		assertMessage("cannot be rotated", () -> new OverlapTile(new BoxNetwork(
			flat(Padding.SAME).pooling(new int[][] { { 2, 1 }, { 2, 2 } }).build(),
			SEED), TileSize.standard(), Averaging.SYMMETRIES));
		assertMessage("cannot be rotated", () -> new OverlapTile(new BoxNetwork(
			flat(Padding.SAME).pooling(new int[][] { { 2, 1 }, { 2, 2 } }).build(),
			SEED), TileSize.standard(), Averaging.ROTATIONS));
	}

	private static void assertMessage(final String expected,
		final Runnable action)
	{
		final String message = assertThrows(IllegalArgumentException.class,
			action::run).getMessage();
		assertTrue(message.contains(expected), "expected '" + expected + "' in '" +
			message + "'");
	}
}
