
package sc.fiji.unet.data;

import java.util.Arrays;
import java.util.Objects;

import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.Type;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * An image with its labels, ready for training. The object is immutable, its
 * pixels are shared and must not be changed.
 */
public final class Sample {

	/** Label of pixels that are neither trained on nor counted. */
	public static final int IGNORE = -1;

	private final String name;
	private final ArrayImg<FloatType, FloatArray> image;
	private final ArrayImg<IntType, IntArray> labels;

	/**
	 * @param name what messages call the sample: its file name without extension
	 * @param image normalised grey values (x, y[, z], c)
	 * @param labels 0 = background, &gt; 0 = instance id, class index or, for
	 *          masks, 1; {@link #IGNORE} = ignored; (x, y[, z])
	 * @throws IllegalArgumentException if image and labels differ in size
	 */
	public Sample(final String name, final ArrayImg<FloatType, FloatArray> image,
		final ArrayImg<IntType, IntArray> labels)
	{
		this.name = Objects.requireNonNull(name);
		this.image = Objects.requireNonNull(image);
		this.labels = Objects.requireNonNull(labels);
		final long[] imageSize = image.dimensionsAsLongArray();
		final long[] spatial = Arrays.copyOf(imageSize, imageSize.length - 1);
		if (!Arrays.equals(spatial, labels.dimensionsAsLongArray()))
			throw new IllegalArgumentException("Image '" + name + "' has size " +
				Arrays.toString(spatial) + ", but its labels have " + Arrays.toString(
					labels.dimensionsAsLongArray()) + "; they must be equal.");
	}

	/** @return what messages call the sample */
	public String name() {
		return name;
	}

	/** @return normalised grey values (x, y[, z], c); not a copy */
	public ArrayImg<FloatType, FloatArray> image() {
		return image;
	}

	/**
	 * @return labels (x, y[, z]); 0 = background, {@link #IGNORE} = ignored; not
	 *         a copy
	 */
	public ArrayImg<IntType, IntArray> labels() {
		return labels;
	}

	/** @return number of spatial axes: 2 or 3 */
	public int dimensions() {
		return labels.numDimensions();
	}

	/** @return number of channels */
	public int channels() {
		return (int) image.dimension(dimensions());
	}

	/** @return size x, y[, z] in pixels; a copy */
	public long[] size() {
		return labels.dimensionsAsLongArray();
	}

	/**
	 * @param most number of pixels, 1 or more
	 * @return the middle part, no longer than that along any axis; this sample
	 *         itself where it is no longer
	 */
	public Sample middle(final long most) {
		final long[] size = image.dimensionsAsLongArray();
		final long[] min = new long[size.length];
		final long[] max = new long[size.length];
		boolean larger = false;
		for (int d = 0; d < size.length; d++) {
			final long length = d < dimensions() ? Math.min(size[d], most) : size[d];
			min[d] = (size[d] - length) / 2;
			max[d] = min[d] + length - 1;
			larger |= length < size[d];
		}
		if (!larger) return this;
		final int n = dimensions();
		return new Sample(name, copy(image, ArrayImgs.floats(sizes(min, max)), min,
			max), copy(labels, ArrayImgs.ints(sizes(Arrays.copyOf(min, n), Arrays
				.copyOf(max, n))), Arrays.copyOf(min, n), Arrays.copyOf(max, n)));
	}

	private static long[] sizes(final long[] min, final long[] max) {
		return new FinalInterval(min, max).dimensionsAsLongArray();
	}

	private static <T extends Type<T>, I extends RandomAccessibleInterval<T>> I
		copy(final RandomAccessibleInterval<T> from, final I to, final long[] min,
			final long[] max)
	{
		LoopBuilder.setImages(Views.zeroMin(Views.interval(from, min, max)), to)
			.forEachPixel((source, target) -> target.set(source));
		return to;
	}

	/** The pixels of {@link #image()} in flat order, channel after channel. */
	float[] imageArray() {
		return image.update(null).getCurrentStorageArray();
	}

	/** The pixels of {@link #labels()} in flat order. */
	int[] labelArray() {
		return labels.update(null).getCurrentStorageArray();
	}
}
