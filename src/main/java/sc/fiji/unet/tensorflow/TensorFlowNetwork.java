
package sc.fiji.unet.tensorflow;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

/**
 * A U-Net that learns, as one TensorFlow graph and session.
 *
 * @param <T> number format
 */
final class TensorFlowNetwork<T extends TFloating> implements TrainableNetwork {

	private static final double NORMALIZATION_DECAY = 0.99;
	private static final String STATE = "state";
	private static final String ACCUMULATED = "accumulated";

	private final UNetConfig config;
	private final OptimizerConfig optimizerConfig;
	private final UNetShape shape;
	private final String device;
	private final Graph graph = new Graph();
	private final TrainingGraph<T> training;
	private final Session session;
	private final Set<String> frozen = new HashSet<>();

	private long seed;
	private long updates;
	private long batches;
	private int accumulated;

	TensorFlowNetwork(final UNetConfig config, final OptimizerConfig optimizer,
		final Class<T> type, final Device device, final long seed)
	{
		this.config = config;
		this.optimizerConfig = optimizer;
		this.device = device.toString();
		this.seed = seed;
		shape = new UNetShape(config);
		training = new TrainingGraph<>(Ops.create(graph), config, optimizer, type);
		session = new Session(graph, device.config());
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
		startAverages();
	}

	private void startAverages() {
		if (training.averageCopies.isEmpty()) return;
		try (Run run = new Run(session)) {
			run.targets(training.averageCopies).execute();
		}
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
		training.inference.predict(session, samples, inputSize, input,
			probabilities);
	}

	@Override
	public double accumulate(final Batch batch) {
		check(batch);
		final double loss;
		try (Run run = feedTraining(batch)) {
			run.targets(accumulated == 0 ? unfrozen(training.firstGradients)
				: unfrozen(training.furtherGradients));
			loss = fetchLoss(run, training.loss);
		}
		batches++;
		accumulated++;
		return loss;
	}

	@Override
	public void apply(final double learningRate) {
		if (accumulated == 0) throw new IllegalStateException(
			"There is no gradient to apply; accumulate at least one batch first.");
		checkRate(learningRate);
		try (Run run = new Run(session)) {
			training.optimizer.feed(run, learningRate, updates);
			run.feed(training.accumulatedBatches, accumulated).targets(unfrozen(
				training.accumulatedUpdates)).execute();
		}
		updates++;
		accumulated = 0;
	}

	@Override
	public double step(final Batch batch, final double learningRate) {
		checkRate(learningRate);
		if (accumulated > 0) {
			final double loss = accumulate(batch);
			apply(learningRate);
			return loss;
		}
		check(batch);
		final double loss;
		try (Run run = feedTraining(batch)) {
			training.optimizer.feed(run, learningRate, updates);
			run.targets(unfrozen(training.directUpdates));
			loss = fetchLoss(run, training.loss);
		}
		batches++;
		updates++;
		return loss;
	}

	@Override
	public double evaluate(final Batch batch, final FloatBuffer probabilities) {
		check(batch);
		final long values = (long) config.classes() * batch.targets().capacity();
		if (probabilities != null) Inference.check("Probability", probabilities,
			values);
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
		feed(run, training.input, batch);
		run.feed(training.seed, seed, batches);
		run.feed(training.normalizationDecay, Optimizer.warmedUp(
			NORMALIZATION_DECAY, batches));
		run.targets(training.statisticsUpdates);
		return run;
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

	private void check(final Batch batch) {
		if (batch.channels() != config.channels())
			throw new IllegalArgumentException("The batch has " + batch.channels() +
				" channels, but the network takes " + config.channels() + ".");
		final long[] output = shape.output(batch.inputSize());
		if (!Arrays.equals(output, batch.outputSize()))
			throw new IllegalArgumentException("The batch has targets of size " +
				Arrays.toString(batch.outputSize()) + ", but input " + Arrays.toString(
					batch.inputSize()) + " gives " + Arrays.toString(output) + ".");
		for (int i = 0; i < batch.targets().capacity(); i++) {
			final int target = batch.targets().get(i);
			if (target < 0 || target >= Math.max(2, config.classes()))
				throw new IllegalArgumentException("Target " + target +
					" is no class; use 0 to " + (Math.max(2, config.classes()) - 1) +
					".");
		}
	}

	private static void checkRate(final double learningRate) {
		if (!(learningRate > 0) || Double.isInfinite(learningRate))
			throw new IllegalArgumentException("Learning rate " + learningRate +
				" must be a positive number.");
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
		frozen.clear();
		frozen.addAll(names);
	}

	@Override
	public void save(final Path folder) throws IOException {
		try (Run run = new Run(session)) {
			run.feed(training.newCounters, seed, updates, batches, accumulated)
				.target(training.setCounters).execute();
		}
		training.state.write(session, folder.resolve(STATE));
		if (accumulated > 0) training.accumulation.write(session, folder.resolve(
			ACCUMULATED));
	}

	@Override
	public void restore(final Path folder) throws IOException {
		training.state.read(session, folder.resolve(STATE));
		final long[] counters = counters();
		if (counters[3] > 0) training.accumulation.read(session, folder.resolve(
			ACCUMULATED));
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
	public List<String> restoreMatching(final Path folder) throws IOException {
		final Path exported = ServingModel.variables(folder);
		final Path source = Files.isDirectory(exported.getParent()) ? exported
			: folder.resolve(STATE);
		final List<String> missing = new ArrayList<>(training.start.readMatching(
			session, source));
		missing.retainAll(parameters());
		startAverages();
		return missing;
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
		session.close();
		graph.close();
	}
}
