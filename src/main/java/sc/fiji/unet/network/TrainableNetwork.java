
package sc.fiji.unet.network;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * A network that learns. A step consists of one or more batches whose gradients
 * are accumulated, and one update of the weights.
 * <p>
 * The loss of a batch is the sum over pixels of weight times cross entropy,
 * divided by the number of counted pixels, which are those whose weight is not
 * 0. Prediction and evaluation use the moving average of the weights where the
 * optimiser keeps one.
 * </p>
 * <p>
 * After a {@link NetworkException} in the middle of an update nobody knows what
 * the weights are; every further call throws an {@link IllegalStateException}
 * until {@link #restore} has succeeded.
 * </p>
 */
public interface TrainableNetwork extends Network {

	/** @return how gradients change the weights */
	OptimizerConfig optimizer();

	/**
	 * Adds the batch's gradient to the accumulated one; weights stay as they are.
	 *
	 * @return the batch's loss, dimensionless; may be NaN or infinite, which is
	 *         the caller's to judge
	 * @throws IllegalArgumentException if the batch does not fit the network
	 * @throws NetworkException if the engine fails
	 */
	double accumulate(Batch batch);

	/**
	 * Updates the weights with the mean of the accumulated gradients, and forgets
	 * these.
	 *
	 * @param learningRate positive
	 * @throws IllegalStateException if nothing has been accumulated
	 * @throws NetworkException if the engine fails
	 */
	void apply(double learningRate);

	/**
	 * One update with one batch: as {@link #accumulate} and {@link #apply},
	 * faster where nothing has been accumulated.
	 *
	 * @return the batch's loss before the update
	 */
	double step(Batch batch, double learningRate);

	/**
	 * Computes the loss without learning from it: no dropout, no gradient.
	 *
	 * @param probabilities as in {@link #predict}; null if they are not wanted
	 * @return the batch's loss
	 * @throws IllegalArgumentException if the batch does not fit the network
	 * @throws NetworkException if the engine fails
	 */
	double evaluate(Batch batch, FloatBuffer probabilities);

	/** @return number of updates so far */
	long updates();

	/** @return number of batches accumulated since the last update */
	int accumulated();

	/** @return names of what is learned, in order from input to output */
	List<String> parameters();

	/**
	 * Keeps parameters as they are from now on. The moving statistics of batch
	 * normalisation go on following the data. Not part of what {@link #save}
	 * writes.
	 *
	 * @param names what to freeze, of {@link #parameters()}; empty freezes
	 *          nothing
	 * @throws IllegalArgumentException if a name is unknown
	 * @throws IllegalStateException if gradients wait to be applied
	 */
	void freeze(Collection<String> names);

	/**
	 * Writes everything that training needs to go on exactly: weights, averages,
	 * optimiser state, counters, random state, accumulated gradients.
	 *
	 * @param folder existing, empty folder
	 * @throws IOException if it cannot be written
	 */
	void save(Path folder) throws IOException;

	/**
	 * Goes back to what {@link #save} has written. Where that fails, the network
	 * refuses everything but another restore and {@link #close}.
	 *
	 * @throws IOException if it is missing or damaged, or comes from another
	 *           architecture
	 */
	void restore(Path folder) throws IOException;

	/**
	 * Takes over the weights that {@link #save} or {@link #export} of another
	 * network has written, as a start for training on other data, in the way that
	 * {@link Transfer} describes; moving averages start from them, and the
	 * optimiser starts anew.
	 *
	 * @param folder what was written
	 * @param from network that it belongs to
	 * @return names of the parameters that are not what they were there: adapted
	 *         to other channels, or altogether or in part as initialised, for
	 *         other classes
	 * @throws IllegalArgumentException if the networks differ in more than
	 *           channels and classes; nothing has changed then
	 * @throws IOException if it cannot be read, or belongs to another network;
	 *           all but a restore and {@link #close} is refused then
	 */
	List<String> restoreMatching(Path folder, UNetConfig from) throws IOException;

	/**
	 * Writes the network for prediction alone, in a format that other software
	 * opens as well.
	 *
	 * @param folder existing, empty folder
	 * @throws IOException if it cannot be written
	 */
	void export(Path folder) throws IOException;
}
