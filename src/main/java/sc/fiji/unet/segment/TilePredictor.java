
package sc.fiji.unet.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

import net.imglib2.Interval;

import sc.fiji.unet.network.Network;

/**
 * Predicts tiles of one input size, averaged over symmetries. Holds the buffers
 * for them.
 */
final class TilePredictor {

	private final Network network;
	private final List<Symmetry> symmetries;
	private final TileGeometry geometry;
	private final long[] inputSize;
	private final long[] outputSize;
	private final int classes;
	private final FloatBuffer inputBuffer;
	private final FloatBuffer outputBuffer;
	private final float[] turnedInput;
	private final float[] output;
	private final float[] sum;
	private final float[] tile;

	/** @throws IllegalArgumentException if a tile does not fit into a buffer */
	TilePredictor(final Network network, final Averaging averaging,
		final long[] inputSize, final TileGeometry geometry)
	{
		this.network = network;
		this.geometry = geometry;
		this.inputSize = inputSize;
		symmetries = averaging.symmetries();
		outputSize = geometry.output(inputSize);
		classes = network.config().classes();
		final int inputs = count(network.config().channels(), inputSize);
		final int outputs = count(classes, outputSize);
		inputBuffer = direct(inputs);
		outputBuffer = direct(outputs);
		turnedInput = new float[symmetries.size() > 1 ? inputs : 0];
		output = new float[outputs];
		sum = symmetries.size() > 1 ? new float[outputs] : output;
		tile = new float[outputs];
	}

	private static int count(final int perPixel, final long[] size) {
		double count = perPixel;
		for (final long s : size)
			count *= s;
		if (count > Integer.MAX_VALUE / Float.BYTES)
			throw new IllegalArgumentException("A tile of " + Arrays.toString(size) +
				" pixels with " + perPixel +
				" channels or classes does not fit into one buffer; use smaller tiles.");
		return (int) count;
	}

	private static FloatBuffer direct(final int length) {
		return ByteBuffer.allocateDirect(Float.BYTES * length).order(ByteOrder
			.nativeOrder()).asFloatBuffer();
	}

	/** @return a new array for one input */
	float[] newInput() {
		return new float[inputBuffer.capacity()];
	}

	/**
	 * @param input network input, order [c, x, y[, z]]
	 * @param beforeEach called before each prediction
	 */
	void predict(final float[] input, final Runnable beforeEach) {
		Arrays.fill(sum, 0);
		for (final Symmetry symmetry : symmetries) {
			beforeEach.run();
			if (!symmetry.isIdentity()) symmetry.apply(input, network.config()
				.channels(), inputSize, turnedInput);
			inputBuffer.duplicate().put(symmetry.isIdentity() ? input : turnedInput);
			network.predict(1, inputSize, inputBuffer, outputBuffer);
			outputBuffer.duplicate().clear().get(output);
			if (sum != output) symmetry.addBack(output, classes, outputSize, sum);
		}
		if (sum != output) for (int i = 0; i < sum.length; i++)
			sum[i] /= symmetries.size();
	}

	/**
	 * @param origin where the tile starts: x, y[, z]
	 * @param interval the part of it that is wanted
	 * @return its probabilities, order [class, x, y[, z]]; overwritten by the
	 *         next call, and longer than needed
	 */
	float[] crop(final long[] origin, final Interval interval) {
		final int width = (int) interval.dimension(0);
		long lines = 1;
		for (int d = 1; d < origin.length; d++)
			lines *= interval.dimension(d);
		for (int line = 0; line < lines; line++)
			System.arraycopy(sum, classes * (int) lineStart(line, origin, interval),
				tile, classes * line * width, classes * width);
		return tile;
	}

	private long lineStart(final int line, final long[] origin,
		final Interval interval)
	{
		long rest = line;
		long stride = 1;
		long start = 0;
		for (int d = 0; d < origin.length; d++) {
			final long size = d == 0 ? 1 : interval.dimension(d);
			start += stride * (geometry.crop(d) + interval.min(d) - origin[d] + rest %
				size);
			rest /= size;
			stride *= outputSize[d];
		}
		return start;
	}
}
