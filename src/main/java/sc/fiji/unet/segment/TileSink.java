
package sc.fiji.unet.segment;

import net.imglib2.Interval;

/**
 * Takes the probabilities of an image, one tile after the other. All calls come
 * from the thread that asked for the tiles.
 */
@FunctionalInterface
public interface TileSink {

	/**
	 * @param tile where the tile lies: x, y[, z] in pixels of the source; tiles
	 *          do not overlap and together cover what was asked for
	 * @param probabilities order [class, x, y[, z]] with the class fastest; may
	 *          be longer than the tile, and is reused for the next one
	 */
	void accept(Interval tile, float[] probabilities);

	/** @return a sink that hands each tile on to all of the given ones */
	static TileSink all(final TileSink... sinks) {
		final TileSink[] copy = sinks.clone();
		return (tile, probabilities) -> {
			for (final TileSink sink : copy)
				sink.accept(tile, probabilities);
		};
	}
}
