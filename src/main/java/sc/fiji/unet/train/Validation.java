
package sc.fiji.unet.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.BooleanSupplier;

import sc.fiji.unet.data.BatchQueue;
import sc.fiji.unet.data.ValidationTiles;
import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.TrainableNetwork;

/**
 * A look at the images held out: each of their counted pixels once, always in
 * the same tiles. Not thread-safe.
 */
final class Validation {

	/** What a look at the images has shown. */
	static final class Outcome {

		/** Mean loss over the counted pixels. */
		final double loss;
		final double[] scores;

		Outcome(final double loss, final double[] scores) {
			this.loss = loss;
			this.scores = scores;
		}
	}

	private final ValidationTiles tiles;
	private final int batchSize;
	private final int threads;
	private final ValidationScore score;

	Validation(final ValidationTiles tiles, final int batchSize,
		final int threads, final ValidationScore score)
	{
		this.tiles = tiles;
		this.batchSize = batchSize;
		this.threads = threads;
		this.score = score;
	}

	/** @return number of batches that a look takes */
	long batches() {
		return tiles.batches(batchSize);
	}

	/**
	 * @param network evaluated with its averaged weights where it keeps some
	 * @param cancelled asked after each batch
	 * @return what was seen; null if cancelled
	 */
	Outcome look(final TrainableNetwork network, final BooleanSupplier cancelled)
		throws InterruptedException
	{
		final ValidationScore.Tally tally = score.start();
		double sum = 0;
		long pixels = 0;
		FloatBuffer probabilities = null;
		try (BatchQueue queue = new BatchQueue(tiles, batchSize, 0, threads,
			threads + 1))
		{
			for (long b = 0; b < batches(); b++) {
				final Batch batch = queue.take();
				if (probabilities == null) probabilities = buffer(batch, network);
				final double loss = network.evaluate(batch, probabilities);
				final int counted = counted(batch);
				if (counted > 0) sum += counted * loss;
				pixels += counted;
				tally.add(batch, probabilities, network.config().classes());
				queue.recycle(batch);
				if (Thread.interrupted()) throw new InterruptedException();
				if (cancelled.getAsBoolean()) return null;
			}
		}
		return new Outcome(sum / pixels, tally.values());
	}

	private static FloatBuffer buffer(final Batch batch,
		final TrainableNetwork network)
	{
		return ByteBuffer.allocateDirect(4 * batch.weights().capacity() * network
			.config().classes()).order(ByteOrder.nativeOrder()).asFloatBuffer();
	}

	private static int counted(final Batch batch) {
		int counted = 0;
		for (int i = 0; i < batch.weights().capacity(); i++)
			if (batch.weights().get(i) != 0) counted++;
		return counted;
	}
}
