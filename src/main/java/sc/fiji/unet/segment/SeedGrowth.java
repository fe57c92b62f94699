
package sc.fiji.unet.segment;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.unet.labeling.NeckParts;
import sc.fiji.unet.labeling.SeededWatershed;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;

/**
 * Grows objects from seeds over the foreground, where the probability of the
 * inside is high first, so that they meet where it is low. Keeps the
 * probability of every pixel as one byte until then. Not thread-safe.
 */
final class SeedGrowth {

	private static final int HIGHEST = 255;
	private static final long MOST_PIXELS = Integer.MAX_VALUE - 8;

	private final RandomAccessibleInterval<IntType> labels;
	private final Readout readout;
	private final double threshold;
	private final byte[] levels;
	private final RandomAccessibleInterval<UnsignedByteType> levelImage;

	/**
	 * @param labels will hold the seeds; objects grow in it
	 * @param readout how the output of the network is read
	 * @param postprocessing threshold of the foreground
	 * @throws IllegalArgumentException if there are 2^31 pixels or more
	 */
	SeedGrowth(final RandomAccessibleInterval<IntType> labels,
		final Readout readout, final Postprocessing postprocessing)
	{
		this.labels = labels;
		this.readout = readout;
		threshold = postprocessing.threshold();
		final long pixels = Intervals.numElements(labels);
		if (pixels > MOST_PIXELS) throw new IllegalArgumentException(
			"Objects cannot grow from seeds in a region of " + pixels +
				" pixels at once; segment regions of less than 2^31 pixels (46,000 x 46,000).");
		levels = new byte[(int) pixels];
		levelImage = Views.translate(ArrayImgs.unsignedBytes(levels, labels
			.dimensionsAsLongArray()), labels.minAsLongArray());
	}

	/** @param probabilities of a tile, order [class, x, y[, z]] */
	void accept(final Interval tile, final float[] probabilities) {
		int i = 0;
		for (final UnsignedByteType level : Views.flatIterable(Views.interval(
			levelImage, tile)))
			level.set(level(probabilities, i++));
	}

	/** 0 for background, 255 for what is certainly inside. */
	private int level(final float[] probabilities, final int pixel) {
		if (!(readout.foreground(probabilities, pixel, 0) >= threshold)) return 0;
		return 1 + (int) ((HIGHEST - 1) * Math.min(1, readout.inside(probabilities,
			pixel)));
	}

	/**
	 * Parts seeds at the necks of the foreground. To be called once, when the
	 * labels are seeds, before they grow.
	 *
	 * @param neck share by which a neck is narrower than the smaller part
	 * @param cancelled asked from time to time
	 * @throws CancellationException if {@code cancelled} says so
	 */
	void part(final double neck, final BooleanSupplier cancelled) {
		final int[] parts = NeckParts.of(levels, labels.dimensionsAsLongArray(),
			neck, cancelled);
		if (parts == null) throw new CancellationException(
			"Segmentation was cancelled.");
		write(new SeedPieces(read(), parts).objects());
	}

	private int[] read() {
		final int[] pixels = new int[levels.length];
		int i = 0;
		for (final IntType label : Views.flatIterable(labels))
			pixels[i++] = label.get();
		return pixels;
	}

	private void write(final int[] pixels) {
		int i = 0;
		for (final IntType label : Views.flatIterable(labels))
			label.set(pixels[i++]);
	}

	/**
	 * To be called once, when the labels are seeds.
	 *
	 * @param check called from time to time; throws to stop
	 * @return the highest label of a seed
	 * @throws CancellationException if {@code check} does
	 */
	int grow(final Runnable check) {
		final int[] pixels = read();
		SeededWatershed.grow(pixels, levels, labels.dimensionsAsLongArray(), () -> {
			check.run();
			return false;
		});
		write(pixels);
		return Arrays.stream(pixels).max().orElse(0);
	}
}
