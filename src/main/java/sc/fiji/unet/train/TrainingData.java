
package sc.fiji.unet.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import sc.fiji.unet.data.PatchSampler;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.Targets;

/** The images to train on and those held out for validation. Immutable. */
public final class TrainingData {

	private final List<Sample> training;
	private final List<Sample> validation;

	/**
	 * @param training normalised images to train on, at least one
	 * @param validation normalised images held out; may be empty
	 * @throws IllegalArgumentException if there is no image to train on, or all
	 *           pixels of the images held out are ignored
	 */
	public TrainingData(final List<Sample> training,
		final List<Sample> validation)
	{
		this.training = Collections.unmodifiableList(new ArrayList<>(training));
		this.validation = Collections.unmodifiableList(new ArrayList<>(validation));
		if (training.isEmpty()) throw new IllegalArgumentException(
			"There is no image to train on.");
		if (!validation.isEmpty() && validation.stream().noneMatch(
			TrainingData::hasCountedPixels)) throw new IllegalArgumentException(
				"Every pixel of the images held out for validation is ignored; label some, or hold out others.");
	}

	private static boolean hasCountedPixels(final Sample sample) {
		for (final int label : sample.labels().update(null)
			.getCurrentStorageArray())
			if (label != Sample.IGNORE) return true;
		return false;
	}

	/** @return images to train on */
	public List<Sample> training() {
		return training;
	}

	/** @return images held out; may be empty */
	public List<Sample> validation() {
		return validation;
	}

	/** @return how labels become targets and weights under a plan */
	public Targets targets(final TrainingPlan plan) {
		return Targets.of(plan.target(), training);
	}

	/**
	 * @param targets of the same plan
	 * @return the patches that a training takes, one after the other
	 */
	public PatchSampler patches(final TrainingPlan plan, final Targets targets) {
		return new PatchSampler(training, plan.patch(), targets, plan
			.augmentation(), plan.seed());
	}
}
