
package sc.fiji.unet.segment;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.UNetConfig;

/**
 * Computes probabilities for any interval of an image of any size: the
 * overlap-tile strategy with mirror extension (Ronneberger et al. 2015, figure
 * 2). A tile at the border takes the same path as one in the middle.
 * <p>
 * The result is that of the whole image, mirror-extended, in one piece, within
 * rounding errors, whatever interval and tile size are asked for. Not
 * thread-safe, like the network.
 * </p>
 */
public final class OverlapTile {

	private final Network network;
	private final TileGeometry geometry;
	private final long[] limit;
	private final Averaging averaging;

	/**
	 * @param network network to ask; stays the caller's to close
	 * @param tileSize upper bound of the tiles
	 * @param averaging which turned copies of a tile to predict as well
	 * @throws IllegalArgumentException if the network resizes its output to a
	 *           fixed size, the tile size has another number of axes, or it is to
	 *           be turned for a network that treats x and y differently
	 */
	public OverlapTile(final Network network, final TileSize tileSize,
		final Averaging averaging)
	{
		this.network = network;
		this.averaging = averaging;
		geometry = new TileGeometry(network.config());
		limit = tileSize.limit(geometry, averaging);
		if (averaging.turns() && !geometry.isSquare())
			throw new IllegalArgumentException(
				"This network treats x and y differently, so that images cannot be rotated for it; use averaging=flips.");
	}

	/**
	 * Computes the probabilities of an interval; blocks until done. Of the source
	 * only the pixels of the interval and their context are read, tile by tile.
	 *
	 * @param source grey values (x, y[, z], c) as the image has them
	 * @param normalizer makes network input of them, with the same values for the
	 *          whole image or series
	 * @param output what to compute: x, y[, z] in pixels of the source; may reach
	 *          over the border
	 * @param sink takes the tiles, x fastest, then y[, z]
	 * @param cancelled asked before each prediction
	 * @param progress told after each tile
	 * @throws IllegalArgumentException if axes or channels do not fit the
	 *           network, or a tile does not fit into a buffer
	 * @throws CancellationException if {@code cancelled} says so
	 */
	public void compute(
		final RandomAccessibleInterval<? extends RealType<?>> source,
		final Normalizer normalizer, final Interval output, final TileSink sink,
		final BooleanSupplier cancelled, final TileProgress progress)
	{
		checkAxes(source, normalizer, output);
		final TileGrid grid = new TileGrid(geometry, space(source), output, limit,
			averaging == Averaging.SYMMETRIES);
		final TilePredictor predictor = TilePredictor.of(network, averaging,
			geometry, grid.step(), new MirrorReader(source, normalizer), space(source)
				.minAsLongArray());
		network.cancelWhen(cancelled);
		try {
			compute(grid, predictor, sink, cancelled, progress);
		}
		finally {
			network.cancelWhen(null);
		}
	}

	/** @return number of output channels of the network */
	int classes() {
		return network.config().classes();
	}

	/**
	 * @param image where the image lies: x, y[, z]
	 * @param output what is asked for
	 * @return tiles that are predicted in one piece even together with the next
	 *         pixel on each side, unless memory allows no more than the smallest
	 */
	TileGrid gridWithNeighbours(final Interval image, final Interval output) {
		final long[] smaller = limit.clone();
		for (int d = 0; d < smaller.length; d++)
			smaller[d] = Math.max(geometry.granularity(d), limit[d] - geometry
				.granularity(d));
		return new TileGrid(geometry, image, output, smaller, false);
	}

	private void compute(final TileGrid grid, final TilePredictor predictor,
		final TileSink sink, final BooleanSupplier cancelled,
		final TileProgress progress)
	{
		final long total = grid.size();
		progress.tiles(0, total);
		for (long tile = 0; tile < total; tile++) {
			checkCancelled(cancelled);
			final Interval interval = grid.interval(tile);
			sink.accept(interval, predictor.predict(grid.origin(tile), interval,
				() -> checkCancelled(cancelled)));
			progress.tiles(tile + 1, total);
		}
	}

	private static void checkCancelled(final BooleanSupplier cancelled) {
		if (cancelled.getAsBoolean()) throw new CancellationException(
			"Segmentation was cancelled.");
	}

	/** @return the spatial axes of an image whose last axis is the channel */
	static Interval space(final Interval source) {
		final int n = source.numDimensions() - 1;
		return new FinalInterval(Arrays.copyOf(source.minAsLongArray(), n), Arrays
			.copyOf(source.maxAsLongArray(), n));
	}

	private void checkAxes(final Interval source, final Normalizer normalizer,
		final Interval output)
	{
		final UNetConfig config = network.config();
		final int n = config.dimensions();
		if (source.numDimensions() != n + 1 || output.numDimensions() != n)
			throw new IllegalArgumentException("The network works on " + n +
				"-D images, but the image has " + (source.numDimensions() - 1) +
				" axes besides the channel, and " + output.numDimensions() +
				" are asked for.");
		final long channels = source.dimension(n);
		if (channels != config.channels() || normalizer.channels() != channels)
			throw new IllegalArgumentException("The image has " + channels +
				" channels, but the network was trained on " + config.channels() +
				" (" + String.join(", ", config.channelNames()) +
				"); choose the channels to use.");
	}
}
