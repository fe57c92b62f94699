
package sc.fiji.unet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sc.fiji.unet.metrics.PixelScoresTest.row;

import java.util.Random;
import java.util.TreeSet;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.labeling.RandomLabels;
import sc.fiji.unet.metrics.ObjectErrors.Kind;

class ObjectErrorsTest {

	private static ObjectErrors of(final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result)
	{
		return ObjectErrors.of(truth, result, Detection.IOU);
	}

	@Test
	void everyObjectIsWhatItLooksLike() {
		final ObjectErrors errors = of(row(1, 1, 0, 2, 2, 3, 3, 0, 4, 4, 4, 4, 0, 5,
			0), row(9, 9, 0, 8, 8, 8, 8, 0, 7, 7, 6, 6, 0, 0, 4));
		assertEquals(Kind.FOUND, errors.ofTruth(1));
		assertEquals(Kind.FOUND, errors.ofResult(9));
		assertEquals(Kind.MERGED, errors.ofTruth(2));
		assertEquals(Kind.MERGED, errors.ofTruth(3));
		assertEquals(Kind.MERGED, errors.ofResult(8));
		assertEquals(Kind.SPLIT, errors.ofTruth(4));
		assertEquals(Kind.SPLIT, errors.ofResult(6));
		assertEquals(Kind.SPLIT, errors.ofResult(7));
		assertEquals(Kind.MISSED, errors.ofTruth(5));
		assertEquals(Kind.INVENTED, errors.ofResult(4));
		assertEquals(1, errors.merges());
		assertEquals(1, errors.splits());
	}

	@Test
	void aMergeIsOneEvenWhereItMatchesAndASpeckBesideAMatchIsAPart() {
		final ObjectErrors merge = of(row(1, 1, 1, 1, 0, 2), row(3, 3, 3, 3, 3, 3));
		assertEquals(Kind.MERGED, merge.ofResult(3));
		assertEquals(Kind.MERGED, merge.ofTruth(1));
		final ObjectErrors speck = of(row(1, 1, 1, 1, 1), row(2, 2, 2, 0, 3));
		assertEquals(Kind.FOUND, speck.ofTruth(1));
		assertEquals(Kind.FOUND, speck.ofResult(2));
		assertEquals(Kind.SPLIT, speck.ofResult(3));
		assertEquals(1, speck.splits());
	}

	@Test
	void specksInACellThatWasNotSeenAreNoSplit() {
		final ObjectErrors errors = of(row(1, 1, 1, 1, 1, 1, 1), row(2, 0, 0, 3, 0,
			0, 4));
		assertEquals(0, errors.splits());
		assertEquals(Kind.MISSED, errors.ofTruth(1));
		assertEquals(Kind.INVENTED, errors.ofResult(3));
		assertEquals(1, of(row(1, 1, 1, 1, 1, 1), row(2, 0, 0, 3, 0, 4)).splits());
	}

	@Test
	void halfIsEnoughAndLessIsNot() {
		assertEquals(1, of(row(1, 1, 2, 2), row(0, 3, 3, 0)).merges());
		assertEquals(0, of(row(1, 1, 1, 2, 2), row(0, 0, 3, 3, 0)).merges());
	}

	@Test
	void ignoredPixelsCountNowhere() {
		final ObjectErrors errors = of(row(1, 1, -1, -1, 2, 2), row(1, 1, 1, 0, 2,
			-1));
		assertEquals(Kind.FOUND, errors.ofResult(1));
		assertEquals(0, errors.merges() + errors.splits());
		assertThrows(IllegalArgumentException.class, () -> errors.ofTruth(0));
		assertThrows(IllegalArgumentException.class, () -> errors.ofResult(7));
	}

	@Test
	void thereIsNoThresholdBelowAHalf() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ObjectErrors
			.of(row(1), row(1), 0.3)).getMessage().contains("0.3"));
	}

	/** Every pair of labels, pixel by pixel. */
	@Test
	void mergesAndSplitsAreThoseOfTheNaiveCount() {
		final Random random = new Random(5);
		int merges = 0;
		int splits = 0;
		for (int i = 0; i < 60; i++) {
			final ArrayImg<IntType, IntArray> truth = RandomLabels.boxes(random, 12,
				11, 9);
			final ArrayImg<IntType, IntArray> result = RandomLabels.boxes(random, 12,
				11, 9);
			for (int p = 0; p < RandomLabels.pixels(result).length; p++)
				if (RandomLabels.pixels(truth)[p] < 0) RandomLabels.pixels(result)[p] =
					0;
			final ObjectErrors errors = of(truth, result);
			assertEquals(naiveMerges(RandomLabels.pixels(truth), RandomLabels.pixels(
				result)), errors.merges(), "merges of image " + i);
			assertEquals(naiveSplits(RandomLabels.pixels(truth), RandomLabels.pixels(
				result)), errors.splits(), "splits of image " + i);
			merges += errors.merges();
			splits += errors.splits();
		}
		assertTrue(merges > 20 && splits > 10, merges + " merges, " + splits +
			" splits");
	}

	private static int naiveMerges(final int[] truth, final int[] result) {
		int merges = 0;
		for (final int r : distinct(result)) {
			int covered = 0;
			for (final int t : distinct(truth))
				if (common(truth, t, result, r) >= common(truth, t, truth, t) / 2.0)
					covered++;
			if (covered >= 2) merges++;
		}
		return merges;
	}

	private static int naiveSplits(final int[] truth, final int[] result) {
		int splits = 0;
		for (final int t : distinct(truth)) {
			int parts = 0;
			int covered = 0;
			for (final int r : distinct(result)) {
				final int common = common(truth, t, result, r);
				if (common < common(result, r, result, r) / 2.0) continue;
				parts++;
				covered += common;
			}
			if (parts >= 2 && covered >= common(truth, t, truth, t) / 2.0) splits++;
		}
		return splits;
	}

	private static int common(final int[] a, final int one, final int[] b,
		final int other)
	{
		int common = 0;
		for (int p = 0; p < a.length; p++)
			if (a[p] == one && b[p] == other) common++;
		return common;
	}

	private static TreeSet<Integer> distinct(final int[] labels) {
		final TreeSet<Integer> distinct = new TreeSet<>();
		for (final int label : labels)
			if (label > 0) distinct.add(label);
		return distinct;
	}
}
