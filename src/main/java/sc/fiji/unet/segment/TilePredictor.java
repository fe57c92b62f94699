
package sc.fiji.unet.segment;

import net.imglib2.Interval;

import sc.fiji.unet.network.Network;

/** Predicts tiles of one size. Holds work space, so not thread-safe. */
interface TilePredictor {

	/**
	 * @param origin where the tile starts: x, y[, z], on the grid of the network
	 * @param wanted the part of the tile that is wanted
	 * @param beforeEach called before each prediction
	 * @return its probabilities, order [class, x, y[, z]]; overwritten by the
	 *         next call, and longer than needed
	 */
	float[] predict(long[] origin, Interval wanted, Runnable beforeEach);

	/**
	 * @param step size x, y[, z] of the tiles, multiples of the granularity
	 * @param reader gives the pixels
	 * @param anchor a pixel of the image on the grid that tiles start on
	 * @throws IllegalArgumentException if a tile does not fit into a buffer
	 */
	static TilePredictor of(final Network network, final Averaging averaging,
		final TileGeometry geometry, final long[] step, final MirrorReader reader,
		final long[] anchor)
	{
		if (averaging == Averaging.ROTATIONS) return new RotationPredictor(network,
			geometry, step, reader, anchor);
		return new SymmetryPredictor(network, averaging.symmetries(), geometry,
			step, reader);
	}
}
