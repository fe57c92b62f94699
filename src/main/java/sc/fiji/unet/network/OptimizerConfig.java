
package sc.fiji.unet.network;

import java.io.Serializable;
import java.util.Objects;

/**
 * How gradients change the weights. Immutable; the learning rate comes with
 * each step.
 */
public final class OptimizerConfig implements Serializable {

	private static final long serialVersionUID = 1L;

	/** The rule of the update. */
	public enum Method {
			/** Stochastic gradient descent with momentum, as in the paper. */
			SGD,
			/**
			 * Adam (Kingma and Ba 2015); with weight decay AdamW (Loshchilov and
			 * Hutter 2019).
			 */
			ADAM
	}

	private final Method method;
	private final double beta1;
	private final double beta2;
	private final double epsilon;
	private final double weightDecay;
	private final double averageDecay;

	private OptimizerConfig(final Method method, final double beta1,
		final double beta2, final double epsilon, final double weightDecay,
		final double averageDecay)
	{
		this.method = Objects.requireNonNull(method);
		this.beta1 = share("Momentum (beta 1)", beta1);
		this.beta2 = share("Beta 2", beta2);
		if (!(epsilon > 0)) throw new IllegalArgumentException("Epsilon " +
			epsilon + " must be positive; 1e-7 is usual.");
		this.epsilon = epsilon;
		if (!(weightDecay >= 0)) throw new IllegalArgumentException(
			"Weight decay " + weightDecay + " must be 0 (none) or more.");
		this.weightDecay = weightDecay;
		this.averageDecay = share("Decay of the weight average", averageDecay);
	}

	private static double share(final String what, final double value) {
		if (!(value >= 0 && value < 1)) throw new IllegalArgumentException(what +
			" " + value + " must lie in 0 (none) to below 1.");
		return value;
	}

	/**
	 * @param momentum share (0 to below 1) of the last update that is kept; 0.99
	 *          in the paper
	 * @return stochastic gradient descent without weight decay or weight average
	 */
	public static OptimizerConfig sgd(final double momentum) {
		return new OptimizerConfig(Method.SGD, momentum, 0, 1e-7, 0, 0);
	}

	/**
	 * @param beta1 decay of the mean gradient, 0 to below 1
	 * @param beta2 decay of the mean squared gradient, 0 to below 1
	 * @return Adam without weight decay or weight average
	 */
	public static OptimizerConfig adam(final double beta1, final double beta2) {
		return new OptimizerConfig(Method.ADAM, beta1, beta2, 1e-7, 0, 0);
	}

	/**
	 * @param value share of the weights, times the learning rate, taken off at
	 *          each update (decoupled)
	 */
	public OptimizerConfig withWeightDecay(final double value) {
		return new OptimizerConfig(method, beta1, beta2, epsilon, value,
			averageDecay);
	}

	/**
	 * @param value decay of the exponential moving average of the weights, with
	 *          which prediction and evaluation work; 0 works with the weights
	 *          themselves. At update t the smaller of this and (1 + t) / (10 + t)
	 *          is taken, so that the first weights do not linger
	 */
	public OptimizerConfig withAverageDecay(final double value) {
		return new OptimizerConfig(method, beta1, beta2, epsilon, weightDecay,
			value);
	}

	public Method method() {
		return method;
	}

	/** @return momentum of SGD, or decay of Adam's mean gradient */
	public double beta1() {
		return beta1;
	}

	/** @return decay of Adam's mean squared gradient */
	public double beta2() {
		return beta2;
	}

	/**
	 * @return what Adam adds to the root of the mean squared gradient (before its
	 *         bias is corrected: Kingma and Ba's epsilon with a hat)
	 */
	public double epsilon() {
		return epsilon;
	}

	public double weightDecay() {
		return weightDecay;
	}

	/** @return decay of the moving average of the weights; 0 = no average */
	public double averageDecay() {
		return averageDecay;
	}

	@Override
	public boolean equals(final Object o) {
		if (!(o instanceof OptimizerConfig)) return false;
		final OptimizerConfig c = (OptimizerConfig) o;
		return method == c.method && beta1 == c.beta1 && beta2 == c.beta2 &&
			epsilon == c.epsilon && weightDecay == c.weightDecay &&
			averageDecay == c.averageDecay;
	}

	@Override
	public int hashCode() {
		return Objects.hash(method, beta1, beta2, epsilon, weightDecay,
			averageDecay);
	}
}
