
package sc.fiji.unet.imagej;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Which files are images, by their names. */
public final class ImageFormats {

	/** Extensions of what ImageJ reads by itself. */
	public static final List<String> IMAGEJ = list("tif", "tiff", "png", "gif",
		"jpg", "jpeg", "bmp", "dib", "pgm", "ppm", "pbm", "pnm", "dcm", "dicom",
		"fits", "fit", "fts", "avi", "stk");

	/**
	 * Extensions of what Bio-Formats reads: images of microscopes and slide
	 * scanners, of which a single file is named to open them. Texts, tables and
	 * the like, which its readers claim as well, are none.
	 */
	public static final List<String> BIO_FORMATS = list("czi", "lif", "lof",
		"nd2", "oib", "oif", "oir", "vsi", "lsm", "zvi", "ims", "sld", "dv", "r3d",
		"ics", "flex", "mrc", "dm3", "dm4", "svs", "ndpi", "scn", "bif", "qptiff",
		"btf", "tf2", "tf8", "spe", "pic", "ipl", "nrrd", "nii", "nii.gz", "obf",
		"msr", "jp2", "liff", "gel", "1sc", "al3d", "c01");

	/** OME-TIFF, which ImageJ opens without knowing its channels and series. */
	private static final List<String> OME = list("ome.tif", "ome.tiff", "ome.tf2",
		"ome.tf8", "ome.btf");

	private ImageFormats() {}

	private static List<String> list(final String... extensions) {
		return Collections.unmodifiableList(Arrays.asList(extensions));
	}

	/**
	 * @param file any file; it is not read
	 * @return true if the extension is that of an image, and its reader is here;
	 *         not of hidden files
	 */
	public static boolean isImage(final Path file) {
		return !file.getFileName().toString().startsWith(".") && (has(file,
			IMAGEJ) || has(file, BIO_FORMATS) && BioFormats.find().isPresent());
	}

	/**
	 * @param file any file; it is not read
	 * @return whether Bio-Formats reads it better than ImageJ, or alone
	 */
	static boolean isForBioFormats(final Path file) {
		return has(file, BIO_FORMATS) || has(file, OME);
	}

	private static boolean has(final Path file, final List<String> extensions) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		return extensions.stream().anyMatch(extension -> name.endsWith("." +
			extension));
	}
}
