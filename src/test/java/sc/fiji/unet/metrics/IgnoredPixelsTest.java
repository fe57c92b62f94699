
package sc.fiji.unet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sc.fiji.unet.metrics.PixelScoresTest.row;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.labeling.RandomLabels;
import sc.fiji.unet.metrics.ObjectErrors.Kind;

/** What is ignored in the truth counts in no score: against naive counts. */
class IgnoredPixelsTest {

	private static final int WIDTH = 14;
	private static final int HEIGHT = 12;
	private static final double IOU = Detection.IOU;
	private static final int IMAGES = 50;

	private final Random random = new Random(11);

	private ArrayImg<IntType, IntArray> truth() {
		final ArrayImg<IntType, IntArray> truth = RandomLabels.boxes(random, 9,
			WIDTH, HEIGHT);
		final int[] labels = RandomLabels.pixels(truth);
		final int x = random.nextInt(WIDTH / 2);
		for (int p = 0; p < labels.length; p++)
			if (p % WIDTH >= x && p % WIDTH < x + WIDTH / 3) labels[p] = -1;
		return truth;
	}

	private ArrayImg<IntType, IntArray> result() {
		final ArrayImg<IntType, IntArray> result = RandomLabels.boxes(random, 9,
			WIDTH, HEIGHT);
		final int[] labels = RandomLabels.pixels(result);
		for (int p = 0; p < labels.length; p++)
			labels[p] = Math.max(0, labels[p]);
		return result;
	}

	/** A result that resembles the truth, so that there are matches. */
	private ArrayImg<IntType, IntArray> like(
		final ArrayImg<IntType, IntArray> truth)
	{
		final int[] other = RandomLabels.pixels(result());
		final int[] labels = RandomLabels.pixels(truth).clone();
		for (int p = 0; p < labels.length; p++)
			if (labels[p] < 0 || random.nextInt(8) == 0) labels[p] = other[p];
		return ArrayImgs.ints(labels, WIDTH, HEIGHT);
	}

	@Test
	void objectsAreCountedAsNaively() {
		int outside = 0;
		int found = 0;
		for (int i = 0; i < IMAGES; i++) {
			final ArrayImg<IntType, IntArray> truth = truth();
			final ArrayImg<IntType, IntArray> result = i % 2 == 0 ? result() : like(
				truth);
			final Naive naive = new Naive(truth, result);
			final Detection detection = Detection.of(truth, result);
			assertEquals(naive.found, detection.truePositives(), "image " + i);
			assertEquals(naive.trueObjects.size() - naive.found, detection
				.falseNegatives(), "image " + i);
			assertEquals(naive.foundObjects.size() - naive.found, detection
				.falsePositives(), "image " + i);
			assertEquals(naive.seg(), Seg.of(truth, result).score(), 1e-12, "image " +
				i);
			final ObjectErrors errors = ObjectErrors.of(truth, result, IOU);
			assertEquals(naive.splits(), errors.splits(), "splits of image " + i);
			for (final int r : naive.outside)
				assertTrue(Arrays.asList(Kind.OUTSIDE, Kind.MERGED).contains(errors
					.ofResult(r)), errors.ofResult(r).toString());
			outside += naive.outside.size();
			found += naive.found;
		}
		assertTrue(outside > 15 && found > 20, outside + " outside, " + found +
			" found");
	}

	@Test
	void pixelsAreCountedAsNaively() {
		for (int i = 0; i < IMAGES; i++) {
			final ArrayImg<IntType, IntArray> truth = truth();
			final ArrayImg<IntType, IntArray> result = like(truth);
			final int[] t = RandomLabels.pixels(truth);
			final int[] r = RandomLabels.pixels(result);
			final int[] counted = IntStream.range(0, t.length).filter(p -> t[p] >= 0)
				.toArray();
			final double n = counted.length;
			assertEquals(Arrays.stream(counted).filter(p -> t[p] > 0 != r[p] > 0)
				.count() / n, PixelError.ofMasks(truth, result), 1e-12);
			assertEquals(PixelError.ofMasks(truth, ArrayImgs.ints(WIDTH, HEIGHT)),
				PixelError.ofAllBackground(truth), 1e-12, "of an empty result");
			assertEquals(Arrays.stream(counted).filter(p -> t[p] > 0 && r[p] > 0)
				.count() / (double) Arrays.stream(counted).filter(p -> t[p] > 0 ||
					r[p] > 0).count(), IoU.ofMasks(truth, result), 1e-12);
		}
	}

