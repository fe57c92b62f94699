
package sc.fiji.unet.segment;

import java.util.Arrays;

import sc.fiji.unet.network.UNetConfig;

/**
 * How large tiles may become: an upper bound, since smaller images get smaller
 * tiles, and several tiles share an image evenly. Immutable.
 */
public final class TileSize {

	private static final long EDGE_2D = 512;
	private static final long EDGE_3D = 96;
	/** Buffers of the upper level's size that an engine holds at a time. */
	private static final int LIVE_BUFFERS = 5;

	/** Largest tile x, y[, z]; null: by memory and default. */
	private final long[] output;
	/** Memory that a tile may take. */
	private final long bytes;

	private TileSize(final long[] output, final long bytes) {
		this.output = output;
		this.bytes = bytes;
	}

	/** @return 512 output pixels a side in 2-D, 96 in 3-D */
	public static TileSize standard() {
		return new TileSize(null, Long.MAX_VALUE);
	}

	/**
	 * @param output largest tile of the output x, y[, z] in pixels; rounded down
	 *          to what the network can do, but never to nothing
	 * @throws IllegalArgumentException if a size is not positive
	 */
	static TileSize atMost(final long... output) {
		for (final long size : output)
			if (size < 1) throw new IllegalArgumentException("Tile size " + Arrays
				.toString(output) + " must be positive.");
		return new TileSize(output.clone(), Long.MAX_VALUE);
	}

	/**
	 * The standard size, or a smaller one where the memory asks for it.
	 *
	 * @param bytes memory that the engine may use for one tile. What it will use
	 *          is estimated from the feature channels; real engines differ by up
	 *          to a factor of two
	 * @throws IllegalArgumentException if the number is not positive
	 */
	public static TileSize withinMemory(final long bytes) {
		if (bytes < 1) throw new IllegalArgumentException("Memory for a tile of " +
			bytes + " bytes must be positive.");
		return new TileSize(null, bytes);
	}

	/**
	 * @param averaging what is predicted for each tile
	 * @return largest tile x, y[, z], multiples of the granularity
	 * @throws IllegalArgumentException if a size was given for another number of
	 *           axes
	 */
	long[] limit(final TileGeometry geometry, final Averaging averaging) {
		final int n = geometry.config().dimensions();
		if (output != null && output.length != n)
			throw new IllegalArgumentException("Tile size " + Arrays.toString(
				output) + " must have " + n + " axes, as the network has.");
		if (output != null) return onGrid(output, geometry);
		return byMemory(n > 2 ? EDGE_3D : EDGE_2D, geometry, averaging);
	}

	private long[] byMemory(final long largest, final TileGeometry geometry,
		final Averaging averaging)
	{
		long[] best = cube(1, geometry);
		for (long edge = 2; edge <= largest; edge++) {
			final long[] tile = cube(edge, geometry);
			if (bytes(geometry.config(), geometry.input(averaging.predicted(geometry,
				tile))) > bytes) break;
			best = tile;
		}
		return best;
	}

	private static long[] cube(final long edge, final TileGeometry geometry) {
		final long[] tile = new long[geometry.config().dimensions()];
		Arrays.fill(tile, edge);
		return onGrid(tile, geometry);
	}

	private static long[] onGrid(final long[] tile, final TileGeometry geometry) {
		final long[] result = new long[tile.length];
		for (int d = 0; d < result.length; d++) {
			final long step = geometry.granularity(d);
			result[d] = Math.max(step, tile[d] / step * step);
		}
		return result;
	}

	/**
	 * Estimate: the skip connections of all levels, and a handful of buffers at
	 * the upper level, in float32.
	 */
	private static double bytes(final UNetConfig config, final long[] input) {
		double pixels = 1;
		for (final long size : input)
			pixels *= size;
		final int[] features = config.features();
		double values = LIVE_BUFFERS * pixels * features[0];
		for (int l = 0; l < features.length; l++) {
			values += pixels * features[l];
			if (l < config.depth()) for (final int factor : config.pooling(l))
				pixels /= factor;
		}
		return Float.BYTES * values;
	}
}
