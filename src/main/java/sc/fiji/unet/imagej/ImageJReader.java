
package sc.fiji.unet.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.io.Opener;
import ij.plugin.AVI_Reader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * ImageJ's own readers. Files are looked at before ImageJ is, which fills what
 * is missing with zeros, asks, and says errors in windows.
 */
final class ImageJReader {

	/** Formats that the Java library can check for damage before ImageJ reads. */
	private static final List<Integer> PICTURES = Arrays.asList(Opener.JPEG,
		Opener.GIF, Opener.PNG);
	private static final List<Integer> OTHER_IMAGES = Arrays.asList(Opener.BMP,
		Opener.DICOM, Opener.TIFF_AND_DICOM, Opener.FITS, Opener.PGM, Opener.ZIP,
		Opener.AVI);

	/** Says that the format of a file is none of ImageJ's. */
	static final class OtherFormatException extends IOException {

		private static final long serialVersionUID = 1;

		OtherFormatException(final String message, final Throwable cause) {
			super(message, cause);
		}
	}

	private ImageJReader() {}

	/**
	 * @param path absolute, of a file that can be read
	 * @return the image; an AVI movie is read frame by frame when it is asked for
	 * @throws OtherFormatException if ImageJ does not know its format
	 * @throws IOException if it is damaged, or its planes are too large; no
	 *           message names the file
	 */
	static ImagePlus open(final Path path) throws IOException {
		final Optional<TiffHeader> header = TiffHeader.read(path);
		if (header.isPresent()) PlaneSize.check(header.get().width(), header.get()
			.height());
		if (header.isPresent() && header.get().isBig())
			throw new OtherFormatException(
				"it is a BigTIFF, which ImageJ does not read by itself", null);
		final int type = new Opener().getFileType(path.toString());
		if (type == Opener.TIFF) TiffIntegrity.check(TiffIntegrity.decode(path),
			path);
		else if (PICTURES.contains(type)) checkPicture(path);
		else if (!OTHER_IMAGES.contains(type)) throw new OtherFormatException(
			"it is not an image of a format that ImageJ reads", null);
		return read(path, type);
	}

	private static void checkPicture(final Path path) throws IOException {
		final long[] size;
		try {
			size = size(path);
		}
		catch (final IOException | RuntimeException e) {
			throw damaged(e);
		}
		PlaneSize.check(size[0], size[1]);
		try {
			ImageIO.read(path.toFile());
		}
		catch (final IOException | RuntimeException e) {
			throw damaged(e);
		}
	}

	private static IOException damaged(final Exception e) {
		return new IOException("the picture is damaged (" + oneLine(e) + ")", e);
	}

	private static long[] size(final Path path) throws IOException {
		try (ImageInputStream in = ImageIO.createImageInputStream(path.toFile())) {
			final Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
			if (!readers.hasNext()) throw new IOException("its header is damaged");
			final ImageReader reader = readers.next();
			try {
				reader.setInput(in, true, true);
				return new long[] { reader.getWidth(0), reader.getHeight(0) };
			}
			finally {
				reader.dispose();
			}
		}
	}

	/** @return what went wrong, without a full stop */
	static String oneLine(final Exception e) {
		final String message = e.getMessage() == null ? e.toString() : e
			.getMessage();
		return message.trim().replaceAll("\\s*\\n\\s*", " ").replaceAll("\\.$", "");
	}

	/**
	 * ImageJ's reader catches its exceptions and shows them in windows; they are
	 * caught here for as long as it reads.
	 */
	private static ImagePlus read(final Path path, final int type)
		throws IOException
	{
		final Throwable[] swallowed = new Throwable[1];
		final Opener opener = new Opener();
		opener.setSilentMode(true);
		IJ.setExceptionHandler(e -> swallowed[0] = e);
		IJ.redirectErrorMessages(true);
		final ImagePlus image;
		try {
			// The opener would ask which frames of a movie are wanted.
			image = type == Opener.AVI ? AVI_Reader.open(path.toString(), true)
				: opener.openImage(path.toString());
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
}
