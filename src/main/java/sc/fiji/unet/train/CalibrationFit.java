
package sc.fiji.unet.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import sc.fiji.unet.metrics.Reliability;
import sc.fiji.unet.network.Calibration;

/**
 * The calibration that images held out ask for, and what it brings. Immutable.
 * <p>
 * All pixels count alike. What it brings is measured on images that it was not
 * fitted to: with two images or more, the images are dealt into up to
 * {@value #MOST_FOLDS} groups, and each group is judged by what the others
 * teach. Where that does not lower the log loss, probabilities stay as they
 * are.
 * </p>
 */
public final class CalibrationFit {

	static final int MOST_FOLDS = 5;
	/** Slopes beyond these, either way, are no calibration. */
	private static final double EXTREME = 50;
	private static final double DIGITS = 1e4;

	private final Calibration calibration;
	private final Reliability before;
	private final Reliability after;
	private final String sentence;

	private CalibrationFit(final Calibration calibration,
		final Reliability before, final Reliability after, final String sentence)
	{
		this.calibration = calibration;
		this.before = before;
		this.after = after;
		this.sentence = sentence;
	}

	/**
	 * @param why nothing could be fitted, in words that follow "because"
	 * @return probabilities stay as they are
	 */
	public static CalibrationFit none(final String why) {
		final Reliability nothing = new Reliability.Tally().toReliability();
		return new CalibrationFit(Calibration.identity(), nothing, nothing,
			"Probabilities are not calibrated, because " + why + ".");
	}

	/**
	 * @param images pixels of each image; those without any are passed over
	 */
	public static CalibrationFit of(final List<PixelAnswers> images) {
		final List<PixelAnswers> some = images.stream().filter(i -> i.size() > 0)
			.collect(Collectors.toList());
		if (some.isEmpty()) return none(
			"no pixel of the images held out could be looked at");
		final Reliability before = reliability(some);
		if (some.stream().flatMapToInt(CalibrationFit::truths).distinct()
			.count() < 2) return asTheyAre(before,
				"the images held out have pixels of one kind alone");
		final List<PixelAnswers> judged = judged(some);
		if (judged == null || logLoss(judged) >= logLoss(some)) return asTheyAre(
			before, "that did not make them better on images held out");
		final Calibration calibration = fit(some);
		if (calibration == null) return asTheyAre(before,
			"they hardly depend on what the pixels are");
		return new CalibrationFit(calibration, before, reliability(judged),
			sentence(calibration, some.size(), before, reliability(judged)));
	}

	private static CalibrationFit asTheyAre(final Reliability reliability,
		final String why)
	{
		return new CalibrationFit(Calibration.identity(), reliability, reliability,
			none(why).sentence + " Their expected calibration error is " + percent(
				reliability.error()) + ".");
	}

	private static IntStream truths(final PixelAnswers image) {
		return IntStream.range(0, image.size()).map(image::truth);
	}

	/** @return null if no calibration makes sense */
	private static Calibration fit(final List<PixelAnswers> images) {
		final double[] theta = SoftmaxRegression.fit(images);
		final double slope = theta[0];
		if (!(slope > 1 / EXTREME && slope < EXTREME)) return null;
		final double temperature = rounded(1 / slope);
		if (images.get(0).classes() == 1) return new Calibration(temperature,
			rounded((theta[2] - theta[1]) / slope));
		return new Calibration(temperature, Arrays.stream(theta).skip(1).map(
			c -> rounded(c / slope)).toArray());
	}

	/** To digits that mean something, for those who read the model's values. */
	private static double rounded(final double value) {
		return Math.round(DIGITS * value) / DIGITS;
	}

	/**
	 * @return the images, each calibrated by others where there are some; null if
	 *         that makes no sense
	 */
	private static List<PixelAnswers> judged(final List<PixelAnswers> images) {
		final int folds = Math.min(MOST_FOLDS, images.size());
		final List<PixelAnswers> judged = new ArrayList<>();
		for (int fold = 0; fold < folds; fold++) {
			final List<PixelAnswers> others = new ArrayList<>();
			for (int i = 0; i < images.size(); i++)
				if (folds == 1 || i % folds != fold) others.add(images.get(i));
			final Calibration calibration = fit(others);
			if (calibration == null) return null;
			for (int i = fold; i < images.size(); i += folds)
				judged.add(images.get(i).calibrated(calibration));
		}
		return Collections.unmodifiableList(judged);
	}

	private static double logLoss(final List<PixelAnswers> images) {
		return images.stream().mapToDouble(PixelAnswers::logLoss).sum();
	}

	private static Reliability reliability(final List<PixelAnswers> images) {
		final Reliability.Tally tally = new Reliability.Tally();
		images.forEach(image -> image.addTo(tally));
		return tally.toReliability();
	}

	private static String sentence(final Calibration calibration,
		final int images, final Reliability before, final Reliability after)
	{
		return "Probabilities are calibrated on " + images + (images == 1 ? " image"
			: " images") + " held out: " + calibration +
			". Their expected calibration error is " + percent(after.error()) +
			", before it was " + percent(before.error()) + ".";
	}

	private static String percent(final double share) {
		return String.format(Locale.ROOT, "%.1f %%", 100 * share);
	}

	/** @return what to do with the network's probabilities */
	public Calibration calibration() {
		return calibration;
	}

	/** @return how reliable the network's own probabilities are */
	public Reliability before() {
		return before;
	}

	/**
	 * @return how reliable calibrated ones are, each image calibrated by others
	 *         where there are some
	 */
	public Reliability after() {
		return after;
	}

	/** @return what was done, or why nothing was, for the user */
	public String sentence() {
		return sentence;
	}
}
