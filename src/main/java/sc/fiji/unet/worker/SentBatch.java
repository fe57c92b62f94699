
package sc.fiji.unet.worker;

import java.io.Serializable;
import java.nio.FloatBuffer;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.TrainableNetwork;

/**
 * A batch that lies in the memory which a network shares between two processes,
 * as the other process finds it there.
 */
final class SentBatch implements Serializable {

	private static final long serialVersionUID = 1L;

	private final int network;
	private final int samples;
	private final long[] inputSize;
	private final long[] outputSize;

	/** @param network number of the network in its process */
	SentBatch(final int network, final Batch batch) {
		this.network = network;
		samples = batch.samples();
		inputSize = batch.inputSize();
		outputSize = batch.outputSize();
	}

	TrainableNetwork network(final WorkerNetworks networks) {
		return networks.trainable(network);
	}

	/** @return the batch, at the start of the memory */
	Batch batch(final WorkerNetworks networks) {
		return networks.batch(network, samples, inputSize, outputSize);
	}

	/**
	 * To be asked after {@link #batch}.
	 *
	 * @return room for probabilities, behind the batch
	 */
	FloatBuffer probabilities(final WorkerNetworks networks) {
		return networks.probabilities(network, samples, inputSize);
	}
}
