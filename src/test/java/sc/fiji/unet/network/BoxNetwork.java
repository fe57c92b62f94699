
package sc.fiji.unet.network;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * A stand-in for an engine: a U-Net with one feature channel a level and
 * separable random kernels, in plain loops. It has the reach, the margins and
 * the grid of the real one, because it convolves, pools, goes up by a kernel
 * that depends on the place in the grid, crops and joins as that does.
 */
public final class BoxNetwork implements Network {

	private final UNetConfig config;
	private final long seed;
	private final String device;
	private int calls;
	private long[] lastSize;
	private boolean sawSeveralSizes;
	private boolean closed;

	public BoxNetwork(final UNetConfig config, final long seed) {
		this(config, seed, "CPU, 1 thread, float32");
	}

	public BoxNetwork(final UNetConfig config, final long seed,
		final String device)
	{
		this.config = config;
		this.seed = seed;
		this.device = device;
	}

	/** @return number of predictions so far */
	public int calls() {
		return calls;
	}

	/** @return whether the inputs had more than one size */
	public boolean sawSeveralSizes() {
		return sawSeveralSizes;
	}

	/** @return size of the last input */
	public long[] lastSize() {
		return lastSize.clone();
	}

	public boolean isClosed() {
		return closed;
	}

	@Override
	public UNetConfig config() {
		return config;
	}

	@Override
	public String device() {
		return device;
	}

	@Override
	public void predict(final int samples, final long[] inputSize,
		final FloatBuffer input, final FloatBuffer probabilities)
	{
		if (samples != 1) throw new IllegalArgumentException("one sample only");
		if (!input.isDirect() || !probabilities.isDirect())
			throw new IllegalArgumentException("buffers must be direct");
		new UNetShape(config).checkInput(inputSize);
		calls++;
		sawSeveralSizes |= lastSize != null && !Arrays.equals(lastSize, inputSize);
		lastSize = inputSize.clone();
		final Random random = new Random(seed);
		final Field field = level(0, mixChannels(inputSize, input, random), random);
		final int classes = config.classes();
		for (int i = 0; i < field.values.length; i++)
			for (int c = 0; c < classes; c++)
				probabilities.put(i * classes + c, probability(field.values[i], c,
					classes));
	}

	private static float probability(final float v, final int c,
		final int classes)
	{
		if (classes == 1) return (float) (1 / (1 + Math.exp(-4 * v)));
		double sum = 0;
		for (int k = 0; k < classes; k++)
			sum += Math.exp(logit(v, k, classes));
		return (float) (Math.exp(logit(v, c, classes)) / sum);
	}

	/** Each class has its turn, whatever the range of v. */
	private static double logit(final float v, final int c, final int classes) {
		final double difference = 1 + Math.sin(9 * v) - 2.0 * c / (classes - 1);
		return -4 * difference * difference;
	}

	private Field mixChannels(final long[] size, final FloatBuffer input,
		final Random random)
	{
		final int channels = config.channels();
		final float[] weights = weights(channels, random);
		final int[] s = Arrays.stream(size).mapToInt(n -> (int) n).toArray();
		final Field field = new Field(s);
		for (int i = 0; i < field.values.length; i++)
			for (int c = 0; c < channels; c++)
				field.values[i] += weights[c] * input.get(i * channels + c);
		return field;
	}

	private Field level(final int level, final Field in, final Random random) {
		final Field skip = convolveTwice(level, in, random);
		if (level == config.depth()) return skip;
		final int[] pooling = config.pooling(level);
		Field up = level(level + 1, skip.pool(pooling), random);
		for (int d = 0; d < pooling.length; d++)
			up = up.stretch(d, weights(pooling[d], random));
		final Field crop = skip.crop(up.size);
		for (int i = 0; i < up.values.length; i++)
			up.values[i] = 0.6f * up.values[i] + 0.5f * crop.values[i];
		return convolveTwice(level, up, random);
	}

	private Field convolveTwice(final int level, final Field in,
		final Random random)
	{
		Field field = in;
		for (int pass = 0; pass < 2; pass++) {
			for (int d = 0; d < config.dimensions(); d++)
				field = field.convolve(d, weights(config.kernel(level)[d], random),
					config.padding() == Padding.SAME);
			for (int i = 0; i < field.values.length; i++)
				field.values[i] = Math.max(0.1f * field.values[i], field.values[i]);
		}
		return field;
	}

	/** Weights that differ from each other and sum up to about 1. */
	private static float[] weights(final int n, final Random random) {
		final float[] weights = new float[n];
		for (int i = 0; i < n; i++)
			weights[i] = (float) (0.5 + random.nextDouble()) / n;
		return weights;
	}

	@Override
	public void close() {
		closed = true;
	}

	/** An n-dimensional array, x fastest. */
	private static final class Field {

		private final int[] size;
		private final float[] values;

		Field(final int... size) {
			this.size = size.clone();
			int count = 1;
			for (final int s : size)
				count *= s;
			values = new float[count];
		}

		private Field resized(final int axis, final int length) {
			final int[] s = size.clone();
			s[axis] = length;
			return new Field(s);
		}

		private int stride(final int axis) {
			int stride = 1;
			for (int d = 0; d < axis; d++)
				stride *= size[d];
			return stride;
		}

		/** Value at a place along an axis of the line that i lies on. */
		private interface Along {

			float at(int line, int place);
		}

		private Field along(final int axis, final int length, final Along rule) {
			final Field result = resized(axis, length);
			final int stride = stride(axis);
			for (int outer = 0; outer < values.length / stride / size[axis]; outer++)
				for (int inner = 0; inner < stride; inner++)
					for (int i = 0; i < length; i++)
						result.values[(outer * length + i) * stride + inner] = rule.at(
							outer * size[axis] * stride + inner, i);
			return result;
		}

		Field convolve(final int axis, final float[] kernel, final boolean same) {
			final int stride = stride(axis);
			final int before = same ? kernel.length / 2 : 0;
			return along(axis, same ? size[axis] : size[axis] - kernel.length + 1, (
				line, i) -> {
				float sum = 0;
				for (int k = 0; k < kernel.length; k++) {
					final int j = i + k - before;
					if (j >= 0 && j < size[axis]) sum += kernel[k] * values[line + j *
						stride];
				}
				return sum;
			});
		}

		Field pool(final int[] factors) {
			Field field = this;
			for (int d = 0; d < factors.length; d++)
				field = field.pool(d, factors[d]);
			return field;
		}

		private Field pool(final int axis, final int factor) {
			final int stride = stride(axis);
			return along(axis, size[axis] / factor, (line, i) -> {
				float max = Float.NEGATIVE_INFINITY;
				for (int k = 0; k < factor; k++)
					max = Math.max(max, values[line + (i * factor + k) * stride]);
				return max;
			});
		}

		Field stretch(final int axis, final float[] kernel) {
			final int stride = stride(axis);
			final int factor = kernel.length;
			return along(axis, size[axis] * factor, (line, i) -> factor * kernel[i %
				factor] * values[line + i / factor * stride]);
		}

		Field crop(final int[] target) {
			Field field = this;
			for (int d = 0; d < target.length; d++) {
				final Field source = field;
				final int stride = source.stride(d);
				final int first = (source.size[d] - target[d]) / 2;
				field = source.along(d, target[d], (line, i) -> source.values[line +
					(first + i) * stride]);
			}
			return field;
		}
	}
}
