
package sc.fiji.unet.network;

import java.nio.FloatBuffer;
import java.util.function.BooleanSupplier;

/**
 * A network that predicts. Not thread-safe: one call at a time. Holds memory
 * outside the Java heap until it is closed.
 */
public interface Network extends AutoCloseable {

	/** @return the architecture */
	UNetConfig config();

	/** @return where it computes, in words: "CPU, 8 threads, float32" */
	String device();

	/**
	 * Computes class probabilities; blocks until done.
	 *
	 * @param samples number of images
	 * @param inputSize admissible size x, y[, z] of each
	 * @param input direct buffer in native byte order with normalised grey
	 *          values, order [c, x, y[, z], sample]; read from position 0
	 * @param probabilities direct buffer in native byte order for the result,
	 *          order [class, x, y[, z], sample] with the size that
	 *          {@link UNetShape#output} gives; written from position 0
	 * @throws IllegalArgumentException if the size is not admissible or a buffer
	 *           is not direct, not native, or too small
	 * @throws NetworkException if the engine fails, for example for lack of
	 *           memory
	 */
	void predict(int samples, long[] inputSize, FloatBuffer input,
		FloatBuffer probabilities);

	/**
	 * Lets a call be ended before it is done. An engine in a process of its own
	 * ends the call with a {@link java.util.concurrent.CancellationException}
	 * where it has not come to its end two seconds after the wish; the network is
	 * lost then. Other engines cannot.
	 *
	 * @param cancelled asked while calls run; null for never
	 */
	default void cancelWhen(final BooleanSupplier cancelled) {}

	/** Gives the memory back. Further calls do nothing. */
	@Override
	void close();
}
