
package sc.fiji.unet.job;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import sc.fiji.unet.data.Sample;
import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkException;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.report.ScoredImage;

/**
 * Looks at the images held out with the finished network: scores of all of
 * them, and pictures of the best and the worst. To be used once.
 */
final class HeldOutImages {

	/** How many of the best, and of the worst, have pictures. */
	private static final int PICTURED = 2;
	/** Longest side of a picture in pixels: a page shows four in a row. */
	private static final int LONGEST = 400;
	/** Width of outlines as a share of a side: seen at half the size, too. */
	private static final double LINE = 1.0 / 150;
	/** More comparisons than these nobody looks through. */
	private static final int MOST_SHOWN = 20;
	private static final long HURRY_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final TrainingSet set;
	private final HeldOutScores scores;
	private final ValidationPictures pictures;
	private final boolean possible;
	/** What is known already is not predicted again. */
	private ValidationPredictions predictions = ValidationPredictions.none("");
	/** Null unless somebody wants to see the comparisons. */
	private Consumer<Comparison> receiver;
	private List<ScoredImage> images = Collections.emptyList();
	private int shown;
	private String remark = "";

	/**
	 * @param network with the weights of the model
	 * @param postprocessing how the model makes objects
	 */
	HeldOutImages(final Network network, final TrainingSet set,
		final Postprocessing postprocessing)
	{
		this.set = set;
		scores = HeldOutScores.of(set.labels().kind(), set.plan().network()
			.classNames());
		pictures = new ValidationPictures(network, set, postprocessing);
		possible = ValidationPictures.arePossible(network);
	}

	/** @param value predictions of the same network, of any of the images */
	HeldOutImages predictions(final ValidationPredictions value) {
		predictions = value;
		return this;
	}

	/** @param value gets the first comparisons, in order; null for nobody */
	HeldOutImages receiver(final Consumer<Comparison> value) {
		receiver = value;
		return this;
	}

	/**
	 * Predicts all images; blocks until done. What cannot be done is a remark.
	 *
	 * @param cancelled asked for each tile; true ends it
	 */
	void look(final BooleanSupplier cancelled) {
		look(cancelled, Integer.MAX_VALUE, Long.MAX_VALUE);
	}

	/**
	 * As {@link #look}, for somebody who has stopped the training and waits:
	 * those that have been predicted; none at all unless somebody wants to see
	 * comparisons.
	 */
	void glance() {
		if (receiver == null) remark =
			"The training was stopped in a hurry, so the images held out were not segmented again.";
		else if (predictions.samples().isEmpty()) remark =
			"The images held out were not segmented again, because " + predictions
				.remark() + ".";
		else look(() -> false, predictions.samples().size(), HURRY_NANOS);
	}

	private void look(final BooleanSupplier cancelled, final int most,
		final long nanos)
	{
		final List<Sample> samples = set.samples().validation();
		if (!possible) remark =
			"The network resizes its output, so whole images cannot be shown.";
		else try {
			look(samples, cancelled, most, nanos);
			if (images.size() < samples.size()) remark = "Only the first " + images
				.size() + " of " + samples.size() +
				" images held out were looked at, as the training was stopped.";
		}
		catch (final CancellationException e) {
			remark =
				"This was stopped before all images held out had been segmented.";
		}
		catch (final NetworkException | OutOfMemoryError e) {
			// The model is written; pictures of it are worth no failure.
			remark = "The images held out could not be segmented: " + Failure
				.sentence(e);
		}
		finish();
	}

	private void look(final List<Sample> samples, final BooleanSupplier cancelled,
		final int most, final long nanos)
	{
		final long start = System.nanoTime();
		images = new ArrayList<>();
		for (final Sample sample : samples) {
			if (images.size() == most || System.nanoTime() - start > nanos) return;
			final Comparison comparison = compare(sample, () -> cancelled
				.getAsBoolean() || System.nanoTime() - start > nanos);
			if (receiver != null && shown < MOST_SHOWN) {
				receiver.accept(comparison);
				shown++;
			}
			images.add(scores.add(comparison).withPictures(pictures(comparison)));
			forgetPicturesBetween();
		}
	}

	/** Some columns are of all images. */
	private void finish() {
		for (int i = 0; i < images.size(); i++)
			images.set(i, images.get(i).withFurther(scores.further(i)));
	}

	private Comparison compare(final Sample sample,
		final BooleanSupplier cancelled)
	{
		return predictions.has(sample) ? pictures.compare(sample, predictions
			.probabilities(sample)) : pictures.compare(sample, cancelled);
	}

	/** Or those of all images would be in memory at once. */
	private void forgetPicturesBetween() {
		final List<ScoredImage> kept = ScoredImage.bestAndWorst(images, PICTURED);
		images.replaceAll(image -> kept.contains(image) ? image : image
			.withPictures(Collections.emptyMap()));
	}

	private static Map<String, BufferedImage> pictures(
		final Comparison comparison)
	{
		final List<String> captions = comparison.captions();
		final List<BufferedImage> panels = comparison.panels(LONGEST, LINE);
		final Map<String, BufferedImage> pictures = new LinkedHashMap<>();
		for (int i = 0; i < panels.size(); i++)
			pictures.put(captions.get(i), panels.get(i));
		return pictures;
	}

	/** @return number of comparisons that the receiver was given */
	int shown() {
		return shown;
	}

	/** @return an entry an image; the best and the worst with pictures */
	List<ScoredImage> images() {
		return images;
	}

	/** @return the scores of all images together; null if there is no image */
	ScoredImage all() {
		return images.isEmpty() ? null : scores.all();
	}

	/** @return what the scores mean, in sentences */
	List<String> notes() {
		return images.isEmpty() ? Collections.emptyList() : scores.notes();
	}

	/** @return why images are missing, in a sentence; empty if none are */
	String remark() {
		return remark;
	}
}
