
package sc.fiji.unet.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

/**
 * Adds the U-Net's layers to a graph, from input to logits. One graph serves
 * every admissible size.
 *
 * @param <T> number format
 */
final class ForwardPass<T extends TFloating> {

	/** Added to the variance; cuDNN wants at least 1.001e-5. */
	private static final float EPSILON = 1e-3f;

	private final Ops tf;
	private final UNetConfig config;
	private final UNetShape shape;
	private final Class<T> type;
	private final Function<String, Operand<T>> parameters;
	/** What only training has; null when predicting. */
	private final Training<T> training;

	/**
	 * What a training pass needs besides, and what it leaves to be done after
	 * each batch.
	 */
	static final class Training<T extends TFloating> {

		private final Operand<TInt64> dropoutSeed;
		private final Operand<T> normalizationDecay;
		private final Variables<T> statistics;
		private final List<Op> updates = new ArrayList<>();

		/**
		 * @param dropoutSeed vector of two numbers, another for each batch
		 * @param normalizationDecay share of the old moving statistics that is kept
		 * @param statistics moving means and variances
		 */
		Training(final Operand<TInt64> dropoutSeed,
			final Operand<T> normalizationDecay, final Variables<T> statistics)
		{
			this.dropoutSeed = dropoutSeed;
			this.normalizationDecay = normalizationDecay;
			this.statistics = statistics;
		}

		/** @return nodes that move the statistics of batch normalisation */
		List<Op> updates() {
			return updates;
		}
	}

	/**
	 * @param parameters the value of a parameter by its name
	 * @param training null for prediction
	 */
	ForwardPass(final Ops tf, final UNetConfig config, final Class<T> type,
		final Function<String, Operand<T>> parameters, final Training<T> training)
	{
		this.tf = tf;
		this.config = config;
		this.shape = new UNetShape(config);
		this.type = type;
		this.parameters = parameters;
		this.training = training;
	}

	/**
	 * @param input normalised grey values [sample, y, x, channel]
	 * @return logits [sample, y, x, class]
	 */
	Operand<T> logits(final Operand<T> input) {
		final List<Operand<T>> skips = new ArrayList<>();
		Operand<T> x = input;
		for (int l = 0; l < config.depth(); l++) {
			x = pair(Architecture.down(l), x);
			skips.add(x);
			x = pool(l, x);
		}
		x = dropout(pair(Architecture.down(config.depth()), x));
		for (int l = config.depth() - 1; l >= 0; l--) {
			final Operand<T> up = upConvolution(l, x);
			x = pair(Architecture.up(l), tf.concat(Arrays.asList(crop(l, skips.get(
				l)), up), tf.constant(3)));
		}
		return resize(convolution(Architecture.HEAD, x));
	}

	/**
	 * @param logits [sample, y, x, class]
	 * @return sigmoid for one class, softmax for several
	 */
	Operand<T> probabilities(final Operand<T> logits) {
		return config.isSoftmax() ? tf.nn.softmax(logits) : tf.math.sigmoid(logits);
	}

	private Operand<T> pair(final String block, final Operand<T> x) {
		return activated(block + "/conv2", activated(block + "/conv1", x));
	}

	private Operand<T> activated(final String name, final Operand<T> x) {
		if (!config.batchNormalization()) return tf.nn.relu(convolution(name, x));
		return tf.nn.relu(normalize(name, convolve(name, x)));
	}

	private Operand<T> convolution(final String name, final Operand<T> x) {
		return tf.nn.biasAdd(convolve(name, x), parameters.apply(name +
			Architecture.BIAS));
	}

	private Operand<T> convolve(final String name, final Operand<T> x) {
		return tf.nn.conv2d(x, parameters.apply(name + Architecture.KERNEL), Arrays
			.asList(1L, 1L, 1L, 1L), config.padding() == Padding.SAME ? "SAME"
				: "VALID");
	}

	private Operand<T> normalize(final String name, final Operand<T> x) {
		final Operand<T> gamma = parameters.apply(name + Architecture.GAMMA);
		final Operand<T> beta = parameters.apply(name + Architecture.BETA);
		if (training == null) return normalize(x, gamma, beta, parameters.apply(
			name + Architecture.MEAN), parameters.apply(name +
				Architecture.VARIANCE));
		if (type == TFloat32.class) return normalizeFused(name, x, gamma, beta);
		final Operand<TInt32> axes = tf.constant(new int[] { 0, 1, 2 });
		final Operand<T> mean = tf.math.mean(x, axes);
		final Operand<T> variance = tf.math.mean(tf.math.square(tf.math.sub(x,
			mean)), axes);
		moveStatistics(name, mean, variance);
		return normalize(x, gamma, beta, mean, variance);
	}

	private Operand<T> normalize(final Operand<T> x, final Operand<T> gamma,
		final Operand<T> beta, final Operand<T> mean, final Operand<T> variance)
	{
		final Operand<T> scale = tf.math.mul(gamma, tf.math.rsqrt(tf.math.add(
			variance, number(EPSILON))));
		return tf.math.add(tf.math.mul(x, scale), tf.math.sub(beta, tf.math.mul(
			mean, scale)));
	}

	/** The fused kernel knows float32 only, but is several times as fast. */
	private Operand<T> normalizeFused(final String name, final Operand<T> x,
		final Operand<T> gamma, final Operand<T> beta)
	{
		final Operand<T> none = tf.dtypes.cast(tf.constant(new float[0]), type);
		final FusedBatchNorm<T, T> batch = tf.nn.fusedBatchNorm(x, gamma, beta,
			none, none, FusedBatchNorm.epsilon(EPSILON), FusedBatchNorm.isTraining(
				true));
		moveStatistics(name, batch.batchMean(), batch.batchVariance());
		return batch.y();
	}

