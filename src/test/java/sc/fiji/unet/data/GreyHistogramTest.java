
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.Preprocessing;

class GreyHistogramTest {

	private static final int SIZE = 20;

	private static RawSample sample(final String name, final float[] values) {
		final int[] labels = new int[SIZE * SIZE];
		Arrays.fill(labels, 0, 50, 1);
		return new RawSample(name, ArrayImgs.floats(values, SIZE, SIZE, 1),
			ArrayImgs.ints(labels, SIZE, SIZE));
	}

	private static float[] whole(final long seed) {
		final Random random = new Random(seed);
		final float[] values = new float[SIZE * SIZE];
		for (int i = 0; i < values.length; i++)
			values[i] = 20 + random.nextInt(60);
		return values;
	}

	private static GreyHistogram histogram(final List<RawSample> raw,
		final List<String> names)
	{
		final DataSet data = DataSet.of(raw, LabelKind.MASK, OptionalInt.empty(),
			Preprocessing.minMax());
		return GreyHistogram.of(raw, names, data.intensities(names)).get(0);
	}

	@Test
	void greyLevelsAreCountedOneByOne() {
		final float[] a = whole(1);
		final float[] b = whole(2);
		final GreyHistogram histogram = histogram(Arrays.asList(sample("a", a),
			sample("b", b), sample("held out", new float[SIZE * SIZE])), Arrays
				.asList("a", "b"));
		double sum = 0;
		double squares = 0;
		final long[] naive = new long[100];
		for (final float[] values : Arrays.asList(a, b))
			for (final float value : values) {
				naive[(int) value]++;
				sum += value;
				squares += value * value;
			}
		for (int bin = 0; bin < histogram.counts().length; bin++)
			assertEquals(naive[(int) Math.round(histogram.middle(bin))], histogram
				.counts()[bin], "grey value " + histogram.middle(bin));
		assertEquals(800, Arrays.stream(histogram.counts()).sum());
		final double mean = sum / 800;
		assertEquals(mean, histogram.mean(), 1e-9);
		assertEquals(mean + 2 * Math.sqrt(squares / 800 - mean * mean), histogram
			.twoDeviations(), 1e-9);
		assertTrue(histogram.end() >= histogram.twoDeviations());
	}

	@Test
	void aHotPixelDoesNotSqueezeTheRest() {
		final float[] values = whole(1);
		values[7] = 60_000;
		// A second image, so that the hot pixel is one of more than 500.
		final GreyHistogram histogram = histogram(Arrays.asList(sample("a", values),
			sample("b", whole(3))), Arrays.asList("a", "b"));
		assertEquals(1, histogram.brighter());
		assertTrue(histogram.end() < 6000, "ends at " + histogram.end());
		assertEquals(799, Arrays.stream(histogram.counts()).sum());
	}

	@Test
	void fractionsAndConstantImagesAreCounted() {
		final float[] values = new float[SIZE * SIZE];
		for (int i = 0; i < values.length; i++)
			values[i] = i / 400f;
		final GreyHistogram fine = histogram(Collections.singletonList(sample("a",
			values)), Collections.singletonList("a"));
		assertEquals(400, Arrays.stream(fine.counts()).sum());
		assertEquals(256, fine.counts().length);
		Arrays.fill(values, 5);
		final GreyHistogram one = histogram(Collections.singletonList(sample("a",
			values)), Collections.singletonList("a"));
		assertEquals(400, one.counts()[0]);
		assertEquals(5, one.middle(0));
	}
}
