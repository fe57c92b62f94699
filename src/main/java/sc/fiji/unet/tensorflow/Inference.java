
package sc.fiji.unet.tensorflow;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Function;

import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

/**
 * The part of a graph that predicts, with the checks that must come before it.
 *
 * @param <T> number format
 */
final class Inference<T extends TFloating> {

	private final UNetConfig config;
	private final UNetShape shape;
	private final Operand<TFloat32> input;
	private final Operand<T> logits;
	private final Operand<TFloat32> probabilities;

	/** @param parameters the value of a parameter by its name */
	Inference(final Ops tf, final UNetConfig config, final Class<T> type,
		final Function<String, Operand<T>> parameters)
	{
		this.config = config;
		shape = new UNetShape(config);
		input = tf.withName("input").placeholder(TFloat32.class, Placeholder.shape(
			Shape.of(-1, -1, -1, config.channels())));
		final ForwardPass<T> forward = new ForwardPass<>(tf, config, type,
			parameters, null);
		logits = forward.logits(tf.dtypes.cast(input, type));
		probabilities = tf.withName("probabilities").dtypes.cast(forward
			.probabilities(logits), TFloat32.class);
	}

	Operand<TFloat32> input() {
		return input;
	}

	Operand<T> logits() {
		return logits;
	}

	Operand<TFloat32> probabilities() {
		return probabilities;
	}

	/** As {@link sc.fiji.unet.network.Network#predict}. */
	void predict(final Session session, final int samples, final long[] inputSize,
		final FloatBuffer in, final FloatBuffer out)
	{
		shape.checkInput(inputSize);
		if (samples < 1) throw new IllegalArgumentException("Number of images " +
			samples + " must be 1 or more.");
		check("Input", in, values(samples, inputSize, config.channels()));
		check("Probability", out, values(samples, shape.output(inputSize), config
			.classes()));
		try (Run run = new Run(session).feed(input, in, tensorShape(samples,
			inputSize, config.channels())).fetch(probabilities);
				Result result = run.run())
		{
			Run.copy(result.get(0), out);
		}
	}

	/**
	 * @throws IllegalArgumentException if native code could not use the buffer
	 */
	static void check(final String what, final FloatBuffer buffer,
		final long values)
	{
		if (!buffer.isDirect() || buffer.order() != ByteOrder.nativeOrder())
			throw new IllegalArgumentException(what +
				" buffer must be direct and of native byte order; use ByteBuffer.allocateDirect(...).order(ByteOrder.nativeOrder()).");
		if (buffer.capacity() < values) throw new IllegalArgumentException(what +
			" buffer holds " + buffer.capacity() + " values, but " + values +
			" are needed.");
	}

	/**
	 * @return TensorFlow's shape [samples, (z,) y, x, channels] of sizes x, y[,
	 *         z]
	 */
	static long[] tensorShape(final int samples, final long[] size,
		final int... channels)
	{
		final long[] result = new long[1 + size.length + channels.length];
		result[0] = samples;
		for (int d = 0; d < size.length; d++)
			result[size.length - d] = size[d];
		if (channels.length > 0) result[size.length + 1] = channels[0];
		return result;
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
