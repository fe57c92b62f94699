
package sc.fiji.unet.data;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;

import sc.fiji.unet.network.Batch;

/**
 * Writes patches of a data set into batches, given where they come from. For
 * any number of threads at once.
 */
final class PatchWriter {

	private final List<Sample> samples;
	private final int channels;
	private final PatchSize size;
	private final Targets targets;
	private final PatchGrid inputGrid;
	private final PatchGrid labelGrid;
	/** Labels of each sample as the targets need them. */
	private final int[][] labels;

	/**
	 * @throws IllegalArgumentException if there is no sample, or their axes or
	 *           channels differ
	 */
	PatchWriter(final List<Sample> samples, final PatchSize size,
		final Targets targets)
	{
		if (samples.isEmpty()) throw new IllegalArgumentException(
			"There is no image to take patches from.");
		this.samples = samples;
		channels = samples.get(0).channels();
		this.size = size;
		this.targets = targets;
		for (final Sample sample : samples)
			if (sample.channels() != channels || sample.dimensions() != size
				.dimensions()) throw new IllegalArgumentException("Image '" + sample
					.name() + "' has " + sample.channels() + " channels and " + sample
						.dimensions() + " axes; patches of this training have " + channels +
					" and " + size.dimensions() + ".");
		inputGrid = PatchGrid.ofInput(size);
		labelGrid = PatchGrid.ofOutput(size, targets.context(size.dimensions()));
		labels = samples.stream().map(targets::prepare).toArray(int[][]::new);
	}

	Batch newBatch(final int count) {
		return new Batch(count, channels, size.input(), size.output());
	}

	/**
	 * @param index which sample
	 * @param map where the patch lies in it
	 * @param change what is done to the grey values [pixel, channel]
	 * @param batch receives the patch
	 * @param slot index within the batch
	 */
	void write(final int index, final CoordinateMap map,
		final Consumer<float[]> change, final Batch batch, final int slot)
	{
		writeInput(index, map, change, batch, slot);
		writeTargets(index, map, batch, slot);
	}

	/** The grey values alone. */
	void writeInput(final int index, final CoordinateMap map,
		final Consumer<float[]> change, final Batch batch, final int slot)
	{
		final float[] planes = image(samples.get(index), map);
		change.accept(planes);
		final FloatBuffer input = batch.input().duplicate();
		input.position(slot * planes.length);
		input.put(interleaved(planes));
	}

	/** Targets and weights alone. */
	void writeTargets(final int index, final CoordinateMap map, final Batch batch,
		final int slot)
	{
		targets.write(labels(index, map), labelGrid.size, batch, slot);
	}

	int channels() {
		return channels;
	}

	private float[] image(final Sample sample, final CoordinateMap map) {
		final int length = inputGrid.size[0];
		final int points = inputGrid.points();
		final float[] pixels = sample.imageArray();
		final int area = pixels.length / channels;
		final float[] planes = new float[channels * points];
		final CoordinateMap.Lines lines = map.on(inputGrid);
		final MirroredImage image = new MirroredImage(sample.size(), length);
		for (int line = 0; line < inputGrid.lines(); line++) {
			image.locate(lines.source(line));
			for (int c = 0; c < channels; c++)
				image.interpolate(pixels, c * area, planes, c * points + line * length);
		}
		return planes;
	}

	private int[] labels(final int index, final CoordinateMap map) {
		final int length = labelGrid.size[0];
		final int[] result = new int[labelGrid.points()];
		final CoordinateMap.Lines lines = map.on(labelGrid);
		final MirroredImage image = new MirroredImage(samples.get(index).size(),
			length);
		for (int line = 0; line < labelGrid.lines(); line++)
			image.nearest(lines.source(line), labels[index], result, line * length);
		return result;
	}

	/** From channel after channel to pixel after pixel. */
	private float[] interleaved(final float[] planes) {
		if (channels == 1) return planes;
		final float[] result = new float[planes.length];
		final int points = planes.length / channels;
		for (int c = 0; c < channels; c++)
			for (int i = 0; i < points; i++)
				result[i * channels + c] = planes[c * points + i];
		return result;
	}
}
