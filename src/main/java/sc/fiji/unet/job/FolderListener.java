
package sc.fiji.unet.job;

/**
 * Hears of a {@link FolderJob}, in its thread. Images are called by their file
 * name, within folders by the path from the folder that was given, with
 * slashes.
 */
public interface FolderListener {

	/** @param sentence about the job as a whole */
	default void message(final String sentence) {}

	/** @param sentence about one of the images */
	default void message(final String image, final String sentence) {}

	/** @param reason why an image could not be segmented, in a sentence */
	default void failed(final String image, final String reason) {}

	/**
	 * After each tile.
	 *
	 * @param number of the image, from 1; those that are skipped count
	 * @param images number of all images
	 * @param done tiles of the image that are finished
	 * @param tiles number of its tiles
	 */
	default void tiles(final String image, final int number, final int images,
		final long done, final long tiles)
	{}
}
