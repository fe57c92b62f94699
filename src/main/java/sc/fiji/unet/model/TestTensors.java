
package sc.fiji.unet.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

/**
 * A network input and what the network must answer to it. Immutable.
 * <p>
 * The input is normalised over itself. Normalising it once more changes
 * nothing, so it serves software that feeds it to the weights as it is, and
 * software that follows the bioimage.io format and preprocesses it first.
 * </p>
 */
public final class TestTensors {

	/** Output pixels a side that the default test input asks for. */
	private static final long PREFERRED_OUTPUT = 64;
	private static final long SEED = 1;

	private final long[] inputSize;
	private final float[] input;
	private final float[] output;

	/**
	 * @param inputSize admissible size x, y[, z]
	 * @param input network input, order [c, x, y[, z]] with c fastest; not copied
	 * @param output probabilities, order [class, x, y[, z]]; not copied
	 */
	TestTensors(final long[] inputSize, final float[] input,
		final float[] output)
	{
		this.inputSize = inputSize.clone();
		this.input = input;
		this.output = output;
	}

	/**
	 * @param network architecture
	 * @return size x, y[, z] that a test input should have: large enough for
	 *         every software that reads the package, and not much larger
	 */
	public static long[] size(final UNetConfig network) {
		final UNetShape shape = new UNetShape(network);
		final long[] preferred = new long[network.dimensions()];
		Arrays.fill(preferred, network.dimensions() > 2 ? 1 : PREFERRED_OUTPUT);
		final long[] size = shape.inputFor(preferred);
		for (int d = 0; d < size.length; d++)
			size[d] = Math.max(size[d], smallestInput(shape, network, d));
		return size;
	}

	/**
	 * Smallest input that the package declares, in pixels. For padding
	 * {@code same} something must be left of the output when the halo is cut off.
	 */
	static long smallestInput(final UNetShape shape, final UNetConfig network,
		final int axis)
	{
		final long smallest = shape.smallestInput(axis);
		return network.padding() == Padding.SAME ? smallest + 2 * halo(shape, axis)
			: smallest;
	}

	/** Reach rounded up to the grid, in pixels. */
	static long halo(final UNetShape shape, final int axis) {
		final long step = shape.granularity(axis);
		return (shape.reach(axis) + step - 1) / step * step;
	}

	/**
	 * Computes a test with exported weights, in float32 on the CPU, so that the
	 * answer is the one that other software gets. Blocks until done.
	 *
	 * @param factory engine
	 * @param description architecture and preprocessing
	 * @param exported folder that the engine has exported to
	 * @param grey grey values of a typical piece of image, raw or normalised,
	 *          order [c, x, y[, z]] with c fastest; null takes noise
	 * @param size admissible size x, y[, z] of {@code grey}, best {@link #size}
	 * @throws IOException if the weights cannot be read
	 * @throws IllegalArgumentException if size and grey values do not fit the
	 *           network
	 */
	public static TestTensors compute(final NetworkFactory factory,
		final ModelDescription description, final Path exported, final float[] grey,
		final long... size) throws IOException
	{
		final UNetConfig config = description.network();
		final int count = count(config.channels(), size);
		final float[] input = grey == null ? noise(count) : grey.clone();
		if (input.length != count) throw new IllegalArgumentException(
			"The test image has " + input.length + " values, but " + Arrays.toString(
				size) + " pixels with " + config.channels() + " channels need " +
				count + ".");
		normalize(input, config.channels(), description.preprocessing());
		try (Network network = factory.open(config, exported, ExecutionConfig
			.cpu()))
		{
			return new TestTensors(size, input, predict(network, input, size));
		}
	}

	private static float[] noise(final int count) {
		final Random random = new Random(SEED);
		final float[] values = new float[count];
		for (int i = 0; i < count; i++)
			values[i] = (float) random.nextGaussian();
		return values;
	}

	/** Normalises each channel over its own values; a constant one becomes 0. */
	static void normalize(final float[] values, final int channels,
		final Preprocessing preprocessing)
	{
		final float[] channel = new float[values.length / channels];
		for (int c = 0; c < channels; c++) {
			for (int i = 0; i < channel.length; i++)
				channel[i] = values[i * channels + c];
			final double[] line = offsetAndScale(channel, preprocessing);
			for (int i = 0; i < channel.length; i++)
				values[i * channels + c] = (float) ((channel[i] - line[0]) / line[1]);
		}
	}

