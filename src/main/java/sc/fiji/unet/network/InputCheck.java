
package sc.fiji.unet.network;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * What may be handed to a network. Native code ends the Java machine where a
 * size does not fit, so every engine asks here first.
 */
public final class InputCheck {

	private final UNetConfig config;
	private final UNetShape shape;

	public InputCheck(final UNetConfig config) {
		this.config = config;
		shape = new UNetShape(config);
	}

	/**
	 * @param input as in {@link Network#predict}
	 * @param probabilities as in {@link Network#predict}
	 * @throws IllegalArgumentException if the network cannot take it; says why
	 */
	public void prediction(final int samples, final long[] inputSize,
		final FloatBuffer input, final FloatBuffer probabilities)
	{
		if (samples < 1) throw new IllegalArgumentException("Number of images " +
			samples + " must be 1 or more.");
		layers(samples, inputSize);
		buffer("Input", input, inputValues(samples, inputSize));
		buffer("Probability", probabilities, outputValues(samples, inputSize));
	}

	/**
	 * @param probabilities as in {@link TrainableNetwork#evaluate}; may be null
	 * @throws IllegalArgumentException if the network cannot take it; says why
	 */
	public void batch(final Batch batch, final FloatBuffer probabilities) {
		if (batch.channels() != config.channels())
			throw new IllegalArgumentException("The batch has " + batch.channels() +
				" channels, but the network takes " + config.channels() + ".");
		final long[] output = shape.output(batch.inputSize());
		if (!Arrays.equals(output, batch.outputSize()))
			throw new IllegalArgumentException("The batch has targets of size " +
				Arrays.toString(batch.outputSize()) + ", but input " + Arrays.toString(
					batch.inputSize()) + " gives " + Arrays.toString(output) + ".");
		layers(batch.samples(), batch.inputSize());
		pixels(batch);
		if (probabilities != null) buffer("Probability", probabilities,
			outputValues(batch.samples(), batch.inputSize()));
	}

	/**
	 * @throws IllegalArgumentException if the learning rate is not a positive,
	 *           finite number
	 */
	public static void learningRate(final double rate) {
		if (!(rate > 0) || Double.isInfinite(rate))
			throw new IllegalArgumentException("Learning rate " + rate +
				" must be a positive number.");
	}

	/** @return number of values that go into the network */
	public long inputValues(final int samples, final long[] inputSize) {
		return values(samples, inputSize, config.channels());
	}

	/** @return number of probabilities that come out */
	public long outputValues(final int samples, final long[] inputSize) {
		return values(samples, shape.output(inputSize), config.classes());
	}

	/**
	 * The first level has the largest tensor: the concatenation of its own
	 * features with as many from below. TensorFlow counts its values in 32 bits.
	 */
	private void layers(final int samples, final long[] inputSize) {
		shape.checkInput(inputSize);
		final long values = values(samples, inputSize, 2 * config.features()[0]);
		if (values > Integer.MAX_VALUE) throw new IllegalArgumentException(samples +
			(samples == 1 ? " image" : " images") + " of size " + Arrays.toString(
				inputSize) + " make " + values +
			" values in the first level, but at most " + Integer.MAX_VALUE +
			" are possible; use smaller tiles or patches, or fewer at a time.");
	}

	private void pixels(final Batch batch) {
		final int classes = Math.max(2, config.classes());
		for (int i = 0; i < batch.targets().capacity(); i++) {
			final int target = batch.targets().get(i);
			if (target < 0 || target >= classes) throw new IllegalArgumentException(
				"Target " + target + " is no class; use 0 to " + (classes - 1) + ".");
			final float weight = batch.weights().get(i);
			if (!(weight >= 0) || Float.isInfinite(weight))
				throw new IllegalArgumentException("Pixel weight " + weight +
					" must be 0 (not counted) or a positive number.");
		}
	}

	private static void buffer(final String what, final FloatBuffer buffer,
		final long values)
	{
		if (!buffer.isDirect() || buffer.order() != ByteOrder.nativeOrder())
			throw new IllegalArgumentException(what +
				" buffer must be direct and of native byte order; use ByteBuffer.allocateDirect(...).order(ByteOrder.nativeOrder()).");
		if (buffer.capacity() < values) throw new IllegalArgumentException(what +
			" buffer holds " + buffer.capacity() + " values, but " + values +
			" are needed.");
	}

	private static long values(final int samples, final long[] size,
		final int channels)
	{
		long product = (long) samples * channels;
		for (final long s : size)
			product = Math.multiplyExact(product, s);
		return product;
	}
}
