
package sc.fiji.unet.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import sc.fiji.unet.data.BatchQueue;
import sc.fiji.unet.data.PatchSampler;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.Targets;
import sc.fiji.unet.data.ValidationTiles;
import sc.fiji.unet.network.TrainableNetwork;

/**
 * Follows a {@link TrainingPlan}: from images to batches, updates, a look at
 * the validation images after each epoch, and checkpoints in a folder of its
 * own.
 * <p>
 * {@link #run} and {@link #resume} block until the training has ended, and call
 * listeners from the same thread. A run that was killed and resumed ends with
 * the same weights as one that was not. The network stays open and belongs to
 * the caller, who restores {@link TrainingResult#bestNetwork()} into it before
 * using it.
 * </p>
 */
public final class Trainer {

	private static final int MOST_THREADS = 8;

	private final TrainingPlan plan;
	private final TrainableNetwork network;
	private final TrainingData data;
	private final Path folder;
	private final PatchSampler patches;
	/** Null without images held out. */
	private final ValidationTiles tiles;
	private final List<TrainingListener> listeners = new ArrayList<>();
	private BooleanSupplier cancelled = () -> false;
	private ValidationScore score;
	private double secondsSpent;
	private List<String> reasons = Collections.emptyList();
	private LongSupplier nanoTime = System::nanoTime;

	/**
	 * @param plan what to do
	 * @param network made for the plan: with its architecture, optimiser and
	 *          seed; weights may have been taken over from a model, parameters
	 *          frozen
	 * @param data images, normalised as the plan says
	 * @param folder where checkpoints and history go; made if need be
	 * @throws IllegalArgumentException if network, plan and images do not belong
	 *           together
	 */
	public Trainer(final TrainingPlan plan, final TrainableNetwork network,
		final TrainingData data, final Path folder)
	{
		this.plan = plan;
		this.network = network;
		this.data = data;
		this.folder = folder;
		score = ValidationScore.of(plan);
		checkThatAllFits(plan, network, data);
		final Targets targets = data.targets(plan);
		patches = data.patches(plan, targets);
		tiles = data.validation().isEmpty() ? null : new ValidationTiles(data
			.validation(), plan.patch(), targets);
	}

	/**
	 * @throws IllegalArgumentException if network, plan and images do not belong
	 *           together
	 */
	static void checkThatAllFits(final TrainingPlan plan,
		final TrainableNetwork network, final TrainingData data)
	{
		if (!plan.network().equals(network.config()) || !plan.optimizer().equals(
			network.optimizer())) throw new IllegalArgumentException("The plan's " +
				plan.network() + " is not the network that is to be trained, " + network
					.config() + ", or its optimiser is another.");
		final int channels = plan.network().channels();
		for (final List<Sample> samples : Arrays.asList(data.training(), data
			.validation()))
			for (final Sample sample : samples)
				if (sample.channels() != channels) throw new IllegalArgumentException(
					"Image '" + sample.name() + "' has " + sample.channels() +
						" channels, but the network has " + channels +
						"; plan the network for the images.");
	}

	/** Adds someone who hears how it goes. */
	public Trainer listener(final TrainingListener listener) {
		listeners.add(Objects.requireNonNull(listener));
		return this;
	}

	/**
	 * @param query asked after every batch; true ends the training with a
	 *          checkpoint from which it can be resumed
	 */
	public Trainer cancelled(final BooleanSupplier query) {
		cancelled = Objects.requireNonNull(query);
		return this;
	}

	/** @param value instead of {@link ValidationScore#of} */
	public Trainer score(final ValidationScore value) {
		score = Objects.requireNonNull(value);
		return this;
	}

	/**
	 * @param value seconds of a time budget that are gone before the training
	 *          begins; a training that goes on knows its own
	 */
	public Trainer secondsSpent(final double value) {
		secondsSpent = value;
		return this;
	}

	/** @param value why the plan is as it is, to be kept with the training */
	public Trainer reasons(final List<String> value) {
		reasons = Objects.requireNonNull(value);
		return this;
	}

	/** @param value clock, instead of the system's */
	Trainer clock(final LongSupplier value) {
		nanoTime = value;
		return this;
	}

	/**
	 * @param folder folder of a training
	 * @return whether it holds something to resume
	 * @throws IOException if it cannot be read
	 */
	public static boolean isResumable(final Path folder) throws IOException {
		return Checkpoints.exist(folder);
	}

	/**
	 * @param folder folder of a training that {@link #isResumable}
	 * @return the plan that it follows
	 * @throws IOException if it cannot be read
	 */
	public static TrainingPlan plan(final Path folder) throws IOException {
		return Checkpoints.state(folder).plan();
	}

	/**
	 * @param folder folder of a training that {@link #isResumable}
	 * @return why its plan is as it is
	 * @throws IOException if it cannot be read
	 */
	public static List<String> reasons(final Path folder) throws IOException {
		return Checkpoints.state(folder).reasons;
	}

	/**
	 * @param folder folder of a training
	 * @return where the losses of the learning rate range test lie that its
	 *         learning rate comes from, see {@link RateCurve}; there need be none
	 */
	public static Path rateTest(final Path folder) {
		return Checkpoints.rates(folder);
	}

	/**
	 * To be asked before a training that is to be discarded in the end:
	 * {@link #discard} refuses a folder that holds anything else.
	 *
	 * @param folder folder of a training; need not exist
	 * @return what it holds that no training has written: paths within the
	 *         folder, in order; empty if there is nothing
	 * @throws IOException if it cannot be read
	 */
	public static List<String> foreignFiles(final Path folder)
		throws IOException
	{
		return Checkpoints.foreign(folder);
	}