	private static double[] offsetAndScale(final float[] values,
		final Preprocessing p)
	{
		final double offset;
		final double scale;
		if (p.normalization() == Preprocessing.Normalization.Z_SCORE) {
			double sum = 0;
			for (final float v : values)
				sum += v;
			offset = sum / values.length;
			double squares = 0;
			for (final float v : values)
				squares += (v - offset) * (v - offset);
			scale = Math.sqrt(squares / values.length);
		}
		else {
			final float[] sorted = values.clone();
			Arrays.sort(sorted);
			final double low = percentile(sorted, p.lowPercentile());
			final double high = percentile(sorted, p.highPercentile());
			offset = high > low ? low : sorted[0];
			scale = (high > low ? high : sorted[sorted.length - 1]) - offset;
		}
		return new double[] { offset, scale > 0 ? scale : 1 };
	}

	/** With linear interpolation between neighbours, as NumPy has it. */
	private static double percentile(final float[] sorted,
		final double percentile)
	{
		final double position = percentile / 100 * (sorted.length - 1);
		final int below = (int) position;
		final int above = Math.min(below + 1, sorted.length - 1);
		return sorted[below] + (position - below) * ((double) sorted[above] -
			sorted[below]);
	}

	/** @throws IOException if the arrays do not fit the network */
	static TestTensors of(final UNetConfig network, final Npy input,
		final Npy output) throws IOException
	{
		final long[] shape = input.shape();
		final long[] size = new long[network.dimensions()];
		for (int d = 0; d < size.length && shape.length == size.length + 2; d++)
			size[d] = shape[size.length - d];
		final TestTensors test = new TestTensors(size, input.values(), output
			.values());
		if (!Arrays.equals(test.inputShape(network), shape) || !Arrays.equals(test
			.outputShape(network), output.shape())) throw new IOException(
				"The shapes of the model's test input " + Arrays.toString(shape) +
					" and output " + Arrays.toString(output.shape()) +
					" do not fit its network.");
		return test;
	}

	/** @return the input as array (1[, z], y, x, channel) */
	Npy inputFile(final UNetConfig network) {
		return new Npy(inputShape(network), input);
	}

	/** @return the output as array (1[, z], y, x, class) */
	Npy outputFile(final UNetConfig network) {
		return new Npy(outputShape(network), output);
	}

	private long[] inputShape(final UNetConfig network) {
		return arrayShape(inputSize, network.channels());
	}

	private long[] outputShape(final UNetConfig network) {
		return arrayShape(new UNetShape(network).output(inputSize), network
			.classes());
	}

	private static long[] arrayShape(final long[] size, final int channels) {
		final long[] shape = new long[size.length + 2];
		shape[0] = 1;
		for (int d = 0; d < size.length; d++)
			shape[size.length - d] = size[d];
		shape[size.length + 1] = channels;
		return shape;
	}

	/** @return size x, y[, z] of the input; a copy */
	public long[] inputSize() {
		return inputSize.clone();
	}

	/** @return network input, order [c, x, y[, z]] with c fastest; a copy */
	public float[] input() {
		return input.clone();
	}

	/** @return probabilities, order [class, x, y[, z]]; a copy */
	public float[] output() {
		return output.clone();
	}

	/**
	 * @param network network to be tested; blocks until it has answered
	 * @return root mean square difference between its answer and the expected
	 *         one: single pixels on a steep slope of the sigmoid may be far off
	 *         in a short number format. Infinite if a pixel is not a number
	 */
	public double difference(final Network network) {
		final float[] actual = predict(network, input, inputSize);
		if (actual.length != output.length) return Double.POSITIVE_INFINITY;
		double sum = 0;
		for (int i = 0; i < actual.length; i++) {
			final double difference = (double) actual[i] - output[i];
			sum += difference * difference;
		}
		return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : Math.sqrt(sum /
			actual.length);
	}

	private static float[] predict(final Network network, final float[] input,
		final long[] size)
	{
		final UNetConfig config = network.config();
		final float[] output = new float[count(config.classes(), new UNetShape(
			config).output(size))];
		final FloatBuffer in = direct(input.length);
		in.duplicate().put(input);
		final FloatBuffer out = direct(output.length);
		network.predict(1, size, in, out);
		out.duplicate().clear().get(output);
		return output;
	}

	private static FloatBuffer direct(final int length) {
		return ByteBuffer.allocateDirect(4 * length).order(ByteOrder.nativeOrder())
			.asFloatBuffer();
	}

	private static int count(final int perPixel, final long... size) {
		long count = perPixel;
		for (final long s : size)
			count = Math.multiplyExact(count, s);
		return Math.toIntExact(count);
	}
}
