
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.ImageInput;

/**
 * What the training stack of the ISBI 2012 challenge consists of: 30 slices of
 * 512 x 512 pixels, 8-bit, and labels 0 (membrane) and 255. Of 24 of the slices
 * the pixels are known, as SHA-256 over the pixels of all of them, slice by
 * slice and line by line, whatever file they are in.
 */
final class IsbiContent {

	static final int SIDE = 512;
	static final int SLICES = 30;
	/** Indices of the slices whose pixels are known. */
	static final int[] KNOWN = { 0, 1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16,
		17, 19, 20, 21, 22, 24, 25, 26, 27, 29 };
	private static final String IMAGES =
		"fa98b5cdcbd0a8599cd94ca44b9f672501f438f249ad882c415d54b23d7d7a73";
	private static final String LABELS =
		"1316a653e35320814ed9ac58cf4a660c3951bbbf44234829debe366343f9c0e5";
	private static final int MOST = 255;

	private IsbiContent() {}

	/**
	 * @param images file of the images
	 * @param labels file of the labels
	 * @return whether the known slices have the known pixels
	 * @throws IOException if a file cannot be opened, or is not such a stack;
	 *           says what it is
	 */
	static boolean isKnown(final Path images, final Path labels)
		throws IOException
	{
		final String ofImages = fingerprint(images, false);
		final String ofLabels = fingerprint(labels, true);
		return ofImages.equals(IMAGES) && ofLabels.equals(LABELS);
	}

	private static String fingerprint(final Path file, final boolean isLabels)
		throws IOException
	{
		final ImageInput stack = ImageInput.of(ImageFiles.open(file),
			ChannelSelection.all());
		final ArrayImg<FloatType, FloatArray> first = stack.slice(1, 1);
		final int slices = stack.slices() * stack.frames();
		if (slices != SLICES || stack.channels() != 1 || first.dimension(
			0) != SIDE || first.dimension(1) != SIDE) throw new IOException(file
				.getFileName() + " has " + slices + " slices of " + first.dimension(0) +
				" x " + first.dimension(1) + " pixels in " + stack.channels() +
				" channels, not " + SLICES + " of " + SIDE + " x " + SIDE + " in one.");
		final MessageDigest sum = Checksums.sha256();
		int known = 0;
		for (int i = 0; i < SLICES; i++) {
			final byte[] bytes = bytes(stack.planes().get(i), isLabels, file);
			if (known < KNOWN.length && KNOWN[known] == i) {
				sum.update(bytes);
				known++;
			}
		}
		return Checksums.hex(sum);
	}

	private static byte[] bytes(final ArrayImg<FloatType, FloatArray> slice,
		final boolean isLabels, final Path file) throws IOException
	{
		final float[] values = slice.update(null).getCurrentStorageArray();
		final byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			final int value = (int) values[i];
			if (value != values[i] || value < 0 || value > MOST || isLabels &&
				value != 0 && value != MOST) throw new IOException(file.getFileName() +
					" has the value " + values[i] + ", but " + (isLabels
						? "its labels are 0 and 255." : "its pixels are 8-bit."));
			bytes[i] = (byte) value;
		}
		return bytes;
	}
}
