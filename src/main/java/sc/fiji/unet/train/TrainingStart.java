
package sc.fiji.unet.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import sc.fiji.unet.data.Sample;

/** What is known when a training starts or goes on. Immutable. */
public final class TrainingStart {

	private final TrainingPlan plan;
	private final String device;
	private final List<String> training;
	private final List<String> validation;
	private final List<String> scoreNames;
	private final List<History.Row> epochs;
	private final long total;
	private final int updatesPerEpoch;

	/**
	 * @param device where the network computes, in words
	 * @param history the epochs before a resume
	 * @param total number of updates; 0 while it is unknown
	 * @param updatesPerEpoch length of an epoch
	 */
	public TrainingStart(final TrainingPlan plan, final String device,
		final TrainingData data, final History history, final long total,
		final int updatesPerEpoch)
	{
		this.plan = plan;
		this.device = device;
		training = names(data.training());
		validation = names(data.validation());
		scoreNames = history.scoreNames();
		epochs = Collections.unmodifiableList(new ArrayList<>(history.rows()));
		this.total = total;
		this.updatesPerEpoch = updatesPerEpoch;
	}

	private static List<String> names(final List<Sample> samples) {
		return Collections.unmodifiableList(samples.stream().map(Sample::name)
			.collect(Collectors.toList()));
	}

	/** @return the plan that is followed */
	public TrainingPlan plan() {
		return plan;
	}

	/** @return where the network computes, in words */
	public String device() {
		return device;
	}

	/** @return names of the images trained on */
	public List<String> trainingNames() {
		return training;
	}

	/** @return names of the images held out; may be empty */
	public List<String> validationNames() {
		return validation;
	}

	/** @return names of the scores, in the order of {@link History.Row#scores} */
	public List<String> scoreNames() {
		return scoreNames;
	}

	/** @return the epochs before a resume, in order; else empty */
	public List<History.Row> epochs() {
		return epochs;
	}

	/**
	 * @return number of updates in all; 0 while a time budget has not yet been
	 *         turned into one
	 */
	public long total() {
		return total;
	}

	/** @return length of an epoch in updates, until it is revised */
	public int updatesPerEpoch() {
		return updatesPerEpoch;
	}
}
