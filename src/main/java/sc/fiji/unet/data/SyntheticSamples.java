
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.img.array.ArrayImgs;

/**
 * Sample images of our own making, with instance labels: the same seed gives
 * the same images on every machine. 8-bit grey images (x, y, c = 1) and 16-bit
 * labels (x, y).
 */
public final class SyntheticSamples {

	/** Smallest side of an image in pixels. */
	private static final int SMALLEST = 64;

	private SyntheticSamples() {}

	/**
	 * Fluorescent cells that touch and differ in brightness, on an uneven
	 * background, with debris, blur and noise.
	 *
	 * @param count number of images
	 * @param size length of the sides in pixels; 256 holds some forty cells
	 * @param seed image i depends on (seed, i) only
	 * @return images named "cells01", "cells02", ... with instance labels; labels
	 *         of touching cells touch
	 * @throws IllegalArgumentException if there are no images, or size is below
	 *           64
	 */
	public static List<RawSample> cells(final int count, final long size,
		final long seed)
	{
		return generate("cells", count, size, seed, SyntheticCells::draw);
	}

	/**
	 * Cells in an electron micrograph: dark, winding membranes, organelles,
	 * texture and noise.
	 *
	 * @param count number of images
	 * @param size length of the sides in pixels
	 * @param seed image i depends on (seed, i) only
	 * @return images named "membranes01", "membranes02", ... with instance
	 *         labels; membranes are background
	 * @throws IllegalArgumentException if there are no images, or size is below
	 *           64
	 */
	public static List<RawSample> membranes(final int count, final long size,
		final long seed)
	{
		return generate("membranes", count, size, seed, SyntheticMembranes::draw);
	}

	/** Draws an image into arrays of size x size pixels. */
	private interface Drawing {

		/**
		 * @param grey receives grey values, 0 (black) to 1 (white) and beyond
		 * @param labels receives instance labels
		 */
		void draw(int size, SeededRandom random, float[] grey, short[] labels);
	}

	private static List<RawSample> generate(final String name, final int count,
		final long size, final long seed, final Drawing drawing)
	{
		if (count < 1 || size < SMALLEST || size > Short.MAX_VALUE)
			throw new IllegalArgumentException("Cannot make " + count +
				" images of size " + size +
				"; there must be at least one, with sides of at least " + SMALLEST +
				" pixels.");
		final List<RawSample> samples = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			final float[] grey = new float[Math.toIntExact(size * size)];
			final short[] labels = new short[grey.length];
			drawing.draw((int) size, new SeededRandom(seed, i), grey, labels);
			samples.add(new RawSample(String.format("%s%02d", name, i + 1), ArrayImgs
				.unsignedBytes(toBytes(grey), size, size, 1), ArrayImgs.unsignedShorts(
					labels, size, size)));
		}
		return samples;
	}

	private static byte[] toBytes(final float[] grey) {
		final byte[] bytes = new byte[grey.length];
		for (int i = 0; i < bytes.length; i++)
			bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(255 * grey[i])));
		return bytes;
	}
}
