
package sc.fiji.unet.data;

import java.util.Arrays;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.unet.network.IntensityStatistics;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.Preprocessing.Normalization;

/**
 * Turns grey values into network input: (value - offset) / scale, once per
 * channel over a whole image or series. A constant channel becomes zeros.
 * Immutable.
 */
public final class Normalizer {

	private final double[] offset;
	/** Inverse of the scale; 0 for a constant channel. */
	private final double[] factor;

	private Normalizer(final double[] offset, final double[] factor) {
		this.offset = offset;
		this.factor = factor;
	}

	/**
	 * @param channels number of channels
	 * @return changes nothing, for images that are normalised already
	 */
	public static Normalizer identity(final int channels) {
		final double[] ones = new double[channels];
		Arrays.fill(ones, 1);
		return new Normalizer(new double[channels], ones);
	}

	/**
	 * @param image grey values (x, y[, z], c)
	 * @param preprocessing where offset and scale come from
	 * @throws IllegalArgumentException if a pixel is NaN or infinite
	 */
	public static Normalizer of(
		final RandomAccessibleInterval<? extends RealType<?>> image,
		final Preprocessing preprocessing)
	{
		return of(ImageStatistics.of("input", image), preprocessing);
	}

	/**
	 * Where the two percentiles coincide although the channel is not constant
	 * (few bright pixels on an even background), minimum and maximum take their
	 * place.
	 *
	 * @param statistics of the image or series
	 * @param preprocessing where offset and scale come from
	 */
	public static Normalizer of(final ImageStatistics statistics,
		final Preprocessing preprocessing)
	{
		final double[] offset = new double[statistics.channels()];
		final double[] factor = new double[statistics.channels()];
		for (int c = 0; c < offset.length; c++) {
			final double[] range = range(statistics, c, preprocessing);
			final double scale = range[1] - range[0];
			offset[c] = range[0];
			factor[c] = scale > 0 ? 1 / scale : 0;
		}
		return new Normalizer(offset, factor);
	}

	/** The grey values that become 0 and 1. */
	private static double[] range(final ImageStatistics statistics,
		final int channel, final Preprocessing preprocessing)
	{
		final IntensityStatistics values = statistics.intensities().get(channel);
		if (preprocessing.normalization() == Normalization.Z_SCORE)
			return new double[] { values.mean(), values.mean() + values
				.standardDeviation() };
		final double low = statistics.percentile(channel, preprocessing
			.lowPercentile());
		final double high = statistics.percentile(channel, preprocessing
			.highPercentile());
		if (high > low && preprocessing
			.normalization() == Normalization.PERCENTILES) return new double[] { low,
				high };
		final double[] percentiles = values.percentiles();
		return new double[] { percentiles[0], percentiles[percentiles.length - 1] };
	}

	/** @return number of channels */
	public int channels() {
		return offset.length;
	}

	/**
	 * @param channel index of the channel
	 * @return grey value that becomes 0
	 */
	public double offset(final int channel) {
		return offset[channel];
	}

	/**
	 * @param channel index of the channel
	 * @return distance in grey values that becomes 1; positive infinity for a
	 *         constant channel
	 */
	public double scale(final int channel) {
		return 1 / factor[channel];
	}

	/**
	 * @param channel index of the channel
	 * @param value finite grey value
	 * @return network input
	 */
	public float apply(final int channel, final float value) {
		return (float) ((value - offset[channel]) * factor[channel]);
	}

	/**
	 * @param image grey values (x, y[, z], c)
	 * @return network input, same axes and size, from coordinate 0
	 * @throws IllegalArgumentException if the number of channels is another
	 */
	public ArrayImg<FloatType, FloatArray> apply(
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		final long[] size = image.dimensionsAsLongArray();
		if (size[size.length - 1] != offset.length)
			throw new IllegalArgumentException("An image of size " + Arrays.toString(
				size) + " (channels last) does not have the " + offset.length +
				" channels that are to be normalised.");
		final ArrayImg<FloatType, FloatArray> result = ArrayImgs.floats(size);
		final float[] values = result.update(null).getCurrentStorageArray();
		final int pixels = values.length / offset.length;
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(image)
			.cursor();
		for (int i = 0; i < values.length; i++)
			values[i] = apply(i / pixels, cursor.next().getRealFloat());
		return result;
	}
}
