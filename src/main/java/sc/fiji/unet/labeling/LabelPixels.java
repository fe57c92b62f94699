
package sc.fiji.unet.labeling;

import java.util.Arrays;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/**
 * The pixels of a label image as one flat array, for loops that must be fast.
 */
public final class LabelPixels {

	private final int[] values;
	private final long[] size;

	private LabelPixels(final int[] values, final long[] size) {
		this.values = values;
		this.size = size;
	}

	/**
	 * @param image integer image (x, y[, z]) of any type and origin
	 * @throws IllegalArgumentException if the image is empty or has more than
	 *           2^31 - 1 pixels, or a value does not fit into an int
	 */
	public static LabelPixels of(
		final RandomAccessibleInterval<? extends IntegerType<?>> image)
	{
		final long[] size = Intervals.dimensionsAsLongArray(image);
		final long count = Intervals.numElements(size);
		if (count < 1 || count > Integer.MAX_VALUE - 8)
			throw new IllegalArgumentException("A label image of size " + Arrays
				.toString(size) +
				" must have between 1 and 2^31 pixels; split it into blocks.");
		final int[] own = storage(image);
		return new LabelPixels(own != null && own.length == count ? own : copy(
			image, (int) count), size);
	}

	/**
	 * The array that an array image of ints consists of, null for others:
	 * unsigned ints lie in such an array as well, but large ones as negative.
	 */
	private static int[] storage(final Object image) {
		if (!(image instanceof ArrayImg) || !(((ArrayImg<?, ?>) image)
			.firstElement() instanceof IntType)) return null;
		final Object access = ((ArrayImg<?, ?>) image).update(null);
		return access instanceof IntArray ? ((IntArray) access)
			.getCurrentStorageArray() : null;
	}

	private static int[] copy(
		final RandomAccessibleInterval<? extends IntegerType<?>> image,
		final int count)
	{
		final int[] values = new int[count];
		final Cursor<? extends IntegerType<?>> cursor = Views.flatIterable(image)
			.cursor();
		for (int i = 0; i < count; i++)
			values[i] = toInt(cursor.next().getIntegerLong());
		return values;
	}

	/**
	 * @param value label value as stored
	 * @return the same
	 * @throws IllegalArgumentException if labels cannot have it
	 */
	public static int toInt(final long value) {
		if ((int) value != value) throw new IllegalArgumentException(
			"Label value " + value + " must lie between " + Integer.MIN_VALUE +
				" and " + Integer.MAX_VALUE + "; number the objects anew.");
		return (int) value;
	}

	/**
	 * @return the pixels, x fastest; may be the image's own storage, so read only
	 */
	public int[] values() {
		return values;
	}

	/** @return size x, y[, z]; a copy */
	public long[] size() {
		return size.clone();
	}

	/** @return number of axes */
	public int dimensions() {
		return size.length;
	}

	/** @return number of pixels */
	public int count() {
		return (int) Intervals.numElements(size);
	}

	/**
	 * @param pixels pixels in the same order and number
	 * @return an image of this size around the array, which is not copied
	 */
	public ArrayImg<IntType, IntArray> imageOf(final int[] pixels) {
		return ArrayImgs.ints(pixels, size);
	}

	/**
	 * @param other image that must have the same size
	 * @param what what the two are, for the message, such as "Truth and result"
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public void checkSameSize(final LabelPixels other, final String what) {
		if (!Arrays.equals(size, other.size)) throw new IllegalArgumentException(
			what + " must have the same size, but are " + Arrays.toString(size) +
				" and " + Arrays.toString(other.size) +
				"; check that they belong together.");
	}
}
