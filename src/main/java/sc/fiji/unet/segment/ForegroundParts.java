
package sc.fiji.unet.segment;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.unet.labeling.NeckParts;

/**
 * Objects of a network without seeds: what hangs together of one class, parted
 * where it has necks. Needs 23 bytes a pixel meanwhile. Not thread-safe.
 */
final class ForegroundParts {

	private static final long MOST_PIXELS = Integer.MAX_VALUE - 8;

	private final RandomAccessibleInterval<IntType> labels;

	/**
	 * @param labels index of the class of each pixel (x, y[, z]), 0 = background;
	 *          will hold the objects
	 * @throws IllegalArgumentException if there are 2^31 pixels or more
	 */
	ForegroundParts(final RandomAccessibleInterval<IntType> labels) {
		this.labels = labels;
		final long pixels = Intervals.numElements(labels);
		if (pixels > MOST_PIXELS) throw new IllegalArgumentException(
			"Objects cannot be parted at necks in a region of " + pixels +
				" pixels at once; segment regions of less than 2^31 pixels (46,000 x 46,000), or part none with split=0.");
	}

	/**
	 * Replaces classes by objects, 1 to n in scan order.
	 *
	 * @param neck share by which a neck is narrower than the smaller part
	 * @param foregrounds number of classes but the background
	 * @return class of each object; 0 at 0
	 * @throws CancellationException if {@code cancelled} says so
	 */
	int[] run(final double neck, final int foregrounds,
		final BooleanSupplier cancelled)
	{
		final int[] classes = new int[(int) Intervals.numElements(labels)];
		int i = 0;
		for (final IntType pixel : Views.flatIterable(labels))
			classes[i++] = pixel.get();
		return number(classes, parts(classes, neck, foregrounds, cancelled));
	}

	/** @return for each pixel a number that its part alone has */
	private int[] parts(final int[] classes, final double neck,
		final int foregrounds, final BooleanSupplier cancelled)
	{
		final int[] all = new int[classes.length];
		final byte[] mask = new byte[classes.length];
		for (int c = 1; c <= foregrounds; c++) {
			for (int p = 0; p < mask.length; p++)
				mask[p] = (byte) (classes[p] == c ? 1 : 0);
			final int[] parts = NeckParts.of(mask, labels.dimensionsAsLongArray(),
				neck, cancelled);
			if (parts == null) throw new CancellationException(
				"Segmentation was cancelled.");
			for (int p = 0; p < all.length; p++)
				if (mask[p] != 0) all[p] = parts[p];
		}
		return all;
	}

	/** Numbers of parts are indices of pixels. */
	private int[] number(final int[] classes, final int[] parts) {
		final int[] numbers = new int[parts.length];
		int[] classOf = new int[1];
		int objects = 0;
		int p = 0;
		for (final IntType pixel : Views.flatIterable(labels)) {
			if (classes[p] > 0) {
				if (numbers[parts[p]] == 0) {
					numbers[parts[p]] = ++objects;
					if (objects == classOf.length) classOf = Arrays.copyOf(classOf, 2 *
						objects);
					classOf[objects] = classes[p];
				}
				pixel.set(numbers[parts[p]]);
			}
			p++;
		}
		return Arrays.copyOf(classOf, objects + 1);
	}
}
