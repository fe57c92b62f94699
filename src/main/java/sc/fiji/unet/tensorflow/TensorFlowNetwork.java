
package sc.fiji.unet.tensorflow;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.InputCheck;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.Transfer;
import sc.fiji.unet.network.UNetConfig;

/**
 * A U-Net that learns, as one TensorFlow graph and session.
 *
 * @param <T> number format
 */
final class TensorFlowNetwork<T extends TFloating> implements TrainableNetwork {

	private static final double NORMALIZATION_DECAY = 0.99;
	private static final String STATE = "state";
	private static final String ACCUMULATED = "accumulated";
	private static final String ARCHITECTURE = "architecture.txt";

	private final UNetConfig config;
	private final OptimizerConfig optimizerConfig;
	private final InputCheck check;
	private final String device;
	private final GraphSession<TrainingGraph<T>> engine;
	private final TrainingGraph<T> training;
	private final Session session;
	private final Set<String> frozen = new HashSet<>();

	private long seed;
	private long updates;
	private long batches;
	private int accumulated;
	/** While variables change, and for good if that fails half way. */
	private boolean broken;

	TensorFlowNetwork(final UNetConfig config, final OptimizerConfig optimizer,
		final Class<T> type, final Device device, final long seed)
	{
		this.config = config;
		this.optimizerConfig = optimizer;
		this.device = device.toString();
		this.seed = seed;
		check = new InputCheck(config);
		engine = GraphSession.open(device, tf -> new TrainingGraph<>(tf, config,
			optimizer, type));
		training = engine.nodes();
		session = engine.session();
		try {
			initialize();
		}
		catch (final RuntimeException e) {
			close();
			throw e;
		}
	}

	private void initialize() {
		try (Run run = new Run(session)) {
			run.feed(training.seed, seed, 0).targets(training.initializers).execute();
		}
		startAnew();
	}

	/** Forgets what training has left behind, weights apart. */
	private void startAnew() {
		try (Run run = new Run(session)) {
			run.targets(training.zeros).targets(training.averageCopies).execute();
		}
		updates = 0;
		batches = 0;
		accumulated = 0;
		broken = false;
	}

	@Override
	public UNetConfig config() {
		return config;
	}

	@Override
	public OptimizerConfig optimizer() {
		return optimizerConfig;
	}

	@Override
	public String device() {
		return device;
	}

	@Override
	public void predict(final int samples, final long[] inputSize,
		final FloatBuffer input, final FloatBuffer probabilities)
	{
		checkUsable();
		training.inference.predict(session, samples, inputSize, input,
			probabilities);
	}

	@Override
	public double accumulate(final Batch batch) {
		checkUsable();
		check.batch(batch, null);
		broken = true;
		final double loss;
		try (Run run = feedTraining(batch)) {
			run.targets(accumulated == 0 ? unfrozen(training.firstGradients)
				: unfrozen(training.furtherGradients));
			loss = fetchLoss(run, training.loss);
		}
		broken = false;
		batches++;
		accumulated++;
		return loss;
	}

	@Override
	public void apply(final double learningRate) {
		if (accumulated == 0) throw new IllegalStateException(
			"There is no gradient to apply; accumulate at least one batch first.");
		InputCheck.learningRate(learningRate);
		checkUsable();
		broken = true;
		try (Run run = new Run(session)) {
			training.optimizer.feed(run, learningRate, updates);
			run.feed(training.accumulatedBatches, accumulated).targets(unfrozen(
				training.accumulatedUpdates)).execute();
		}
		broken = false;
		updates++;
		accumulated = 0;
	}

	@Override
	public double step(final Batch batch, final double learningRate) {
		InputCheck.learningRate(learningRate);
		if (accumulated > 0) {
			final double loss = accumulate(batch);
			apply(learningRate);
			return loss;
		}
		checkUsable();
		check.batch(batch, null);
		broken = true;
		final double loss;
		try (Run run = feedTraining(batch)) {
			training.optimizer.feed(run, learningRate, updates);
			run.targets(unfrozen(training.directUpdates));
			loss = fetchLoss(run, training.loss);
		}
		broken = false;
		batches++;
		updates++;
		return loss;
	}

	@Override
	public double evaluate(final Batch batch, final FloatBuffer probabilities) {
		checkUsable();
		check.batch(batch, probabilities);
		try (Run run = new Run(session)) {
			feed(run, training.inference.input(), batch);
			if (probabilities == null) return fetchLoss(run, training.evaluationLoss);
			run.fetch(training.evaluationLoss).fetch(training.inference
				.probabilities());
			try (Result result = run.run()) {
				Run.copy(result.get(1), probabilities);
				return Run.scalar(result.get(0));
			}
		}
	}

	/** @return a run that feeds the training pass; nothing is fetched yet */
	Run feedTraining(final Batch batch) {
		final Run run = new Run(session);
		try {
			feed(run, training.input, batch);
			run.feed(training.seed, seed, batches);
			run.feed(training.normalizationDecay, Optimizer.warmedUp(
				NORMALIZATION_DECAY, batches));
			run.targets(training.statisticsUpdates);
			return run;
		}
		catch (final RuntimeException | Error e) {
			run.close();
			throw e;
		}
	}

