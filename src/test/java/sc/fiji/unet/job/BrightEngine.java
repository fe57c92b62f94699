
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.NetworkLostException;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;

/**
 * A stand-in for an engine, for jobs from end to end without waiting: its
 * networks take bright pixels for foreground, with several classes the brighter
 * the higher the class, and learn nothing.
 */
final class BrightEngine implements NetworkFactory {

	/** Loss of every batch. */
	double loss = 0.5;
	/** Told of every batch that is learnt from. */
	Runnable onLearn = () -> {};
	/** Told of every prediction of a network that can learn. */
	Runnable onPredict = () -> {};
	/** Told of every prediction of a network that was opened. */
	Runnable onSegment = () -> {};
	/** Device that is not to be had. */
	String missingDevice = "gpu:7";
	int created;
	/** Number of networks that were opened. */
	int opened;
	/** Networks whose weights were taken over, and by which. */
	final List<String> takenOver = new ArrayList<>();

	@Override
	public List<String> devices() {
		return Collections.singletonList("cpu");
	}

	@Override
	public TrainableNetwork create(final UNetConfig config,
		final OptimizerConfig optimizer, final ExecutionConfig execution,
		final long seed)
	{
		if (execution.device().equals(missingDevice))
			throw new IllegalArgumentException("Device " + missingDevice +
				" is not there.");
		created++;
		return new Bright(config, optimizer);
	}

	@Override
	public Network open(final UNetConfig config, final Path exported,
		final ExecutionConfig execution) throws IOException
	{
		if (!Files.exists(exported.resolve("saved_model.pb")))
			throw new IOException("no network in " + exported);
		opened++;
		return new Bright(config, null);
	}

	private final class Bright implements TrainableNetwork {

		private final UNetConfig config;
		private final OptimizerConfig optimizer;
		private long updates;
		private int accumulated;
		private boolean lost;

		Bright(final UNetConfig config, final OptimizerConfig optimizer) {
			if (config.padding() != Padding.SAME) throw new IllegalArgumentException(
				"same padding only");
			this.config = config;
			this.optimizer = optimizer;
		}

		@Override
		public void predict(final int samples, final long[] inputSize,
			final FloatBuffer input, final FloatBuffer probabilities)
		{
			checkAlive();
			try {
				(optimizer != null ? onPredict : onSegment).run();
			}
			catch (final NetworkLostException e) {
				lost = true;
				throw e;
			}
			int pixels = samples;
			for (final long size : inputSize)
				pixels *= size;
			answer(pixels, input, probabilities);
		}

		private void checkAlive() {
			if (lost) throw new NetworkLostException("The process is gone.");
		}

		private void answer(final int pixels, final FloatBuffer input,
			final FloatBuffer probabilities)
		{
			final int classes = config.classes();
			for (int i = 0; i < pixels; i++) {
				double value = 0;
				for (int c = 0; c < config.channels(); c++)
					value += input.get(i * config.channels() + c) / config.channels();
				if (classes == 1) probabilities.put(i, (float) (1 / (1 + Math.exp(-20 *
					(value - 0.5)))));
				else for (int k = 0; k < classes; k++)
					probabilities.put(i * classes + k, k == Math.round(Math.max(0, Math
						.min(1, value)) * (classes - 1)) ? 1 : 0);
			}
		}

		@Override
		public double accumulate(final Batch batch) {
			onLearn.run();
			accumulated++;
			return loss;
		}

		@Override
		public void apply(final double learningRate) {
			accumulated = 0;
			updates++;
		}

		@Override
		public double step(final Batch batch, final double learningRate) {
			accumulate(batch);
			apply(learningRate);
			return loss;
		}

		@Override
		public double evaluate(final Batch batch, final FloatBuffer probabilities) {
			answer(batch.targets().capacity(), batch.input(), probabilities);
			return loss;
		}

		@Override
		public void save(final Path folder) throws IOException {
			Files.writeString(folder.resolve("updates"), updates + " " + accumulated);
		}

		@Override
		public void restore(final Path folder) throws IOException {
			final String[] saved = Files.readString(folder.resolve("updates")).split(
				" ");
			updates = Long.parseLong(saved[0]);
			accumulated = Integer.parseInt(saved[1]);
		}

		@Override
		public List<String> restoreMatching(final Path folder,
			final UNetConfig from)
		{
			takenOver.add(from + " to " + config);
			return Collections.emptyList();
		}

		@Override
		public void export(final Path folder) throws IOException {
			checkAlive();
			Files.createDirectories(folder.resolve("variables"));
			Files.writeString(folder.resolve("saved_model.pb"), "graph");
			Files.writeString(folder.resolve("variables/variables.txt"), "" +
				updates);
		}

		@Override
		public OptimizerConfig optimizer() {
			return optimizer;
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
			return Collections.emptyList();
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
			return "CPU, 1 thread, float32";
		}

		@Override
		public void close() {}
	}
}
