
package sc.fiji.unet.data;

import java.util.Arrays;
import java.util.Objects;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;

/**
 * An image and its labels as they were read, before any check. Immutable; the
 * pixels are shared.
 */
public final class RawSample {

	private final String name;
	private final RandomAccessibleInterval<? extends RealType<?>> image;
	private final RandomAccessibleInterval<? extends IntegerType<?>> labels;

	/**
	 * @param name what messages call the sample: its file name without extension
	 * @param image grey values as stored (x, y[, z], c); the channel axis is
	 *          always present
	 * @param labels label values as stored (x, y[, z])
	 */
	public RawSample(final String name,
		final RandomAccessibleInterval<? extends RealType<?>> image,
		final RandomAccessibleInterval<? extends IntegerType<?>> labels)
	{
		this.name = Objects.requireNonNull(name);
		this.image = Objects.requireNonNull(image);
		this.labels = Objects.requireNonNull(labels);
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
