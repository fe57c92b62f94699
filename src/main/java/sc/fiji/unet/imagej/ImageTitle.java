
package sc.fiji.unet.imagej;

import ij.ImagePlus;

/** What images that are made from another one are called after. */
public final class ImageTitle {

	private ImageTitle() {}

	/**
	 * @return title without the extension of a file name, blanks kept: as
	 *         {@code File.getNameWithoutExtension} gives it to a macro, which
	 *         ImageJ's short title does not. A series stays, as in "plate.lif -
	 *         Series001": there is no extension with a blank in it
	 */
	public static String withoutExtension(final ImagePlus image) {
		final String title = image.getTitle().trim();
		final int dot = title.lastIndexOf('.');
		return dot <= 0 || title.indexOf(' ', dot) > 0 ? title : title.substring(0,
			dot);
	}
}
