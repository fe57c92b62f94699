
package sc.fiji.unet.train;

import java.nio.FloatBuffer;
import java.util.List;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.Batch;

/**
 * Judges the network on the validation images by what the user is after. Higher
 * is better.
 */
public interface ValidationScore {

	/**
	 * @return the score for what is to be trained: class by class, or for objects
	 */
	static ValidationScore of(final TrainingPlan plan) {
		if (plan.target().kind() == LabelKind.CLASSES) return new ClassScore(plan
			.network());
		return new ObjectScore(plan.network(), plan.target().kind(), plan
			.postprocessing());
	}

	/**
	 * @return names of the scores, columns of the history, without commas; the
	 *         first is the one that {@link Criterion#SCORE} goes by
	 */
	List<String> names();

	/** @return a new count, for one pass over the validation images */
	Tally start();

	/** What was seen in one pass. Not thread-safe. */
	interface Tally {

		/**
		 * Takes up a batch of tiles; together the tiles of a pass cover each pixel
		 * of the validation images once.
		 *
		 * @param batch with targets and weights; pixels of weight 0 are not to be
		 *          counted
		 * @param probabilities of the network, order [class, x, y[, z], sample]
		 * @param classes number of channels of the probabilities
		 */
		void add(Batch batch, FloatBuffer probabilities, int classes);

		/**
		 * Takes up a whole image, once all of its tiles have come.
		 *
		 * @param sample the image, or the middle of a large one
		 * @param probabilities of each of its pixels, order [class, x, y[, z]]; to
		 *          be used during the call only
		 */
		default void add(final Sample sample, final float[] probabilities) {}

		/** @return the scores, in order of {@link ValidationScore#names()} */
		double[] values();
	}
}
