
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;

/**
 * Sample images of our own making, with instance labels: the same seed gives
 * the same images on every machine. 8-bit grey images (x, y, c = 1) and 16-bit
 * labels (x, y).
 */
public final class SyntheticSamples {

	/** Smallest side of an image in pixels. */
	private static final int SMALLEST = 64;
	/** Longer sides could hold more objects than 16-bit labels. */
	private static final int LARGEST = 4096;

	/**
	 * Smaller parts of objects, in pixels, are not labelled.
	 */
	static final int SMALLEST_OBJECT = 12;

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
	 * Nuclei in a fluorescence image, about 24 pixels across, some of them
	 * touching, on an uneven background with noise.
	 *
	 * @param count number of images
	 * @param size length of the sides in pixels; 256 holds some twenty nuclei
	 * @param seed image i depends on (seed, i) only
	 * @return images named "nuclei01", "nuclei02", ... with instance labels
	 * @throws IllegalArgumentException if there are no images, or size is below
	 *           64
	 */
	public static List<RawSample> nuclei(final int count, final long size,
		final long seed)
	{
		return generate("nuclei", count, size, seed, SyntheticNuclei::draw);
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
		if (count < 1 || size < SMALLEST || size > LARGEST)
			throw new IllegalArgumentException("Cannot make " + count +
				" images of size " + size +
				"; there must be at least one, with sides of " + SMALLEST + " to " +
				LARGEST + " pixels.");
		final List<RawSample> samples = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			final float[] grey = new float[Math.toIntExact(size * size)];
			final short[] labels = new short[grey.length];
			drawing.draw((int) size, new SeededRandom(seed, i), grey, labels);
			samples.add(new RawSample(String.format(Locale.ROOT, "%s%02d", name, i +
				1), ArrayImgs.unsignedBytes(toBytes(grey), size, size, 1), ArrayImgs
					.unsignedShorts(labels, size, size)));
		}
		return samples;
	}

	private static byte[] toBytes(final float[] grey) {
		final byte[] bytes = new byte[grey.length];
		for (int i = 0; i < bytes.length; i++)
			bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(255 * grey[i])));
		return bytes;
	}

	/** Smooth noise of size x size pixels with the given deviation. */
	static float[] texture(final int size, final double sigma,
		final double deviation, final SeededRandom random)
	{
		final float[] noise = new float[size * size];
		// Smoothing by sigma leaves 1 / (2 sqrt(pi) sigma) of the deviation.
		final double amplitude = deviation * 2 * Math.sqrt(Math.PI) * sigma;
		for (int p = 0; p < noise.length; p++)
			noise[p] = (float) (amplitude * random.gaussian());
		GaussianFilter.smooth(noise, new int[] { size, size }, sigma);
		return noise;
	}

	/**
	 * @param labels instance labels of size x size pixels
	 * @return the parts of each label that hang together by sides of pixels,
	 *         numbered from 1; background 0
	 */
	static int[] parts(final short[] labels, final int size) {
		final int[] values = new int[labels.length];
		for (int p = 0; p < values.length; p++)
			values[p] = labels[p];
		return ConnectedComponents.ofEqualValues(ArrayImgs.ints(values, size, size),
			Connectivity.FACES).update(null).getCurrentStorageArray();
	}

	/**
	 * @param parts from {@link #parts}
	 * @return number of pixels of each part, by its number; 0 for background
	 */
	static int[] areas(final int[] parts) {
		final int[] areas = new int[parts.length + 1];
		for (final int part : parts)
			if (part > 0) areas[part]++;
		return areas;
	}
}
