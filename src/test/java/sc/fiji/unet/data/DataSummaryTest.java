
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.weightmap.WeightMapConfig;

class DataSummaryTest {

	private static final int SIZE = 100;
	private static final PatchSize PATCH = PatchSize.of(new long[] { 64, 64 },
		new long[] { 64, 64 });

	/** A square of each size, side by side; grey values rise. */
	private static Sample sample(final String name, final int background,
		final int... sides)
	{
		final float[] image = new float[SIZE * SIZE];
		for (int i = 0; i < image.length; i++)
			image[i] = i;
		final int[] labels = new int[image.length];
		Arrays.fill(labels, background);
		int x = 1;
		for (int i = 0; i < sides.length; i++) {
			for (int y = 2; y < 2 + sides[i]; y++)
				Arrays.fill(labels, y * SIZE + x, y * SIZE + x + sides[i], i + 1);
			x += sides[i] + 1;
		}
		return new Sample(name, ArrayImgs.floats(image, SIZE, SIZE, 1), ArrayImgs
			.ints(labels, SIZE, SIZE));
	}

	private static DataSummary summary(final PatchSize size, final LabelKind kind,
		final Sample... samples)
	{
		return new DataSummary(Arrays.asList(samples), size, new TargetConfig(kind,
			2, WeightMapConfig.builder().build()));
	}

	private static void assertWarning(final String part,
		final DataSummary summary)
	{
		final List<String> warnings = summary.warnings();
		assertEquals(1, warnings.size(), warnings.toString());
		assertTrue(warnings.get(0).contains(part), warnings.get(0));
	}

	@Test
	void factsAreCounted() {
		final DataSummary summary = summary(PatchSize.of(new long[] { 64, 64 },
			new long[] { 24, 24 }), LabelKind.INSTANCES, sample("a", 0, 10, 20),
			sample("b", 0, 20));
		assertEquals(Collections.emptyList(), summary.warnings());
		assertEquals(Arrays.asList(
			"The images trained on have 100 x 100 pixels and one channel.",
			"The network sees 64 x 64 pixels at once and answers for the 24 x 24 in their middle.",
			"4.5 % of the pixels are foreground.",
			"The labels show 3 objects (1 to 2 an image), 11 to 23 pixels across, in the middle 23."),
			summary.facts());
	}

	@Test
	void touchingObjectsOfAMaskAreOneRegion() {
		final Sample touching = sample("a", 0, 10);
		final int[] labels = touching.labelArray();
		Arrays.fill(labels, 5 * SIZE + 20, 5 * SIZE + 30, 1);
		assertTrue(summary(PATCH, LabelKind.MASK, touching).facts().get(3).contains(
			"2 regions"));
	}

	@Test
	void whatMayGoWrongIsNamed() {
		assertWarning("beyond the 64 x 64", summary(PATCH, LabelKind.INSTANCES,
			sample("a", 0, 80)));
		assertWarning("'a' is less than half as wide or high as the 572 x 572",
			summary(PatchSize.of(new long[] { 572, 572 }, new long[] { 388, 388 }),
				LabelKind.INSTANCES, sample("a", 0, 30)));
		assertWarning("Only 0.2 % of the pixels are foreground", summary(PATCH,
			LabelKind.INSTANCES, sample("a", 0, 4)));
		assertWarning("exchanged", summary(PATCH, LabelKind.MASK, inverted()));
		final Sample ignored = sample("a", Sample.IGNORE, 20);
		Arrays.fill(ignored.labelArray(), 9800, 10_000, 0);
		assertWarning("Only 6.0 % of the pixels count", summary(PATCH,
			LabelKind.INSTANCES, ignored));
		assertWarning("less than 4 pixels across", summary(PATCH,
			LabelKind.INSTANCES, sample("a", 0, 2, 2, 30)));
		assertWarning("same grey value everywhere", summary(PATCH,
			LabelKind.INSTANCES, sample("a", 0, 20), constant()));
	}

	private static Sample inverted() {
		final Sample sample = sample("a", 1);
		Arrays.fill(sample.labelArray(), 0, SIZE, 0);
		return sample;
	}

	private static Sample constant() {
		return new Sample("b", ArrayImgs.floats(SIZE, SIZE, 1), sample("b", 0, 20)
			.labels());
	}

	@Test
	void anImageSmallerThanThePatchIsAFact() {
		final List<String> facts = summary(PatchSize.of(new long[] { 128, 128 },
			new long[] { 128, 128 }), LabelKind.INSTANCES, sample("a", 0, 30))
			.facts();
		assertTrue(facts.contains(
			"Image 'a' is smaller than that; what is missing is mirrored."), facts
				.toString());
	}

	@Test
	void sharesOfClassesAreNamed() {
		final DataSummary summary = new DataSummary(Arrays.asList(sample("a", 0, 50,
			3)), PATCH, new TargetConfig(LabelKind.CLASSES, 3, WeightMapConfig
				.builder().build()));
		assertTrue(summary.facts().contains(
			"Of the pixels that count are 75 % class 0, 25 % class 1, 0.1 % class 2."),
			summary.facts().toString());
		assertWarning("Only 0.1 % of the pixels are class 2", summary);
	}
}
