
package sc.fiji.unet.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.BoxNetwork;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

/** The mean over seven rotations, against the slow and simple way. */
class RotationsTest {

	private static final double TOLERANCE = 1e-5;
	private static final long SEED = 5;
	private static final int COUNT = 7;

	private static UNetConfig.Builder flat(final Padding padding) {
		return UNetConfig.builder().features(1, 1, 1).padding(padding);
	}

	/** Weighted mean over a disk, the same in all directions. */
	private static final class DiskNetwork implements Network {

		private final UNetConfig config;
		private final int radius;
		private int calls;

		DiskNetwork(final UNetConfig config, final int radius) {
			this.config = config;
			this.radius = radius;
		}

		@Override
		public UNetConfig config() {
			return config;
		}

		@Override
		public String device() {
			return "test";
		}

		@Override
		public void predict(final int samples, final long[] inputSize,
			final FloatBuffer input, final FloatBuffer probabilities)
		{
			calls++;
			final UNetShape shape = new UNetShape(config);
			final long[] size = shape.networkOutput(inputSize);
			final int margin = shape.margin(0);
			for (int y = 0, i = 0; y < size[1]; y++)
				for (int x = 0; x < size[0]; x++, i++)
					probabilities.put(i, mean(input, inputSize, x + margin, y + margin));
		}

		private float mean(final FloatBuffer input, final long[] size, final int x,
			final int y)
		{
			double sum = 0;
			double weights = 0;
			for (int dy = -radius; dy <= radius; dy++)
				for (int dx = -radius; dx <= radius; dx++) {
					final int u = x + dx;
					final int v = y + dy;
					if (u < 0 || v < 0 || u >= size[0] || v >= size[1]) continue;
					final double weight = Math.exp(-(dx * dx + dy * dy) / 4.0);
					sum += weight * input.get(u + (int) size[0] * v);
					weights += weight;
				}
			return (float) (sum / weights);
		}

		@Override
		public void close() {}
	}

	/** @return probabilities, order [x, y[, z], class] */
	private static RandomAccessibleInterval<FloatType> rotated(
		final Network network, final RandomAccessibleInterval<FloatType> image,
		final TileSize size, final Averaging averaging, final Interval interval)
	{
		final int n = interval.numDimensions();
		final int classes = network.config().classes();
		final long[] dimensions = Arrays.copyOf(interval.dimensionsAsLongArray(),
			n + 1);
		dimensions[n] = classes;
		final RandomAccessibleInterval<FloatType> result = Views.translate(ArrayImgs
			.floats(dimensions), Arrays.copyOf(interval.minAsLongArray(), n + 1));
		new OverlapTile(network, size, averaging).compute(image, TestImages
			.identity(network.config().channels()), interval, (tile, p) -> {
				for (int c = 0; c < classes; c++) {
					int i = c;
					for (final FloatType pixel : Views.flatIterable(Views.interval(Views
						.hyperSlice(result, n, c), tile)))
				{
						pixel.set(p[i]);
						i += classes;
					}
				}
			}, () -> false, TileProgress.NONE);
		return result;
	}

	private static RandomAccessibleInterval<FloatType> rotated(
		final Network network, final RandomAccessibleInterval<FloatType> image,
		final TileSize size)
	{
		return rotated(network, image, size, Averaging.ROTATIONS, OverlapTile.space(
			image));
	}

	/** Reflected at the border, linear between the pixels of a plane. */
	private static double at(final RandomAccessibleInterval<FloatType> image,
		final double x, final double y, final long... rest)
	{
		final RandomAccess<FloatType> access = Views.extendMirrorSingle(image)
			.randomAccess();
		for (int d = 0; d < rest.length; d++)
			access.setPosition(rest[d], d + 2);
		double sum = 0;
		for (int corner = 0; corner < 4; corner++) {
			final long u = (long) Math.floor(x) + (corner & 1);
			final long v = (long) Math.floor(y) + (corner >> 1);
			access.setPosition(u, 0);
			access.setPosition(v, 1);
			sum += (1 - Math.abs(x - u)) * (1 - Math.abs(y - v)) * access.get().get();
		}
		return sum;
	}

