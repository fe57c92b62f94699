
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageCanvas;

import java.awt.Rectangle;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.unet.data.LabelValues;
import sc.fiji.unet.imagej.CalibrationBar;
import sc.fiji.unet.imagej.ImageOutput;
import sc.fiji.unet.imagej.ImageTitle;
import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.job.WeightMapJob;

/**
 * The weight map of what is shown of an image: of the shown slice, or of the
 * middle of what is shown if that is large. What the values mean is found from
 * all slices, as in the end.
 */
final class WeightMapPreview {

	/** Pixels that are computed at most, and the edge of a square of them. */
	private static final long MOST = 1 << 22;
	private static final int EDGE = 2048;

	private final ImagePlus image;
	/** What the values were found to mean, and for which settings. */
	private LabelValues meaning;
	private String meaningOf;

	WeightMapPreview(final ImagePlus image) {
		this.image = image;
	}

	/**
	 * What is to be computed, as it stands now.
	 *
	 * @param job for the weights or the border alone
	 * @param kind what was given to the job
	 * @param volume whether the slices are one volume
	 * @param bar whether to show a calibration bar
	 */
	Preview.Work work(final WeightMapJob job, final String kind,
		final boolean volume, final boolean bar)
	{
		final int[] position = image.convertIndexToPosition(image
			.getCurrentSlice());
		final Rectangle view = view();
		return superseded -> compute(job.cancelled(superseded), kind + " " + volume,
			volume, bar, position, view);
	}

	/** @return the middle of what is visible, small enough */
	private Rectangle view() {
		final Rectangle all = new Rectangle(image.getWidth(), image.getHeight());
		if ((long) all.width * all.height <= MOST) return all;
		final ImageCanvas canvas = image.getCanvas();
		final Rectangle visible = canvas == null ? all : canvas.getSrcRect()
			.intersection(all);
		final Rectangle view = new Rectangle(Math.min(EDGE, visible.width), Math
			.min(EDGE, visible.height));
		view.setLocation(visible.x + (visible.width - view.width) / 2, visible.y +
			(visible.height - view.height) / 2);
		return view;
	}

	private ImagePlus compute(final WeightMapJob job, final String settings,
		final boolean volume, final boolean bar, final int[] position,
		final Rectangle view)
	{
		if (!settings.equals(meaningOf)) {
			meaning = job.meaning(volume ? LabelInput.volumes(image) : LabelInput
				.slices(image));
			meaningOf = settings;
		}
		final Interval part = part(view, volume, position[1] - 1);
		final ArrayImg<IntType, IntArray> labels = cut(volume ? LabelInput.volume(
			image, position[2]) : LabelInput.slice(image, position[1], position[2]),
			part);
		final WeightMapJob.Result result = job.run(Collections.singletonList(
			labels), meaning);
		final ArrayImg<FloatType, FloatArray> map = (result.weights().isEmpty()
			? result.border() : result.weights()).get(0);
		final ImagePlus preview = ImageOutput.weights(title(result, part), slice(
			map, volume ? position[1] - 1 - part.min(2) : 0), 1, image);
		if (bar) CalibrationBar.addTo(preview);
		IJ.showStatus(result.sentence());
		return preview;
	}

	/** Slices around the shown one, as many as are small enough together. */
	private Interval part(final Rectangle view, final boolean volume,
		final int z)
	{
		final long[] min = { view.x, view.y, 0 };
		final long[] size = { view.width, view.height, 0 };
		if (!volume) return FinalInterval.createMinSize(min[0], min[1], size[0],
			size[1]);
		final long depth = image.getNSlices();
		size[2] = Math.max(1, Math.min(depth, MOST / (size[0] * size[1])));
		min[2] = Math.max(0, Math.min(depth - size[2], z - size[2] / 2));
		return FinalInterval.createMinSize(min[0], min[1], min[2], size[0], size[1],
			size[2]);
	}

	private static ArrayImg<IntType, IntArray> cut(
		final ArrayImg<IntType, IntArray> labels, final Interval part)
	{
		final ArrayImg<IntType, IntArray> copy = ArrayImgs.ints(part
			.dimensionsAsLongArray());
		LoopBuilder.setImages(Views.zeroMin(Views.interval(labels, part)), copy)
			.forEachPixel((from, to) -> to.set(from));
		return copy;
	}

	private static List<ArrayImg<FloatType, FloatArray>> slice(
		final ArrayImg<FloatType, FloatArray> map, final long z)
	{
		final int plane = (int) (map.dimension(0) * map.dimension(1));
		final float[] values = map.update(null).getCurrentStorageArray();
		return Collections.singletonList(ArrayImgs.floats(Arrays.copyOfRange(values,
			plane * (int) z, plane * ((int) z + 1)), map.dimension(0), map.dimension(
				1)));
	}

	/** @return what is shown, and of how much of the image */
	private String title(final WeightMapJob.Result result, final Interval part) {
		final String what = result.weights().isEmpty() ? "border" : "weights";
		final boolean all = part.dimension(0) == image.getWidth() && part.dimension(
			1) == image.getHeight();
		final boolean allSlices = part.numDimensions() < 3 || part.dimension(
			2) == image.getNSlices();
		final String of = (all ? "" : ", middle " + part.dimension(0) + " x " + part
			.dimension(1) + " px") + (allSlices ? "" : ", from slices " + (part.min(
				2) + 1) + " to " + (part.max(2) + 1));
		return ImageTitle.withoutExtension(image) + " " + what + " (preview" + of +
			")";
	}
}
