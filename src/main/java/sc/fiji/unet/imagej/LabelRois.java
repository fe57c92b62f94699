
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Label images to area ROIs, exact to the pixel, holes and separate parts
 * included. A ROI is named after its class and label, {@code cell#12}, or after
 * its label alone, {@code 12}.
 */
public final class LabelRois {

	private static final Pattern NAME = Pattern.compile("(?:.*#)?([1-9]\\d*)");
	private static final int LONGEST_NUMBER = 9;

	private LabelRois() {}

	/**
	 * @param labels (x, y); every positive value becomes one ROI
	 * @param className class of the objects, or "" for names without a class
	 * @return ROIs without position, ordered by label
	 */
	public static List<Roi> toRois(final ArrayImg<IntType, IntArray> labels,
		final String className)
	{
		final int[] values = labels.update(null).getCurrentStorageArray();
		return toRois(values, 0, (int) labels.dimension(0), (int) labels.dimension(
			1), label -> className);
	}

	/** The class of an object of a list of label images. */
	@FunctionalInterface
	public interface ObjectClass {

		/**
		 * @param image index in the list
		 * @param label positive
		 * @return class of the object, or "" for names without a class
		 */
		String of(int image, int label);
	}

	/**
	 * @param labels (x, y) for each slice, z running faster than t, or (x, y, z)
	 *          for each frame
	 * @param slices number of slices (z) of the image
	 * @param classes what the objects are
	 * @return ROIs with the position of their slice and frame, ordered by
	 *         position, then label; a volume's object has one ROI a slice, all of
	 *         the same name
	 */
	public static List<Roi> toRois(final List<ArrayImg<IntType, IntArray>> labels,
		final int slices, final ObjectClass classes)
	{
		final List<Roi> rois = new ArrayList<>();
		final int width = (int) labels.get(0).dimension(0);
		final int height = (int) labels.get(0).dimension(1);
		final int depth = (int) (labels.get(0).size() / width / height);
		final int frames = labels.size() * depth / slices;
		for (int plane = 0; plane < labels.size() * depth; plane++) {
			final int image = plane / depth;
			final int[] values = labels.get(image).update(null)
				.getCurrentStorageArray();
			for (final Roi roi : toRois(values, plane % depth * width * height, width,
				height, label -> classes.of(image, label)))
			{
				place(roi, plane % slices + 1, plane / slices + 1, slices, frames);
				rois.add(roi);
			}
		}
		return rois;
	}

	/**
	 * Gives a ROI the position that ImageJ expects on an image of so many slices
	 * and frames: none where there is one plane, whatever its channels.
	 *
	 * @param z slice, from 1
	 * @param t frame, from 1
	 */
	public static void place(final Roi roi, final int z, final int t,
		final int slices, final int frames)
	{
		if (slices > 1 && frames > 1) roi.setPosition(0, z, t);
		else if (slices > 1 || frames > 1) roi.setPosition(slices > 1 ? z : t);
	}

	private static List<Roi> toRois(final int[] values, final int offset,
		final int width, final int height, final IntFunction<String> classes)
	{
		final List<Roi> rois = new ArrayList<>();
		boxes(values, offset, width, height).forEach((label, box) -> {
			final Roi roi = trace(values, offset, width, label, box);
			final String className = classes.apply(label);
			roi.setName(className.isEmpty() ? "" + label : className + "#" + label);
			rois.add(roi);
		});
		return rois;
	}

	/** @return label to {x0, y0, x1, y1}, the last inclusive */
	private static Map<Integer, int[]> boxes(final int[] values, final int offset,
		final int width, final int height)
	{
		final Map<Integer, int[]> boxes = new TreeMap<>();
		int[] box = null;
		int label = 0;
		for (int y = 0, i = offset; y < height; y++)
			for (int x = 0; x < width; x++, i++) {
				if (values[i] <= 0) continue;
				if (box == null || values[i] != label) {
					label = values[i];
					final int left = x;
					final int top = y;
					box = boxes.computeIfAbsent(label, l -> new int[] { left, top, left,
						top });
				}
				box[0] = Math.min(box[0], x);
				box[2] = Math.max(box[2], x);
				box[3] = y;
			}
		return boxes;
	}

	private static Roi trace(final int[] values, final int offset,
		final int width, final int label, final int[] box)
	{
		final int w = box[2] - box[0] + 1;
		final int h = box[3] - box[1] + 1;
		final byte[] mask = new byte[w * h];
		for (int y = 0, i = 0; y < h; y++)
			for (int x = 0; x < w; x++, i++)
				if (values[offset + (box[1] + y) * width + box[0] + x] == label)
					mask[i] = 1;
		final ByteProcessor processor = new ByteProcessor(w, h, mask);
		processor.setThreshold(1, 1, ImageProcessor.NO_LUT_UPDATE);
		final Roi roi = new ThresholdToSelection().convert(processor);
		roi.setLocation(box[0], box[1]);
		return roi;
	}

	/**
	 * @return the number at the end of a name such as {@code cell#12} or
	 *         {@code 12}; 0 where the name is of another form
	 */
	public static int label(final Roi roi) {
		final Matcher matcher = matcher(roi);
		return matcher.matches() && matcher.group(1).length() <= LONGEST_NUMBER
			? Integer.parseInt(matcher.group(1)) : 0;
	}

	/**
	 * @return the class in a name such as {@code cell#12}; "" where the name is
	 *         of another form
	 */
	static String className(final Roi roi) {
		final String name = roi.getName() == null ? "" : roi.getName();
		return matcher(roi).matches() ? name.substring(0, Math.max(0, name
			.lastIndexOf('#'))) : "";
	}

	private static Matcher matcher(final Roi roi) {
		return NAME.matcher(roi.getName() == null ? "" : roi.getName());
	}

	/**
	 * @param rois any ROIs
	 * @param image the image that they were drawn on
	 * @param z slice, from 1
	 * @param t frame, from 1
	 * @return those that lie on this slice and frame, or on every one
	 */
	static List<Roi> at(final List<Roi> rois, final ImagePlus image, final int z,
		final int t)
	{
		final List<Roi> result = new ArrayList<>();
		for (final Roi roi : rois) {
			final int[] position = position(roi, image);
			if ((position[0] == 0 || position[0] == z) && (position[1] == 0 ||
				position[1] == t)) result.add(roi);
		}
		return result;
	}

	/** @return slice and frame from 1; 0 = all */
	private static int[] position(final Roi roi, final ImagePlus image) {
		if (roi.hasHyperStackPosition()) return new int[] { roi.getZPosition(), roi
			.getTPosition() };
		final int index = roi.getPosition();
		if (index <= 0 || image.getStackSize() == 1) return new int[2];
		if (image.getNChannels() > 1 || index > image.getStackSize()) return image
			.getNSlices() > 1 ? new int[] { index, 0 } : new int[] { 0, index };
		final int[] czt = image.convertIndexToPosition(index);
		return new int[] { czt[1], czt[2] };
	}
}
