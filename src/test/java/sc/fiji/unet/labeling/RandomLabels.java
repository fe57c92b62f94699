
package sc.fiji.unet.labeling;

import java.util.Random;

import net.imglib2.Cursor;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

/** Label images for tests against naive definitions. */
public final class RandomLabels {

	private RandomLabels() {}

	/**
	 * @return boxes of random labels over each other (so that an object may
	 *         consist of parts), single pixels, and some ignored pixels
	 */
	public static ArrayImg<IntType, IntArray> boxes(final Random random,
		final int boxes, final long... size)
	{
		final ArrayImg<IntType, IntArray> image = ArrayImgs.ints(size);
		for (int b = 0; b < boxes; b++) {
			final int label = random.nextInt(10) == 0 ? -1 : 1000000 * random.nextInt(
				2) + 1 + random.nextInt(boxes);
			final long[] min = new long[size.length];
			final long[] extent = new long[size.length];
			for (int d = 0; d < size.length; d++) {
				min[d] = random.nextInt((int) size[d]);
				extent[d] = random.nextBoolean() ? 1 : 1 + random.nextInt(
					(int) (size[d] - min[d]));
			}
			fill(image, label, min, extent);
		}
		return image;
	}

	private static void fill(final ArrayImg<IntType, IntArray> image,
		final int label, final long[] min, final long[] extent)
	{
		final Cursor<IntType> cursor = image.localizingCursor();
		while (cursor.hasNext()) {
			cursor.fwd();
			boolean inside = true;
			for (int d = 0; d < min.length; d++) {
				final long x = cursor.getLongPosition(d) - min[d];
				inside &= x >= 0 && x < extent[d];
			}
			if (inside) cursor.get().set(label);
		}
	}

	/** @return the image's own array */
	public static int[] pixels(final ArrayImg<IntType, IntArray> image) {
		return image.update(null).getCurrentStorageArray();
	}
}
