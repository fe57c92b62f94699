
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import sc.fiji.unet.data.DataSet;
import sc.fiji.unet.data.LabelKind;
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
		try (ModelPackage pack = ModelPackage.open(file)) {
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
	 */
	public CompareJob threshold(final double value) {
		postprocessing = new Postprocessing(value, postprocessing.minimumSize(),
			postprocessing.ridgeWidth());
		return this;
	}

	/**
	 * Predicts the images one after the other; blocks until done.
	 *
	 * @param images with labels; normalised as for the training of the model
	 * @param kind what label values mean; with {@link LabelKind#AUTO} those of a
	 *          model of several classes are classes
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
		final boolean classes = model.network().classes() > 1;
		final DataSet data = DataSet.of(images.samples(), classes &&
			kind == LabelKind.AUTO ? LabelKind.CLASSES : kind, ignore, model
				.preprocessing());
		check(data, classes);
		new ValidationPictures(network, data.labels().kind(), postprocessing).each(
			data.samples(), cancelled, receiver);
	}

	private void check(final DataSet data, final boolean classes) {
		if (data.channels() != model.network().channels())
			throw new IllegalArgumentException("The images have " + count(data
				.channels(), "channel") + ", but the model '" + model.name() +
				"' was trained on " + model.network().channels() +
				"; choose the channels to use.");
		final boolean labelled = data.labels().kind() == LabelKind.CLASSES;
		final int found = labelled ? data.labels().classes() : 1;
		final int known = model.network().classes();
		if (classes ? found != known : found > 2)
			throw new IllegalArgumentException("The labels have " + count(found,
				"class") + ", but the model '" + model.name() + "' tells " + known +
				" apart; compare images in which each of them occurs.");
	}

	private static String count(final int number, final String what) {
		return number + " " + what + (number == 1 ? "" : what.endsWith("s") ? "es"
			: "s");
	}

	@Override
	public void close() {
		network.close();
	}
}
