
package sc.fiji.unet.job;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.ModelReference;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.segment.Averaging;
import sc.fiji.unet.segment.Scale;
import sc.fiji.unet.segment.ScaledImage;
import sc.fiji.unet.segment.Segmenter;
import sc.fiji.unet.segment.TileProgress;
import sc.fiji.unet.segment.TileSize;

/**
 * Segments images with a model, slice by slice. Grey values are normalised once
 * per channel over all slices and frames. Holds the network until closed; not
 * thread-safe.
 */
public final class SegmentJob implements AutoCloseable {

	/** Said of a stack whose slices were not joined. */
	static final String NOT_JOINED =
		"Objects are counted in each slice, not joined in Z; linkz=true, on the command line --link-z, joins them.";
	/** A tile may take a quarter of the machine's memory. */
	private static final long MEMORY = Math.max(1L << 28, machineMemory() / 4);

	private final ModelDescription model;
	private final String sha256;
	private final Network network;
	private ObjectSettings objects = ObjectSettings.ofModel();
	private Averaging averaging = Averaging.NONE;
	private boolean keepsProbabilities;
	private boolean keepsClasses;
	private boolean keepsPrediction;
	private boolean joinsSlices;
	private Consumer<String> warned = sentence -> {};
	private double diameter;

	private SegmentJob(final ModelDescription model, final String sha256,
		final Network network)
	{
		this.model = model;
		this.sha256 = sha256;
		this.network = network;
	}

	/**
	 * Opens a model and checks it with its test image.
	 *
	 * @param file package that a training has written
	 * @throws IOException if it is missing or damaged
	 * @throws sc.fiji.unet.network.NetworkException if the engine fails, or the
	 *           model does not give its recorded result
	 */
	public static SegmentJob open(final Path file, final NetworkFactory factory,
		final ExecutionConfig execution) throws IOException
	{
		try (ModelPackage pack = ModelPackage.openToPredict(file)) {
			return new SegmentJob(pack.description(), ModelPackage.sha256(file), pack
				.load(factory, execution));
		}
	}

	private static long machineMemory() {
		final OperatingSystemMXBean system = ManagementFactory
			.getOperatingSystemMXBean();
		return system instanceof com.sun.management.OperatingSystemMXBean
			? ((com.sun.management.OperatingSystemMXBean) system)
				.getTotalPhysicalMemorySize() : Runtime.getRuntime().maxMemory();
	}

	/** @return what the model says about itself */
	public ModelDescription model() {
		return model;
	}

	/** @return which model it is, by its name and the checksum of its file */
	public ModelReference reference() {
		return new ModelReference(model.name(), sha256);
	}

	/** @return where the network computes, in words */
	public String device() {
		return network.device();
	}

	/**
	 * @param value probability (0 to 1) from which on a pixel is foreground,
	 *          instead of the model's
	 * @throws IllegalArgumentException if the model tells several classes apart,
	 *           of which the likeliest counts, or the value is out of range
	 */
	public SegmentJob threshold(final double value) {
		return objects(objects.withThreshold(value));
	}

	static void checkThreshold(final ModelDescription model, final double value) {
		if (model.network().isMultiClass()) throw new IllegalArgumentException(
			"The threshold " + value + " has no meaning for the model '" + model
				.name() + "', which tells " + model.network().classes() +
				" classes apart: the likeliest counts. Leave the threshold out.");
	}

	/**
	 * @param pixels size of the smallest object in pixels of the image, instead
	 *          of the model's
	 */
	public SegmentJob minimumSize(final long pixels) {
		return objects(objects.withMinimumSize(pixels));
	}

	/**
	 * @param value how objects are found in what the network gives
	 * @throws IllegalArgumentException if something has no meaning for the model
	 */
	public SegmentJob objects(final ObjectSettings value) {
		value.check(model);
		objects = value;
		return this;
	}

	/**
	 * @param pixels diameter of the objects in the images, to scale these to the
	 *          objects of the training; 0: scale by pixel size where it is known
	 * @throws IllegalArgumentException if it is negative or no number
	 */
	public SegmentJob diameter(final double pixels) {
		ImageScale.checkDiameter(pixels);
		diameter = pixels;
		return this;
	}

	/**
	 * @return how an image is scaled for the model, in a sentence
	 * @throws IllegalArgumentException if it cannot be scaled so
	 */
	public String scaling(final ImageInput image) {
		return scale(image).sentence();
	}

	private ImageScale scale(final ImageInput image) {
		return ImageScale.of(model, image.axes(), diameter);
	}

	/** The model's own sizes are in pixels of its own scale. */
	private Postprocessing ofModel(final Scale scale) {
		return scale.inImagePixels(model.postprocessing());
	}

	/** @param value which turned copies of the image to average over */
	public SegmentJob averaging(final Averaging value) {
		averaging = value;
		return this;
	}

	/** @param keep whether results have probabilities, too; not unless set */
	public SegmentJob probabilities(final boolean keep) {
		keepsProbabilities = keep;
		return this;
	}

	/** @param keep whether results have masks of classes, too; not unless set */
	public SegmentJob classMasks(final boolean keep) {
		keepsClasses = keep;
		return this;
	}

	/**
	 * @param keep whether results have what the network gave, too, so that
	 *          objects can be found in it again; not unless set
	 */
	public SegmentJob predictions(final boolean keep) {
		keepsPrediction = keep;
		return this;
	}

