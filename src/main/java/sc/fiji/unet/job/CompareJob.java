
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import sc.fiji.unet.data.DataSet;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.LabelValues;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.Postprocessing;

/**
 * Compares what a model predicts for images with their labels. Holds the
 * network until closed; not thread-safe.
 */
public final class CompareJob implements AutoCloseable {

	private final ModelDescription model;
	private final Network network;
	private Postprocessing postprocessing;

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
	 * Predicts the images one after the other; blocks until done.
	 *
	 * @param images with labels; normalised as for the training of the model
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
		new ValidationPictures(network, data.labels().kind(), postprocessing).each(
			data.samples(names), cancelled, receiver);
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
