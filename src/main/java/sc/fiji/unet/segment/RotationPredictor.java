
package sc.fiji.unet.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;

import sc.fiji.unet.network.Network;

/**
 * Predicts tiles as the mean over rotations of the image. For each rotation
 * that part of the turned image is predicted that holds the turned tile; it
 * starts on the network's grid in the turned image, which is anchored in the
 * image. So the result does not depend on where the tiles lie. What is
 * predicted has one size a rotation.
 */
final class RotationPredictor implements TilePredictor {

	private final TileGeometry geometry;
	private final long[] step;
	private final MirrorReader reader;
	private final long[] anchor;
	private final List<Rotation> rotations;
	/** Size x, y[, z] that is predicted for a tile, for each rotation. */
	private final List<long[]> predicted = new ArrayList<>();
	private final int channels;
	private final int classes;
	private final TileBuffers buffers;
	private float[] block = {};
	private final float[] input;
	private final float[] output;
	private final float[] tile;

	/**
	 * @param step size x, y[, z] of the tiles
	 * @param anchor a pixel of the image on the grid that tiles start on
	 * @throws IllegalArgumentException if a tile does not fit into a buffer
	 */
	RotationPredictor(final Network network, final TileGeometry geometry,
		final long[] step, final MirrorReader reader, final long[] anchor)
	{
		this.geometry = geometry;
		this.step = step;
		this.reader = reader;
		this.anchor = anchor;
		rotations = Averaging.rotations(anchor);
		for (final Rotation rotation : rotations)
			predicted.add(predicted(rotation, geometry, step));
		channels = network.config().channels();
		classes = network.config().classes();
		final long[] largest = geometry.input(largest(predicted));
		buffers = new TileBuffers(network, largest, geometry.output(largest));
		input = buffers.newInput();
		output = buffers.newOutput();
		tile = buffers.newOutput();
	}

	private static long[] predicted(final Rotation rotation,
		final TileGeometry geometry, final long[] step)
	{
		// Kernels and poolings are the same along x and y.
		final long[] size = rotation.inverse().blockSize(step, geometry.granularity(
			0));
		for (int d = 0; d < size.length; d++)
			size[d] = geometry.roundUp(size[d], d);
		return size;
	}

	private static long[] largest(final List<long[]> sizes) {
		final long[] largest = sizes.get(0).clone();
		for (final long[] size : sizes)
			for (int d = 0; d < largest.length; d++)
				largest[d] = Math.max(largest[d], size[d]);
		return largest;
	}

	/** @return largest size x, y[, z] that is predicted for a tile */
	static long[] largest(final TileGeometry geometry, final long[] step) {
		final List<long[]> sizes = new ArrayList<>();
		for (final Rotation rotation : Averaging.rotations(new long[2]))
			sizes.add(predicted(rotation, geometry, step));
		return largest(sizes);
	}

	@Override
	public float[] predict(final long[] origin, final Interval wanted,
		final Runnable beforeEach)
	{
		final Interval whole = FinalInterval.createMinSize(join(origin, step));
		final List<Interval> inputs = new ArrayList<>();
		for (int i = 0; i < rotations.size(); i++)
			inputs.add(input(rotations.get(i), predicted.get(i), whole));
		final Interval read = read(inputs);
		final int values = classes * Math.toIntExact(Intervals.numElements(wanted));
		Arrays.fill(tile, 0, values, 0);
		for (int i = 0; i < rotations.size(); i++) {
			beforeEach.run();
			predict(rotations.get(i), read, inputs.get(i), wanted);
		}
		for (int i = 0; i < values; i++)
			tile[i] /= rotations.size();
		return tile;
	}

	private static long[] join(final long[] min, final long[] size) {
		final long[] joined = Arrays.copyOf(min, 2 * min.length);
		System.arraycopy(size, 0, joined, min.length, size.length);
		return joined;
	}

	/** @return what the network gets to see, in the turned image */
	private Interval input(final Rotation rotation, final long[] size,
		final Interval whole)
	{
		final long[] start = rotation.inverse().sources(whole).minAsLongArray();
		for (int d = 0; d < start.length; d++)
			start[d] -= Math.floorMod(start[d] - anchor[d], geometry.granularity(d));
		return FinalInterval.createMinSize(join(geometry.withContext(start),
			geometry.input(size)));
	}

	/** Reads what all rotations need at once: the source may be slow. */
	private Interval read(final List<Interval> inputs) {
		Interval all = inputs.get(0);
		for (int i = 1; i < inputs.size(); i++)
			all = Intervals.union(all, rotations.get(i).sources(inputs.get(i)));
		final int values = Math.toIntExact(channels * Intervals.numElements(all));
		if (block.length < values) block = new float[values];
		reader.read(all.minAsLongArray(), all.dimensionsAsLongArray(), block);
		return all;
	}

	private void predict(final Rotation rotation, final Interval read,
		final Interval seen, final Interval wanted)
	{
		Arrays.fill(input, 0);
		rotation.add(block, read, channels, input, seen);
		final long[] inputSize = seen.dimensionsAsLongArray();
		buffers.predict(inputSize, input, output);
		final long[] min = seen.minAsLongArray();
		for (int d = 0; d < min.length; d++)
			min[d] += geometry.context(d) - geometry.crop(d);
		final Interval answered = FinalInterval.createMinSize(join(min, geometry
			.output(inputSize)));
		rotation.inverse().add(output, answered, classes, tile, wanted);
	}
}
