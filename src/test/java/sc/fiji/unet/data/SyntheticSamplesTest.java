
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TreeSet;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;

class SyntheticSamplesTest {

	private static final int SIDE = 256;

	private static int[] values(
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		final int[] values = new int[(int) Views.iterable(image).size()];
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(image)
			.cursor();
		for (int i = 0; i < values.length; i++)
			values[i] = (int) cursor.next().getRealDouble();
		return values;
	}

	private static int count(final int[] labels) {
		return Arrays.stream(labels).max().getAsInt();
	}

	/** @return images that a threshold does not segment */
	private static List<RawSample> hard(final int count) {
		final List<RawSample> hard = new ArrayList<>(SyntheticSamples.cells(count,
			SIDE, 1));
		hard.addAll(SyntheticSamples.membranes(count, SIDE, 1));
		return hard;
	}

	private static List<RawSample> all(final int count) {
		final List<RawSample> all = hard(count);
		all.addAll(SyntheticSamples.nuclei(count, SIDE, 1));
		return all;
	}

	@Test
	void theSeedDecidesOnEveryPixel() {
		final List<RawSample> expected = all(2);
		final List<RawSample> actual = all(2);
		for (int i = 0; i < expected.size(); i++) {
			assertArrayEquals(values(expected.get(i).image()), values(actual.get(i)
				.image()));
			assertArrayEquals(values(expected.get(i).labels()), values(actual.get(i)
				.labels()));
		}
		assertTrue(!Arrays.equals(values(SyntheticSamples.cells(1, SIDE, 1).get(0)
			.image()), values(SyntheticSamples.cells(1, SIDE, 2).get(0).image())));
		assertArrayEquals(values(all(1).get(0).image()), values(expected.get(0)
			.image()), "image 1 does not depend on the number of images");
	}

	@Test
	void everyObjectIsInOnePieceAndNumbersHaveNoGap() {
		for (final RawSample sample : all(3)) {
			final int[] labels = values(sample.labels());
			final TreeSet<Integer> distinct = new TreeSet<>();
			for (final int label : labels)
				distinct.add(label);
			assertEquals(count(labels) + 1, distinct.size(), sample.name());
			assertEquals(count(labels), count(ConnectedComponents.ofEqualValues(
				ArrayImgs.ints(labels, SIDE, SIDE), Connectivity.FULL).update(null)
				.getCurrentStorageArray()), sample.name());
		}
	}

	@Test
	void thereAreDozensOfCellsOfWhichManyTouch() {
		for (final RawSample sample : SyntheticSamples.cells(4, SIDE, 1)) {
			final int[] labels = values(sample.labels());
			assertTrue(count(labels) >= 30 && count(labels) <= 70, sample.name() +
				" has " + count(labels) + " cells");
			final TreeSet<Integer> touching = new TreeSet<>();
			for (int p = 1; p < labels.length; p++)
				if (labels[p] > 0 && labels[p - 1] > 0 && labels[p] != labels[p - 1]) {
					touching.add(labels[p]);
					touching.add(labels[p - 1]);
				}
			assertTrue(3 * touching.size() > count(labels), sample.name() + ": " +
				touching.size() + " of " + count(labels) + " touch along x");
		}
	}

	@Test
	void otsusThresholdIsNotEnough() {
		for (final RawSample sample : hard(3)) {
			final double f1 = f1OfOtsu(values(sample.image()), values(sample
				.labels()));
			assertTrue(f1 < 0.7, "F1 of Otsu on " + sample.name() + " is " + f1);
		}
	}

	@Test
	void membranesAreDarkerThanCells() {
		for (final RawSample sample : SyntheticSamples.membranes(2, SIDE, 1)) {
			final int[] grey = values(sample.image());
			final int[] labels = values(sample.labels());
			final double[] sum = new double[2];
			final int[] n = new int[2];
			for (int p = 0; p < grey.length; p++) {
				sum[labels[p] > 0 ? 1 : 0] += grey[p];
				n[labels[p] > 0 ? 1 : 0]++;
			}
			assertTrue(sum[1] / n[1] > sum[0] / n[0] + 40, sum[1] / n[1] + " and " +
				sum[0] / n[0]);
			assertTrue(count(labels) > 40, count(labels) + " cells");
		}
	}

	@Test
	void theyPassTheChecksAndAreTakenForInstances() {
		assertEquals(Collections.emptyList(), DatasetChecks.problems(all(2),
			OptionalInt.empty()));
		final List<RandomAccessibleInterval<? extends IntegerType<?>>> labels =
			new ArrayList<>();
		all(2).forEach(s -> labels.add(s.labels()));
		assertEquals(LabelKind.INSTANCES, LabelValues.of(labels, LabelKind.AUTO,
			OptionalInt.empty()).kind());
	}

	@Test
	void namesAndSizesAreAsPromised() {
		final RawSample sample = SyntheticSamples.cells(3, 100, 1).get(2);
		assertEquals("cells03", sample.name());
		assertArrayEquals(new long[] { 100, 100, 1 }, sample.image()
			.dimensionsAsLongArray());
		assertArrayEquals(new long[] { 100, 100 }, sample.labelSize());
		assertThrows(IllegalArgumentException.class, () -> SyntheticSamples.cells(0,
			100, 1));
		assertThrows(IllegalArgumentException.class, () -> SyntheticSamples
			.membranes(1, 20, 1));
	}

	/** F1 at IoU 0.5 of the components above Otsu's threshold. */
	private static double f1OfOtsu(final int[] grey, final int[] labels) {
		final int threshold = otsu(grey);
		final int[] mask = new int[grey.length];
		for (int p = 0; p < mask.length; p++)
			mask[p] = grey[p] > threshold ? 1 : 0;
		final int[] found = ConnectedComponents.ofMask(ArrayImgs.ints(mask, SIDE,
			SIDE), Connectivity.FACES).update(null).getCurrentStorageArray();
		final int n = count(labels);
		final int m = count(found);
		final int[][] overlap = new int[n + 1][m + 1];
		final int[] area = new int[n + 1];
		final int[] foundArea = new int[m + 1];
		for (int p = 0; p < mask.length; p++) {
			overlap[labels[p]][found[p]]++;
			area[labels[p]]++;
			foundArea[found[p]]++;
		}
		int hits = 0;
		for (int i = 1; i <= n; i++)
			for (int j = 1; j <= m; j++)
				if (2 * overlap[i][j] > area[i] + foundArea[j] - overlap[i][j]) hits++;
		// Specks below ten pixels would be too easy a reason to fail.
		final long objects = Arrays.stream(foundArea, 1, m + 1).filter(a -> a >= 10)
			.count();
		return 2.0 * hits / (n + objects);
	}

	private static int otsu(final int[] grey) {
		final double[] histogram = new double[256];
		double sum = 0;
		for (final int g : grey) {
			histogram[g]++;
			sum += g;
		}
		double best = -1;
		int threshold = 0;
		double n = 0;
		double s = 0;
		for (int t = 0; t < 255; t++) {
			n += histogram[t];
			s += t * histogram[t];
			if (n == 0 || n == grey.length) continue;
			final double difference = s / n - (sum - s) / (grey.length - n);
			final double between = n * (grey.length - n) * difference * difference;
			if (between > best) {
				best = between;
				threshold = t;
			}
		}
		return threshold;
	}

	@Test
	void namesDoNotDependOnTheLanguage() {
		final Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
			assertEquals("cells01", SyntheticSamples.cells(1, 64, 1).get(0).name());
		}
		finally {
			Locale.setDefault(before);
		}
	}
}
