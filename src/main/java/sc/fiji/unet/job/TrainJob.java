
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.imagej.TrainingFiles;
import sc.fiji.unet.model.ModelCard;
import sc.fiji.unet.network.CalibratedNetwork;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.NetworkLostException;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.train.AutoSetting;
import sc.fiji.unet.train.Trainer;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingRecord;
import sc.fiji.unet.train.TrainingResult;
import sc.fiji.unet.train.TrainingResult.Status;

/**
 * Trains a U-Net on images with labels and writes the model package, and a
 * report beside it. While it runs, checkpoints lie in a folder beside the
 * package, NAME.training; it vanishes when the training has come to its end,
 * and stays to be resumed where it was cancelled or killed.
 */
public final class TrainJob {

	static final String ZIP = ".zip";

	/** Null once it is not needed any more. */
	private TrainingInput input;
	private final TrainingPlan plan;
	private final Path model;
	private final NetworkFactory factory;
	private ExecutionConfig execution = ExecutionConfig.auto();
	private boolean overwrite;
	private boolean resume;
	private boolean rateTest;
	/** Null for a training from scratch. */
	private StartModel start;
	private ModelCard card = ModelCard.empty();
	private final List<TrainingListener> listeners = new ArrayList<>();
	private BooleanSupplier cancelled = () -> false;
	private BooleanSupplier discarded = () -> false;
	/** Null unless somebody wants to see predictions. */
	private Consumer<Comparison> predictions;
	private final TrainingRecord record = new TrainingRecord();
	/** Null until the training has ended. */
	private ModelCalibration calibration;
	private boolean written;

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

	/**
	 * @param value whether a learning rate range test comes first, whose
	 *          suggestion replaces the learning rate of the plan. Its time does
	 *          not count as training time. A training that is resumed keeps its
	 *          learning rate and is not tested again
	 */
	public TrainJob rateTest(final boolean value) {
		rateTest = value;
		return this;
	}

	/**
	 * @param value model that the weights come from, the one of the plan; null:
	 *          none. A training that is resumed goes on with its own weights
	 */
	public TrainJob startFrom(final StartModel value) {
		start = value;
		return this;
	}