	/**
	 * The image turned as a whole, far over its border, predicted in one piece,
	 * and turned back as a whole.
	 */
	private static ArrayImg<FloatType, FloatArray> naive(final Network network,
		final ArrayImg<FloatType, FloatArray> image)
	{
		final int n = image.numDimensions() - 1;
		final int classes = network.config().classes();
		final long[] size = image.dimensionsAsLongArray();
		size[n] = classes;
		final ArrayImg<FloatType, FloatArray> sum = ArrayImgs.floats(size);
		// A multiple of the grid of the poolings, more than diagonal and reach.
		final int far = 96;
		for (int k = 0; k < COUNT; k++) {
			final double cos = Math.cos(2 * Math.PI * k / COUNT);
			final double sin = Math.sin(2 * Math.PI * k / COUNT);
			final long[] turnedSize = image.dimensionsAsLongArray();
			turnedSize[0] = turnedSize[1] = 2 * far;
			final ArrayImg<FloatType, FloatArray> turned = ArrayImgs.floats(
				turnedSize);
			turned.forEach(p -> p.set(0));
			fill(turned, (x, y, rest) -> at(image, cos * (x - far) - sin * (y - far),
				sin * (x - far) + cos * (y - far), rest));
			final ArrayImg<FloatType, FloatArray> answer = pixelFirst(TestImages
				.untiled(network, turned), turnedSize, classes);
			fill(sum, (x, y, rest) -> sum.getAt(join(x, y, rest)).get() + at(answer,
				cos * x + sin * y + far, -sin * x + cos * y + far, rest) / COUNT);
		}
		return sum;
	}

	private interface Value {

		double at(long x, long y, long... rest);
	}

	private static void fill(final ArrayImg<FloatType, FloatArray> image,
		final Value value)
	{
		final RandomAccess<FloatType> access = image.randomAccess();
		final int n = image.numDimensions();
		final long[] p = new long[n];
		for (long i = 0; i < image.size(); i++) {
			long left = i;
			for (int d = 0; d < n; d++) {
				p[d] = left % image.dimension(d);
				left /= image.dimension(d);
			}
			access.setPosition(p);
			access.get().set((float) value.at(p[0], p[1], Arrays.copyOfRange(p, 2,
				n)));
		}
	}

	private static long[] join(final long x, final long y, final long[] rest) {
		final long[] p = new long[2 + rest.length];
		p[0] = x;
		p[1] = y;
		System.arraycopy(rest, 0, p, 2, rest.length);
		return p;
	}

	/** @return the values of [class, x, y[, z]] as (x, y[, z], class) */
	private static ArrayImg<FloatType, FloatArray> pixelFirst(
		final float[] values, final long[] size, final int classes)
	{
		final long[] s = size.clone();
		s[s.length - 1] = classes;
		final int pixels = values.length / classes;
		final float[] sorted = new float[values.length];
		for (int i = 0; i < values.length; i++)
			sorted[i % classes * pixels + i / classes] = values[i];
		return ArrayImgs.floats(sorted, s);
	}

	private static void assertClose(
		final RandomAccessibleInterval<FloatType> expected,
		final RandomAccessibleInterval<FloatType> actual, final double tolerance,
		final String what)
	{
		final RandomAccess<FloatType> access = actual.randomAccess();
		final Cursor<FloatType> cursor = Views.flatIterable(Views.interval(expected,
			actual)).localizingCursor();
		double low = 1;
		double high = 0;
		while (cursor.hasNext()) {
			final float value = cursor.next().get();
			access.setPosition(cursor);
			assertEquals(value, access.get().get(), tolerance, what + " at " + Arrays
				.toString(cursor.positionAsLongArray()));
			low = Math.min(low, value);
			high = Math.max(high, value);
		}
		assertTrue(high - low > 50 * tolerance, what + ": values " + low + " to " +
			high + " show nothing");
	}

	@Test
	void equalsTheWholeImageTurnedAndTurnedBack() {
		for (final Padding padding : Padding.values()) {
			final BoxNetwork network = new BoxNetwork(flat(padding).channels(2)
				.classes(3).build(), SEED);
			final ArrayImg<FloatType, FloatArray> image = TestImages.noise(1, 41, 30,
				2);
			final RandomAccessibleInterval<FloatType> expected = naive(new BoxNetwork(
				network.config(), SEED), image);
			for (final TileSize size : new TileSize[] { TileSize.standard(), TileSize
				.atMost(12, 16), TileSize.atMost(4, 40) })
				assertClose(expected, rotated(network, image, size), TOLERANCE, padding
					.toString());
		}
	}

	@Test
	void turnsThePlanesOfAVolume() {
		for (final Padding padding : Padding.values()) {
			final UNetConfig config = UNetConfig.builder().axes(Axes.uncalibrated(3))
				.features(1, 1).kernel(new int[][] { { 3, 3, 1 }, { 3, 3, 3 } })
				.pooling(new int[][] { { 2, 2, 1 } }).padding(padding).build();
			final ArrayImg<FloatType, FloatArray> image = TestImages.noise(1, 15, 12,
				5, 1);
			assertClose(naive(new BoxNetwork(config, SEED), image), rotated(
				new BoxNetwork(config, SEED), image, TileSize.atMost(8, 6, 2)),
				TOLERANCE, padding + " 3-D");
		}
	}

