
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Labels out of an {@link ImagePlus}: the stored values, whatever the colour
 * table shows. Signed 16-bit images, which ImageJ stores with 32768 added, give
 * their signed values.
 */
public final class LabelInput {

	private LabelInput() {}

	/**
	 * @param z slice, from 1
	 * @param t frame, from 1
	 * @return labels (x, y); a copy
	 * @throws IllegalArgumentException if the image has several channels,
	 *           colours, or values that are not whole numbers
	 */
	public static ArrayImg<IntType, IntArray> slice(final ImagePlus image,
		final int z, final int t)
	{
		return ArrayImgs.ints(read(image, z, z, t), image.getWidth(), image
			.getHeight());
	}

	/**
	 * @return labels (x, y) of every slice and frame, z running faster than t; a
	 *         copy
	 * @throws IllegalArgumentException as {@link #slice}
	 */
	public static List<ArrayImg<IntType, IntArray>> slices(
		final ImagePlus image)
	{
		final List<ArrayImg<IntType, IntArray>> slices = new ArrayList<>();
		for (int t = 1; t <= image.getNFrames(); t++)
			for (int z = 1; z <= image.getNSlices(); z++)
				slices.add(slice(image, z, t));
		return slices;
	}

	/**
	 * @return labels (x, y, z) of every frame; a copy
	 * @throws IllegalArgumentException as {@link #slice}
	 */
	public static List<ArrayImg<IntType, IntArray>> volumes(
		final ImagePlus image)
	{
		final List<ArrayImg<IntType, IntArray>> volumes = new ArrayList<>();
		for (int t = 1; t <= image.getNFrames(); t++)
			volumes.add(volume(image, t));
		return volumes;
	}

	/**
	 * @param t frame, from 1
	 * @return labels (x, y, z); a copy
	 * @throws IllegalArgumentException if the image has several channels,
	 *           colours, or values that are not whole numbers
	 */
	public static ArrayImg<IntType, IntArray> volume(final ImagePlus image,
		final int t)
	{
		return ArrayImgs.ints(read(image, 1, image.getNSlices(), t), image
			.getWidth(), image.getHeight(), image.getNSlices());
	}

	private static int[] read(final ImagePlus image, final int firstZ,
		final int lastZ, final int t)
	{
		if (image.getNChannels() > 1) throw wrong(image, "has " + image
			.getNChannels() + " channels",
			"Labels are one channel with one number a pixel.");
		PlaneSize.check(image.getTitle(), image.getWidth(), image.getHeight(),
			lastZ - firstZ + 1, "slices",
			"Treat the slices one by one, or crop the image (Image > Crop).");
		final int plane = image.getWidth() * image.getHeight();
		final int[] labels = new int[plane * (lastZ - firstZ + 1)];
		for (int z = firstZ; z <= lastZ; z++)
			copy(image, image.getStack().getProcessor(image.getStackIndex(1, z, t)),
				labels, plane * (z - firstZ));
		return labels;
	}

	private static void copy(final ImagePlus image, final ImageProcessor plane,
		final int[] labels, final int offset)
	{
		final Object pixels = plane.getPixels();
		if (pixels instanceof float[]) copyFloats(image, (float[]) pixels, labels,
			offset);
		else if (pixels instanceof int[]) copyColours(image, (int[]) pixels, labels,
			offset);
		else {
			final int shift = image.getCalibration().isSigned16Bit() ? 32768 : 0;
			for (int i = 0; i < plane.getPixelCount(); i++)
				labels[offset + i] = plane.get(i) - shift;
		}
	}

	private static void copyFloats(final ImagePlus image, final float[] values,
		final int[] labels, final int offset)
	{
		for (int i = 0; i < values.length; i++) {
			final int label = (int) values[i];
			if (label != values[i]) throw wrong(image, "has the value " + values[i],
				"Labels are whole numbers, 0 for background.");
			labels[offset + i] = label;
		}
	}

	private static void copyColours(final ImagePlus image, final int[] colours,
		final int[] labels, final int offset)
	{
		for (int i = 0; i < colours.length; i++) {
			final int blue = colours[i] & 0xff;
			if ((colours[i] & 0xffffff) != blue * 0x10101) throw wrong(image,
				"shows labels as colours",
				"Labels are grey values; save them as an 8-bit or 16-bit image.");
			labels[offset + i] = blue;
		}
	}

	private static IllegalArgumentException wrong(final ImagePlus image,
		final String what, final String remedy)
	{
		return new IllegalArgumentException("The label image \"" + image
			.getTitle() + "\" " + what + ". " + remedy);
	}
}
