
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;
import sc.fiji.unet.train.ObjectChoice;

/**
 * Chooses how the model makes objects, by the images held out, and says so. To
 * be used once.
 */
final class ObjectSearch {

	/** More do not change the choice, but take time. */
	private static final int MOST_IMAGES = 12;
	private static final long MOST_PIXELS = 1L << 23;
	/** Minimum sizes as shares of a small and of a typical object. */
	private static final double[] OF_SMALL = { 0, 0.25, 0.5, 1 };
	private static final double[] OF_TYPICAL = { 0.05, 0.1, 0.2 };
	private static final double TYPICAL = 0.5;

	private final TrainingSet set;
	private final Consumer<String> say;
	private double quality;

	/** @param say hears what was chosen */
	ObjectSearch(final TrainingSet set, final Consumer<String> say) {
		this.set = set;
		this.say = say;
	}

	/**
	 * @param start what to do where there is no better choice
	 * @param predictions of images held out, calibrated
	 * @param cancelled true ends the search with the best so far
	 */
	Postprocessing choose(final Postprocessing start,
		final ValidationPredictions predictions, final BooleanSupplier cancelled)
	{
		final LabelKind kind = set.labels().kind();
		if (kind == LabelKind.CLASSES || predictions.samples().isEmpty())
			return start;
		final ObjectChoice choice = new ObjectChoice(kind, Readout.of(set.plan()
			.network()), sizes()).cancelled(cancelled);
		final List<Sample> samples = predictions.samples();
		final int count = Math.min(MOST_IMAGES, samples.size());
		long pixels = 0;
		for (int i = 0; i < count; i++) {
			// Spread over all, since neighbours are alike.
			final Sample sample = samples.get(i * samples.size() / count);
			pixels += sample.labels().size();
			if (i > 0 && pixels > MOST_PIXELS) break;
			choice.add(sample, predictions.probabilities(sample));
		}
		try {
			final Postprocessing chosen = choice.choose(start);
			quality = choice.quality();
			say.accept(choice.sentence());
			return chosen;
		}
		catch (final OutOfMemoryError e) {
			// No choice is worth the model.
			say.accept(
				"There was not enough memory to choose how objects are made; they are made as planned.");
			return start;
		}
	}

	private List<Long> sizes() {
		final long small = set.objectSize(TrainingSet.SMALL);
		final long typical = set.objectSize(TYPICAL);
		final List<Long> sizes = new ArrayList<>();
		for (final double share : OF_SMALL)
			sizes.add(Math.round(share * small));
		for (final double share : OF_TYPICAL)
			sizes.add(Math.round(share * typical));
		return sizes;
	}

	/** @return how good the objects of the choice were; 0 without one */
	double quality() {
		return quality;
	}
}
