
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import sc.fiji.unet.data.ObjectGaps;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.NetworkLostException;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.train.TaskQuality;
import sc.fiji.unet.train.Trainer;
import sc.fiji.unet.train.TrainingData;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;
import sc.fiji.unet.train.TrainingResult.Status;
import sc.fiji.unet.weightmap.WeightMapConfig;

/**
 * Finds out what keeps neighbouring objects apart better: a class of its own
 * for their borders, or weights on the background between them. Trains both for
 * a short part of the time and compares the best objects that can be made of
 * either on the images held out, the middle of a few of them: looking at more
 * would leave no time to train. To be used once.
 */
final class BorderTrial {

	/** Share of the training time for each of the two. */
	private static final double SHARE = 0.06;
	/** After less, both are too raw to be compared. */
	private static final double LEAST_MINUTES = 0.5;
	/** After that, they can be told apart; nothing of it can be resumed. */
	private static final double MOST_MINUTES = 5;
	/**
	 * Two classes are learnt sooner than three: weights are ahead for a while,
	 * and behind in the end. So they must be ahead by more.
	 */
	private static final double LEAD = 0.05;
	private static final int MOST_IMAGES = 8;
	/** Pixels along an axis. */
	private static final int LONGEST = 1024;
	/** Pixels of all together. */
	private static final long MOST_PIXELS = 1L << 22;
	private static final String CLASS = "a class for their borders";
	private static final String WEIGHTS =
		"weights on the background between them";

	private final TrainingSet set;
	private final Function<TrainingPlan, TrainableNetwork> networks;
	private final List<TrainingListener> listeners;
	private final BooleanSupplier cancelled;
	/** What the two are judged by. */
	private final List<Sample> judges;
	private double seconds;

	/**
	 * @param set what is trained on
	 * @param networks makes the network of a plan
	 * @param listeners hear how the trial goes
	 * @param cancelled asked after every batch; true ends the trial
	 */
	BorderTrial(final TrainingSet set,
		final Function<TrainingPlan, TrainableNetwork> networks,
		final List<TrainingListener> listeners, final BooleanSupplier cancelled)
	{
		this.set = set;
		this.networks = networks;
		this.listeners = listeners;
		this.cancelled = cancelled;
		judges = judges(set.samples().validation());
	}

	/**
	 * @return whether there is a choice: objects with a border class planned,
	 *         time for a trial, and images to judge by, in which objects touch
	 */
	boolean isPossible() {
		return set.plan().target().hasBorderClass() && set.plan().length()
			.isTimed() && minutes() >= LEAST_MINUTES && ObjectGaps.of(judges.stream()
				.map(Sample::labels).collect(Collectors.toList())).touching() > 0;
	}

	/** Of each of the two. */
	private double minutes() {
		return Math.min(MOST_MINUTES, SHARE * set.plan().length().minutes());
	}

	/** Spread over all, since neighbours are alike. */
	private static List<Sample> judges(final List<Sample> heldOut) {
		final long pixels = heldOut.stream().mapToLong(sample -> sample.middle(
			LONGEST).labels().size()).max().orElse(1);
		final int count = (int) Math.min(heldOut.size(), Math.max(1, Math.min(
			MOST_IMAGES, MOST_PIXELS / pixels)));
		return IntStream.range(0, count).mapToObj(i -> heldOut.get(i * heldOut
			.size() / count).middle(LONGEST)).collect(Collectors.toList());
	}

