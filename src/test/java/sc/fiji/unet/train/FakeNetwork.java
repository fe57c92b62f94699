
package sc.fiji.unet.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;

/**
 * Logistic regression of each pixel on its grey value: learns, forgets nothing
 * when saved, and fails on request.
 */
class FakeNetwork implements TrainableNetwork {

	/** What stands for the end of the process. */
	static final class Killed extends RuntimeException {

		private static final long serialVersionUID = 1L;
	}

	private static final String FILE = "weights";

	private final UNetConfig config;
	private final OptimizerConfig optimizer;
	/**
	 * Slope and offset, their velocities, averages and accumulated gradients,
	 * number of accumulated batches, number of updates.
	 */
	private double[] values = new double[10];

	/** Batches learnt from; not saved. */
	int batches;
	int evaluations;
	int saves;
	/** Batch (from 1) at which the process ends; 0 never. */
	int killAtBatch;
	/** Save (from 1) at which the process ends, half done. */
	int killAtSave;
	/** Update from which on losses are this. */
	long failAtUpdate = Long.MAX_VALUE;
	double failure = Double.NaN;
	/** Update whose gradient overflows although its loss is finite. */
	long overflowAtUpdate = Long.MAX_VALUE;
	/** Learning rates of all updates; not saved. */
	final List<Double> rates = new ArrayList<>();
	/** Where the last save went. */
	Path saved;
	/** Told of each batch, evaluation or save. */
	Runnable onLearn = () -> {};
	Runnable onEvaluate = () -> {};
	Runnable onSave = () -> {};

	FakeNetwork(final TrainingPlan plan) {
		config = plan.network();
		optimizer = plan.optimizer();
	}

	/** @return slope and offset */
	double[] weights() {
		return Arrays.copyOf(values, 2);
	}

	/** @return moving averages of slope and offset */
	double[] averages() {
		return Arrays.copyOfRange(values, 4, 6);
	}

	/** @return all that is learnt, bit by bit */
	String state() {
		return Arrays.toString(values);
	}

	@Override
	public double accumulate(final Batch batch) {
		if (++batches == killAtBatch) throw new Killed();
		onLearn.run();
		final double[] gradient = new double[2];
		final double loss = loss(batch, values[0], values[1], gradient, null);
		values[6] += gradient[0];
		values[7] += gradient[1];
		values[8]++;
		return updates() >= failAtUpdate ? failure : loss;
	}

	@Override
	public void apply(final double learningRate) {
		if (values[8] == 0) throw new IllegalStateException("Nothing accumulated.");
		rates.add(learningRate);
		if (updates() >= overflowAtUpdate) values[6] = Double.POSITIVE_INFINITY;
		for (int i = 0; i < 2; i++) {
			values[2 + i] = optimizer.beta1() * values[2 + i] + values[6 + i] /
				values[8];
			values[i] -= learningRate * values[2 + i];
			final double decay = Math.min(optimizer.averageDecay(), (1 + values[9]) /
				(10 + values[9]));
			values[4 + i] = decay * values[4 + i] + (1 - decay) * values[i];
			values[6 + i] = 0;
		}
		values[8] = 0;
		values[9]++;
	}

	@Override
	public double step(final Batch batch, final double learningRate) {
		final double loss = accumulate(batch);
		apply(learningRate);
		return loss;
	}

	@Override
	public double evaluate(final Batch batch, final FloatBuffer probabilities) {
		evaluations++;
		onEvaluate.run();
		return loss(batch, values[4], values[5], new double[2], probabilities);
	}

	private static double loss(final Batch batch, final double slope,
		final double offset, final double[] gradient,
		final FloatBuffer probabilities)
	{
		double sum = 0;
		int counted = 0;
		for (int i = 0; i < batch.weights().capacity(); i++) {
			final double x = batch.input().get(i);
			final double p = 1 / (1 + Math.exp(-slope * x - offset));
			if (probabilities != null) probabilities.put(i, (float) p);
			final double weight = batch.weights().get(i);
			if (weight == 0) continue;
			final int target = batch.targets().get(i);
			sum -= weight * Math.log(target > 0 ? p : 1 - p);
			gradient[0] += weight * (p - target) * x;
			gradient[1] += weight * (p - target);
			counted++;
		}
		gradient[0] /= counted;
		gradient[1] /= counted;
		return sum / counted;
	}

	@Override
	public void save(final Path folder) throws IOException {
		onSave.run();
		saved = folder;
		final ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
		bytes.asDoubleBuffer().put(values);
		final boolean killed = ++saves == killAtSave;
		Files.write(folder.resolve(FILE), Arrays.copyOf(bytes.array(), killed ? 11
			: bytes.capacity()));
		if (killed) throw new Killed();
	}

	@Override
	public void restore(final Path folder) throws IOException {
		final byte[] bytes = Files.readAllBytes(folder.resolve(FILE));
		if (bytes.length != 8 * values.length) throw new IOException("Damaged: " +
			folder);
		ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
	}

	@Override
	public List<String> restoreMatching(final Path folder, final UNetConfig from)
		throws IOException
	{
		throw new UnsupportedOperationException();
	}

	@Override
	public void export(final Path folder) throws IOException {
		throw new UnsupportedOperationException();
	}

	@Override
	public OptimizerConfig optimizer() {
		return optimizer;
	}

	@Override
	public long updates() {
		return (long) values[9];
	}

	@Override
	public int accumulated() {
		return (int) values[8];
	}

	@Override
	public List<String> parameters() {
		return Arrays.asList("slope", "offset");
	}

	@Override
	public void freeze(final Collection<String> names) {
		throw new UnsupportedOperationException();
	}

	@Override
	public UNetConfig config() {
		return config;
	}

	@Override
	public String device() {
		return "none";
	}

	@Override
	public void predict(final int samples, final long[] inputSize,
		final FloatBuffer input, final FloatBuffer probabilities)
	{
		throw new UnsupportedOperationException();
	}

	@Override
	public void close() {}
}