	private void moveStatistics(final String name, final Operand<T> mean,
		final Operand<T> variance)
	{
		move(name + Architecture.MEAN, mean);
		move(name + Architecture.VARIANCE, variance);
	}

	private void move(final String statistic, final Operand<T> value) {
		final Operand<T> old = training.statistics.read(statistic);
		final Operand<T> moved = tf.math.add(value, tf.math.mul(
			training.normalizationDecay, tf.math.sub(old, value)));
		training.updates.add(training.statistics.assign(tf, statistic, moved));
	}

	private Operand<T> pool(final int level, final Operand<T> x) {
		final int[] p = config.pooling(level);
		final Operand<TInt32> window = tf.constant(new int[] { 1, p[1], p[0], 1 });
		return tf.nn.maxPool(x, window, window, "VALID");
	}

	private Operand<T> dropout(final Operand<T> x) {
		if (training == null || config.dropout() == 0) return x;
		final Operand<T> random = tf.random.statelessRandomUniform(tf.shape(x),
			training.dropoutSeed, type);
		final Operand<T> kept = tf.dtypes.cast(tf.math.greaterEqual(random, number(
			config.dropout())), type);
		return tf.math.mul(x, tf.math.mul(kept, number(1 / (1 - config
			.dropout()))));
	}

	/**
	 * The output size is derived from the input's own shape: a size that does not
	 * fit makes oneDNN execute an illegal instruction.
	 */
	private Operand<T> upConvolution(final int level, final Operand<T> x) {
		final String name = Architecture.up(level) + "/upconv";
		final int[] p = config.pooling(level);
		final int features = config.features()[level];
		final Operand<TInt32> scale = tf.constant(new int[] { 1, p[1], p[0], 0 });
		final Operand<TInt32> size = tf.math.add(tf.math.mul(tf.shape(x), scale), tf
			.constant(new int[] { 0, 0, 0, features }));
		final Operand<T> up = tf.nn.conv2dBackpropInput(size, parameters.apply(
			name + Architecture.KERNEL), x, Arrays.asList(1L, (long) p[1],
				(long) p[0], 1L), "VALID");
		return tf.nn.biasAdd(up, parameters.apply(name + Architecture.BIAS));
	}

	private Operand<T> crop(final int level, final Operand<T> skip) {
		final int x = shape.crop(level, 0);
		final int y = shape.crop(level, 1);
		if (x == 0 && y == 0) return skip;
		final Operand<TInt32> begin = tf.constant(new int[] { 0, y, x, 0 });
		final Operand<TInt32> size = tf.math.sub(tf.shape(skip), tf.constant(
			new int[] { 0, 2 * y, 2 * x, 0 }));
		return tf.slice(skip, begin, size);
	}

	/**
	 * Bilinear, pixel centres aligned as half-pixel centres. Written with matrix
	 * products because TensorFlow's own operation computes in float32 only.
	 */
	private Operand<T> resize(final Operand<T> logits) {
		final long[] size = config.outputSize();
		if (size == null) return logits;
		final Operand<TInt32> rows = tf.constant(new int[] { 0, 3, 1, 2 });
		Operand<T> x = tf.linalg.transpose(logits, rows);
		x = resizeLast(x, (int) size[0]);
		x = tf.linalg.transpose(x, tf.constant(new int[] { 0, 1, 3, 2 }));
		x = resizeLast(x, (int) size[1]);
		return tf.linalg.transpose(x, tf.constant(new int[] { 0, 3, 2, 1 }));
	}

	/** Resizes the last of four axes. */
	private Operand<T> resizeLast(final Operand<T> x, final int size) {
		final Operand<TInt32> old = tf.shape(x);
		final Operand<TInt32> length = element(old, 3);
		final Operand<T> flat = tf.reshape(x, tf.stack(Arrays.asList(tf.constant(
			-1), length)));
		final Operand<T> resized = tf.linalg.matMul(flat, interpolation(length,
			size));
		return tf.reshape(resized, tf.stack(Arrays.asList(element(old, 0), element(
			old, 1), element(old, 2), tf.constant(size))));
	}

	private Operand<TInt32> element(final Operand<TInt32> vector,
		final int index)
	{
		return tf.reshape(tf.slice(vector, tf.constant(new int[] { index }), tf
			.constant(new int[] { 1 })), tf.constant(new int[0]));
	}

	/**
	 * Matrix [length, size]: column i holds the weights of the two pixels around
	 * position i of the result.
	 */
	private Operand<T> interpolation(final Operand<TInt32> length,
		final int size)
	{
		final Operand<T> n = tf.dtypes.cast(length, type);
		final Operand<T> target = tf.dtypes.cast(tf.range(tf.constant(0), tf
			.constant(size), tf.constant(1)), type);
		final Operand<T> scaled = tf.math.sub(tf.math.mul(tf.math.add(target,
			number(0.5)), tf.math.div(n, number(size))), number(0.5));
		final Operand<T> position = tf.math.minimum(tf.math.maximum(scaled, number(
			0)), tf.math.sub(n, number(1)));
		final Operand<T> source = tf.dtypes.cast(tf.range(tf.constant(0), length, tf
			.constant(1)), type);
		final Operand<T> distance = tf.math.abs(tf.math.sub(tf.expandDims(source, tf
			.constant(1)), tf.expandDims(position, tf.constant(0))));
		return tf.nn.relu(tf.math.sub(number(1), distance));
	}

	private Operand<T> number(final double value) {
		return tf.dtypes.cast(tf.constant(value), type);
	}
}
