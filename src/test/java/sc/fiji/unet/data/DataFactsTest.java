
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Collections;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.weightmap.WeightMapConfig;

/** What settings are derived from. */
class DataFactsTest {

	private static TargetConfig target(final LabelKind kind, final int classes) {
		return new TargetConfig(kind, classes, WeightMapConfig.builder().build());
	}

	/** Two squares of 4 pixels, 3 apart, in the upper left corner. */
	private static Sample squares(final int width, final int height) {
		final int[] labels = new int[width * height];
		for (int y = 0; y < 4; y++)
			for (int x = 0; x < 4; x++) {
				labels[y * width + x] = 1;
				labels[y * width + x + 7] = 2;
			}
		return Patches.numbered(1, labels, width, height);
	}

	@Test
	void measuresSizesObjectsAndGaps() {
		final DataFacts facts = DataFacts.of(Arrays.asList(squares(20, 10), squares(
			40, 30), squares(100, 20)), target(LabelKind.INSTANCES, 2));
		assertEquals(3, facts.images());
		assertArrayEquals(new long[] { 40, 20 }, facts.size(), "axis by axis");
		assertEquals(6, facts.objects());
		assertEquals(2 * Math.sqrt(16 / Math.PI), facts.diameter(), 1e-9);
		assertEquals(facts.diameter(), facts.largeDiameter());
		assertEquals(3, facts.gap());
		assertEquals(3, facts.smallestGap());
		assertEquals(0, facts.touching());
		assertEquals(96.0 / (200 + 1200 + 2000), facts.classShares()[1], 1e-12);
		assertEquals(32.0 / 1200, facts.typicalForeground(), 1e-12, "middle image");
	}

	@Test
	void regionsOfAMaskAreItsObjectsAndIgnoredPixelsDoNotCount() {
		final int[] labels = { 5, 5, 0, 0, 5, Sample.IGNORE, Sample.IGNORE, 0 };
		final DataFacts facts = DataFacts.of(Collections.singletonList(Patches
			.numbered(1, labels, 8, 1)), target(LabelKind.MASK, 2));
		assertEquals(2, facts.objects());
		assertEquals(2, facts.gap());
		assertArrayEquals(new double[] { 0.5, 0.5 }, facts.classShares());
	}

	/** As they are for whoever segments and scores them. */
	@Test
	void regionsThatTouchByACornerAreTwo() {
		final int[] labels = new int[36];
		for (int i = 0; i < 9; i++) {
			labels[i / 3 * 6 + i % 3] = 1;
			labels[(i / 3 + 3) * 6 + i % 3 + 3] = 1;
		}
		assertEquals(2, DataFacts.of(Collections.singletonList(Patches.numbered(1,
			labels, 6, 6)), target(LabelKind.MASK, 2)).objects());
	}

	@Test
	void classesHaveSharesAndNoObjects() {
		final DataFacts facts = DataFacts.of(Collections.singletonList(Patches
			.numbered(1, new int[] { 0, 1, 1, 2 }, 4, 1)), target(LabelKind.CLASSES,
				4));
		assertArrayEquals(new double[] { 0.25, 0.5, 0.25, 0 }, facts.classShares());
		assertEquals(0, facts.objects());
		assertEquals(0.75, facts.typicalForeground(), 1e-12);
	}
}
