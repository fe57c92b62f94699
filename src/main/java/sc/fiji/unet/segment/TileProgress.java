
package sc.fiji.unet.segment;

/** Is told how far the tiles of a run have come, in the run's thread. */
@FunctionalInterface
public interface TileProgress {

	/** Tells nobody. */
	TileProgress NONE = (done, total) -> {};

	/**
	 * @param done number of tiles that are finished, from 0
	 * @param total number of tiles in all
	 */
	void tiles(long done, long total);
}
