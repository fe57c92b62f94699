
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import sc.fiji.unet.data.PixelTruth;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.Calibration;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.Readout;
import sc.fiji.unet.train.CalibrationFit;
import sc.fiji.unet.train.PixelAnswers;

/**
 * The calibration of a finished network, fitted to what it says about the
 * images held out. Immutable. Nothing that goes wrong here costs the model.
 */
final class ModelCalibration {

	/** Values (pixels times classes) that a fit looks at: enough, and quick. */
	private static final int MOST_VALUES = 500_000;
	/** Pixels that it looks at, however many classes there are. */
	private static final int LEAST_PIXELS = 50_000;
	/** For somebody who waits, so many images at most. */
	private static final int MOST_IN_A_HURRY = 20;
	private static final long HURRY_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final ValidationPredictions predictions;
	private final CalibrationFit fit;

	private ModelCalibration(final ValidationPredictions predictions,
		final CalibrationFit fit)
	{
		this.predictions = predictions;
		this.fit = fit;
	}

	/**
	 * Predicts the images held out and calibrates; blocks until done.
	 *
	 * @param network with the weights of the model
	 * @param ended asked for each tile; true ends it with what is done so far
	 */
	static ModelCalibration of(final Network network, final TrainingSet set,
		final BooleanSupplier ended)
	{
		return of(ValidationPredictions.of(network, set.samples().validation(),
			ended), set);
	}

	/** As {@link #of}, of a few images and for no longer than a minute. */
	static ModelCalibration inAHurry(final Network network,
		final TrainingSet set)
	{
		final long start = System.nanoTime();
		final List<Sample> samples = set.samples().validation();
		return of(ValidationPredictions.of(network, samples.subList(0, Math.min(
			MOST_IN_A_HURRY, samples.size())), () -> System.nanoTime() -
				start > HURRY_NANOS), set);
	}

	/** @param why nothing is calibrated, in words that follow "because" */
	static ModelCalibration none(final String why) {
		return new ModelCalibration(ValidationPredictions.none(why), CalibrationFit
			.none(why));
	}

	private static ModelCalibration of(final ValidationPredictions predictions,
		final TrainingSet set)
	{
		if (predictions.samples().isEmpty()) return none(predictions.remark());
		try {
			final CalibrationFit fit = CalibrationFit.of(answers(predictions, set));
			return new ModelCalibration(predictions.calibrated(fit.calibration()),
				fit);
		}
		catch (final OutOfMemoryError e) {
			return none("there was not enough memory for it");
		}
	}

	/** All pixels have the same chance, whatever image they are in. */
	private static List<PixelAnswers> answers(
		final ValidationPredictions predictions, final TrainingSet set)
	{
		final int most = Math.max(LEAST_PIXELS, MOST_VALUES / set.plan().network()
			.classes());
		final long pixels = predictions.samples().stream().mapToLong(s -> s.labels()
			.size()).sum();
		final double share = Math.min(1, (double) most / pixels);
		final List<PixelAnswers> answers = new ArrayList<>();
		for (final Sample sample : predictions.samples())
			answers.add(PixelAnswers.of(Readout.of(set.plan().network()), predictions
				.probabilities(sample), PixelTruth.of(sample, set.plan().target()),
				share, set.plan().seed() + answers.size()));
		return answers;
	}

	/** @return what the model does with the network's probabilities */
	Calibration calibration() {
		return fit.calibration();
	}

	/** @return how it was found, and what it brings */
	CalibrationFit fit() {
		return fit;
	}

	/** @return calibrated probabilities of the images held out */
	ValidationPredictions predictions() {
		return predictions;
	}

	/** @return what was done, or why nothing was, for the user */
	String sentence() {
		final String missing = predictions.remark();
		return predictions.samples().isEmpty() || missing.isEmpty() ? fit.sentence()
			: fit.sentence() + " Other images held out were not used: " + missing +
				".";
	}
}
