
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.NetworkLostException;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.train.Trainer;
import sc.fiji.unet.train.TrainingData;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;
import sc.fiji.unet.train.TrainingResult.Status;

/**
 * Trains a U-Net on images with labels and writes the model package, and a
 * report beside it. While it runs, checkpoints lie in a folder beside the
 * package, NAME.training; it vanishes when the training has come to its end,
 * and stays to be resumed where it was cancelled or killed.
 */
public final class TrainJob {

	private static final String ZIP = ".zip";

	/** Null once it is not needed any more. */
	private TrainingInput input;
	private final TrainingPlan plan;
	private final Path model;
	private final NetworkFactory factory;
	private ExecutionConfig execution = ExecutionConfig.auto();
	private boolean overwrite;
	private boolean resume;
	private final List<TrainingListener> listeners = new ArrayList<>();
	private BooleanSupplier cancelled = () -> false;

	/**
	 * @param input what to learn from
	 * @param plan how; channels, classes and the kind of labels are taken from
	 *          the images
	 * @param model package to write, ending in .zip
	 */
	public TrainJob(final TrainingInput input, final TrainingPlan plan,
		final Path model, final NetworkFactory factory)
	{
		this.input = input;
		this.plan = plan;
		this.model = model.toAbsolutePath();
		this.factory = factory;
	}

	/** @param value where to compute; the precision is the plan's */
	public TrainJob execution(final ExecutionConfig value) {
		execution = value;
		return this;
	}

	/**
	 * @param value whether an existing package, and a training that was not
	 *          finished, may be replaced
	 */
	public TrainJob overwrite(final boolean value) {
		overwrite = value;
		return this;
	}

	/** @param value whether to go on with a training that was not finished */
	public TrainJob resume(final boolean value) {
		resume = value;
		return this;
	}

	public TrainJob listener(final TrainingListener value) {
		listeners.add(value);
		return this;
	}

	/**
	 * @param query asked after every batch; true stops, writes the model so far,
	 *          and can be resumed
	 */
	public TrainJob cancelled(final BooleanSupplier query) {
		cancelled = query;
		return this;
	}

	/**
	 * Checks whether the job may write where it is told to; nothing is changed.
	 *
	 * @param model package to write
	 * @param overwrite whether an existing one may be replaced
	 * @param resume whether an unfinished training is to be continued
	 * @throws IllegalArgumentException if it may not; says what to do
	 * @throws IOException if the place cannot be looked at
	 */
	public static void checkTarget(final Path model, final boolean overwrite,
		final boolean resume) throws IOException
	{
		if (!model.getFileName().toString().endsWith(ZIP))
			throw new IllegalArgumentException("Model '" + model +
				"' must have a name that ends in .zip.");
		checkFolder(training(model));
		final boolean unfinished = Trainer.isResumable(training(model));
		ReportWriter.checkTarget(model, overwrite || resume && unfinished);
		if (Files.exists(model) && !overwrite && !(resume && unfinished))
			throw new IllegalArgumentException("Model '" + model +
				"' exists already" + (resume
					? " and its training has ended, so there is nothing to resume" : "") +
				"; choose another name, or allow overwriting (overwrite=true, --overwrite).");
		if (unfinished && !overwrite && !resume) throw new IllegalArgumentException(
			"An unfinished training lies in '" + training(model) +
				"'; go on with it (resume=true, --resume), choose another name, or allow overwriting (overwrite=true, --overwrite).");
	}

	/** The folder will be emptied, so it must hold nothing of anybody else. */
	private static void checkFolder(final Path folder) throws IOException {
		if (!Files.exists(folder)) return;
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("'" +
			folder +
			"' is a file, but checkpoints must go there; move it away, or give the model another name.");
		final List<String> foreign = Trainer.foreignFiles(folder);
		if (!foreign.isEmpty()) throw new IllegalArgumentException(
			"Checkpoints go to '" + folder +
				"', but it holds what no training has written: " + String.join(", ",
					foreign) + ". Move that away, or give the model another name.");
	}

	/** @return the folder of the checkpoints of a model */
	public static Path training(final Path model) {
		final String name = model.getFileName().toString();
		return model.resolveSibling(name.substring(0, name.length() - ZIP
			.length()) + ".training");
	}

	/**
	 * Trains and writes the package; blocks until done. Can be called once.
	 *
	 * @return how the training ended; the package is there unless it diverged or
	 *         was stopped before the first update
	 * @throws IllegalArgumentException if images, labels or settings cannot be
	 *           used; nothing has been started then
	 * @throws IOException if a file cannot be read or written
	 * @throws sc.fiji.unet.network.NetworkException if the engine fails
	 */
	public TrainingResult run() throws IOException {
		checkTarget(model, overwrite, resume);
		final TrainingSet set = input.prepare(plan);
		// As read, the images would double the memory that the training takes.
		input = null;
		final TrainingPlan complete = set.plan();
		set.sentences().forEach(this::say);
		final ModelWriter writer = new ModelWriter(model, factory, set);
		try (TrainableNetwork network = network(complete)) {
			say(complete.network() + " on " + network.device() + ".");
			final TrainingResult result = train(complete, network, set.samples());
			finish(result, complete, writer, network);
			if (isTrained(result) && result.status() != Status.DIVERGED) report(
				result, set, writer, network);
			return result;
		}
	}

	private TrainableNetwork network(final TrainingPlan complete) {
		return factory.create(complete.network(), complete.optimizer(), execution
			.withPrecision(complete.precision()), complete.seed());
	}

	private TrainingResult train(final TrainingPlan complete,
		final TrainableNetwork network, final TrainingData samples)
		throws IOException
	{
		final Trainer trainer = new Trainer(complete, network, samples, training(
			model)).cancelled(cancelled);
		listeners.forEach(trainer::listener);
		if (resume) return trainer.resume();
		// Not earlier: what can fail has been checked, so nothing is lost in vain.
		Trainer.discard(training(model));
		return trainer.run();
	}

	private void finish(final TrainingResult result, final TrainingPlan complete,
		final ModelWriter writer, final TrainableNetwork network) throws IOException
	{
		if (result.status() == Status.DIVERGED) return;
		if (isTrained(result)) write(result, complete, writer, network);
		else say("Training was stopped before the first update, so " + (Files
			.exists(model) ? "the model '" + model + "' is left as it was."
				: "there is no model."));
		if (result.status() != Status.CANCELLED || !isTrained(result)) Trainer
			.discard(training(model));
	}

	/** Comes last, so that nothing can be lost by it. */
	private void report(final TrainingResult result, final TrainingSet set,
		final ModelWriter writer, final TrainableNetwork network)
	{
		new ReportWriter(model, set, execution, writer.postprocessing(), cancelled,
			this::say).write(network, result);
	}

	private void write(final TrainingResult result, final TrainingPlan complete,
		final ModelWriter writer, final TrainableNetwork network) throws IOException
	{
		try {
			writer.write(network, result);
		}
		catch (final NetworkLostException e) {
			// Its weights are on the disk.
			try (TrainableNetwork another = network(complete)) {
				writer.write(another, result);
			}
		}
	}

	/**
	 * @return whether the weights are others than those that training began with;
	 *         such a model is not written
	 */
	public static boolean isTrained(final TrainingResult result) {
		return result.updates() > 0;
	}

	private void say(final String sentence) {
		listeners.forEach(l -> l.message(sentence));
	}
}
