
package sc.fiji.unet.tensorflow;

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

import sc.fiji.unet.network.InputCheck;
import sc.fiji.unet.network.UNetConfig;

/**
 * The part of a graph that predicts, with the checks that must come before it.
 *
 * @param <T> number format
 */
final class Inference<T extends TFloating> {

	private final UNetConfig config;
	private final InputCheck check;
	private final Operand<TFloat32> input;
	private final Operand<T> logits;
	private final Operand<TFloat32> probabilities;

	/** @param parameters the value of a parameter by its name */
	Inference(final Ops tf, final UNetConfig config, final Class<T> type,
		final Function<String, Operand<T>> parameters)
	{
		this.config = config;
		check = new InputCheck(config);
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
		check.prediction(samples, inputSize, in, out);
		try (Run run = new Run(session)) {
			run.feed(input, in, tensorShape(samples, inputSize, config.channels()))
				.fetch(probabilities);
			try (Result result = run.run()) {
				Run.copy(result.get(0), out);
			}
		}
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
}
