
package sc.fiji.unet.imagej;

import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.io.RoiEncoder;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * ROI sets as the ROI Manager opens them: a ZIP with one file for each ROI.
 * Needs no ROI Manager and no display.
 */
public final class RoiZip {

	private static final String EXTENSION = ".roi";
	/**
	 * The same ROIs shall give the same bytes, whenever and wherever they are
	 * written. At the very beginning of 1980 Java would add the time zone.
	 */
	private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1,
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

	/**
	 * @param file a ROI set (.zip), or a single ROI (.roi)
	 * @return its ROIs, in order, with the names that they were given
	 * @throws IOException if the file cannot be read, or holds something else
	 */
	public static List<Roi> read(final Path file) throws IOException {
		final List<Roi> rois = new ArrayList<>();
		final String name = file.getFileName().toString();
		if (name.endsWith(EXTENSION)) add(name, Files.readAllBytes(file), file,
			rois);
		else try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(
			file)))
		{
			for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry())
				if (isRoi(e)) add(e.getName(), zip.readAllBytes(), file, rois);
		}
		if (rois.isEmpty()) throw new IOException("There is no ROI in " + file +
			"; save it anew with the ROI Manager.");
		return rois;
	}

	/**
	 * @return whether a file is a zip that holds a ROI
	 * @throws IOException if it is no zip, or cannot be read
	 */
	static boolean isRoiSet(final Path file) throws IOException {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			return zip.stream().anyMatch(RoiZip::isRoi);
		}
		catch (final ZipException e) {
			throw new IOException(file + " is no zip file, or damaged (" + e
				.getMessage() + "); save it anew, or take it away.", e);
		}
	}

	/**
	 * macOS adds what it knows of a file as another one, of the name "._file".
	 */
	private static boolean isRoi(final ZipEntry entry) {
		final String name = entry.getName();
		return name.endsWith(EXTENSION) && !lastPart(name).startsWith("._");
	}

	private static String lastPart(final String name) {
		return name.substring(name.lastIndexOf('/') + 1);
	}

	/** @return null if the bytes are no ROI */
	private static Roi decode(final byte[] bytes) {
		try {
			return RoiDecoder.openFromByteArray(bytes);
		}
		catch (final RuntimeException e) {
			// The decoder does not look whether the bytes are cut off.
			return null;
		}
	}

	private static void add(final String name, final byte[] bytes,
		final Path file, final List<Roi> rois) throws IOException
	{
		final Roi roi = decode(bytes);
		if (roi == null) throw new IOException("'" + name + "' in " + file +
			" is no ROI of ImageJ, or damaged; save it anew with the ROI Manager.");
		if (roi.getName() == null) roi.setName(lastPart(name).substring(0, lastPart(
			name).length() - EXTENSION.length()));
		rois.add(roi);
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
