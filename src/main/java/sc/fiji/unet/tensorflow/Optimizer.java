
package sc.fiji.unet.tensorflow;

import java.util.ArrayList;
import java.util.List;

import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.OptimizerConfig.Method;
import sc.fiji.unet.tensorflow.Architecture.Parameter;

/**
 * Adds the updates of the weights to a graph: momentum or Adam, decoupled
 * weight decay, moving average of the weights.
 *
 * @param <T> number format
 */
final class Optimizer<T extends TFloating> {

	private final Ops tf;
	private final Class<T> type;
	private final OptimizerConfig config;
	private final Variables<T> weights;
	private final List<Variables<T>> slots = new ArrayList<>();
	private final Variables<T> averages;
	private final Operand<T> learningRate;
	private final Operand<T> averageDecay;
	private final Operand<T> beta1Power;
	private final Operand<T> beta2Power;

	/**
	 * @param weights what is updated
	 * @param averages the weights' moving averages; null if there are none
	 */
	Optimizer(final Ops tf, final Class<T> type, final OptimizerConfig config,
		final List<Parameter> learned, final Variables<T> weights,
		final Variables<T> averages)
	{
		this.tf = tf;
		this.type = type;
		this.config = config;
		this.weights = weights;
		this.averages = averages;
		learningRate = tf.placeholder(type);
		averageDecay = tf.placeholder(type);
		beta1Power = tf.placeholder(type);
		beta2Power = tf.placeholder(type);
		if (config.method() == Method.SGD) slots.add(new Variables<>(tf, type,
			"momentum/", learned));
		else {
			slots.add(new Variables<>(tf, type, "adam_mean/", learned));
			slots.add(new Variables<>(tf, type, "adam_variance/", learned));
		}
	}

	/** @return what the optimiser remembers of each parameter */
	List<Variables<T>> slots() {
		return slots;
	}

	/**
	 * @param gradient of the parameter
	 * @return the node that updates the parameter and all that follows it
	 */
	Op update(final String name, final Operand<T> gradient) {
		final Ops decayed = config.weightDecay() > 0 && name.endsWith(
			Architecture.KERNEL) ? tf.withControlDependencies(decay(name, gradient))
				: tf;
		final Op applied = config.method() == Method.SGD ? momentum(decayed, name,
			gradient) : adam(decayed, name, gradient);
		return averages == null ? applied : average(name, applied);
	}

	/**
	 * After the gradient: until then the forward pass may still have to read the
	 * weights.
	 */
	private Op decay(final String name, final Operand<T> gradient) {
		final Ops after = tf.withControlDependencies(gradient);
		final Operand<T> share = tf.math.mul(learningRate, number(config
			.weightDecay()));
		return after.assignSubVariableOp(weights.handle(name), tf.math.mul(weights
			.read(after, name), share));
	}

	private Op momentum(final Ops ops, final String name,
		final Operand<T> gradient)
	{
		return ops.train.resourceApplyMomentum(weights.handle(name), slots.get(0)
			.handle(name), learningRate, gradient, number(config.beta1()));
	}

	private Op adam(final Ops ops, final String name, final Operand<T> gradient) {
		return ops.train.resourceApplyAdam(weights.handle(name), slots.get(0)
			.handle(name), slots.get(1).handle(name), beta1Power, beta2Power,
			learningRate, number(config.beta1()), number(config.beta2()), number(
				config.epsilon()), gradient);
	}

	private Op average(final String name, final Op applied) {
		final Ops after = tf.withControlDependencies(applied);
		final Operand<T> now = weights.read(after, name);
		final Operand<T> old = averages.read(name);
		return averages.assign(tf, name, tf.math.add(now, tf.math.mul(averageDecay,
			tf.math.sub(old, now))));
	}

	/**
	 * Feeds what an update needs.
	 *
	 * @param updates number of updates so far
	 */
	void feed(final Run run, final double rate, final long updates) {
		run.feed(learningRate, rate);
		if (averages != null) run.feed(averageDecay, warmedUp(config.averageDecay(),
			updates));
		if (config.method() != Method.ADAM) return;
		run.feed(beta1Power, Math.pow(config.beta1(), updates + 1));
		run.feed(beta2Power, Math.pow(config.beta2(), updates + 1));
	}

	/**
	 * @return the decay, but less at first, so that the initial values are soon
	 *         forgotten
	 */
	static double warmedUp(final double decay, final long steps) {
		return Math.min(decay, (1.0 + steps) / (10.0 + steps));
	}

	private Operand<T> number(final double value) {
		return tf.dtypes.cast(tf.constant(value), type);
	}
}
