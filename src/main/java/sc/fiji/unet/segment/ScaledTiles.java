
package sc.fiji.unet.segment;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Intervals;

import sc.fiji.unet.data.Normalizer;

/**
 * Probabilities of an image whose network wants it smaller or larger: the image
 * is scaled, predicted, and the probabilities are interpolated linearly back to
 * the pixels of the image, tile by tile. They are those of the whole image in
 * one piece, within rounding errors. Not thread-safe.
 */
public final class ScaledTiles {

	private final OverlapTile tiles;
	private final Scale scale;

	/** @param tiles predicts images of the scale of its network */
	public ScaledTiles(final OverlapTile tiles, final Scale scale) {
		this.tiles = tiles;
		this.scale = scale;
	}

	/**
	 * As
	 * {@link OverlapTile#compute(RandomAccessibleInterval, Normalizer, Interval, TileSink, BooleanSupplier, TileProgress)},
	 * for an image of another scale; blocks until done.
	 *
	 * @param source grey values (x, y[, z], c) as the image has them, from 0 on
	 * @param normalizer makes network input of the scaled grey values
	 * @param output what to compute, within the source
	 * @param sink takes the tiles, in pixels of the source
	 * @throws IllegalArgumentException as there, and if the source does not start
	 *           at 0
	 * @throws CancellationException if {@code cancelled} says so
	 */
	public void compute(
		final RandomAccessibleInterval<? extends RealType<?>> source,
		final Normalizer normalizer, final Interval output, final TileSink sink,
		final BooleanSupplier cancelled, final TileProgress progress)
	{
		if (scale.isNone()) {
			tiles.compute(source, normalizer, output, sink, cancelled, progress);
			return;
		}
		final RandomAccessibleInterval<? extends RealType<?>> scaled = ScaledImage
			.of(source, scale);
		final Interval whole = OverlapTile.space(scaled);
		final AxisPositions[] positions = positions(output, whole);
		final TileGrid grid = tiles.gridWithNeighbours(whole, reached(positions,
			0));
		progress.tiles(0, grid.size());
		for (long tile = 0; tile < grid.size(); tile++) {
			final Interval own = grid.interval(tile);
			final Interval pixels = pixels(own, positions);
			if (!Intervals.isEmpty(pixels)) {
				final TileBlock block = new TileBlock(Intervals.intersect(neighbours(
					own), reached(positions, 1)), tiles.classes());
				tiles.compute(scaled, normalizer, block.interval(), block, cancelled,
					TileProgress.NONE);
				sink.accept(pixels, block.interpolate(pixels, positions));
			}
			progress.tiles(tile + 1, grid.size());
		}
	}

	private AxisPositions[] positions(final Interval output,
		final Interval whole)
	{
		final AxisPositions[] positions = new AxisPositions[output.numDimensions()];
		for (int d = 0; d < positions.length; d++)
			positions[d] = new AxisPositions(output, whole, scale, d);
		return positions;
	}

	/** @return the scaled pixels that positions lie on, or lie between */
	private static Interval reached(final AxisPositions[] positions,
		final int neighbours)
	{
		final long[] min = new long[positions.length];
		final long[] max = new long[positions.length];
		for (int d = 0; d < min.length; d++) {
			min[d] = positions[d].lowest();
			max[d] = positions[d].highest(neighbours);
		}
		return new FinalInterval(min, max);
	}

	/** @return the tile with the next pixels in the plane */
	private static Interval neighbours(final Interval tile) {
		final long[] max = tile.maxAsLongArray();
		max[0]++;
		max[1]++;
		return new FinalInterval(tile.minAsLongArray(), max);
	}

	/** @return pixels of the image whose positions lie in a tile, or at it */
	private static Interval pixels(final Interval tile,
		final AxisPositions[] positions)
	{
		final long[] min = new long[positions.length];
		final long[] max = new long[positions.length];
		for (int d = 0; d < min.length; d++) {
			min[d] = positions[d].from(tile.min(d));
			max[d] = positions[d].from(tile.max(d) + 1) - 1;
		}
		return new FinalInterval(min, max);
	}
}
