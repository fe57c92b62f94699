
package sc.fiji.unet.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.ValidationTiles;
import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;
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
	private final TrainableNetwork network;
	private final ValidationScore score;
	private final Postprocessing postprocessing;
	private final Batch batch;
	private final FloatBuffer probabilities;

	/**
	 * @param network evaluated with its averaged weights where it keeps some
	 * @param batchSize number of tiles to evaluate at once
	 * @param postprocessing how the objects that are shown are made
	 */
	Validation(final ValidationTiles tiles, final TrainableNetwork network,
		final int batchSize, final ValidationScore score,
		final Postprocessing postprocessing)
	{
		this.postprocessing = postprocessing;
		this.tiles = tiles;
		this.network = network;
		this.score = score;
		batch = tiles.newBatch(batchSize);
		probabilities = ByteBuffer.allocateDirect(4 * batch.weights().capacity() *
			network.config().classes()).order(ByteOrder.nativeOrder())
			.asFloatBuffer();
	}

	/** @return number of batches that a look takes */
	long batches() {
		return tiles.batches(batch.samples());
	}

	/**
	 * @param cancelled asked after each batch
	 * @param listener told after each batch; gets the prediction of the first
	 *          image if it wants it
	 * @return what was seen; null if cancelled
	 */
	Outcome look(final BooleanSupplier cancelled, final TrainingListener listener)
		throws InterruptedException
	{
		final ValidationScore.Tally tally = score.start();
		final Shown shown = new Shown(listener.wantsPrediction());
		final WholeImages images = new WholeImages(tiles, network.config()
			.classes(), (sample, values) -> {
				tally.add(sample, values);
				shown.add(sample, values);
			});
		double sum = 0;
		long pixels = 0;
		for (long b = 0; b < batches(); b++) {
			fill(b * batch.samples());
			final double loss = network.evaluate(batch, probabilities);
			final int counted = counted(batch);
			if (counted > 0) sum += counted * loss;
			pixels += counted;
			tally.add(batch, probabilities, network.config().classes());
			images.add(b * batch.samples(), batch.samples(), probabilities);
			listener.validation(b + 1, batches());
			if (Thread.interrupted()) throw new InterruptedException();
			if (cancelled.getAsBoolean()) return null;
		}
		if (shown.prediction != null) listener.prediction(shown.prediction);
		return new Outcome(sum / pixels, tally.values());
	}

	/** What is shown: the first image. */
	private final class Shown {

		private final boolean isWanted;
		private ValidationPrediction prediction;

		Shown(final boolean isWanted) {
			this.isWanted = isWanted;
		}

		void add(final Sample sample, final float[] values) {
			if (isWanted && prediction == null) prediction = ValidationPrediction.of(
				sample, values, Readout.of(network.config()), postprocessing);
		}
	}

	private void fill(final long firstTile) {
		IntStream.range(0, batch.samples()).parallel().forEach(slot -> tiles.fill(
			firstTile + slot, batch, slot));
	}

	private static int counted(final Batch batch) {
		int counted = 0;
		for (int i = 0; i < batch.weights().capacity(); i++)
			if (batch.weights().get(i) != 0) counted++;
		return counted;
	}
}
