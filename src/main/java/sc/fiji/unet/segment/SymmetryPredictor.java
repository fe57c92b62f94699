
package sc.fiji.unet.segment;

import java.util.Arrays;
import java.util.List;

import net.imglib2.Interval;

import sc.fiji.unet.network.Network;

/** Predicts tiles as the mean over symmetries of the square. */
final class SymmetryPredictor implements TilePredictor {

	private final List<Symmetry> symmetries;
	private final TileGeometry geometry;
	private final MirrorReader reader;
	private final int channels;
	private final int classes;
	private final long[] inputSize;
	private final long[] outputSize;
	private final TileBuffers buffers;
	private final float[] input;
	private final float[] turnedInput;
	private final float[] output;
	private final float[] sum;
	private final float[] tile;

	/**
	 * @param step size x, y[, z] of the tiles; square where a symmetry exchanges
	 *          x and y
	 * @throws IllegalArgumentException if a tile does not fit into a buffer
	 */
	SymmetryPredictor(final Network network, final List<Symmetry> symmetries,
		final TileGeometry geometry, final long[] step, final MirrorReader reader)
	{
		this.symmetries = symmetries;
		this.geometry = geometry;
		this.reader = reader;
		channels = network.config().channels();
		classes = network.config().classes();
		inputSize = geometry.input(step);
		outputSize = geometry.output(inputSize);
		buffers = new TileBuffers(network, inputSize, outputSize);
		input = buffers.newInput();
		output = buffers.newOutput();
		tile = buffers.newOutput();
		turnedInput = new float[symmetries.size() > 1 ? input.length : 0];
		sum = symmetries.size() > 1 ? new float[output.length] : output;
	}

	@Override
	public float[] predict(final long[] origin, final Interval wanted,
		final Runnable beforeEach)
	{
		reader.read(geometry.withContext(origin), inputSize, input);
		predict(beforeEach);
		crop(origin, wanted);
		return tile;
	}

	private void predict(final Runnable beforeEach) {
		Arrays.fill(sum, 0);
		for (final Symmetry symmetry : symmetries) {
			beforeEach.run();
			final boolean turns = !symmetry.isIdentity();
			if (turns) symmetry.apply(input, channels, inputSize, turnedInput);
			buffers.predict(inputSize, turns ? turnedInput : input, output);
			if (sum != output) symmetry.addBack(output, classes, outputSize, sum);
		}
		if (sum != output) for (int i = 0; i < sum.length; i++)
			sum[i] /= symmetries.size();
	}

	private void crop(final long[] origin, final Interval wanted) {
		final int width = (int) wanted.dimension(0);
		long lines = 1;
		for (int d = 1; d < origin.length; d++)
			lines *= wanted.dimension(d);
		for (int line = 0; line < lines; line++)
			System.arraycopy(sum, classes * (int) lineStart(line, origin, wanted),
				tile, classes * line * width, classes * width);
	}

	private long lineStart(final int line, final long[] origin,
		final Interval wanted)
	{
		long rest = line;
		long stride = 1;
		long start = 0;
		for (int d = 0; d < origin.length; d++) {
			final long size = d == 0 ? 1 : wanted.dimension(d);
			start += stride * (geometry.crop(d) + wanted.min(d) - origin[d] + rest %
				size);
			rest /= size;
			stride *= outputSize[d];
		}
		return start;
	}
}
