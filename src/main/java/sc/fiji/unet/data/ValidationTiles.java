
package sc.fiji.unet.data;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.Localizable;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.unet.network.Batch;

/**
 * Patches that together cover every pixel of some images once, without
 * augmentation: for the loss on images held out. Where tiles overlap, the pixel
 * weighs 0 in all but the first; so do pixels outside the image. From
 * {@link #count()} on patches are empty, with weight 0, to fill the last batch.
 * For any number of threads at once.
 * <p>
 * Targets and weights are the same at every look and cost more than the image,
 * so they are kept, as far as they fit into an eighth of the memory.
 * </p>
 */
public final class ValidationTiles implements PatchSource {

	/** Targets and weights of a tile. Immutable. */
	private static final class Answer {

		private final int[] targets;
		private final float[] weights;

		Answer(final Batch batch, final int slot) {
			final int pixels = batch.weights().capacity() / batch.samples();
			targets = new int[pixels];
			weights = new float[pixels];
			at(batch.targets(), slot * pixels).get(targets);
			at(batch.weights(), slot * pixels).get(weights);
		}

		void write(final Batch batch, final int slot) {
			at(batch.targets(), slot * targets.length).put(targets);
			at(batch.weights(), slot * weights.length).put(weights);
		}

		/** Duplicates, as other threads use other slots of the same buffers. */
		private static IntBuffer at(final IntBuffer buffer, final int position) {
			final IntBuffer result = buffer.duplicate();
			result.position(position);
			return result;
		}

		private static FloatBuffer at(final FloatBuffer buffer,
			final int position)
		{
			final FloatBuffer result = buffer.duplicate();
			result.position(position);
			return result;
		}
	}

	/** Part of an image, in its pixels. */
	private static final class Tile {

		private final int image;
		/** First pixel of the region that the tile answers for. */
		private final long[] origin;
		/** First pixel that no tile before has covered. */
		private final long[] fresh;

		Tile(final int image, final long[] origin, final long[] fresh) {
			this.image = image;
			this.origin = origin;
			this.fresh = fresh;
		}
	}

	private final List<Sample> samples;
	private final PatchSize size;
	private final PatchWriter writer;
	private final List<Tile> tiles = new ArrayList<>();
	/** Of the first tiles, once they were filled. */
	private final AtomicReferenceArray<Answer> answers;

	/**
	 * @param samples images to cover, normalised; kept, not copied
	 * @param size sizes of a patch
	 * @param targets how labels become targets and weights
	 * @throws IllegalArgumentException if there is no sample, or their axes or
	 *           channels differ
	 */
	public ValidationTiles(final List<Sample> samples, final PatchSize size,
		final Targets targets)
	{
		this(samples, size, targets, Runtime.getRuntime().maxMemory() / 8);
	}

	/** @param memory bytes that targets and weights may take up */
	ValidationTiles(final List<Sample> samples, final PatchSize size,
		final Targets targets, final long memory)
	{
		writer = new PatchWriter(samples, size, targets);
		this.samples = samples;
		this.size = size;
		for (int i = 0; i < samples.size(); i++)
			cover(i, samples.get(i).size());
		long bytes = Integer.BYTES + Float.BYTES;
		for (final long length : size.output())
			bytes *= length;
		answers = new AtomicReferenceArray<>((int) Math.min(tiles.size(), memory /
			bytes));
	}

	private void cover(final int image, final long[] imageSize) {
		final long[] region = size.region();
		final int n = region.length;
		final long[] counts = new long[n];
		long all = 1;
		for (int d = 0; d < n; d++) {
			counts[d] = (imageSize[d] + region[d] - 1) / region[d];
			all *= counts[d];
		}
		for (long t = 0; t < all; t++) {
			final long[] origin = new long[n];
			final long[] fresh = new long[n];
			long rest = t;
			for (int d = 0; d < n; d++) {
				fresh[d] = rest % counts[d] * region[d];
				rest /= counts[d];
				// An image smaller than the region lies in its middle.
				origin[d] = imageSize[d] < region[d] ? (imageSize[d] - region[d]) / 2
					: Math.min(fresh[d], imageSize[d] - region[d]);
			}
			tiles.add(new Tile(image, origin, fresh));
		}
	}

	/** @return number of tiles */
	public long count() {
		return tiles.size();
	}

	/**
	 * @param samplesPerBatch number of patches in a batch
	 * @return number of batches that hold all tiles
	 */
	public long batches(final int samplesPerBatch) {
		return (count() + samplesPerBatch - 1) / samplesPerBatch;
	}

	/**
	 * @param k index of a tile, below {@link #count()}; the tiles of an image
	 *          follow one another, in the order of the images
	 * @return index of the image that it is a part of
	 */
	public int imageOf(final long k) {
		return tiles.get((int) k).image;
	}

	/** @return the images covered */
	public List<Sample> samples() {
		return Collections.unmodifiableList(samples);
	}

	@Override
	public Batch newBatch(final int count) {
		return writer.newBatch(count);
	}

