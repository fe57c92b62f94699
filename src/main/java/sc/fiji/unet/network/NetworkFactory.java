
package sc.fiji.unet.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The one way to an engine. Implementations are thread-safe. */
public interface NetworkFactory {

	/**
	 * @return devices that can be asked for, best first, in the words of
	 *         {@link ExecutionConfig#device()}
	 */
	List<String> devices();

	/**
	 * Builds a network with fresh weights: He-normal, standard deviation sqrt(2 /
	 * fan-in) for every convolution, biases 0.
	 *
	 * @param seed of the weights and of dropout
	 * @throws IllegalArgumentException if the device or precision is not to be
	 *           had
	 * @throws NetworkException if the engine fails or cannot be loaded
	 */
	TrainableNetwork create(UNetConfig config, OptimizerConfig optimizer,
		ExecutionConfig execution, long seed);

	/**
	 * Opens a network for prediction.
	 *
	 * @param config architecture that the weights belong to
	 * @param exported folder that {@link TrainableNetwork#export} has written
	 * @throws IOException if the weights are missing or damaged, or belong to
	 *           another architecture
	 * @throws IllegalArgumentException if the device or precision is not to be
	 *           had
	 * @throws NetworkException if the engine fails or cannot be loaded
	 */
	Network open(UNetConfig config, Path exported, ExecutionConfig execution)
		throws IOException;
}