	/**
	 * @param join whether objects of neighbouring slices that overlap get the
	 *          same label, see {@link sc.fiji.unet.labeling.SliceJoin}; not
	 *          unless set
	 */
	public SegmentJob joinSlices(final boolean join) {
		joinsSlices = join;
		return this;
	}

	/**
	 * @param listener told in a sentence, before the first tile, if an image is
	 *          not, at the scale of the model, like those that the model was
	 *          trained on; and in the end, if objects of a stack have not been
	 *          joined
	 */
	public SegmentJob warnings(final Consumer<String> listener) {
		warned = listener;
		return this;
	}

	/**
	 * @return names of the foreground classes, one for each channel of the
	 *         probabilities
	 */
	public List<String> foregroundClasses() {
		return model.network().foregroundNames();
	}

	/**
	 * Segments every slice of every frame.
	 *
	 * @param cancelled asked for each tile
	 * @param progress told after each tile, with the tiles of all slices
	 * @throws IllegalArgumentException if the channels are not those of the
	 *           model, or a pixel is not finite
	 * @throws java.util.concurrent.CancellationException if {@code cancelled}
	 *           says so
	 */
	public SegmentResult run(final ImageInput image,
		final BooleanSupplier cancelled, final TileProgress progress)
	{
		final List<ArrayImg<FloatType, FloatArray>> planes = planes(image);
		final Scale scale = scale(image).scale();
		final Normalizer normalizer = ImageChecks.normalizer(model, planes, scale);
		final boolean joined = joinsSlices && image.slices() > 1;
		final SegmentResult result = SegmentResult.ofAll(image, model);
		if (keepsPrediction) result.keep(new Prediction(this, ofModel(scale), image,
			true, 1, 1));
		compare(ScaledImage.ofAll(planes, scale), normalizer, result);
		final Postprocessing rule = objects.applyTo(ofModel(scale), joined);
		for (int i = 0; i < planes.size(); i++) {
			final int before = i;
			segment(planes.get(i), scale, normalizer, rule, null, result, cancelled, (
				done, total) -> progress.tiles(before * total + done, planes.size() *
					total));
		}
		if (joined) result.joinSlices(objects.excludesEdges());
		else if (image.slices() > 1) {
			result.remark(NOT_JOINED);
			warned.accept(NOT_JOINED);
		}
		return result;
	}

	/**
	 * Segments a part of one slice; pixels around it are used as context.
	 *
	 * @param z slice, from 1
	 * @param t frame, from 1
	 * @param region part of the slice (x, y); null for all of it
	 * @return one slice of the image's size, empty outside the region
	 */
	public SegmentResult run(final ImageInput image, final int z, final int t,
		final Interval region, final BooleanSupplier cancelled,
		final TileProgress progress)
	{
		final List<ArrayImg<FloatType, FloatArray>> planes = planes(image);
		final Scale scale = scale(image).scale();
		final Normalizer normalizer = ImageChecks.normalizer(model, planes, scale);
		final ArrayImg<FloatType, FloatArray> plane = planes.get((t - 1) * image
			.slices() + z - 1);
		final SegmentResult result = SegmentResult.ofSlice(image, model, z, t);
		if (keepsPrediction) result.keep(new Prediction(this, ofModel(scale), image,
			false, z, t));
		compare(Collections.singletonList(ScaledImage.of(plane, scale)), normalizer,
			result);
		segment(plane, scale, normalizer, objects.applyTo(ofModel(scale), false),
			region, result, cancelled, progress);
		return result;
	}

	/** Read when their turn comes, so that one is in memory at a time. */
	private List<ArrayImg<FloatType, FloatArray>> planes(final ImageInput image) {
		if (keepsProbabilities) image.checkLayers(foregroundClasses().size(),
			"classes",
			"Leave the probabilities out, or crop the image (Image > Crop).");
		return image.withChannels(model.network().channels()).planes();
	}

	/** Says if the planes are not what the model has learnt to read. */
	private void compare(
		final List<RandomAccessibleInterval<? extends RealType<?>>> planes,
		final Normalizer normalizer, final SegmentResult result)
	{
		ImageChecks.unfamiliar(model, planes, normalizer).ifPresent(
			sentence -> remark(sentence, result));
	}

	private void remark(final String sentence, final SegmentResult result) {
		result.prediction().ifPresent(prediction -> prediction.remark(sentence));
		result.remark(sentence);
		warned.accept(sentence);
	}

	private void segment(final ArrayImg<FloatType, FloatArray> slice,
		final Scale scale, final Normalizer normalizer, final Postprocessing rule,
		final Interval region, final SegmentResult result,
		final BooleanSupplier cancelled, final TileProgress progress)
	{
		final Interval part = region == null ? new FinalInterval(slice.dimension(0),
			slice.dimension(1)) : region;
		Segmenter segmenter = new Segmenter(network, rule).withTileSize(TileSize
			.withinMemory(MEMORY)).withAveraging(averaging).withProbabilities(
				keepsProbabilities).withClasses(keepsClasses);
		if (result.prediction().isPresent()) segmenter = segmenter.withListener(
			result.prediction().get().next(part));
		result.add(segmenter.segment(slice, scale, normalizer, part, cancelled,
			progress), part, slice);
	}

	@Override
	public void close() {
		network.close();
	}
}
