
package sc.fiji.unet.job;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.train.RateRange;
import sc.fiji.unet.train.RateRangeResult;
import sc.fiji.unet.train.RateRangeTest;
import sc.fiji.unet.train.Trainer;
import sc.fiji.unet.train.TrainingListener;

/**
 * Where a training gets its learning rate from, if not from its plan: a range
 * test, or, when it goes on, the test that it began with.
 */
final class RateSearch {

	private final TrainingSet set;
	private final Consumer<String> say;
	/** Null unless a test was made. */
	private RateRangeResult result;

	/**
	 * @param set what is trained on
	 * @param say hears what the user should know
	 */
	RateSearch(final TrainingSet set, final Consumer<String> say) {
		this.set = set;
		this.say = say;
	}

	/**
	 * @param folder of the training that goes on
	 * @return the images, with its learning rate in the plan
	 */
	TrainingSet keep(final Path folder) throws IOException {
		final double rate = Trainer.plan(folder).learningRate();
		say.accept("The training goes on at its learning rate, " + number(rate) +
			", which is not tested again.");
		return set.withLearningRate(rate);
	}

	/**
	 * Tests; the network is the same before and afterwards.
	 *
	 * @return the images, with the suggested learning rate in the plan, if there
	 *         is a suggestion
	 * @throws CancellationException if the test was cancelled
	 */
	TrainingSet test(final TrainableNetwork network,
		final BooleanSupplier cancelled, final List<TrainingListener> listeners)
		throws IOException
	{
		final long start = System.nanoTime();
		result = new RateRangeTest(set.plan(), network, set.samples(), RateRange
			.usual()).cancelled(cancelled).progress((update, total, rate,
				loss) -> listeners.forEach(l -> l.rateTest(update, total, rate, loss)))
			.run();
		if (result.end() == RateRangeResult.End.CANCELLED)
			throw new CancellationException(result.message());
		listeners.forEach(l -> l.rateTested(result));
		say.accept(result.message());
		final double before = set.plan().learningRate();
		final double rate = result.suggestion().orElse(before);
		say.accept("Training " + (result.suggestion().isPresent()
			? "takes the learning rate " + number(rate) + " instead of "
			: "keeps the learning rate ") + number(before) +
			" of its plan. The test took " + Math.round((System.nanoTime() - start) *
				1e-9) + " s, which do not count as training time.");
		return set.withLearningRate(rate);
	}

	private static String number(final double rate) {
		return BigDecimal.valueOf(rate).stripTrailingZeros().toString();
	}

	/**
	 * Keeps the losses of a test, if there was one, with the training.
	 *
	 * @param folder of the training; made if need be
	 */
	void write(final Path folder) throws IOException {
		if (result == null) return;
		Files.createDirectories(folder);
		result.curve().write(Trainer.rateTest(folder));
	}
}