	@Test
	void aPartHasWhatTheWholeHasThere() {
		final Network network = new BoxNetwork(flat(Padding.VALID).build(), SEED);
		final RandomAccessibleInterval<FloatType> image = Views.translate(TestImages
			.noise(2, 60, 50, 1), 1000, -7, 0);
		assertClose(rotated(network, image, TileSize.standard()), rotated(network,
			image, TileSize.atMost(12, 8), Averaging.ROTATIONS, FinalInterval
				.createMinSize(1013, 2, 30, 21)), TOLERANCE, "part");
	}

	@Test
	void aNetworkThatDoesNothingGivesSevenImagesTurnedThereAndBack() {
		final ArrayImg<FloatType, FloatArray> image = TestImages.noise(4, 23, 19,
			1);
		final RandomAccessibleInterval<FloatType> actual = rotated(new DiskNetwork(
			flat(Padding.SAME).build(), 0), image, TileSize.atMost(8, 8));
		for (final long[] p : new long[][] { { 0, 0 }, { 22, 18 }, { 11, 7 }, { 8,
			16 } })
		{
			double sum = 0;
			for (int k = 0; k < COUNT; k++) {
				final double cos = Math.cos(2 * Math.PI * k / COUNT);
				final double sin = Math.sin(2 * Math.PI * k / COUNT);
				final double qx = cos * p[0] + sin * p[1];
				final double qy = -sin * p[0] + cos * p[1];
				for (int corner = 0; corner < 4; corner++) {
					final double u = Math.floor(qx) + (corner & 1);
					final double v = Math.floor(qy) + (corner >> 1);
					sum += (1 - Math.abs(qx - u)) * (1 - Math.abs(qy - v)) * at(image,
						cos * u - sin * v, sin * u + cos * v, 0) / COUNT;
				}
			}
			assertEquals(sum, actual.getAt(p[0], p[1], 0).get(), TOLERANCE, Arrays
				.toString(p));
		}
	}

	@Test
	void aConstantImageStaysConstant() {
		final ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(30, 20, 1);
		image.forEach(p -> p.set(0.5f));
		rotated(new DiskNetwork(flat(Padding.SAME).build(), 0), image, TileSize
			.atMost(8, 8)).forEach(p -> assertEquals(0.5f, p.get()));
	}

	@Test
	void aNetworkWithoutDirectionSaysMuchTheSame() {
		final ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(60, 50, 1);
		fill(image, (x, y, rest) -> 0.5 + 0.4 * Math.sin(x / 6.0) * Math.cos(y /
			5.0));
		final Network network = new DiskNetwork(flat(Padding.VALID).build(), 4);
		assertClose(rotated(network, image, TileSize.standard(), Averaging.NONE,
			OverlapTile.space(image)), rotated(network, image, TileSize.atMost(20,
				20)), 8e-3, "smooth");
	}

	@Test
	void memoryBoundsWhatIsPredictedAtOnce() {
		final TileGeometry geometry = new TileGeometry(flat(Padding.SAME).build());
		final TileSize size = TileSize.withinMemory(4 << 20);
		final long plain = size.limit(geometry, Averaging.NONE)[0];
		final long[] tile = size.limit(geometry, Averaging.ROTATIONS);
		final long predicted = Averaging.ROTATIONS.predicted(geometry, tile)[0];
		assertTrue(tile[0] < plain && predicted <= plain && predicted > 0.9 * plain,
			tile[0] + " px turned take " + predicted + ", plain " + plain);
	}

	@Test
	void cancelIsAskedForEachRotation() {
		final DiskNetwork network = new DiskNetwork(flat(Padding.SAME).build(), 0);
		final AtomicInteger asked = new AtomicInteger();
		assertThrows(CancellationException.class, () -> new OverlapTile(network,
			TileSize.standard(), Averaging.ROTATIONS).compute(TestImages.noise(1, 9,
				9, 1), TestImages.identity(1), FinalInterval.createMinSize(0, 0, 9, 9),
				(tile, p) -> {}, () -> asked.incrementAndGet() > 4, TileProgress.NONE));
		assertEquals(3, network.calls);
		assertFalse(asked.get() > 5, "asked after the end");
	}
}
