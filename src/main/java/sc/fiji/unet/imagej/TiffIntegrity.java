
package sc.fiji.unet.imagej;

import ij.io.FileInfo;
import ij.io.TiffDecoder;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Looks whether a TIFF file holds all the pixels that its header promises.
 * ImageJ itself fills what is missing with zeros, or never returns from a
 * damaged ZIP-compressed strip.
 */
final class TiffIntegrity {

	private TiffIntegrity() {}

	/**
	 * @param images what {@link #decode} has found in the file
	 * @throws IOException if pixels are missing or damaged; the message says
	 *           what, but does not name the file
	 */
	static void check(final FileInfo[] images, final Path file)
		throws IOException
	{
		try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
			for (int i = 0; i < images.length; i++)
				check(images[i], i + 1, in);
		}
	}

	/**
	 * @throws ImageJReader.OtherFormatException if it is a kind of TIFF that
	 *           ImageJ does not read
	 * @throws IOException if the header is damaged; the message says what, but
	 *           does not name the file
	 */
	static FileInfo[] decode(final Path file) throws IOException {
		final FileInfo[] images;
		try {
			images = new TiffDecoder(file.getParent() + "/", file.getFileName()
				.toString()).getTiffInfo();
		}
		catch (final RuntimeException | EOFException e) {
			throw new IOException("its TIFF header is damaged", e);
		}
		catch (final IOException e) {
			throw new ImageJReader.OtherFormatException(ImageJReader.oneLine(e), e);
		}
		if (images == null || images.length == 0) throw new IOException(
			"it is a TIFF without any image");
		return images;
	}

	private static void check(final FileInfo image, final int number,
		final RandomAccessFile in) throws IOException
	{
		if (image.width < 1 || image.height < 1) throw new IOException("image " +
			number + " in it has the size " + image.width + " x " + image.height);
		PlaneSize.check(image.width, image.height);
		final long missing = end(image) - in.length();
		if (missing > 0) throw new IOException("it is cut off, " + missing +
			" bytes are missing");
		if (image.compression == FileInfo.ZIP ||
			image.compression == FileInfo.ZIP_WITH_DIFFERENCING) for (int s =
				0; s < image.stripOffsets.length; s++)
			inflate(image, s, in);
	}

	/** @return position after the last byte of the image's pixels */
	private static long end(final FileInfo image) {
		if (image.nImages > 1 || image.stripLengths == null ||
			image.stripOffsets == null) return image.getOffset() + image.nImages *
				((long) image.width * image.height * image.getBytesPerPixel() + image
					.getGap()) - image.getGap();
		long end = 0;
		for (int s = 0; s < image.stripOffsets.length; s++)
			end = Math.max(end, offset(image, s) + image.stripLengths[s]);
		return end;
	}

	private static long offset(final FileInfo image, final int strip) {
		return Integer.toUnsignedLong(image.stripOffsets[strip]);
	}

	private static void inflate(final FileInfo image, final int strip,
		final RandomAccessFile in) throws IOException
	{
		if (image.stripLengths[strip] < 0) throw new IOException(
			"its TIFF header is damaged: a strip has an impossible length");
		final byte[] compressed = new byte[image.stripLengths[strip]];
		in.seek(offset(image, strip));
		in.readFully(compressed);
		final byte[] buffer = new byte[1 << 16];
		final Inflater inflater = new Inflater();
		inflater.setInput(compressed);
		try {
			while (!inflater.finished())
				if (inflater.inflate(buffer) == 0) throw new DataFormatException();
		}
		catch (final DataFormatException e) {
			throw new IOException("its compressed pixels are damaged", e);
		}
		finally {
			inflater.end();
		}
	}
}