	/** @param value what the model says about itself, besides what is known */
	public TrainJob card(final ModelCard value) {
		card = value;
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
	 * @param query asked after every batch; true stops, writes no model, leaves
	 *          one that is there as it is, and can be resumed
	 */
	public TrainJob discarded(final BooleanSupplier query) {
		discarded = query;
		return this;
	}

	/**
	 * @param receiver gets what the finished network, with its best weights, says
	 *          about the validation images; after a training that was stopped at
	 *          most 20 of them and for no longer than about a minute; nothing of
	 *          a network that resizes its output
	 */
	public TrainJob predictions(final Consumer<Comparison> receiver) {
		predictions = receiver;
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
		TrainTarget.check(model, overwrite, resume);
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
		StartModel.check(start, plan);
		if (start != null) start.checkKept(model);
		// What was derived when it began counts, not what would be now.
		final TrainingPlan wanted = isContinued() ? plan.completedFrom(Trainer.plan(
			training(model))) : plan;
		final TrainingSet prepared = prepared(wanted);
		// As read, the images would double the memory that the training takes.
		input = null;
		prepared.sentences().forEach(this::say);
		// Of one that goes on they have been said.
		if (!isContinued()) prepared.reasons().forEach(this::say);
		final BorderTrial trial = new BorderTrial(prepared, this::network,
			listeners, this::isEnded);
		final TrainingSet tried = start == null && wanted.auto().contains(
			AutoSetting.BORDER) && trial.isPossible() ? trial.choose() : prepared;
		try (TrainableNetwork network = network(tried.plan())) {
			say(tried.plan().network() + " on " + network.device() + ".");
			if (start != null && !isContinued()) start.takeOver(network);
			final RateSearch search = new RateSearch(tried, this::say);
			final TrainingSet set = rateTested(search, tried, network);
			final ModelWriter writer = new ModelWriter(model, factory, set, this::say)
				.card(card);
			final TrainingResult result = train(set, network, search, trial
				.seconds());
			finish(result, set, writer, network);
			return result;
		}
	}

	/** What was derived when it began keeps its reasons. */
	private TrainingSet prepared(final TrainingPlan wanted) throws IOException {
		final TrainingSet set = input.prepare(wanted, () -> ThisMachine.facts(
			factory, execution)).startingFrom(start);
		return isContinued() ? set.withReasons(Trainer.reasons(training(model)))
			: set;
	}

	/** A training that goes on keeps the rate that was found when it began. */
	private TrainingSet rateTested(final RateSearch search,
		final TrainingSet prepared, final TrainableNetwork network)
		throws IOException
	{
		final Path folder = training(model);
		if (isContinued()) return rateTest || Files.exists(Trainer.rateTest(folder))
			? search.keep(folder) : prepared;
		return rateTest ? search.test(network, this::isEnded, listeners) : prepared;
	}

	private boolean isEnded() {
		return cancelled.getAsBoolean() || discarded.getAsBoolean();
	}

	private boolean isContinued() throws IOException {
		return resume && Trainer.isResumable(training(model));
	}

	private TrainableNetwork network(final TrainingPlan complete) {
		return factory.create(complete.network(), complete.optimizer(), execution
			.withPrecision(complete.precision()), complete.seed());
	}

	private TrainingResult train(final TrainingSet set,
		final TrainableNetwork network, final RateSearch search,
		final double secondsSpent) throws IOException
	{
		final Trainer trainer = new Trainer(set.plan(), network, set.samples(),
			training(model)).cancelled(this::isEnded).secondsSpent(secondsSpent)
			.reasons(set.reasons()).listener(record);
		listeners.forEach(trainer::listener);
		// Not earlier: what can fail has been checked, so nothing is lost in vain.
		if (!isContinued()) Trainer.discard(training(model));
		search.write(training(model));
		return resume ? trainer.resume() : trainer.run();
	}

	private void finish(final TrainingResult result, final TrainingSet set,
		final ModelWriter writer, final TrainableNetwork network) throws IOException
	{
		if (result.status() == Status.DIVERGED) return;
		if (!isTrained(result)) say(
			"Training was stopped before the first update, so " + (Files.exists(model)
				? "the model '" + model + "' is left as it was."
				: "there is no model."));
		else if (isDiscarded(result) || !write(result, set, writer, network)) {
			say("No model was written" + (Files.exists(model) ? "; '" + model +
				"' is left as it was" : "") +
				". The training can be resumed (resume=true, --resume); if it is not wanted any more, delete the folder '" +
				training(model) + "'.");
			return;
		}
		if (result.status() != Status.CANCELLED || !isTrained(result)) Trainer
			.discard(training(model));
	}

	private boolean isDiscarded(final TrainingResult result) {
		return result.status() == Status.CANCELLED && discarded.getAsBoolean();
	}

	private boolean write(final TrainingResult result, final TrainingSet set,
		final ModelWriter writer, final TrainableNetwork network) throws IOException
	{
		try {
			return write(result, set, network, writer);
		}
		catch (final NetworkLostException e) {
			// Its weights are on the disk.
			try (TrainableNetwork another = network(set.plan())) {
				return write(result, set, another, writer);
			}
		}
	}

	/**
	 * @return false if the model is not wanted any more: it would lack what was
	 *         being chosen meanwhile
	 */
	private boolean write(final TrainingResult result, final TrainingSet set,
		final TrainableNetwork network, final ModelWriter writer) throws IOException
	{
		network.restore(result.bestNetwork());
		final ModelCalibration known = calibrate(result, set, network);
		writer.calibration(known.calibration());
		writer.postprocessing(new ObjectSearch(set, this::say).choose(writer
			.postprocessing(), known.predictions(), this::isEnded));
		if (discarded.getAsBoolean()) return false;
		writer.write(network, result);
		written = true;
		final String missing = TrainingFiles.write(model, record, result);
		if (!missing.isEmpty()) say(missing);
		report(result, set, network, writer.postprocessing());
		return true;
	}

	/** Once: what an engine dies of is not asked of another one again. */
	private ModelCalibration calibrate(final TrainingResult result,
		final TrainingSet set, final Network network)
	{
		if (calibration != null) return calibration;
		if (result.status() != Status.CANCELLED) calibration = ModelCalibration.of(
			network, set, this::isEnded);
		else calibration = predictions == null ? ModelCalibration.none(
			"the training was stopped in a hurry") : ModelCalibration.inAHurry(
				network, set);
		say(calibration.sentence());
		return calibration;
	}

	/** Comes last, so that nothing can be lost by it. */
	private void report(final TrainingResult result, final TrainingSet set,
		final Network network, final Postprocessing objects)
	{
		final HeldOutImages heldOut = new HeldOutImages(CalibratedNetwork.of(
			network, calibration.calibration()), set, objects).predictions(calibration
				.predictions()).receiver(predictions);
		final int samples = set.samples().validation().size();
		if (samples > 0 && result.status() == Status.CANCELLED) heldOut.glance();
		else if (samples > 0) heldOut.look(cancelled);
		if (predictions != null && heldOut.shown() < samples) say(
			"Predictions are shown for " + heldOut.shown() + " of the " + samples +
				" validation images.");
		new ReportWriter(model, set, execution, this::say).calibration(calibration)
			.objects(objects).write(network.device(), result, heldOut);
	}

	/**
	 * @return whether the weights are others than those that training began with;
	 *         such a model is not written
	 */
	public static boolean isTrained(final TrainingResult result) {
		return result.updates() > 0;
	}

	/** @return whether the job has written the model */
	public boolean isWritten() {
		return written;
	}

	private void say(final String sentence) {
		listeners.forEach(l -> l.message(sentence));
	}
}
