
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import sc.fiji.unet.data.LabelValues;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.network.IntensityStatistics;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.report.Provenance;
import sc.fiji.unet.train.TrainingData;
import sc.fiji.unet.train.TrainingPlan;

/**
 * Images that can be trained on, and what follows from them. Immutable.
 */
public final class TrainingSet {

	/** Of all objects, as many are smaller. */
	static final double SMALL = 0.02;

	private final TrainingPlan plan;
	private final TrainingData samples;
	private final LabelValues labels;
	private final List<IntensityStatistics> intensities;
	private final float[] testImage;
	private final Provenance provenance;
	private final List<String> sentences = new ArrayList<>();
	private final List<String> reasons;

	TrainingSet(final TrainingPlan plan, final TrainingData samples,
		final LabelValues labels, final List<IntensityStatistics> intensities,
		final float[] testImage, final String split, final List<String> warnings,
		final List<String> reasons, final Provenance provenance)
	{
		this.provenance = provenance;
		this.plan = plan;
		this.samples = samples;
		this.labels = labels;
		this.intensities = intensities;
		this.testImage = testImage;
		sentences.addAll(warnings);
		sentences.add(labels.sentence());
		sentences.add(split);
		this.reasons = Collections.unmodifiableList(reasons);
	}

	private TrainingSet(final TrainingSet set, final TrainingPlan plan,
		final TrainingData samples, final List<String> reasons,
		final Provenance provenance)
	{
		this.plan = plan;
		this.samples = samples;
		labels = set.labels;
		intensities = set.intensities;
		testImage = set.testImage;
		this.provenance = provenance;
		sentences.addAll(set.sentences);
		this.reasons = Collections.unmodifiableList(reasons);
	}

	/** @return the same images, to be learnt from at another rate */
	TrainingSet withLearningRate(final double rate) {
		return with(plan.toBuilder().learningRate(rate).build());
	}

	/**
	 * @param other plan for the same images
	 * @return the same images, to be learnt from by the plan
	 */
	TrainingSet with(final TrainingPlan other) {
		return new TrainingSet(this, other, samples, reasons, provenance);
	}

	/**
	 * @param heldOut instead of those held out
	 * @return the same images to train on, with these to judge by
	 */
	TrainingSet judgedBy(final List<Sample> heldOut) {
		return new TrainingSet(this, plan, new TrainingData(samples.training(),
			heldOut), reasons, provenance);
	}

	/**
	 * @param value why the plan is as it is
	 * @return the same images
	 */
	TrainingSet withReasons(final List<String> value) {
		return new TrainingSet(this, plan, samples, value, provenance);
	}

	/**
	 * @param other plan for the same images
	 * @param reason why it is another
	 * @return the same images, to be learnt from by the plan
	 */
	TrainingSet with(final TrainingPlan other, final String reason) {
		final List<String> all = new ArrayList<>(reasons);
		all.add(reason);
		return new TrainingSet(this, other, samples, all, provenance);
	}

	/**
	 * @param start model that the plan starts from; null: none
	 * @return the same images, with what follows from the model
	 */
	TrainingSet startingFrom(final StartModel start) {
		if (start == null) return this;
		final TrainingSet set = new TrainingSet(this, start.named(plan), samples,
			reasons, provenance.withStart(start.place()));
		set.sentences.addAll(start.sentences(set.plan));
		return set;
	}

	/** @return the plan, with channels, classes and labels of the images */
	public TrainingPlan plan() {
		return plan;
	}

	/** @return normalised images, split */
	public TrainingData samples() {
		return samples;
	}

	/** @return what the labels mean */
	public LabelValues labels() {
		return labels;
	}

	/** @return grey values of the images trained on, an entry a channel */
	public List<IntensityStatistics> intensities() {
		return intensities;
	}

	/**
	 * @return grey values [c, x, y], as they were read, of the size of a model's
	 *         test image; null if the images are smaller
	 */
	float[] testImage() {
		return testImage;
	}

	/**
	 * @param share 0: the smallest object of the images trained on, 0.5: the
	 *          middle one in the order of size
	 * @return its number of pixels; 0 without objects
	 */
	long objectSize(final double share) {
		final long[] sizes = samples.training().stream().flatMap(
			TrainingSet::objectSizes).mapToLong(Long::longValue).sorted().toArray();
		return sizes.length == 0 ? 0 : sizes[(int) (share * sizes.length)];
	}

	/**
	 * @return how the plan makes objects of probabilities, without those that are
	 *         hardly any: smaller than half a small one
	 */
	Postprocessing postprocessing() {
		return plan.postprocessing().withMinimumSize(objectSize(SMALL) / 2);
	}

	private static Stream<Long> objectSizes(final Sample sample) {
		final int[] labels = ConnectedComponents.ofEqualValues(sample.labels(),
			Connectivity.FACES).update(null).getCurrentStorageArray();
		final long[] sizes = new long[Arrays.stream(labels).max().orElse(0) + 1];
		for (final int label : labels)
			if (label > 0) sizes[label]++;
		return Arrays.stream(sizes).skip(1).boxed();
	}

	/** @return where the images came from, and which were held out */
	Provenance provenance() {
		return provenance;
	}

	/**
	 * @return what was derived from images and machine, each decision with its
	 *         reason; empty if nothing was
	 */
	public List<String> reasons() {
		return reasons;
	}

	/** @return what the user should know about the images */
	public List<String> sentences() {
		return Collections.unmodifiableList(sentences);
	}
}