	/** The same, whatever the result is where the truth is ignored. */
	@Test
	void whatTheResultIsThereDoesNotMatter() {
		for (int i = 0; i < IMAGES; i++) {
			final ArrayImg<IntType, IntArray> truth = truth();
			final ArrayImg<IntType, IntArray> result = like(truth);
			final int[] changed = RandomLabels.pixels(result).clone();
			for (int p = 0; p < changed.length; p++)
				if (RandomLabels.pixels(truth)[p] < 0) changed[p] = random.nextInt(3);
			final ArrayImg<IntType, IntArray> other = ArrayImgs.ints(changed, WIDTH,
				HEIGHT);
			assertEquals(PixelError.ofMasks(truth, result), PixelError.ofMasks(truth,
				other));
			assertEquals(IoU.ofMasks(truth, result), IoU.ofMasks(truth, other));
			assertEquals(Detection.of(truth, result).truePositives(), Detection.of(
				truth, other).truePositives());
			if (Seg.of(truth, result).objects() > 0) assertEquals(Seg.of(truth,
				result).score(), Seg.of(truth, other).score(), 1e-12);
			assertSameTopology(ForegroundRestricted.of(truth, result),
				ForegroundRestricted.of(truth, other));
			assertSameTopology(ForegroundRestricted.ofThinned(truth, result),
				ForegroundRestricted.ofThinned(truth, other));
			final double[] thresholds = { 0.3, 0.6 };
			final BestThreshold best = BestThreshold.of(truth, probability(result),
				thresholds, true);
			final BestThreshold ofOther = BestThreshold.of(truth, probability(other),
				thresholds, true);
			for (int k = 0; k < 2; k++)
				assertSameTopology(best.scores().get(k), ofOther.scores().get(k));
		}
	}

	private static ArrayImg<FloatType, FloatArray> probability(
		final ArrayImg<IntType, IntArray> labels)
	{
		final int[] values = RandomLabels.pixels(labels);
		final float[] p = new float[values.length];
		for (int i = 0; i < p.length; i++)
			p[i] = values[i] == 0 ? 0.1f : values[i] % 2 == 0 ? 0.5f : 0.9f;
		return ArrayImgs.floats(p, WIDTH, HEIGHT);
	}

	private static void assertSameTopology(final ForegroundRestricted expected,
		final ForegroundRestricted actual)
	{
		assertEquals(expected.vRand(), actual.vRand(), 1e-12);
		assertEquals(expected.vInfo(), actual.vInfo(), 1e-12);
	}

	/** Without background in the result, nothing goes to the nearest segment. */
	@Test
	void vRandIsTheNaiveOne() {
		for (int i = 0; i < IMAGES; i++) {
			final ArrayImg<IntType, IntArray> truth = truth();
			final ArrayImg<IntType, IntArray> result = like(truth);
			final int[] r = RandomLabels.pixels(result);
			for (int p = 0; p < r.length; p++)
				if (r[p] == 0) r[p] = 77;
			final double expected = naiveVRand(RandomLabels.pixels(truth), r);
			assertEquals(expected, ForegroundRestricted.of(truth, result).vRand(),
				1e-9, "image " + i);
		}
	}

	private static double naiveVRand(final int[] truth, final int[] result) {
		final int[] counted = result.clone();
		for (int p = 0; p < counted.length; p++)
			if (truth[p] < 0) counted[p] = 0;
		final int[] s = flood(counted);
		final int[] t = flood(truth);
		final Map<String, Double> n = new HashMap<>();
		for (int p = 0; p < truth.length; p++)
			if (truth[p] > 0) for (final String key : new String[] { "s" + s[p], "t" +
				t[p], s[p] + "," + t[p] })
				n.merge(key, 1.0, Double::sum);
		double squares = 0;
		double pairs = 0;
		for (final Map.Entry<String, Double> e : n.entrySet())
			if (e.getKey().contains(",")) pairs += e.getValue() * e.getValue();
			else squares += e.getValue() * e.getValue();
		return 2 * pairs / squares;
	}

	/** @return a number for each region of equal positive value, by its sides */
	private static int[] flood(final int[] labels) {
		final int[] region = new int[labels.length];
		for (int p = 0; p < labels.length; p++)
			if (labels[p] > 0 && region[p] == 0) flood(labels, region, p, p + 1);
		return region;
	}

	private static void flood(final int[] labels, final int[] region, final int p,
		final int number)
	{
		region[p] = number;
		for (final int q : new int[] { p % WIDTH > 0 ? p - 1 : p, p %
			WIDTH < WIDTH - 1 ? p + 1 : p, p - WIDTH, p + WIDTH })
			if (q >= 0 && q < labels.length && labels[q] == labels[p] &&
				region[q] == 0) flood(labels, region, q, number);
	}

	@Test
	void anObjectMostlyOutsideIsNoFalsePositive() {
		final ArrayImg<IntType, IntArray> truth = row(1, 1, 1, 0, 0, -1, -1, -1, 0);
		assertEquals(0, Detection.of(truth, row(1, 1, 1, 0, 7, 7, 7, 7, 0))
			.falsePositives());
		assertEquals(1, Detection.of(truth, row(1, 1, 1, 7, 7, 7, 7, 0, 0))
			.falsePositives(), "half of it is not mostly");
		assertEquals(1, Detection.of(truth, row(1, 1, 1, 0, 0, 0, 0, 0, 7))
			.falsePositives());
		final ArrayImg<IntType, IntArray> edge = row(1, -1, -1, -1, 0);
		assertEquals(1, Detection.of(edge, row(3, 3, 3, 3, 0)).f1(),
			"what matches counts, wherever most of it lies");
		assertEquals(0, ObjectErrors.of(row(1, 1, 1, 1, 1, 1, -1, -1, -1), row(2, 2,
			2, 2, 2, 3, 3, 3, 3), IOU).splits(), "nor is it a part of a split");
		assertEquals(1, Seg.of(row(0, 0, -1, -1), row(0, 5, 5, 5)).score(),
			"an image without true objects");
	}

