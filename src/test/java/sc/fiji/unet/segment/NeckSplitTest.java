
package sc.fiji.unet.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;

import sc.fiji.unet.labeling.NeckParts;
import sc.fiji.unet.network.Postprocessing;

/** Foreground that is parted at necks, without seeds. */
class NeckSplitTest {

	private static final Postprocessing PLAIN = Postprocessing.plain();

	/** Two bars with a neck, of the class that is given. */
	private static String[] bars(final char c) {
		return Arrays.stream(new String[] { "000000000000000", "011111000111110",
			"011111000111110", "011111111111110", "011111000111110",
			"011111000111110", "000000000000000" }).map(line -> line.replace('1', c)
				.replace('0', '.')).toArray(String[]::new);
	}

	@Test
	void withoutSeedsTheForegroundItselfIsPartedAtNecks() {
		assertEquals(".11111...11111.", InstanceLabelsTest.labelled(PLAIN, bars(
			'1'))[1]);
		final String[] parted = InstanceLabelsTest.labelled(PLAIN.withNeck(0.3),
			bars('1'));
		assertEquals(".11111...22222.", parted[1]);
		assertEquals(".11111...22222.", parted[5]);
		assertTrue(parted[3].matches("[.]1+2+[.]"), parted[3]);
		assertArrayEquals(InstanceLabelsTest.labelled(PLAIN, bars('1')),
			InstanceLabelsTest.labelled(PLAIN.withNeck(0.9), bars('1')),
			"no neck is as narrow as that");
		assertEquals("...............", InstanceLabelsTest.labelled(PLAIN.withNeck(
			0.3).withMinimumSize(30), bars('1'))[1],
			"parts are dropped by their size");
	}

	@Test
	void eachClassIsPartedByItself() {
		final String[] drawn = new String[14];
		System.arraycopy(bars('2'), 0, drawn, 0, 7);
		System.arraycopy(bars('1'), 0, drawn, 7, 7);
		// The classes touch, and what touches is no neck.
		drawn[6] = drawn[7] = drawn[1];
		final RandomAccessibleInterval<IntType> target = ArrayImgs.ints(15, 14);
		final InstanceLabels labels = InstanceLabelsTest.label(InstanceLabelsTest
			.image(drawn), 3, 4, target, PLAIN.withNeck(0.3));
		assertEquals(4, labels.finish(() -> false));
		assertArrayEquals(new int[] { 2, 2, 1, 1 }, new int[] { labels.classOf(1),
			labels.classOf(2), labels.classOf(3), labels.classOf(4) });
		assertEquals(".11111...22222.", InstanceLabelsTest.draw(target)[1]);
		assertEquals(".33333...44444.", InstanceLabelsTest.draw(target)[12]);
	}

	/** Random blobs: as the parts of the mask, piece by piece. */
	@Test
	void partsAreThoseOfTheWatershed() {
		for (long seed = 1; seed <= 5; seed++) {
			final RandomAccessibleInterval<IntType> classMap = ArrayImgs.ints(60, 50);
			final Random random = new Random(seed);
			final byte[] mask = new byte[60 * 50];
			for (int i = 0; i < 25; i++) {
				final int cx = random.nextInt(60);
				final int cy = random.nextInt(50);
				final int r = 3 + random.nextInt(6);
				for (int p = 0; p < mask.length; p++)
					if (Math.hypot(p % 60 - cx, p / 60 - cy) <= r) mask[p] = 1;
			}
			int p = 0;
			for (final IntType pixel : Views.flatIterable(classMap))
				pixel.set(mask[p++]);
			final RandomAccessibleInterval<IntType> target = ArrayImgs.ints(60, 50);
			final int objects = InstanceLabelsTest.label(classMap, 1, 7, target, PLAIN
				.withNeck(0.1)).finish(() -> false);
			final int[] parts = NeckParts.of(mask, new long[] { 60, 50 }, 0.1,
				() -> false);
			assertEquals(Arrays.stream(parts).filter(part -> part >= 0).distinct()
				.count(), objects);
			final int[] labels = InstanceLabelsTest.pixels(target);
			final Map<Integer, Integer> numbers = new LinkedHashMap<>();
			for (p = 0; p < parts.length; p++)
				if (parts[p] < 0) assertEquals(0, labels[p]);
				else {
					numbers.putIfAbsent(parts[p], numbers.size() + 1);
					assertEquals(numbers.get(parts[p]), labels[p], "pixel " + p);
				}
		}
	}
}
