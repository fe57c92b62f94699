
package sc.fiji.unet.command;

import ij.ImagePlus;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

import sc.fiji.unet.imagej.ImageOutput;

/**
 * The label image that shows a result, and its pixels as they were left, so
 * that what somebody has corrected in it is not overwritten. Not thread-safe.
 */
final class ShownLabels {

	private final WeakReference<ImagePlus> image;
	private int bits;
	private long checksum;

	/** @param labels 16-bit or 32-bit, as {@link ImageOutput} has made it */
	ShownLabels(final ImagePlus labels) {
		image = new WeakReference<>(labels);
		remember(labels);
	}

	private void remember(final ImagePlus labels) {
		bits = labels.getBitDepth();
		checksum = checksum(labels);
	}

	/** @return the image, open or not; null if it is gone */
	ImagePlus image() {
		return image.get();
	}

	/** @return whether the image is open and its pixels are not as they were */
	boolean isChanged() {
		final ImagePlus labels = image.get();
		if (labels == null || labels.getProcessor() == null) return false;
		return labels.getBitDepth() != bits || checksum(labels) != checksum;
	}

	/**
	 * Puts new labels into the image.
	 *
	 * @param fresh as {@link ImageOutput#labels} has made it
	 * @return whether that could be done; not if the image is closed or changed
	 */
	boolean replace(final ImagePlus fresh) {
		final ImagePlus labels = image.get();
		if (labels == null || isChanged() || !ImageOutput.replaceLabels(labels,
			fresh)) return false;
		remember(labels);
		return true;
	}

	private static long checksum(final ImagePlus labels) {
		final CRC32 sum = new CRC32();
		for (int i = 1; i <= labels.getStackSize(); i++)
			sum.update(bytes(labels.getStack().getPixels(i)).array());
		return sum.getValue();
	}

	private static ByteBuffer bytes(final Object pixels) {
		final boolean shorts = pixels instanceof short[];
		final ByteBuffer bytes = ByteBuffer.allocate(shorts ? Short.BYTES *
			((short[]) pixels).length : Float.BYTES * ((float[]) pixels).length);
		if (shorts) bytes.asShortBuffer().put((short[]) pixels);
		else bytes.asFloatBuffer().put((float[]) pixels);
		return bytes;
	}
}
