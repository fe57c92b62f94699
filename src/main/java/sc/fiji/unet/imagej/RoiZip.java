
package sc.fiji.unet.imagej;

import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.io.RoiEncoder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * ROI sets as the ROI Manager saves and opens them: a ZIP with one file for
 * each ROI. Needs no ROI Manager and no display.
 */
public final class RoiZip {

	private static final String EXTENSION = ".roi";

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
			zip.putNextEntry(new ZipEntry(uniqueName(roi, names) + EXTENSION));
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

	/**
	 * @param file ROI set, written by {@link #write} or by the ROI Manager
	 * @return its ROIs in order, with their names
	 * @throws IOException if the file cannot be read, or holds no ROI
	 */
	public static List<Roi> read(final Path file) throws IOException {
		final List<Roi> rois = new ArrayList<>();
		try (InputStream in = Files.newInputStream(file);
				ZipInputStream zip = new ZipInputStream(in))
		{
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip
				.getNextEntry())
				if (entry.getName().endsWith(EXTENSION)) rois.add(decode(entry
					.getName(), zip.readAllBytes(), file));
		}
		if (rois.isEmpty()) throw new IOException("There is no ROI in " + file +
			"; give a ROI set that the ROI Manager has saved.");
		return rois;
	}

	private static Roi decode(final String entry, final byte[] bytes,
		final Path file) throws IOException
	{
		final Roi roi = RoiDecoder.openFromByteArray(bytes);
		if (roi == null) throw new IOException("The ROI " + entry + " in " + file +
			" is damaged.");
		if (roi.getName() == null || roi.getName().isEmpty()) roi.setName(entry
			.substring(entry.lastIndexOf('/') + 1, entry.length() - EXTENSION
				.length()));
		return roi;
	}
}
