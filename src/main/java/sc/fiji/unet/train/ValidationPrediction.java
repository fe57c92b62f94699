
package sc.fiji.unet.train;

import java.util.Arrays;

import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.unet.data.Sample;

/**
 * What the network says about a validation image, or, of a large one, about the
 * part in its middle. The object is immutable, its pixels are shared and must
 * not be changed.
 */
public final class ValidationPrediction {

	/** Pixels that such a part has at most. */
	private static final double LARGEST = 1 << 20;

	private final String name;
	private final ArrayImg<FloatType, FloatArray> image;
	private final ArrayImg<IntType, IntArray> labels;
	private final ArrayImg<FloatType, FloatArray> probabilities;

	/** @param probabilities of the part of the sample that they cover */
	ValidationPrediction(final Sample sample, final Interval part,
		final ArrayImg<FloatType, FloatArray> probabilities)
	{
		name = sample.name();
		image = ArrayImgs.floats(withChannels(part, sample.channels())
			.dimensionsAsLongArray());
		copy(Views.interval(sample.image(), withChannels(part, sample.channels())),
			image);
		labels = ArrayImgs.ints(part.dimensionsAsLongArray());
		final Cursor<IntType> from = Views.flatIterable(Views.interval(sample
			.labels(), part)).cursor();
		labels.forEach(pixel -> pixel.set(from.next()));
		this.probabilities = ArrayImgs.floats(probabilities
			.dimensionsAsLongArray());
		copy(probabilities, this.probabilities);
	}

	private static void copy(final RandomAccessibleInterval<FloatType> from,
		final ArrayImg<FloatType, FloatArray> to)
	{
		final Cursor<FloatType> cursor = Views.flatIterable(from).cursor();
		to.forEach(pixel -> pixel.set(cursor.next()));
	}

	/**
	 * @param size x, y[, z] of an image
	 * @return what is shown of it: all, or the middle of a large one
	 */
	static Interval part(final long[] size) {
		final long longest = (long) Math.pow(LARGEST, 1.0 / size.length);
		final long[] min = new long[size.length];
		final long[] max = new long[size.length];
		for (int d = 0; d < size.length; d++) {
			min[d] = Math.max(0, (size[d] - longest) / 2);
			max[d] = Math.min(size[d], min[d] + longest) - 1;
		}
		return new FinalInterval(min, max);
	}

	private static Interval withChannels(final Interval part,
		final int channels)
	{
		final int n = part.numDimensions();
		final long[] min = Arrays.copyOf(part.minAsLongArray(), n + 1);
		final long[] max = Arrays.copyOf(part.maxAsLongArray(), n + 1);
		max[n] = channels - 1;
		return new FinalInterval(min, max);
	}

	/** @return name of the image */
	public String name() {
		return name;
	}

	/** @return normalised grey values (x, y[, z], c) */
	public ArrayImg<FloatType, FloatArray> image() {
		return image;
	}

	/** @return true labels (x, y[, z]) as in a {@link Sample} */
	public ArrayImg<IntType, IntArray> labels() {
		return labels;
	}

	/** @return probabilities (x, y[, z], foreground class), 0 to 1 */
	public ArrayImg<FloatType, FloatArray> probabilities() {
		return probabilities;
	}
}
