
package sc.fiji.unet.train;

import java.nio.FloatBuffer;
import java.util.Arrays;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.ValidationTiles;

/**
 * Puts together what the network says about one image while all are looked at.
 * Not thread-safe.
 */
final class PredictionCollector {

	private final ValidationTiles tiles;
	private final int image;
	private final Sample sample;
	private final Interval part;
	private final int classes;
	private final ArrayImg<FloatType, FloatArray> probabilities;
	/** The same in the coordinates of the image. */
	private final RandomAccessibleInterval<FloatType> inImage;

	/**
	 * @param image index of the image among those that the tiles cover
	 * @param classes number of output channels of the network
	 */
	PredictionCollector(final ValidationTiles tiles, final int image,
		final int classes)
	{
		this.tiles = tiles;
		this.image = image;
		this.classes = classes;
		sample = tiles.samples().get(image);
		part = ValidationPrediction.part(sample.size());
		final int n = part.numDimensions();
		final long[] size = Arrays.copyOf(part.dimensionsAsLongArray(), n + 1);
		size[n] = classes - firstForeground();
		probabilities = ArrayImgs.floats(size);
		inImage = Views.translate(probabilities, Arrays.copyOf(part
			.minAsLongArray(), n + 1));
	}

	/** A single class is the foreground; of several the first is background. */
	private int firstForeground() {
		return classes == 1 ? 0 : 1;
	}

	/**
	 * @param firstTile index of the batch's first tile
	 * @param count number of tiles in the batch
	 * @param batch order [class, x, y[, z], tile]
	 */
	void add(final long firstTile, final int count, final FloatBuffer batch) {
		for (int slot = 0; slot < count; slot++)
			tiles.collect(firstTile + slot, image, batch, slot, classes,
				firstForeground(), inImage);
	}

	ValidationPrediction prediction() {
		return new ValidationPrediction(sample, part, probabilities);
	}
}