	private void feed(final Run run, final Operand<TFloat32> input,
		final Batch batch)
	{
		final Operand<TInt32> targets = training.targets;
		run.feed(input, batch.input(), Inference.tensorShape(batch.samples(), batch
			.inputSize(), batch.channels()));
		run.feed(targets, batch.targets(), Inference.tensorShape(batch.samples(),
			batch.outputSize()));
		run.feed(training.pixelWeights, batch.weights(), Inference.tensorShape(batch
			.samples(), batch.outputSize()));
	}

	private static double fetchLoss(final Run run, final Operand<?> loss) {
		try (Result result = run.fetch(loss).run()) {
			return Run.scalar(result.get(0));
		}
	}

	private List<Op> unfrozen(final Map<String, Op> perParameter) {
		final List<Op> ops = new ArrayList<>();
		perParameter.forEach((name, op) -> {
			if (!frozen.contains(name)) ops.add(op);
		});
		return ops;
	}

	/**
	 * When an update fails half way, some parameters have changed and others have
	 * not.
	 */
	private void checkUsable() {
		if (broken) throw new IllegalStateException(
			"An earlier failure has left the network half changed; restore it from a checkpoint.");
	}

	@Override
	public long updates() {
		return updates;
	}

	@Override
	public int accumulated() {
		return accumulated;
	}

	@Override
	public List<String> parameters() {
		return training.learned();
	}

	@Override
	public void freeze(final Collection<String> names) {
		final Set<String> unknown = new LinkedHashSet<>(names);
		unknown.removeAll(parameters());
		if (!unknown.isEmpty()) throw new IllegalArgumentException("Parameters " +
			unknown + " are unknown; known are " + parameters() + ".");
		if (accumulated > 0) throw new IllegalStateException(
			"Parameters cannot be frozen while the gradients of " + accumulated +
				" batches wait to be applied; freeze before the first one, or before restoring.");
		frozen.clear();
		frozen.addAll(names);
	}

	@Override
	public void save(final Path folder) throws IOException {
		checkUsable();
		try (Run run = new Run(session)) {
			run.feed(training.newCounters, seed, updates, batches, accumulated)
				.target(training.setCounters).execute();
		}
		training.state.write(session, folder.resolve(STATE));
		if (accumulated > 0) training.accumulation.write(session, folder.resolve(
			ACCUMULATED));
		Files.write(folder.resolve(ARCHITECTURE), config.toString().getBytes(
			StandardCharsets.UTF_8));
	}

	/** The shapes of the weights do not tell everything, such as the padding. */
	private void checkArchitecture(final Path folder) throws IOException {
		final Path file = folder.resolve(ARCHITECTURE);
		if (!Files.exists(file)) throw new IOException(
			"There is no saved network in " + folder + ": " + ARCHITECTURE +
				" is missing.");
		final String stored = new String(Files.readAllBytes(file),
			StandardCharsets.UTF_8);
		if (!stored.equals(config.toString())) throw new IOException(folder +
			" belongs to another network: " + stored + ", but this one is " + config +
			". Use the settings it was trained with.");
	}

	@Override
	public void restore(final Path folder) throws IOException {
		checkArchitecture(folder);
		broken = true;
		training.state.read(session, folder.resolve(STATE));
		final long[] counters = counters();
		if (counters[3] > 0) training.accumulation.read(session, folder.resolve(
			ACCUMULATED));
		broken = false;
		seed = counters[0];
		updates = counters[1];
		batches = counters[2];
		accumulated = (int) counters[3];
	}

	private long[] counters() {
		try (Run run = new Run(session).fetch(training.counters);
				Result result = run.run())
		{
			final TInt64 stored = (TInt64) result.get(0);
			final long[] values = new long[(int) stored.size()];
			for (int i = 0; i < values.length; i++)
				values[i] = stored.getLong(i);
			return values;
		}
	}

	@Override
	public List<String> restoreMatching(final Path folder, final UNetConfig from)
		throws IOException
	{
		final Transfer transfer = new Transfer(from, config);
		final Path exported = ServingModel.variables(folder);
		final boolean isExported = Files.isDirectory(exported.getParent());
		broken = true;
		final List<String> changed = training.start.read(session, isExported
			? exported : folder.resolve(STATE), isExported, transfer);
		startAnew();
		return changed;
	}

	@Override
	public void export(final Path folder) throws IOException {
		ServingModel.writeGraph(config, folder);
		training.serving.write(session, ServingModel.variables(folder));
	}

	/** @return the graph's inner values, for tests */
	TrainingGraph<T> training() {
		return training;
	}

	/** @return the session, for tests */
	Session session() {
		return session;
	}

	@Override
	public void close() {
		engine.close();
	}
}
