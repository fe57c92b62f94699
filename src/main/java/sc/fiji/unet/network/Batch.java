
package sc.fiji.unet.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Network input with what the network is to answer, in direct buffers of native
 * byte order. The owner fills the buffers by absolute position; nobody relies
 * on a buffer's position or limit. Not thread-safe; may be reused as soon as
 * the call that it was handed to has returned.
 */
public final class Batch {

	private final int samples;
	private final int channels;
	private final long[] inputSize;
	private final long[] outputSize;
	private final FloatBuffer input;
	private final IntBuffer targets;
	private final FloatBuffer weights;

	/**
	 * @param samples number of images in the batch
	 * @param channels number of input channels
	 * @param inputSize size x, y[, z] of the input
	 * @param outputSize size x, y[, z] of targets and weights
	 * @throws IllegalArgumentException if a size is not positive, or the batch
	 *           does not fit into one buffer (2^31 bytes)
	 */
	public Batch(final int samples, final int channels, final long[] inputSize,
		final long[] outputSize)
	{
		this(samples, channels, inputSize, outputSize, ByteBuffer::allocateDirect);
	}

	/**
	 * A batch in given memory.
	 *
	 * @param memory gives a direct buffer of so many bytes; asked for input,
	 *          targets and weights, in this order
	 * @throws IllegalArgumentException as the other constructor
	 */
	public Batch(final int samples, final int channels, final long[] inputSize,
		final long[] outputSize, final IntFunction<ByteBuffer> memory)
	{
		if (samples < 1 || channels < 1) throw new IllegalArgumentException(
			"A batch of " + samples + " samples and " + channels +
				" channels must have at least one of each.");
		this.samples = samples;
		this.channels = channels;
		this.inputSize = inputSize.clone();
		this.outputSize = outputSize.clone();
		final int inputs = count(inputSize, (long) samples * channels);
		final int outputs = count(outputSize, samples);
		input = memory.apply(4 * inputs).order(ByteOrder.nativeOrder())
			.asFloatBuffer();
		targets = memory.apply(4 * outputs).order(ByteOrder.nativeOrder())
			.asIntBuffer();
		weights = memory.apply(4 * outputs).order(ByteOrder.nativeOrder())
			.asFloatBuffer();
	}

	private static int count(final long[] size, final long times) {
		long product = times;
		for (final long s : size) {
			if (s < 1) throw new IllegalArgumentException("Size " + Arrays.toString(
				size) + " must be positive.");
			product = Math.multiplyExact(product, s);
		}
		if (product > Integer.MAX_VALUE / 4) throw new IllegalArgumentException(
			"A batch of " + product +
				" values does not fit into one buffer; use smaller patches or fewer samples.");
		return (int) product;
	}

	/** Copies inputs, targets and weights of a batch of the same sizes. */
	public void set(final Batch other) {
		input.duplicate().clear().put(other.input.duplicate().clear());
		targets.duplicate().clear().put(other.targets.duplicate().clear());
		weights.duplicate().clear().put(other.weights.duplicate().clear());
	}

	/** @return number of images */
	public int samples() {
		return samples;
	}

	/** @return number of input channels */
	public int channels() {
		return channels;
	}

	/** @return size x, y[, z] of the input; a copy */
	public long[] inputSize() {
		return inputSize.clone();
	}

	/** @return size x, y[, z] of targets and weights; a copy */
	public long[] outputSize() {
		return outputSize.clone();
	}

	/**
	 * @return normalised grey values, order [c, x, y[, z], sample] with c fastest
	 */
	public FloatBuffer input() {
		return input;
	}

	/**
	 * @return class of each pixel, order [x, y[, z], sample]: 0 = background, 1 =
	 *         foreground, or the index of the class; any valid value where the
	 *         weight is 0
	 */
	public IntBuffer targets() {
		return targets;
	}

	/**
	 * @return weight of each pixel, order as {@link #targets()}; 0 = ignored and
	 *         not counted
	 */
	public FloatBuffer weights() {
		return weights;
	}
}
