
package sc.fiji.unet.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.Prefs;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.io.RoiEncoder;
import ij.io.TiffEncoder;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Opens and saves image files through ImageJ, without windows or questions:
 * whatever goes wrong is an {@link IOException} that names the file.
 */
public final class ImageFiles {

	/** Formats that the Java library can check for damage before ImageJ reads. */
	private static final List<Integer> PICTURES = Arrays.asList(Opener.JPEG,
		Opener.GIF, Opener.PNG);
	private static final List<Integer> OTHER_IMAGES = Arrays.asList(Opener.BMP,
		Opener.DICOM, Opener.TIFF_AND_DICOM, Opener.FITS, Opener.PGM, Opener.ZIP,
		Opener.AVI);
	private static final List<String> EXTENSIONS = Arrays.asList("tif", "tiff",
		"png", "gif", "jpg", "jpeg", "bmp", "pgm", "ppm", "pbm", "dcm", "fits",
		"avi");

	private ImageFiles() {}

	/**
	 * Whether the name looks like that of an image; the file is not read.
	 *
	 * @param file any file
	 * @return true for the extensions of the formats that ImageJ reads by itself
	 */
	public static boolean hasImageName(final Path file) {
		return EXTENSIONS.contains(extension(file)) && !file.getFileName()
			.toString().startsWith(".");
	}

	/**
	 * Opens an image file of any format that ImageJ reads (TIFF, GIF, PNG, JPEG,
	 * BMP, PGM, DICOM, FITS, AVI; in Fiji whatever its readers know), stacks and
	 * hyperstacks included. Pixel values are kept as stored: a palette image has
	 * its index values and its table. One file at a time, because ImageJ's reader
	 * has global state.
	 *
	 * @throws IOException if there is no such file, it is a folder, empty, not an
	 *           image, or damaged
	 */
	public static synchronized ImagePlus open(final Path file)
		throws IOException
	{
		final Path path = file.toAbsolutePath().normalize();
		if (!Files.exists(path)) throw new NoSuchFileException("There is no file " +
			path + ".");
		try {
			check(path);
			return read(path);
		}
		catch (final IOException e) {
			throw new IOException("Cannot open " + path + ": " + oneLine(e) + ".", e);
		}
	}

	private static String oneLine(final Exception e) {
		final String message = e.getMessage() == null ? e.toString() : e
			.getMessage();
		return message.trim().replaceAll("\\s*\\n\\s*", " ").replaceAll("\\.$", "");
	}

	private static void check(final Path path) throws IOException {
		if (Files.isDirectory(path)) throw new IOException(
			"it is a folder, not an image file");
		if (Files.size(path) == 0) throw new IOException("it is empty");
		if (!Files.isReadable(path)) throw new IOException(
			"access to it is denied; change its permissions");
		final int type = new Opener().getFileType(path.toString());
		if (type == Opener.TIFF) checkTiff(path);
		else if (PICTURES.contains(type)) checkPicture(path);
		else if (!OTHER_IMAGES.contains(type) && !(type == Opener.UNKNOWN &&
			hasMoreReaders())) throw new IOException(
				"it is not an image of a format that ImageJ reads; save it as TIFF or PNG");
	}

	private static void checkTiff(final Path path) throws IOException {
		final FileInfo[] images;
		try {
			images = TiffIntegrity.decode(path);
		}
		catch (final IOException e) {
			// Fiji has readers for kinds of TIFF that ImageJ does not know.
			if (hasMoreReaders()) return;
			throw e;
		}
		TiffIntegrity.check(images, path);
	}

	private static void checkPicture(final Path path) throws IOException {
		try {
			if (ImageIO.read(path.toFile()) == null) throw new IOException(
				"its header is damaged");
		}
		catch (final IOException | RuntimeException e) {
			throw new IOException("the picture is damaged (" + oneLine(e) + ")", e);
		}
	}

	/**
	 * @return whether Fiji's further readers (Bio-Formats and others) are here
	 */
	private static boolean hasMoreReaders() {
		try {
			IJ.getClassLoader().loadClass("HandleExtraFileTypes");
			return true;
		}
		catch (final ClassNotFoundException e) {
			return false;
		}
	}

	/**
	 * ImageJ's reader catches its exceptions and shows them in windows; they are
	 * caught here for as long as it reads.
	 */
	private static ImagePlus read(final Path path) throws IOException {
		final Throwable[] swallowed = new Throwable[1];
		final Opener opener = new Opener();
		opener.setSilentMode(true);
		IJ.setExceptionHandler(e -> swallowed[0] = e);
		IJ.redirectErrorMessages(true);
		final ImagePlus image;
		try {
			image = opener.openImage(path.toString());
		}
		catch (final RuntimeException e) {
			throw new IOException("its content is damaged", e);
		}
		finally {
			IJ.setExceptionHandler(null);
			IJ.redirectErrorMessages(false);
		}
		if (swallowed[0] != null) throw new IOException("its content is damaged",
			swallowed[0]);
		if (image == null) throw new IOException(
			"ImageJ does not find an image in it");
		return image;
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
