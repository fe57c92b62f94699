
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.labeling.RandomLabels;

/** Gaps between objects, against four nested loops. */
class ObjectGapsTest {

	private static final int WIDTH = 23;

	/** @return gap of each object, by comparing all pixels with all others */
	private static List<Double> naive(final int[] labels) {
		final TreeSet<Integer> objects = new TreeSet<>();
		for (final int label : labels)
			if (label > 0) objects.add(label);
		final List<Double> gaps = new ArrayList<>();
		for (final int object : objects) {
			double least = Double.POSITIVE_INFINITY;
			for (int p = 0; p < labels.length; p++)
				for (int q = 0; q < labels.length; q++)
					if (labels[p] == object && labels[q] > 0 && labels[q] != object) {
						final double dx = p % WIDTH - q % WIDTH;
						final double dy = p / WIDTH - q / WIDTH;
						least = Math.min(least, Math.sqrt(dx * dx + dy * dy));
					}
			gaps.add(least < 2 ? 0 : least - 1);
		}
		Collections.sort(gaps);
		return gaps;
	}

	@Test
	void agreeWithComparingAllPixels() {
		final Random random = new Random(5);
		for (int round = 0; round < 60; round++) {
			final ArrayImg<IntType, IntArray> image = RandomLabels.boxes(random, 1 +
				random.nextInt(6), WIDTH, 17);
			final List<Double> expected = naive(RandomLabels.pixels(image));
			final ObjectGaps gaps = ObjectGaps.of(Collections.singletonList(image));
			final int n = expected.size();
			assertEquals(n, gaps.objects(), "round " + round);
			assertEquals(n == 0 ? Double.POSITIVE_INFINITY : expected.get(0), gaps
				.smallest(), 1e-5, "smallest, round " + round);
			assertEquals(n == 0 ? Double.POSITIVE_INFINITY : expected.get((n - 1) /
				2), gaps.median(), 1e-5, "median, round " + round);
			assertEquals(n == 0 ? 0 : expected.stream().filter(g -> g == 0).count() /
				(double) n, gaps.touching(), 1e-12, "touching, round " + round);
		}
	}

	private static ArrayImg<IntType, IntArray> line(final int... labels) {
		return ArrayImgs.ints(labels, labels.length, 1);
	}

	@Test
	void countBackgroundBetweenInEachImageByItself() {
		final ObjectGaps gaps = ObjectGaps.of(Arrays.asList(line(1, 1, 0, 0, 0, 2,
			3), line(1, 0, 0)));
		assertEquals(4, gaps.objects());
		assertEquals(0.5, gaps.touching(), "2 and 3");
		assertEquals(0, gaps.smallest());
		assertEquals(0, gaps.median(), "0, 0, 3, alone");
		final ObjectGaps apart = ObjectGaps.of(Arrays.asList(line(1, 0, 0, 2), line(
			1, -1, 0)));
		assertEquals(2, apart.median(), "2, 2, alone");
		assertEquals(Double.POSITIVE_INFINITY, ObjectGaps.of(Collections
			.singletonList(line(4, 4))).median());
	}
}
