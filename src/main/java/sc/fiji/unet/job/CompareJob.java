
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import sc.fiji.unet.data.DataSet;
import sc.fiji.unet.data.ImageStatistics;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.LabelValues;
import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.segment.Scale;
import sc.fiji.unet.segment.ScaledImage;

/**
 * Compares what a model predicts for images with their labels. Holds the
 * network until closed; not thread-safe.
 */
public final class CompareJob implements AutoCloseable {

	private final ModelDescription model;
	private final Network network;
	private Postprocessing postprocessing;
	private double diameter;
	private Consumer<String> scaled = sentence -> {};

	private CompareJob(final ModelDescription model, final Network network) {
		this.model = model;
		this.network = network;
		postprocessing = model.postprocessing();
	}

	/**
	 * Opens a model and checks it with its test image.
	 *
	 * @param file package that a training has written
	 * @throws IOException if it is missing or damaged
	 * @throws sc.fiji.unet.network.NetworkException if the engine fails, or the
	 *           model does not give its recorded result
	 */
	public static CompareJob open(final Path file, final NetworkFactory factory,
		final ExecutionConfig execution) throws IOException
	{
		try (ModelPackage pack = ModelPackage.openToPredict(file)) {
			return new CompareJob(pack.description(), pack.load(factory, execution));
		}
	}

	/** @return what the model says about itself */
	public ModelDescription model() {
		return model;
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
	public CompareJob threshold(final double value) {
		SegmentJob.checkThreshold(model, value);
		postprocessing = postprocessing.withThreshold(value);
		return this;
	}

	/**
	 * @param pixels diameter of the objects in the images, as in
	 *          {@link SegmentJob#diameter}
	 * @throws IllegalArgumentException if it is negative or no number
	 */
	public CompareJob diameter(final double pixels) {
		ImageScale.checkDiameter(pixels);
		diameter = pixels;
		return this;
	}

	/**
	 * @param listener told how images are scaled for the model, each sentence
	 *          once
	 */
	public CompareJob scaling(final Consumer<String> listener) {
		scaled = listener;
		return this;
	}

	/**
	 * Predicts the images one after the other, as {@link SegmentJob} does; blocks
	 * until done.
	 *
	 * @param images with labels; scaled and normalised for the model
	 * @param kind what label values mean; with {@link LabelKind#AUTO} those for a
	 *          model of several classes are classes. Classes have the values that
	 *          they had in its training; not all need to occur
	 * @param ignore label value of pixels that count nowhere
	 * @param cancelled asked for each tile
	 * @param receiver gets the comparisons, in order
	 * @throws IllegalArgumentException if images or labels cannot be used, or are
	 *           not of the kind that the model was trained on
	 * @throws java.util.concurrent.CancellationException if {@code cancelled}
	 *           says so
	 */
	public void run(final TrainingImages images, final LabelKind kind,
		final OptionalInt ignore, final BooleanSupplier cancelled,
		final Consumer<Comparison> receiver)
	{
		checkClassNames(images.classNames());
		run(images, images.samples().stream().map(RawSample::name).collect(
			Collectors.toList()), images.kind(kind), images.ignored(ignore),
			cancelled, receiver);
	}

	/**
	 * Classes of ROIs have values by their names, those of these images alone.
	 */
	private void checkClassNames(final List<String> drawn) {
		if (drawn.isEmpty() || !model.network().isMultiClass() || drawn.equals(model
			.network().foregroundNames())) return;
		throw new IllegalArgumentException("The ROIs show the classes " + String
			.join(", ", drawn) + ", but the model '" + model.name() + "' knows " +
			String.join(", ", model.network().foregroundNames()) +
			"; the names must be the same, and each must occur in an image.");
	}

	/**
	 * As
	 * {@link #run(TrainingImages, LabelKind, OptionalInt, BooleanSupplier, Consumer)},
	 * of some of the images; the others tell with them what labels mean, and the
	 * grey values of their series.
	 *
	 * @param names of the images to predict
	 */
	void run(final TrainingImages images, final List<String> names,
		final LabelKind kind, final OptionalInt ignore,
		final BooleanSupplier cancelled, final Consumer<Comparison> receiver)
	{
		final LabelKind meant = kind(kind);
		final DataSet data = DataSet.toCompare(images.samples(),
			labels -> meant == LabelKind.CLASSES ? LabelValues.ofClasses(labels, model
				.classValues(), ignore) : LabelValues.toCompare(labels, meant, ignore),
			model.preprocessing());
		checkChannels(data);
		final List<Sample> samples = data.samples(names);
		final Map<String, ImageScale> scales = new HashMap<>();
		for (final RawSample image : data.raw())
			scales.put(image.name(), ImageScale.of(model, image.axes(), diameter));
		samples.stream().map(sample -> scales.get(sample.name()).sentence())
			.distinct().forEach(scaled);
		final Map<String, Normalizer> normalizers = new HashMap<>();
		data.raw().stream().collect(Collectors.groupingBy(RawSample::series))
			.forEach((series, all) -> normalizers.put(series, normalizer(all,
				scales)));
		for (final Sample sample : samples)
			receiver.accept(compare(sample, data, scales.get(sample.name()).scale(),
				normalizers, cancelled));
	}

	/** @return for grey values at the scale of the model, as in segmenting */
	private Normalizer normalizer(final List<RawSample> series,
		final Map<String, ImageScale> scales)
	{
		return Normalizer.of(ImageStatistics.of(series.stream().map(RawSample::name)
			.collect(Collectors.toList()), series.stream().map(image -> ScaledImage
				.of(image.image(), scales.get(image.name()).scale())).collect(Collectors
					.toList())), model.preprocessing());
	}

	private Comparison compare(final Sample sample, final DataSet data,
		final Scale scale, final Map<String, Normalizer> normalizers,
		final BooleanSupplier cancelled)
	{
		final RawSample image = data.raw().stream().filter(raw -> raw.name().equals(
			sample.name())).findFirst().get();
		return new ValidationPictures(network, data.labels().kind(), scale
			.inImagePixels(postprocessing)).compare(sample, ValidationPredictions
				.predict(network, image.image(), scale, normalizers.get(image.series()),
					cancelled));
	}

	private LabelKind kind(final LabelKind wanted) {
		if (!model.network().isMultiClass() || wanted == LabelKind.CLASSES)
			return wanted;
		if (wanted == LabelKind.AUTO) return LabelKind.CLASSES;
		throw new IllegalArgumentException("labelkind=" + wanted +
			" does not go with the model '" + model.name() + "', which tells " + model
				.network().classes() +
			" classes apart; write labelkind=classes, with labels of the values " +
			Arrays.stream(model.classValues()).mapToObj(Integer::toString).collect(
				Collectors.joining(", ")) + ".");
	}

	private void checkChannels(final DataSet data) {
		if (data.channels() == model.network().channels()) return;
		throw new IllegalArgumentException("The images have " + data.channels() +
			(data.channels() == 1 ? " channel" : " channels") + ", but the model '" +
			model.name() + "' was trained on " + model.network().channels() +
			"; choose the channels to use.");
	}

	@Override
	public void close() {
		network.close();
	}
}
