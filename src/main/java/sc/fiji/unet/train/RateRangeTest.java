
package sc.fiji.unet.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import sc.fiji.unet.data.BatchQueue;
import sc.fiji.unet.data.PatchSampler;
import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.train.RateRangeResult.End;

/**
 * The learning rate range test (Smith 2017): one update with each rate of a
 * {@link RateRange}, from low to high, and the loss on the way. Batches,
 * accumulation, augmentation, weights and optimiser are those of the plan; the
 * batches are the first ones of the training itself. It ends early where the
 * loss becomes infinite or NaN, or goes far above its best.
 * <p>
 * The network is afterwards what it was before: weights, averages, optimiser,
 * counters and random state, however the test ends. Only where a cancel had to
 * end the process of the network is it lost.
 * </p>
 */
public final class RateRangeTest {

	/** Hears how far the test has come, from the thread that tests. */
	public interface Progress {

		/**
		 * @param updates number of updates so far
		 * @param total number of updates in all
		 * @param rate learning rate of the last one
		 * @param loss mean loss of its batches
		 */
		void update(int updates, int total, double rate, double loss);
	}

	private final TrainingPlan plan;
	private final TrainableNetwork network;
	private final RateRange range;
	private final PatchSampler patches;
	private BooleanSupplier cancelled = () -> false;
	private Progress progress = (updates, total, rate, loss) -> {};
	private final List<Double> losses = new ArrayList<>();
	/** Whether the network is gone together with its process. */
	private boolean lost;

	/**
	 * @param plan what will be trained; its learning rate and schedule do not
	 *          count
	 * @param network made for the plan: with its architecture, optimiser and
	 *          seed, between two updates
	 * @param data images, normalised as the plan says; those held out are not
	 *          used
	 * @throws IllegalArgumentException if network, plan and images do not belong
	 *           together
	 */
	public RateRangeTest(final TrainingPlan plan, final TrainableNetwork network,
		final TrainingData data, final RateRange range)
	{
		Trainer.checkThatAllFits(plan, network, data);
		this.plan = plan;
		this.network = network;
		this.range = range;
		patches = data.patches(plan, data.targets(plan));
	}

	/** @param query asked before every batch; true ends the test */
	public RateRangeTest cancelled(final BooleanSupplier query) {
		cancelled = Objects.requireNonNull(query);
		return this;
	}

	/** @param value hears of every update */
	public RateRangeTest progress(final Progress value) {
		progress = Objects.requireNonNull(value);
		return this;
	}

	/**
	 * Tests, and puts the network back; blocks until done. To be called once.
	 *
	 * @return what was found, however the test ended
	 * @throws IOException if the network cannot be saved or put back
	 * @throws IllegalStateException if the network is in the middle of an update,
	 *           or a batch could not be made
	 * @throws sc.fiji.unet.network.NetworkException if the engine fails
	 */
	public RateRangeResult run() throws IOException {
		if (network.accumulated() > 0) throw new IllegalStateException(
			"Learning rates cannot be tested in the middle of an update; " + network
				.accumulated() + " batches wait to be applied.");
		final Path before = Files.createTempDirectory("unet-rates-");
		try {
			network.save(before);
			return run(before);
		}
		finally {
			Checkpoints.delete(before);
		}
	}

	private RateRangeResult run(final Path before) throws IOException {
		final End end;
		try {
			end = test();
		}
		catch (final RuntimeException | Error e) {
			try {
				network.restore(before);
			}
			catch (final IOException | RuntimeException again) {
				e.addSuppressed(again);
			}
			throw e;
		}
		// Or reading the files would be cut off as well.
		final boolean interrupted = Thread.interrupted();
		if (!lost) network.restore(before);
		if (interrupted) Thread.currentThread().interrupt();
		return new RateRangeResult(range, losses, end);
	}

	private End test() {
		final int threads = Trainer.threads();
		try (BatchQueue queue = new BatchQueue(patches, plan.batchSize(), 0,
			threads, threads + 1))
		{
			network.cancelWhen(cancelled);
			return climb(queue);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			return End.CANCELLED;
		}
		catch (final CancellationException e) {
			lost = true;
			return End.CANCELLED;
		}
		finally {
			// Putting the network back is not cancelled with the test.
			network.cancelWhen(null);
		}
	}

	private End climb(final BatchQueue queue) throws InterruptedException {
		final Smoothing smoothing = new Smoothing();
		for (int i = 0; i < range.updates(); i++) {
			final double rate = range.rate(i);
			double sum = 0;
			for (int batch = 0; batch < plan.accumulation(); batch++) {
				if (cancelled.getAsBoolean()) return End.CANCELLED;
				sum += learn(queue, rate);
				if (!Double.isFinite(sum)) return End.NOT_FINITE;
			}
			if (plan.accumulation() > 1) network.apply(rate);
			final double loss = sum / plan.accumulation();
			losses.add(loss);
			progress.update(i + 1, range.updates(), rate, loss);
			if (smoothing.isFarAboveBest(loss)) return End.DIVERGED;
		}
		return End.COMPLETE;
	}

	/** @return the loss of the next batch */
	private double learn(final BatchQueue queue, final double rate)
		throws InterruptedException
	{
		final Batch batch = queue.take();
		final double loss = plan.accumulation() == 1 ? network.step(batch, rate)
			: network.accumulate(batch);
		queue.recycle(batch);
		return loss;
	}
}
