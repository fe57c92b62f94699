
package sc.fiji.unet.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

import sc.fiji.unet.network.Network;

/** A network with the buffers for its tiles, large enough for the largest. */
final class TileBuffers {

	private final Network network;
	private final FloatBuffer input;
	private final FloatBuffer output;

	/**
	 * @param inputSize largest input x, y[, z]
	 * @param outputSize largest output x, y[, z]
	 * @throws IllegalArgumentException if one does not fit into a buffer
	 */
	TileBuffers(final Network network, final long[] inputSize,
		final long[] outputSize)
	{
		this.network = network;
		input = direct(network.config().channels(), inputSize);
		output = direct(network.config().classes(), outputSize);
	}

	private static FloatBuffer direct(final int perPixel, final long[] size) {
		double count = perPixel;
		for (final long s : size)
			count *= s;
		if (count > Integer.MAX_VALUE / Float.BYTES)
			throw new IllegalArgumentException("A tile of " + Arrays.toString(size) +
				" pixels with " + perPixel +
				" channels or classes does not fit into one buffer; use smaller tiles.");
		return ByteBuffer.allocateDirect(Float.BYTES * (int) count).order(ByteOrder
			.nativeOrder()).asFloatBuffer();
	}

	/** @return a new array for the largest input */
	float[] newInput() {
		return new float[input.capacity()];
	}

	/** @return a new array for the largest output */
	float[] newOutput() {
		return new float[output.capacity()];
	}

	/**
	 * @param inputSize size x, y[, z] of the input
	 * @param values network input, order [c, x, y[, z]]; may be longer
	 * @param probabilities receives the result, order [class, x, y[, z]]; where
	 *          it is longer, what follows has no meaning
	 */
	void predict(final long[] inputSize, final float[] values,
		final float[] probabilities)
	{
		input.duplicate().put(values, 0, input.capacity());
		network.predict(1, inputSize, input, output);
		output.duplicate().clear().get(probabilities, 0, output.capacity());
	}
}
