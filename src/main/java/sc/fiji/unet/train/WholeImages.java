
package sc.fiji.unet.train;

import java.nio.FloatBuffer;
import java.util.function.BiConsumer;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.ValidationTiles;

/**
 * Puts the images held out together again from their tiles, one after the
 * other, so that one is in memory at a time; of large ones the middle. To be
 * used for one pass.
 */
final class WholeImages {

	/** Longest side of what is put together, in pixels. */
	private static final long LONGEST = 2048;
	private static final int NONE = -1;

	private final ValidationTiles tiles;
	private final int classes;
	private final BiConsumer<Sample, float[]> receiver;
	private int image = NONE;
	/** The image, or its middle. */
	private Sample sample;
	private float[] probabilities;
	/** The same as (x, y[, z], class), in the coordinates of the image. */
	private RandomAccessibleInterval<FloatType> view;

	/**
	 * @param classes number of output channels of the network
	 * @param receiver gets each image, or its middle, with its probabilities,
	 *          order [class, x, y[, z]]
	 */
	WholeImages(final ValidationTiles tiles, final int classes,
		final BiConsumer<Sample, float[]> receiver)
	{
		this.tiles = tiles;
		this.classes = classes;
		this.receiver = receiver;
	}

	/**
	 * @param firstTile index of the batch's first tile
	 * @param count number of tiles in the batch, empty ones at the end included
	 * @param batch order [class, x, y[, z], tile]
	 */
	void add(final long firstTile, final int count, final FloatBuffer batch) {
		for (int slot = 0; slot < count && firstTile + slot < tiles
			.count(); slot++)
		{
			final long tile = firstTile + slot;
			if (tiles.imageOf(tile) != image) begin(tiles.imageOf(tile));
			tiles.collect(tile, image, batch, slot, classes, 0, view);
			final boolean isLast = tile + 1 == tiles.count() || tiles.imageOf(tile +
				1) != image;
			if (isLast) receiver.accept(sample, probabilities);
		}
	}

	private void begin(final int next) {
		image = next;
		final Sample whole = tiles.samples().get(next);
		sample = whole.middle(LONGEST);
		final long[] size = sample.size();
		final int n = size.length;
		final long[] withClasses = new long[n + 1];
		final long[] origin = new long[n + 1];
		withClasses[0] = classes;
		long pixels = classes;
		for (int d = 0; d < n; d++) {
			withClasses[d + 1] = size[d];
			origin[d] = (whole.size()[d] - size[d]) / 2;
			pixels *= size[d];
		}
		probabilities = new float[Math.toIntExact(pixels)];
		view = Views.translate(Views.moveAxis(ArrayImgs.floats(probabilities,
			withClasses), 0, n), origin);
	}
}
