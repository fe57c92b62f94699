
package sc.fiji.unet.imagej;

import ij.gui.Roi;
import ij.io.RoiEncoder;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * ROI sets as the ROI Manager opens them: a ZIP with one file for each ROI.
 * Needs no ROI Manager and no display.
 */
public final class RoiZip {

	private static final String EXTENSION = ".roi";
	/** The same ROIs shall give the same bytes, whenever they are written. */
	private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1,
		0, 0);

	private RoiZip() {}

	/**
	 * Writes a ROI set whole: nobody ever sees half a file.
	 *
	 * @param rois in this order; positions and colours are kept
	 * @param overwrite whether an existing file may be replaced
	 * @throws IOException if the file exists and must not be replaced, or writing
	 *           fails
	 */
	public static void write(final List<Roi> rois, final Path file,
		final boolean overwrite) throws IOException
	{
		WholeFile.write(file, overwrite, out -> write(rois, out));
	}

	private static void write(final List<Roi> rois, final OutputStream out)
		throws IOException
	{
		final Set<String> names = new HashSet<>();
		final ZipOutputStream zip = new ZipOutputStream(out);
		for (final Roi roi : rois) {
			final ZipEntry entry = new ZipEntry(uniqueName(roi, names) + EXTENSION);
			entry.setTimeLocal(ENTRY_TIME);
			zip.putNextEntry(entry);
			zip.write(RoiEncoder.saveAsByteArray(roi));
			zip.closeEntry();
		}
		zip.finish();
	}

	private static String uniqueName(final Roi roi, final Set<String> names) {
		final String name = roi.getName() == null ? "roi" : roi.getName()
			.replaceAll("[/\\\\:]", "_");
		String unique = name;
		for (int i = 2; !names.add(unique); i++)
			unique = name + "-" + i;
		return unique;
	}
}
