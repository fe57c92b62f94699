
package sc.fiji.unet.imagej;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.plugin.LutLoader;
import ij.process.LUT;

import java.util.Arrays;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Results as an {@link ImagePlus} with the calibration of the image that they
 * were made from. Results come as a list: either one image (x, y[, c]) for each
 * slice, z running faster than t, or one volume (x, y, z[, c]) for each frame.
 */
public final class ImageOutput {

	private static final int LARGEST_SHORT = 65535;

	private ImageOutput() {}

	/**
	 * @param title of the new image
	 * @param labels (x, y) for each slice or (x, y, z) for each frame
	 * @param slices number of slices (z) of the new image
	 * @param source where the calibration is taken from; null for none
	 * @return 16-bit, or 32-bit where a label is beyond 65,535 or negative; shown
	 *         with a colour for each label
	 */
	public static ImagePlus labels(final String title,
		final List<ArrayImg<IntType, IntArray>> labels, final int slices,
		final ImagePlus source)
	{
		int min = 0;
		int max = 0;
		for (final ArrayImg<IntType, IntArray> image : labels)
			for (final int label : image.update(null).getCurrentStorageArray()) {
				min = Math.min(min, label);
				max = Math.max(max, label);
			}
		final boolean shorts = min >= 0 && max <= LARGEST_SHORT;
		final ImageStack stack = stack(labels.get(0).dimensionsAsLongArray());
		for (final ArrayImg<IntType, IntArray> image : labels)
			addLabels(stack, image.update(null).getCurrentStorageArray(), shorts);
		stack.setColorModel(ObjectColours.table());
		final ImagePlus result = finish(title, stack, 1, slices, source);
		result.setDisplayRange(0, Math.max(255, max));
		return result;
	}

	/**
	 * Puts new labels into the image that shows earlier ones: its window, title,
	 * calibration and position stay.
	 *
	 * @param shown what shows earlier labels
	 * @param fresh as {@link #labels} has made it
	 * @return whether they could be replaced; not if there are no pixels any
	 *         more, since it was closed, or others than were
	 */
	public static boolean replaceLabels(final ImagePlus shown,
		final ImagePlus fresh)
	{
		if (shown.getProcessor() == null || shown.getWidth() != fresh.getWidth() ||
			shown.getHeight() != fresh.getHeight() || shown.getStackSize() != fresh
				.getStackSize()) return false;
		shown.setStack(fresh.getStack());
		shown.setDisplayRange(fresh.getDisplayRangeMin(), fresh
			.getDisplayRangeMax());
		shown.updateAndDraw();
		shown.changes = true;
		return true;
	}

	/**
	 * @param title of the new image
	 * @param probabilities (x, y, c) for each slice or (x, y, z, c) for each
	 *          frame, from 0 to 1
	 * @param slices number of slices (z) of the new image
	 * @param classes names of the classes, one a channel
	 * @param source where the calibration is taken from; null for none
	 * @return 32-bit, one channel a class, shown from 0 to 1; several classes
	 *         together, each in its colour
	 */
	public static ImagePlus probabilities(final String title,
		final List<ArrayImg<FloatType, FloatArray>> probabilities, final int slices,
		final List<String> classes, final ImagePlus source)
	{
		final long[] size = probabilities.get(0).dimensionsAsLongArray();
		if (size[size.length - 1] != classes.size())
			throw new IllegalArgumentException("There are " + size[size.length - 1] +
				" channels of probabilities, but " + classes.size() + " classes.");
		final ImagePlus result = floats(title, probabilities, classes.size(),
			slices, source);
		for (int i = 1; i <= result.getStackSize(); i++)
			result.getStack().setSliceLabel(classes.get((i - 1) % classes.size()), i);
		if (classes.size() == 1) result.setDisplayRange(0, 1);
		else colourChannels((CompositeImage) result);
		return result;
	}

	private static void colourChannels(final CompositeImage image) {
		image.setMode(IJ.COMPOSITE);
		for (int c = 1; c <= image.getNChannels(); c++) {
			final LUT table = LUT.createLutFromColor(ClassColours.of(c));
			table.min = 0;
			table.max = 1;
			image.setChannelLut(table, c);
		}
	}

	/**
	 * @param title of the new image
	 * @param masks stored values of the classes (x, y) for each slice or (x, y,
	 *          z) for each frame
	 * @param values stored value of each class, ascending, background first
	 * @param slices number of slices (z) of the new image
	 * @param source where the calibration is taken from; null for none
	 * @return 8-bit, or 16-bit or 32-bit where a value is beyond the range; shown
	 *         with a colour for each class
	 */
	public static ImagePlus classes(final String title,
		final List<ArrayImg<IntType, IntArray>> masks, final int[] values,
		final int slices, final ImagePlus source)
	{
		final ImagePlus result = labels(title, masks, slices, source);
		final int last = values[values.length - 1];
		final int most = Math.max(255, last);
		result.setDisplayRange(0, most);
		if (values[0] >= 0 && last <= 255) {
			final ImageStack bytes = new ImageStack(result.getWidth(), result
				.getHeight());
			for (int i = 1; i <= result.getStackSize(); i++)
				bytes.addSlice(null, result.getStack().getProcessor(i)
					.convertToByteProcessor(false));
			result.setStack(bytes);
		}
		result.setLut(ClassColours.table(values, most));
		result.setDisplayRange(0, most);
		return result;
	}

