
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.Prefs;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.RoiEncoder;
import ij.io.TiffEncoder;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Opens and saves image files through ImageJ, without windows or questions:
 * whatever goes wrong is an {@link IOException} that names the file.
 */
public final class ImageFiles {

	private static final String GET_BIO_FORMATS =
		"Bio-Formats reads it; that comes with Fiji, and can be put into plain ImageJ's folder plugins, or named to the command line in UNET_CLASSPATH, as bioformats_package.jar";

	private ImageFiles() {}

	/**
	 * Opens an image file, or the first series of one: TIFF, GIF, PNG, JPEG, BMP,
	 * PGM, DICOM, FITS and AVI by ImageJ's own readers; OME-TIFF, images of
	 * microscopes, and what these do not know by Bio-Formats, where it is. Stacks
	 * and hyperstacks included. Pixel values are kept as stored: a palette image
	 * has its index values and its table. One file at a time, because ImageJ's
	 * reader has global state.
	 *
	 * @throws IOException if there is no such file, it is a folder, empty, not an
	 *           image, damaged, or its planes have 2^31 pixels or more
	 */
	public static ImagePlus open(final Path file) throws IOException {
		return open(file, 1);
	}

	/**
	 * Opens an image as {@link #open(Path)}.
	 *
	 * @param series number of the series within the file, from 1; above 1
	 *          Bio-Formats is needed
	 * @throws IOException if there is no such series, or as {@link #open(Path)}
	 */
	public static synchronized ImagePlus open(final Path file, final int series)
		throws IOException
	{
		final Path path = file.toAbsolutePath().normalize();
		if (!Files.exists(path)) throw new NoSuchFileException("There is no file " +
			path + ".");
		try {
			check(path);
			return readSafely(path, series);
		}
		catch (final IOException e) {
			throw new IOException("Cannot open " + (series == 1 ? "" : "series " +
				series + " of ") + path + ": " + ImageJReader.oneLine(e) + ".", e);
		}
	}

	/**
	 * @return number of image series in the file; 1 unless it is of a format that
	 *         Bio-Formats is asked for first, see {@link ImageFormats}
	 * @throws IOException if Bio-Formats cannot read it
	 */
	public static synchronized int seriesCount(final Path file)
		throws IOException
	{
		final Optional<BioFormats> further = BioFormats.find();
		return further.isPresent() && ImageFormats.isForBioFormats(file) ? further
			.get().sizes(file.toAbsolutePath().normalize()).size() : 1;
	}

	private static void check(final Path path) throws IOException {
		if (Files.isDirectory(path)) throw new IOException(
			"it is a folder, not an image file");
		if (Files.size(path) == 0) throw new IOException("it is empty");
		if (!Files.isReadable(path)) throw new IOException(
			"access to it is denied; change its permissions");
		// Its pixels lie in a folder beside it; Bio-Formats would take the
		// thumbnail for the slide.
		if (extension(path).equals("mrxs")) throw new IOException(
			"MIRAX slides cannot be read here; export a region of the slide as TIFF");
	}

	/** Readers trust what stands in a header, and stumble over what cannot be. */
	private static ImagePlus readSafely(final Path path, final int series)
		throws IOException
	{
		try {
			return read(path, series);
		}
		catch (final RuntimeException e) {
			throw new IOException("its content is damaged", e);
		}
	}

	private static ImagePlus read(final Path path, final int series)
		throws IOException
	{
		final Optional<BioFormats> further = BioFormats.find();
		if (series > 1 && !further.isPresent()) throw new IOException(
			"only the first series can be read here; " + GET_BIO_FORMATS);
		if (further.isPresent() && (series > 1 || ImageFormats.isForBioFormats(
			path))) return further.get().open(path, series);
		try {
			return ImageJReader.open(path);
		}
		catch (final ImageJReader.OtherFormatException e) {
			if (further.isPresent()) return further.get().open(path, series);
			final boolean known = ImageFormats.isForBioFormats(path) || TiffHeader
				.read(path).isPresent();
			throw new IOException(ImageJReader.oneLine(e) + "; " + (known
				? GET_BIO_FORMATS : "save it as TIFF or PNG"), e);
		}
	}

	/**
	 * Saves an image whole: nobody ever sees half a file.
	 *
	 * @param file name with the extension tif, tiff (pixels, calibration,
	 *          overlay) or png (one plane, overlay drawn in)
	 * @param overwrite whether an existing file may be replaced
	 * @throws IOException if the file exists and must not be replaced, the
	 *           extension is another one, or writing fails
	 */
	public static void save(final ImagePlus image, final Path file,
		final boolean overwrite) throws IOException
	{
		final String extension = extension(file);
		if (extension.startsWith("tif")) WholeFile.write(file, overwrite,
			out -> writeTiff(image, out));
		else if (extension.equals("png")) save(picture(image), file, overwrite);
		else throw new IOException("Cannot write " + file +
			": images are saved as .tif or .png.");
	}

	/**
	 * Saves a picture whole, as PNG.
	 *
	 * @param overwrite whether an existing file may be replaced
	 * @throws IOException if the file exists and must not be replaced, or writing
	 *           fails
	 */
	public static void save(final BufferedImage picture, final Path file,
		final boolean overwrite) throws IOException
	{
		WholeFile.write(file, overwrite, out -> {
			// By itself ImageIO makes a file in between, which it cannot do any more
			// while the Java machine shuts down: after Ctrl-C.
			try (ImageOutputStream memory = new MemoryCacheImageOutputStream(out)) {
				ImageIO.write(picture, "png", memory);
			}
		});
	}

	private static BufferedImage picture(final ImagePlus image) {
		return image.getOverlay() == null ? image.getBufferedImage() : image
			.flatten().getBufferedImage();
	}

	private static void writeTiff(final ImagePlus image, final OutputStream out)
		throws IOException
	{
		final FileInfo info = image.getFileInfo();
		final FileSaver saver = new FileSaver(image);
		info.description = saver.getDescriptionString();
		info.info = image.getInfoProperty();
		info.properties = image.getPropertiesAsArray();
		info.sliceLabels = image.getStackSize() > 1 ? image.getStack()
			.getSliceLabels() : null;
		info.roi = RoiEncoder.saveAsByteArray(image.getRoi());
		info.overlay = FileSaver.getOverlay(image);
		if (image.isComposite()) saver.saveDisplayRangesAndLuts(image, info);
		encoder(info).write(out);
	}

	/**
	 * The order of bytes is a preference of ImageJ. Files shall be the same
	 * whatever it is, and whether there is a window in which it could be changed.
	 */
	private static synchronized TiffEncoder encoder(final FileInfo info) {
		final boolean preferred = Prefs.intelByteOrder;
		Prefs.intelByteOrder = true;
		try {
			return new TiffEncoder(info);
		}
		finally {
			Prefs.intelByteOrder = preferred;
		}
	}

	private static String extension(final Path file) {
		final String name = file.getFileName().toString();
		final int dot = name.lastIndexOf('.');
		return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
	}
}
