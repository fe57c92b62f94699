
package sc.fiji.unet.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;

import net.imglib2.RandomAccess;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetShape;

/** Noise images, and the slow way to their probabilities. */
final class TestImages {

	private TestImages() {}

	/** @return grey values 0 to 1 (x, y[, z], c), both ends present a channel */
	static ArrayImg<FloatType, FloatArray> noise(final long seed,
		final long... size)
	{
		final Random random = new Random(seed);
		final ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(size);
		final float[] values = image.update(null).getCurrentStorageArray();
		for (int i = 0; i < values.length; i++)
			values[i] = random.nextFloat();
		return image;
	}

	/** @return maps 0 to 0 and 1 to 1 in each channel */
	static Normalizer identity(final int channels) {
		final ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(2, 1,
			channels);
		final float[] values = image.update(null).getCurrentStorageArray();
		for (int i = 1; i < values.length; i += 2)
			values[i] = 1;
		return Normalizer.of(image, Preprocessing.minMax());
	}

	/**
	 * The whole image in one piece: mirror-extended pixel by pixel as far as the
	 * network needs, predicted once, cropped.
	 *
	 * @return probabilities, order [class, x, y[, z]]
	 */
	static float[] untiled(final Network network,
		final ArrayImg<FloatType, FloatArray> image)
	{
		final int n = network.config().dimensions();
		final UNetShape shape = new UNetShape(network.config());
		final long[] size = Arrays.copyOf(image.dimensionsAsLongArray(), n);
		final boolean same = network.config().padding() == Padding.SAME;
		final long[] before = new long[n];
		final long[] input = same ? new long[n] : shape.inputFor(size);
		for (int d = 0; d < n; d++) {
			final int g = shape.granularity(d);
			before[d] = same ? (shape.reach(d) + g - 1) / g * g : shape.margin(d);
			if (same) input[d] = 2 * before[d] + (size[d] + g - 1) / g * g;
		}
		final int classes = network.config().classes();
		final long[] output = shape.networkOutput(input);
		final FloatBuffer result = direct(classes * product(output));
		network.predict(1, input, extended(image, before, input), result);
		final float[] cropped = new float[(int) (classes * product(size))];
		for (int i = 0; i < cropped.length / classes; i++) {
			long place = 0;
			long rest = i;
			long stride = 1;
			for (int d = 0; d < n; d++) {
				place += (rest % size[d] + (same ? before[d] : 0)) * stride;
				rest /= size[d];
				stride *= output[d];
			}
			for (int c = 0; c < classes; c++)
				cropped[i * classes + c] = result.get((int) (place * classes + c));
		}
		return cropped;
	}

	private static FloatBuffer extended(
		final ArrayImg<FloatType, FloatArray> image, final long[] before,
		final long[] size)
	{
		final int n = size.length;
		final int channels = (int) image.dimension(n);
		final FloatBuffer input = direct(channels * product(size));
		final RandomAccess<FloatType> access = image.randomAccess();
		for (int i = 0; i < input.capacity() / channels; i++) {
			long rest = i;
			for (int d = 0; d < n; d++) {
				access.setPosition(reflect(rest % size[d] - before[d], image.dimension(
					d)), d);
				rest /= size[d];
			}
			for (int c = 0; c < channels; c++) {
				access.setPosition(c, n);
				input.put(i * channels + c, access.get().get());
			}
		}
		return input;
	}

	/** One bounce after the other. */
	private static long reflect(final long position, final long size) {
		if (size == 1) return 0;
		long p = position;
		while (p < 0 || p >= size)
			p = p < 0 ? -p : 2 * (size - 1) - p;
		return p;
	}

	private static long product(final long[] size) {
		return Arrays.stream(size).reduce(1, (a, b) -> a * b);
	}

	private static FloatBuffer direct(final long length) {
		return ByteBuffer.allocateDirect((int) (4 * length)).order(ByteOrder
			.nativeOrder()).asFloatBuffer();
	}
}
