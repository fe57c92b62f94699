package loci.plugins.util;

import loci.formats.ImageReader;

/** Stand-in: makes readers. */
public final class LociPrefs {

	private LociPrefs() {}

	public static ImageReader makeImageReader() {
		return new ImageReader();
	}
}