	/**
	 * Trains and compares; blocks until done.
	 *
	 * @return the images, with the better one in the plan
	 * @throws CancellationException if it was cancelled
	 * @throws NetworkLostException if the engine died; there is nothing to resume
	 */
	TrainingSet choose() throws IOException {
		final long start = System.nanoTime();
		final TrainingPlan withClass = set.plan();
		final TrainingPlan withWeights = withClass.toBuilder().target(withClass
			.target().withBorder(0)).build();
		say(String.format(Locale.ROOT,
			"What keeps objects apart better, %s or %s, is tried first, %s each.",
			CLASS, WEIGHTS, Seconds.inWords(60 * minutes())));
		final double ofClass = quality(withClass, "border class");
		final double ofWeights = quality(withWeights, "border weights");
		seconds = (System.nanoTime() - start) * 1e-9;
		final String weights = WEIGHTS + weights(withWeights);
		final boolean isClass = !(ofWeights > ofClass + LEAD);
		final String reason = reason(isClass, ofClass, weights, ofWeights);
		say(reason);
		return set.with(isClass ? withClass : withWeights, reason);
	}

	private static String weights(final TrainingPlan plan) {
		final WeightMapConfig weights = plan.target().weights();
		return (", w0 " + weights.w0() + " and sigma " + weights.sigma())
			.replaceAll("\\.0\\b", "");
	}

	private void say(final String sentence) {
		listeners.forEach(l -> l.message(sentence));
	}

	private String reason(final boolean isClass, final double ofClass,
		final String weights, final double ofWeights)
	{
		final String lead = isClass && ofWeights > ofClass
			? ", a lead that they lose in longer trainings" : "";
		return String.format(Locale.ROOT,
			"After %s of training each, neighbouring objects on images held out were kept apart with a %s of %.3f by %s and %.3f by %s%s, so %s; the trial took %s of the training time.",
			Seconds.inWords(60 * minutes()), TaskQuality.name(set.labels().kind()),
			ofClass, CLASS, ofWeights, weights, lead, isClass ? "the class is learnt"
				: "it is learnt with weights", Seconds.inWords(seconds));
	}

	/** @return seconds that the trial took; 0 without one */
	double seconds() {
		return seconds;
	}

	/** @return 0 where training came to nothing */
	private double quality(final TrainingPlan plan, final String what)
		throws IOException
	{
		final TrainingPlan brief = plan.toBuilder().length(TrainingLength.minutes(
			minutes())).build();
		final TrainingData data = new TrainingData(set.samples().training(),
			judges);
		final Path folder = Files.createTempDirectory("unet-trial-");
		try (TrainableNetwork network = networks.apply(brief)) {
			final TrainingResult result = new Trainer(brief, network, data, folder)
				.cancelled(cancelled).listener(new Progress(what)).run();
			if (!cancelled.getAsBoolean() && result.status() == Status.DIVERGED)
				return 0;
			network.restore(result.bestNetwork());
			final double quality = quality(set.with(brief).judgedBy(judges), network);
			stopIfCancelled();
			return quality;
		}
		catch (final NetworkLostException e) {
			throw new NetworkLostException(
				"The process that computes ended while it was tried how to keep objects apart, so there is nothing to resume; train again, or without the trial (target.border: 0.4).",
				e);
		}
		finally {
			Trainer.discard(folder);
		}
	}

	/** Said here, since a cancelled job is silent. */
	private void stopIfCancelled() {
		if (!cancelled.getAsBoolean()) return;
		say(
			"The training was stopped while it was tried how to keep objects apart, so there is neither a model nor anything to resume.");
		throw new CancellationException();
	}

	private double quality(final TrainingSet brief,
		final TrainableNetwork network)
	{
		final ObjectSearch search = new ObjectSearch(brief, sentence -> {});
		search.choose(brief.postprocessing(), ModelCalibration.of(network, brief,
			cancelled).predictions(), cancelled);
		return search.quality();
	}

	/** Lets the listeners of the training hear how far the trial is. */
	private final class Progress implements TrainingListener {

		private final String what;

		private Progress(final String what) {
			this.what = what;
		}

		@Override
		public void step(final long update, final long total, final double loss,
			final double rate, final double secondsLeft)
		{
			listeners.forEach(l -> l.trial(what, update, total, loss));
		}
	}
}
