
package sc.fiji.unet.imagej;

import java.io.IOException;
import java.util.Locale;

/**
 * How large a plane may be: an image of ImageJ is an array of Java, and so are
 * the grey values, labels and probabilities that are made of it.
 */
final class PlaneSize {

	/** Values that an array holds: 2^31 - 1. */
	static final long MOST = Integer.MAX_VALUE;

	private PlaneSize() {}

	/**
	 * @param width of the planes of a file in pixels, as its header says
	 * @param height likewise
	 * @throws IOException if no image of ImageJ can hold them; the message says
	 *           why and what to do, but does not name the file
	 */
	static void check(final long width, final long height) throws IOException {
		if (height == 0 || width <= MOST / height) return;
		throw new IOException(String.format(Locale.ROOT,
			"its planes have %,d x %,d pixels, but a plane of ImageJ holds %,d at most; open a region of it (in Fiji File > Import > Bio-Formats with \"Crop on import\") and segment that, or a smaller series of the file, if it has several",
			width, height, MOST));
	}

	/**
	 * @param name of the image
	 * @param width in pixels
	 * @param height in pixels
	 * @param layers number of values a pixel
	 * @param what the layers are, such as "channels"
	 * @param remedy what to do instead
	 * @throws IllegalArgumentException if an array cannot hold a plane with all
	 *           of its layers
	 */
	static void check(final String name, final long width, final long height,
		final long layers, final String what, final String remedy)
	{
		if (width * height <= MOST / layers) return;
		throw new IllegalArgumentException(String.format(Locale.ROOT,
			"The image \"%s\" has %,d x %,d pixels in %,d %s, but %,d values are the most that can be worked on in one piece. %s",
			name, width, height, layers, what, MOST, remedy));
	}
}