	@Test
	void allIgnoredIsNothing() {
		final ArrayImg<IntType, IntArray> truth = row(-1, -1);
		assertEquals(1, Detection.of(truth, row(1, 1)).f1());
		assertEquals(0, Detection.of(truth, row(1, 2)).relativeCountError());
		assertTrue(Double.isNaN(PixelError.ofAllBackground(truth)));
		assertTrue(Double.isNaN(ForegroundRestricted.of(truth, row(1, 1)).vRand()));
	}

	@Test
	void anObjectIsCutWhereAMaskIsIgnored() {
		final ArrayImg<IntType, IntArray> truth = row(1, 1, 1, -1, 2, 2, 2);
		final ArrayImg<IntType, IntArray> joined = row(5, 5, 5, 5, 5, 5, 5);
		assertEquals(0, Detection.of(truth, joined).truePositives(),
			"a merge, if it were one object");
		final Detection cut = Detection.of(truth, CountedRegions.of(truth, joined));
		assertEquals(2, cut.truePositives());
		assertEquals(0, cut.falsePositives());
		final ArrayImg<IntType, IntArray> whole = row(1, 1, 0, 0, 2, 2, 2);
		assertSame(joined, CountedRegions.of(whole, joined), "nothing is ignored");
		final ArrayImg<IntType, IntArray> far = CountedRegions.of(row(0, 0, 0, -1,
			-1, -1, -1, 1), row(0, 0, 4, 4, 4, 4, 0, 1));
		final int[] pixels = RandomLabels.pixels(far);
		assertEquals(pixels[2], pixels[4], "it goes on where it is ignored");
		assertNotEquals(pixels[2], pixels[7]);
		assertEquals(0, Detection.of(row(0, 0, 0, -1, -1, -1, -1, 1), far)
			.falsePositives(), "and still lies mostly outside");
	}

	/** Every object against every other, pixel by pixel. */
	private static final class Naive {

		private final int[] truth;
		private final int[] result;
		private final TreeSet<Integer> trueObjects = new TreeSet<>();
		private final TreeSet<Integer> foundObjects = new TreeSet<>();
		private final TreeSet<Integer> outside = new TreeSet<>();
		private int found;

		private Naive(final ArrayImg<IntType, IntArray> truth,
			final ArrayImg<IntType, IntArray> result)
		{
			this.truth = RandomLabels.pixels(truth);
			this.result = RandomLabels.pixels(result);
			for (int p = 0; p < this.truth.length; p++) {
				if (this.truth[p] > 0) trueObjects.add(this.truth[p]);
				if (this.truth[p] >= 0 && this.result[p] > 0) foundObjects.add(
					this.result[p]);
			}
			for (final int r : foundObjects) {
				final boolean matches = trueObjects.stream().anyMatch(t -> iou(t,
					r) > IOU);
				if (matches) found++;
				else if (ignored(r) > counted(r)) outside.add(r);
			}
			foundObjects.removeAll(outside);
		}

		private int count(final IntPredicate pixel) {
			return (int) IntStream.range(0, truth.length).filter(pixel).count();
		}

		private int ignored(final int r) {
			return count(p -> truth[p] < 0 && result[p] == r);
		}

		private int counted(final int r) {
			return count(p -> truth[p] >= 0 && result[p] == r);
		}

		private double iou(final int t, final int r) {
			return (double) common(t, r) / count(p -> truth[p] >= 0 &&
				(truth[p] == t || result[p] == r));
		}

		private int common(final int t, final int r) {
			return count(p -> truth[p] == t && result[p] == r);
		}

		private int size(final int t) {
			return count(p -> truth[p] == t);
		}

		private double seg() {
			if (trueObjects.isEmpty()) return foundObjects.isEmpty() ? 1 : 0;
			double sum = 0;
			for (final int t : trueObjects)
				for (final int r : new TreeSet<>(IntStream.of(result).boxed().collect(
					Collectors.toSet())))
					if (r > 0 && 2 * common(t, r) > size(t)) sum += iou(t, r);
			return sum / trueObjects.size();
		}

		private int splits() {
			int splits = 0;
			for (final int t : trueObjects) {
				int parts = 0;
				int covered = 0;
				for (final int r : foundObjects) {
					if (2 * common(t, r) < counted(r)) continue;
					parts++;
					covered += common(t, r);
				}
				if (parts > 1 && 2 * covered >= size(t)) splits++;
			}
			return splits;
		}
	}
}