	/**
	 * @param title of the new image
	 * @param images (x, y) for each slice or (x, y, z) for each frame
	 * @param slices number of slices (z) of the new image
	 * @param source where the calibration is taken from; null for none
	 * @return 32-bit, one channel, shown from its lowest to its highest value
	 */
	public static ImagePlus grey(final String title,
		final List<ArrayImg<FloatType, FloatArray>> images, final int slices,
		final ImagePlus source)
	{
		final ImagePlus result = floats(title, images, 1, slices, source);
		double min = Double.POSITIVE_INFINITY;
		double max = Double.NEGATIVE_INFINITY;
		for (final ArrayImg<FloatType, FloatArray> image : images)
			for (final float value : image.update(null).getCurrentStorageArray()) {
				min = value < min ? value : min;
				max = value > max ? value : max;
			}
		if (min <= max) result.setDisplayRange(min, max);
		return result;
	}

	/**
	 * A weight map, or its border term, as people can read it.
	 *
	 * @param title of the new image
	 * @param images (x, y) for each slice or (x, y, z) for each frame, 0 or more
	 * @param slices number of slices (z) of the new image
	 * @param source where the calibration is taken from; null for none
	 * @return 32-bit, one channel, shown in ImageJ's colours "Fire" from black
	 *         (0) over purple and red to white (the highest value)
	 */
	public static ImagePlus weights(final String title,
		final List<ArrayImg<FloatType, FloatArray>> images, final int slices,
		final ImagePlus source)
	{
		final ImagePlus result = grey(title, images, slices, source);
		final double max = Math.max(1, result.getDisplayRangeMax());
		result.setLut(new LUT(LutLoader.getLut("fire"), 0, max));
		return result;
	}

	private static ImagePlus floats(final String title,
		final List<ArrayImg<FloatType, FloatArray>> images, final int channels,
		final int slices, final ImagePlus source)
	{
		final ImageStack stack = stack(images.get(0).dimensionsAsLongArray());
		final int plane = stack.getWidth() * stack.getHeight();
		for (final ArrayImg<FloatType, FloatArray> image : images) {
			final float[] values = image.update(null).getCurrentStorageArray();
			final int depth = values.length / plane / channels;
			for (int z = 0; z < depth; z++)
				for (int c = 0; c < channels; c++) {
					final int from = plane * (c * depth + z);
					stack.addSlice(null, (Object) Arrays.copyOfRange(values, from, from +
						plane));
				}
		}
		return finish(title, stack, channels, slices, source);
	}

	private static ImageStack stack(final long[] size) {
		return new ImageStack((int) size[0], (int) size[1]);
	}

	private static void addLabels(final ImageStack stack, final int[] labels,
		final boolean shorts)
	{
		final int plane = stack.getWidth() * stack.getHeight();
		for (int from = 0; from < labels.length; from += plane)
			stack.addSlice(null, shorts ? shorts(labels, from, plane) : floats(labels,
				from, plane));
	}

	private static Object shorts(final int[] labels, final int from,
		final int length)
	{
		final short[] pixels = new short[length];
		for (int i = 0; i < length; i++)
			pixels[i] = (short) labels[from + i];
		return pixels;
	}

	private static Object floats(final int[] labels, final int from,
		final int length)
	{
		final float[] pixels = new float[length];
		for (int i = 0; i < length; i++)
			pixels[i] = labels[from + i];
		return pixels;
	}

	private static ImagePlus finish(final String title, final ImageStack stack,
		final int channels, final int slices, final ImagePlus source)
	{
		final int frames = stack.getSize() / channels / slices;
		if (frames * slices * channels != stack.getSize())
			throw new IllegalArgumentException(stack.getSize() +
				" planes do not make full frames of " + channels + " channels and " +
				slices + " slices.");
		final ImagePlus image = new ImagePlus(title, stack);
		image.setDimensions(channels, slices, frames);
		image.setOpenAsHyperStack(channels > 1 || slices > 1 && frames > 1);
		if (source != null) copyCalibration(source, image);
		return channels > 1 ? new CompositeImage(image, IJ.GRAYSCALE) : image;
	}

	private static void copyCalibration(final ImagePlus source,
		final ImagePlus image)
	{
		final Calibration calibration = source.getCalibration().copy();
		calibration.disableDensityCalibration();
		image.setCalibration(calibration);
	}
}