	@Override
	public void fill(final long k, final Batch batch, final int slot) {
		final Tile tile = tiles.get((int) Math.min(k, tiles.size() - 1));
		final long[] input = size.input();
		final long[] region = size.region();
		final double[] centre = new double[input.length];
		for (int d = 0; d < centre.length; d++)
			centre[d] = tile.origin[d] - (input[d] - region[d]) / 2 + (input[d] - 1) /
				2.0;
		final CoordinateMap map = GeometricAugmentation.draw(AugmentationConfig
			.none(), input, centre, new SeededRandom(0, 0));
		writer.writeInput(tile.image, map, planes -> {}, batch, slot);
		if (k < tiles.size()) answer((int) k, map, batch, slot);
		else clear(batch, slot);
	}

	/**
	 * Copies what a network says about a tile to its place in an image. Together
	 * the tiles of an image give each of its pixels a value.
	 *
	 * @param k index of the tile
	 * @param image index of the image that is wanted; of a tile of another one
	 *          nothing is copied
	 * @param probabilities of a batch of tiles, order [class, x, y[, z], tile]
	 * @param slot index of the tile within the batch
	 * @param classes number of channels of the probabilities
	 * @param firstClass first channel that is wanted
	 * @param target receives the probabilities (x, y[, z], channel) in the
	 *          image's coordinates; may be a part of the image
	 */
	public void collect(final long k, final int image,
		final FloatBuffer probabilities, final int slot, final int classes,
		final int firstClass, final RandomAccessibleInterval<FloatType> target)
	{
		if (k >= tiles.size() || tiles.get((int) k).image != image) return;
		final Tile tile = tiles.get((int) k);
		final Interval fresh = fresh(tile, target);
		if (Intervals.isEmpty(fresh)) return;
		final Cursor<FloatType> cursor = Views.iterable(Views.interval(target,
			fresh)).localizingCursor();
		final int axis = fresh.numDimensions() - 1;
		while (cursor.hasNext()) {
			cursor.fwd();
			final int pixel = outputPixel(tile, cursor, slot);
			cursor.get().set(probabilities.get(pixel * classes + firstClass + cursor
				.getIntPosition(axis)));
		}
	}

	/** What a tile alone answers for, within a target. */
	private Interval fresh(final Tile tile, final Interval target) {
		final long[] min = target.minAsLongArray();
		final long[] max = target.maxAsLongArray();
		final long[] region = size.region();
		for (int d = 0; d < region.length; d++) {
			min[d] = Math.max(min[d], tile.fresh[d]);
			max[d] = Math.min(max[d], tile.origin[d] + region[d] - 1);
		}
		return new FinalInterval(min, max);
	}

	/** Index of the pixel of the network's output that lies there. */
	private int outputPixel(final Tile tile, final Localizable position,
		final int slot)
	{
		final long[] region = size.region();
		final long[] output = size.output();
		long pixel = slot;
		for (int d = region.length - 1; d >= 0; d--)
			pixel = pixel * output[d] + (2 * (position.getLongPosition(d) -
				tile.origin[d]) + 1) * output[d] / (2 * region[d]);
		return (int) pixel;
	}

	private void answer(final int k, final CoordinateMap map, final Batch batch,
		final int slot)
	{
		final Answer known = k < answers.length() ? answers.get(k) : null;
		if (known != null) {
			known.write(batch, slot);
			return;
		}
		writer.writeTargets(tiles.get(k).image, map, batch, slot);
		keepFresh(tiles.get(k), batch.weights(), slot);
		if (k < answers.length()) answers.set(k, new Answer(batch, slot));
	}

	private static void clear(final Batch batch, final int slot) {
		final int pixels = batch.weights().capacity() / batch.samples();
		for (int i = slot * pixels; i < (slot + 1) * pixels; i++) {
			batch.targets().put(i, 0);
			batch.weights().put(i, 0);
		}
	}

	/** Sets weights to 0 where another tile counts, and outside the image. */
	private void keepFresh(final Tile tile, final FloatBuffer weights,
		final int slot)
	{
		final long[] imageSize = samples.get(tile.image).size();
		final long[] region = size.region();
		final long[] output = size.output();
		final boolean[][] keep = new boolean[output.length][];
		int pixels = 1;
		for (int d = 0; d < keep.length; d++) {
			keep[d] = new boolean[(int) output[d]];
			pixels *= keep[d].length;
			for (int i = 0; i < keep[d].length; i++) {
				final double at = tile.origin[d] + (i + 0.5) * region[d] / output[d];
				keep[d][i] = at >= tile.fresh[d] && at < imageSize[d];
			}
		}
		for (int i = 0; i < pixels; i++) {
			int rest = i;
			boolean kept = true;
			for (int d = 0; d < keep.length; d++) {
				kept &= keep[d][rest % keep[d].length];
				rest /= keep[d].length;
			}
			if (!kept) weights.put(slot * pixels + i, 0);
		}
	}
}