	/**
	 * Removes a training with all its checkpoints, and its folder.
	 *
	 * @param folder folder of a training; need not exist
	 * @throws IOException if it holds what no training has written (see
	 *           {@link #foreignFiles}) or is in use, and nothing is removed then;
	 *           or if a file cannot be removed
	 */
	public static void discard(final Path folder) throws IOException {
		Checkpoints.discard(folder);
	}

	/**
	 * Trains from the beginning.
	 *
	 * @throws IOException if the folder holds a training already or is in use, or
	 *           a file cannot be written
	 * @throws IllegalStateException if a batch could not be made
	 * @throws sc.fiji.unet.network.NetworkException if the engine fails
	 */
	public TrainingResult run() throws IOException {
		try (Checkpoints checkpoints = Checkpoints.open(folder)) {
			if (checkpoints.last() != null) throw new IOException("Folder " + folder +
				" holds a training already; resume it, or discard it first.");
			return begin(checkpoints);
		}
	}

	/**
	 * Goes on from the last checkpoint; begins where there is none. A training
	 * that had ended before is not continued.
	 *
	 * @throws IOException if the folder is in use, the checkpoint is damaged, or
	 *           a file cannot be written
	 * @throws IllegalArgumentException if plan or images differ from those of the
	 *           training; names the keys
	 * @throws IllegalStateException if a batch could not be made
	 * @throws sc.fiji.unet.network.NetworkException if the engine fails
	 */
	public TrainingResult resume() throws IOException {
		try (Checkpoints checkpoints = Checkpoints.open(folder)) {
			if (checkpoints.last() != null) return goOn(checkpoints);
			all().message("There is nothing to resume in " + folder +
				"; training starts from the beginning.");
			return begin(checkpoints);
		}
	}

	private TrainingResult begin(final Checkpoints checkpoints)
		throws IOException
	{
		final RunState state = new RunState();
		state.plan(plan);
		state.reasons = new ArrayList<>(reasons);
		state.data = DataFingerprint.of(data);
		state.updatesBefore = network.updates();
		state.secondsBefore = secondsSpent;
		state.seconds = secondsSpent;
		state.steps = firstSteps();
		checkpoints.publish(plan);
		return train(checkpoints, state, new History(score.names()));
	}

	private StepPlan firstSteps() {
		final TrainingLength length = plan.length();
		final int perEpoch = plan.updatesPerEpoch();
		if (length.isReplay()) return length.record().first();
		return length.isTimed() ? StepPlan.provisional(perEpoch, TimeBudget.GUESS)
			: StepPlan.of(perEpoch, length.total(perEpoch));
	}

	private TrainingResult goOn(final Checkpoints checkpoints)
		throws IOException
	{
		final String last = checkpoints.last();
		final RunState state = checkpoints.readState(last);
		checkThatSame(state);
		network.restore(checkpoints.network(last));
		if (network.updates() != state.updatesBefore + state.updates || network
			.accumulated() != state.batches % plan.accumulation())
			throw new IOException("Checkpoint " + folder.resolve(last) +
				" is damaged: its network and its state disagree. Delete its folder to use the one before.");
		final History history = checkpoints.readHistory(last);
		if (!history.scoreNames().equals(score.names()))
			throw new IllegalArgumentException("The training in " + folder +
				" has the scores " + history.scoreNames() + ", not " + score.names() +
				"; resume with the same ones.");
		checkpoints.publish(history);
		all().message("Training goes on after update " + state.updates + ".");
		return train(checkpoints, state, history);
	}

	private void checkThatSame(final RunState state) {
		checkThatSameStart(state.plan());
		final TreeSet<String> keys = PlanJson.differences(plan, state.plan());
		if (!keys.isEmpty()) throw new IllegalArgumentException("The training in " +
			folder + " follows another plan; it differs in " + String.join(", ",
				keys) + ". Resume with the plan it was started with, or train anew.");
		final String difference = DataFingerprint.of(data).difference(state.data);
		if (!difference.isEmpty()) throw new IllegalArgumentException(
			"The training in " + folder + " used other images: " + difference +
				". Resume with the same images, or train anew.");
	}

	private void checkThatSameStart(final TrainingPlan before) {
		if (!before.startFrom().equals(plan.startFrom()))
			throw new IllegalArgumentException("The training in " + folder +
				" started " + start(before) + ", not " + start(plan) +
				". Resume with what it started from (from=, --from), or train anew.");
	}

	private static String start(final TrainingPlan plan) {
		return plan.startFrom().map(model -> "from the model " + model).orElse(
			"from scratch");
	}

	private TrainingResult train(final Checkpoints checkpoints,
		final RunState state, final History history) throws IOException
	{
		final Journal journal = new Journal(network, checkpoints, state, history,
			nanoTime);
		final int threads = threads();
		try (BatchQueue queue = new BatchQueue(patches, plan.batchSize(),
			state.batches, threads, threads + 1))
		{
			network.cancelWhen(cancelled);
			return new TrainingRun(plan, network, data, journal, queue, validation(),
				all(), cancelled).train();
		}
		finally {
			// What is done with the network next is not cancelled with the training.
			network.cancelWhen(null);
		}
	}

	private Validation validation() {
		if (tiles != null) return new Validation(tiles, network, plan.batchSize(),
			score, plan.postprocessing());
		all().message(
			"No image is held out, so the last checkpoint is the one to use" + (plan
				.patience() > 0 ? " and training does not stop early." : "."));
		return null;
	}

	/** Half of the cores; the network computes on all of them. */
	static int threads() {
		return Math.max(1, Math.min(MOST_THREADS, Runtime.getRuntime()
			.availableProcessors() / 2));
	}

	private TrainingListener all() {
		return new ListenerList(listeners);
	}
}
