
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import net.imglib2.FinalDimensions;
import net.imglib2.Interval;

import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.network.ModelReference;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;
import sc.fiji.unet.segment.OutputSink;
import sc.fiji.unet.segment.Segmentation;
import sc.fiji.unet.segment.TileProgress;

/**
 * What a network has given for an image, with all that it takes to find objects
 * in it again. To be changed by its {@link SegmentJob} alone, and immutable
 * when that is done.
 */
public final class Prediction {

	private final ModelDescription model;
	private final ModelReference reference;
	/** Of the model, with sizes in pixels of the image. */
	private final Postprocessing postprocessing;
	/** Width, height, slices, frames of the image. */
	private final int[] size;
	private final boolean all;
	private final int z;
	private final int t;
	private final List<OutputSink> slices = new ArrayList<>();
	private final List<String> remarks = new ArrayList<>();

	/**
	 * @param job whose model is asked
	 * @param postprocessing of the model, with sizes in pixels of the image
	 * @param all whether all slices will come, z running faster than t; else one
	 * @param z slice of the first one, from 1
	 * @param t its frame, from 1
	 */
	Prediction(final SegmentJob job, final Postprocessing postprocessing,
		final ImageInput image, final boolean all, final int z, final int t)
	{
		model = job.model();
		reference = job.reference();
		this.postprocessing = postprocessing;
		size = size(image);
		this.all = all;
		this.z = z;
		this.t = t;
	}

	private static int[] size(final ImageInput image) {
		return new int[] { image.width(), image.height(), image.slices(), image
			.frames() };
	}

	/**
	 * @param pixels number of pixels of a slice that are segmented
	 * @param slices number of slices
	 * @return bytes that a prediction takes; {@link Long#MAX_VALUE} if no memory
	 *         could hold it
	 */
	public static long bytes(final ModelDescription model, final long pixels,
		final long slices)
	{
		final int channels = Readout.of(model.network()).channels();
		return OutputSink.fits(pixels, channels) ? Float.BYTES * channels * pixels *
			slices : Long.MAX_VALUE;
	}

	/** @return what takes the output for the next slice */
	OutputSink next(final Interval part) {
		final OutputSink sink = new OutputSink(part, readout().channels());
		slices.add(sink);
		return sink;
	}

	/** @param sentence that the reader of numbers should know */
	void remark(final String sentence) {
		remarks.add(sentence);
	}

	private Readout readout() {
		return Readout.of(model.network());
	}

	/** @return the model that was asked */
	public ModelDescription model() {
		return model;
	}

	/** @return which model it was, by its name and the checksum of its file */
	public ModelReference reference() {
		return reference;
	}

	/** @return whether all slices were segmented; else one, or a part of it */
	public boolean isAll() {
		return all;
	}

	/** @return slice that was segmented, from 1; 1 where all were */
	public int z() {
		return z;
	}

	/** @return frame that was segmented, from 1; 1 where all were */
	public int t() {
		return t;
	}

	/** @return number of slices (z) of the results */
	public int slices() {
		return all ? size[2] : 1;
	}

	/** @return number of slices and frames of the results together */
	public int planes() {
		return slices.size();
	}

	/**
	 * @return the same settings, with the values of the model as numbers where
	 *         they have a meaning
	 */
	public ObjectSettings inNumbers(final ObjectSettings settings) {
		final Postprocessing rule = settings.applyTo(postprocessing, false);
		return settings.withThreshold(readout().isMultiClass() ? null : rule
			.threshold()).withMinimumSize(rule.minimumSize()).withSplit(rule.neck());
	}

	/**
	 * @param title of the image
	 * @throws IllegalArgumentException if the image has another size now
	 */
	public void check(final String title, final ImageInput image) {
		final int[] now = size(image);
		if (!Arrays.equals(size, now)) throw new IllegalArgumentException("'" +
			title + "' has " + inWords(now) + " now, but had " + inWords(size) +
			" when it was segmented, so that what was found lies elsewhere. Segment it again.");
	}

	private static String inWords(final int[] size) {
		return size[0] + " x " + size[1] + " pixels" + (size[2] > 1 ? ", " +
			size[2] + " slices" : "") + (size[3] > 1 ? ", " + size[3] + " frames"
				: "");
	}

	/**
	 * Finds the objects of one slice, as if it were alone. Blocks until done.
	 *
	 * @param plane index of the slice, z running faster than t
	 * @throws IllegalArgumentException if a setting has no meaning for the model
	 * @throws java.util.concurrent.CancellationException if {@code cancelled}
	 *           says so
	 */
	public SegmentResult slice(final ImageInput image, final int plane,
		final ObjectSettings settings, final BooleanSupplier cancelled)
	{
		settings.check(model);
		final SegmentResult result = SegmentResult.ofSlice(image, model, all
			? plane % size[2] + 1 : z, all ? plane / size[2] + 1 : t);
		add(plane, settings.applyTo(postprocessing, false), result, cancelled);
		return result;
	}

	/**
	 * Finds objects by other settings. Blocks until done.
	 *
	 * @param image of the same size; measured as it is now
	 * @param joined whether objects of neighbouring slices are joined
	 * @param cancelled asked from time to time
	 * @param progress told after each slice
	 * @param warned told in a sentence if objects of a stack have not been joined
	 * @return to the pixel what segmenting the image with these settings would
	 *         have given
	 * @throws IllegalArgumentException if a setting has no meaning for the model
	 * @throws java.util.concurrent.CancellationException if {@code cancelled}
	 *           says so
	 */
	public SegmentResult adjust(final ImageInput image,
		final ObjectSettings settings, final boolean joined,
		final BooleanSupplier cancelled, final TileProgress progress,
		final Consumer<String> warned)
	{
		settings.check(model);
		final SegmentResult result = all ? SegmentResult.ofAll(image, model)
			: SegmentResult.ofSlice(image, model, z, t);
		remarks.forEach(result::remark);
		final boolean stack = all && size[2] > 1;
		final Postprocessing rule = settings.applyTo(postprocessing, stack &&
			joined);
		for (int plane = 0; plane < slices.size(); plane++) {
			add(plane, rule, result, cancelled);
			progress.tiles(plane + 1, slices.size());
		}
		if (stack && joined) result.joinSlices(settings.excludesEdges());
		else if (stack) {
			result.remark(SegmentJob.NOT_JOINED);
			warned.accept(SegmentJob.NOT_JOINED);
		}
		return result;
	}

	private void add(final int plane, final Postprocessing rule,
		final SegmentResult result, final BooleanSupplier cancelled)
	{
		final OutputSink output = slices.get(plane);
		result.add(Segmentation.of(output, readout(), rule, cancelled), output
			.region(), new FinalDimensions(size[0], size[1]));
	}
}
