
package sc.fiji.unet.data;

import java.util.Arrays;
import java.util.Objects;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;

import sc.fiji.unet.network.Axes;

/**
 * An image and its labels as they were read, before any check. Immutable; the
 * pixels are shared.
 */
public final class RawSample {

	private final String name;
	private final String series;
	private final RandomAccessibleInterval<? extends RealType<?>> image;
	private final RandomAccessibleInterval<? extends IntegerType<?>> labels;
	private final Axes axes;
	private final boolean mayBeEmpty;

	/**
	 * An image by itself.
	 *
	 * @param name what messages call the sample: its file name without extension
	 * @param image grey values as stored (x, y[, z], c); the channel axis is
	 *          always present
	 * @param labels label values as stored (x, y[, z])
	 */
	public RawSample(final String name,
		final RandomAccessibleInterval<? extends RealType<?>> image,
		final RandomAccessibleInterval<? extends IntegerType<?>> labels)
	{
		this(name, name, image, labels);
	}

	/**
	 * An image of a series, such as a slice of a stack.
	 *
	 * @param name what messages call the sample
	 * @param series the same for all images that are normalised together
	 * @param image grey values as stored (x, y[, z], c)
	 * @param labels label values as stored (x, y[, z])
	 */
	public RawSample(final String name, final String series,
		final RandomAccessibleInterval<? extends RealType<?>> image,
		final RandomAccessibleInterval<? extends IntegerType<?>> labels)
	{
		this(name, series, image, labels, Axes.uncalibrated(labels.numDimensions()),
			false);
	}

	private RawSample(final String name, final String series,
		final RandomAccessibleInterval<? extends RealType<?>> image,
		final RandomAccessibleInterval<? extends IntegerType<?>> labels,
		final Axes axes, final boolean mayBeEmpty)
	{
		this.name = Objects.requireNonNull(name);
		this.series = Objects.requireNonNull(series);
		this.image = Objects.requireNonNull(image);
		this.labels = Objects.requireNonNull(labels);
		this.axes = axes;
		this.mayBeEmpty = mayBeEmpty;
	}

	/** @return the same image, with the size of its pixels */
	public RawSample withAxes(final Axes value) {
		return new RawSample(name, series, image, labels, value, mayBeEmpty);
	}

	/**
	 * @return the same image, whose labels may be nothing but background:
	 *         somebody has said so
	 */
	public RawSample withEmptyLabelsAllowed() {
		return new RawSample(name, series, image, labels, axes, true);
	}

	/** @return whether labels of nothing but background are meant to be so */
	boolean mayBeEmpty() {
		return mayBeEmpty;
	}

	/** @return spatial axes with the size of a pixel, if that is known */
	public Axes axes() {
		return axes;
	}

	/** @return what the images that are normalised together have in common */
	public String series() {
		return series;
	}

	/** @return what messages call the sample */
	public String name() {
		return name;
	}

	/** @return grey values as stored (x, y[, z], c) */
	public RandomAccessibleInterval<? extends RealType<?>> image() {
		return image;
	}

	/** @return label values as stored (x, y[, z]) */
	public RandomAccessibleInterval<? extends IntegerType<?>> labels() {
		return labels;
	}

	/** @return number of channels of the image */
	public int channels() {
		return (int) image.dimension(image.numDimensions() - 1);
	}

	/** @return size x, y[, z] of the image; a copy */
	public long[] imageSize() {
		return Arrays.copyOf(image.dimensionsAsLongArray(), image.numDimensions() -
			1);
	}

	/** @return size x, y[, z] of the labels; a copy */
	public long[] labelSize() {
		return labels.dimensionsAsLongArray();
	}
}
