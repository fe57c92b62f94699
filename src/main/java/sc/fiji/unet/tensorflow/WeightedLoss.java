
package sc.fiji.unet.tensorflow;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.SoftmaxCrossEntropyWithLogits;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Weighted cross entropy: the sum over pixels of w(x) times cross entropy,
 * divided by the number of counted pixels (those with a weight other than 0).
 * Ronneberger et al. 2015, eq. 1, as a mean. The gradient is given explicitly:
 * softmax(z) - t for several classes, sigmoid(z) - t for one.
 *
 * @param <T> number format
 */
final class WeightedLoss<T extends TFloating> {

	private final Operand<T> loss;
	private final Operand<T> gradient;

	/**
	 * @param logits [sample, y, x, class]
	 * @param targets class of each pixel [sample, y, x]
	 * @param weights weight of each pixel [sample, y, x]
	 */
	WeightedLoss(final Ops tf, final Class<T> type, final Operand<T> logits,
		final Operand<TInt32> targets, final Operand<TFloat32> weights,
		final int classes)
	{
		final Operand<TInt32> everyPixel = tf.constant(new int[] { -1 });
		final Operand<T> w = tf.reshape(tf.dtypes.cast(weights, type), everyPixel);
		final Operand<TInt32> t = tf.reshape(targets, everyPixel);
		final Operand<T> zero = tf.dtypes.cast(tf.constant(0.0), type);
		final Operand<T> one = tf.dtypes.cast(tf.constant(1.0), type);
		final Operand<T> counted = tf.reduceSum(tf.dtypes.cast(tf.math.notEqual(w,
			zero), type), tf.constant(0));
		final Operand<T> share = tf.math.div(w, tf.math.maximum(counted, one));
		final Operand<T> entropy;
		final Operand<T> slope;
		if (classes == 1) {
			final Operand<T> z = tf.reshape(logits, everyPixel);
			final Operand<T> truth = tf.dtypes.cast(t, type);
			entropy = tf.math.add(tf.math.sub(tf.nn.relu(z), tf.math.mul(z, truth)),
				tf.math.log1p(tf.math.exp(tf.math.neg(tf.math.abs(z)))));
			slope = tf.math.mul(tf.math.sub(tf.math.sigmoid(z), truth), share);
		}
		else {
			final Operand<T> z = tf.reshape(logits, tf.constant(new int[] { -1,
				classes }));
			final SoftmaxCrossEntropyWithLogits<T> softmax = tf.nn
				.softmaxCrossEntropyWithLogits(z, tf.oneHot(t, tf.constant(classes),
					one, zero));
			entropy = softmax.loss();
			slope = tf.math.mul(softmax.backprop(), tf.expandDims(share, tf.constant(
				1)));
		}
		loss = tf.reduceSum(tf.math.mul(entropy, share), tf.constant(0));
		gradient = tf.reshape(slope, tf.shape(logits));
	}

	/** @return the loss, a scalar */
	Operand<T> loss() {
		return loss;
	}

	/** @return derivative of the loss by the logits, in their shape */
	Operand<T> gradient() {
		return gradient;
	}
}
