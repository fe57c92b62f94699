
package sc.fiji.unet.train;

import java.nio.FloatBuffer;
import java.util.List;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.UNetConfig;

/**
 * Judges the network on the validation images by what the user is after. Higher
 * is better.
 */
public interface ValidationScore {

	/**
	 * @return the score for a network: foreground against background, and, with
	 *         exclusive classes, also class by class
	 */
	static ValidationScore of(final UNetConfig network) {
		return network.isSoftmax() ? new ClassScore(network.classNames())
			: new ForegroundScore();
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

		/** @return the scores, in order of {@link ValidationScore#names()} */
		double[] values();
	}
}
