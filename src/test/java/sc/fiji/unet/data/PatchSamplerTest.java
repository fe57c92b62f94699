
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;
import sc.fiji.unet.weightmap.WeightMap;
import sc.fiji.unet.weightmap.WeightMapConfig;

class PatchSamplerTest {

	private static final WeightMapConfig PLAIN = WeightMapConfig.builder().w0(0)
		.balanceClasses(false).ridgeWidth(0).build();
	private static final AugmentationConfig NONE = AugmentationConfig.none();

	/** Every pixel holds its own number, in channel c plus 100000 c. */
	private static Sample numbered(final int channels, final int[] labels,
		final long... size)
	{
		final long[] imageSize = Arrays.copyOf(size, size.length + 1);
		imageSize[size.length] = channels;
		final float[] image = new float[labels.length * channels];
		for (int i = 0; i < image.length; i++)
			image[i] = i % labels.length + 100000 * (i / labels.length);
		return new Sample("numbered", ArrayImgs.floats(image, imageSize), ArrayImgs
			.ints(labels, size));
	}

	private static Sample square(final int side) {
		final int[] labels = new int[side * side];
		Arrays.fill(labels, 1);
		return numbered(1, labels, side, side);
	}

	private static Targets targets(final LabelKind kind,
		final WeightMapConfig weights, final Sample... samples)
	{
		return Targets.of(new TargetConfig(kind, 2, weights), Arrays.asList(
			samples));
	}

	private static PatchSampler sampler(final Sample sample, final long input,
		final long output, final AugmentationConfig augmentation)
	{
		return new PatchSampler(Collections.singletonList(sample), PatchSize.of(
			new long[] { input, input }, new long[] { output, output }), targets(
				LabelKind.MASK, PLAIN, sample), augmentation, 1);
	}

	private static float[] input(final Batch batch) {
		final float[] values = new float[batch.input().capacity()];
		batch.input().duplicate().get(values);
		return values;
	}

	private static int[] targets(final Batch batch) {
		final int[] values = new int[batch.targets().capacity()];
		batch.targets().duplicate().get(values);
		return values;
	}

	private static float[] weights(final Batch batch) {
		final float[] values = new float[batch.weights().capacity()];
		batch.weights().duplicate().get(values);
		return values;
	}

	private static Batch fill(final PatchSource source, final long k) {
		final Batch batch = source.newBatch(1);
		source.fill(k, batch, 0);
		return batch;
	}

	@Test
	void withoutAugmentationAPatchIsAPieceOfTheImage() {
		final PatchSampler sampler = sampler(square(64), 16, 16, NONE);
		for (int k = 0; k < 50; k++) {
			final float[] v = input(fill(sampler, k));
			final int x = (int) v[5 * 16 + 5] % 64 - 5;
			final int y = (int) v[5 * 16 + 5] / 64 - 5;
			for (int i = 0; i < 256; i++)
				assertEquals(64 * Mirror.index(y + i / 16, 64) + Mirror.index(x + i %
					16, 64), v[i], "patch " + k + ", pixel " + i);
		}
	}

	@Test
	void labelsAndImageGoThroughTheSameMap() {
		final int side = 96;
		final int[] labels = new int[side * side];
		final float[] image = new float[labels.length];
		for (int i = 0; i < labels.length; i++) {
			labels[i] = (i % side / 12 + i / side / 12) % 2;
			image[i] = labels[i];
		}
		final Sample sample = new Sample("board", ArrayImgs.floats(image, side,
			side, 1), ArrayImgs.ints(labels, side, side));
		for (final AugmentationConfig config : new AugmentationConfig[] {
			AugmentationConfig.fast(), AugmentationConfig.notebook(),
			AugmentationConfig.paper() })
		{
			final AugmentationConfig geometry = geometryOf(config);
			for (int k = 0; k < 20; k++) {
				final Batch batch = fill(sampler(sample, 48, 32, geometry), k);
				final float[] grey = input(batch);
				final int[] target = targets(batch);
				for (int i = 0; i < target.length; i++) {
					final float g = grey[(8 + i / 32) * 48 + 8 + i % 32];
					// The nearest pixel has at least a quarter of the weight.
					if (target[i] == 1) assertTrue(g >= 0.25f - 1e-4, "" + g);
					else assertTrue(g <= 0.75f + 1e-4, "" + g);
				}
			}
		}
	}

	private static AugmentationConfig geometryOf(
		final AugmentationConfig config)
	{
		final AugmentationConfig.Builder builder = config.toBuilder();
		for (final Transform t : Transform.values())
			if (!t.isGeometric()) builder.with(t, 0, 0);
		return builder.build();
	}

	@Test
	void aPatchDependsOnSeedAndNumberOnly() {
		final Sample sample = square(64);
		final PatchSampler a = sampler(sample, 32, 32, AugmentationConfig.fast());
		final PatchSampler b = sampler(sample, 32, 32, AugmentationConfig.fast());
		final float[] seventh = input(fill(a, 7));
		for (int k = 0; k < 5; k++)
			fill(b, k);
		assertArrayEquals(seventh, input(fill(b, 7)));
		assertTrue(!Arrays.equals(seventh, input(fill(a, 8))));
		final Batch two = b.newBatch(2);
		b.fill(7, two, 1);
		assertArrayEquals(seventh, Arrays.copyOfRange(input(two), 1024, 2048),
			"whatever the slot");
	}

	@Test
	void channelsLieSideBySide() {
		final Sample sample = numbered(3, new int[400], 20, 20);
		final float[] v = input(fill(sampler(sample, 8, 8, NONE), 0));
		for (int i = 0; i < 64; i++) {
			assertEquals(100000, v[3 * i + 1] - v[3 * i]);
			assertEquals(200000, v[3 * i + 2] - v[3 * i]);
		}
	}

	@Test
	void imagesSmallerThanThePatchAreMirrored() {
		final float[] v = input(fill(sampler(square(8), 32, 32, AugmentationConfig
			.none()), 3));
		for (int x = 0; x < 18; x++)
			assertEquals(v[x], v[x + 14], "period 14 along x");
		for (final float value : v)
			assertTrue(value >= 0 && value < 64, "" + value);
	}

	@Test
	void halfOfThePatchesLieAroundForeground() {
		final int side = 400;
		final int[] labels = new int[side * side];
		labels[50 * side + 350] = 1;
		final PatchSampler sampler = sampler(numbered(1, labels, side, side), 32,
			32, NONE);
		int with = 0;
		for (int k = 0; k < 1000; k++)
			if (Arrays.stream(targets(fill(sampler, k))).sum() > 0) with++;
		assertTrue(with > 450 && with < 560, "expected 450 to 560 of 1000, got " +
			with);
	}

	@Test
	void whereMostIsIgnoredPatchesLieAroundTheRest() {
		final int side = 400;
		final int[] labels = new int[side * side];
		Arrays.fill(labels, Sample.IGNORE);
		for (int x = 100; x < 110; x++)
			labels[20 * side + x] = x % 2;
		final PatchSampler sampler = sampler(numbered(1, labels, side, side), 32,
			16, NONE);
		for (int k = 0; k < 200; k++) {
			float counted = 0;
			for (final float w : weights(fill(sampler, k)))
				counted += w;
			assertTrue(counted > 0, "patch " + k + " counts no pixel");
		}
	}

	@Test
	void imagesAreDrawnByTheirCountedPixels() {
		final Sample large = square(60);
		final Sample small = new Sample("small", ArrayImgs.floats(20, 20, 1),
			ArrayImgs.ints(20, 20));
		final PatchSampler sampler = new PatchSampler(Arrays.asList(small, large),
			PatchSize.of(new long[] { 8, 8 }, new long[] { 8, 8 }), targets(
				LabelKind.MASK, PLAIN, large), NONE, 5);
		int ofSmall = 0;
		for (int k = 0; k < 2000; k++)
			if (targets(fill(sampler, k))[0] == 0) ofSmall++;
		assertEquals(200, ofSmall, 50, "of 2000");
	}

	@Test
	void nothingButIgnoredPixelsIsRefused() {
		final int[] labels = new int[256];
		Arrays.fill(labels, Sample.IGNORE);
		assertThrows(IllegalArgumentException.class, () -> sampler(numbered(1,
			labels, 16, 16), 8, 8, NONE));
		assertThrows(IllegalArgumentException.class, () -> new PatchSampler(
			Collections.emptyList(), PatchSize.of(new long[] { 8, 8 }, new long[] { 8,
				8 }), targets(LabelKind.MASK, PLAIN, square(8)), NONE, 1));
	}

	@Test
	void ignoredPixelsWeighNothing() {
		final int[] labels = new int[400];
		for (int i = 0; i < 400; i++)
			labels[i] = i % 3 - 1;
		final Batch batch = fill(sampler(numbered(1, labels, 20, 20), 8, 8, NONE),
			0);
		final float[] grey = input(batch);
		for (int i = 0; i < 64; i++) {
			final int label = (int) grey[i] % 3 - 1;
			assertEquals(label < 0 ? 0 : 1, weights(batch)[i]);
			assertEquals(Math.max(0, label), targets(batch)[i]);
		}
	}

	@Test
	void theBalanceComesFromAllTrainingImages() {
		final int[] labels = new int[400];
		Arrays.fill(labels, 0, 100, 1);
		final Sample sample = numbered(1, labels, 20, 20);
		final Targets targets = targets(LabelKind.MASK, WeightMapConfig.builder()
			.w0(0).ridgeWidth(0).build(), sample);
		assertArrayEquals(new float[] { 1, 3 }, targets.classWeights());
		final Batch batch = fill(new PatchSampler(Collections.singletonList(sample),
			PatchSize.of(new long[] { 8, 8 }, new long[] { 8, 8 }), targets, NONE, 1),
			0);
		for (int i = 0; i < 64; i++)
			assertEquals(targets(batch)[i] == 1 ? 3 : 1, weights(batch)[i]);
	}

	@Test
	void classesKeepTheirIndicesAndAreBalanced() {
		final int[] labels = new int[400];
		Arrays.fill(labels, 0, 100, 1);
		Arrays.fill(labels, 100, 150, 2);
		final Sample sample = numbered(1, labels, 20, 20);
		final Targets targets = Targets.of(new TargetConfig(LabelKind.CLASSES, 3,
			WeightMapConfig.builder().build()), Collections.singletonList(sample));
		assertArrayEquals(new float[] { 1, 2.5f, 5 }, targets.classWeights());
		final Batch batch = fill(new PatchSampler(Collections.singletonList(sample),
			PatchSize.of(new long[] { 20, 20 }, new long[] { 20, 20 }), targets, NONE,
			1), 0);
		for (int i = 0; i < 400; i++) {
			final int label = labels[(int) input(batch)[i]];
			assertEquals(label, targets(batch)[i]);
			assertEquals(targets.classWeights()[label], weights(batch)[i]);
		}
		assertThrows(IllegalArgumentException.class, () -> Targets.of(
			new TargetConfig(LabelKind.CLASSES, 2, PLAIN), Collections.singletonList(
				sample)));
	}

	/** Two squares that touch, three pixels from a third. */
	private static int[] threeObjects(final int side) {
		final int[] labels = new int[side * side];
		for (int y = 20; y < 40; y++)
			for (int x = 10; x < 53; x++)
				labels[y * side + x] = x < 25 ? 1 : x < 40 ? 2 : x < 43 ? 0 : 3;
		return labels;
	}

	@Test
	void touchingInstancesAreSetApartAndTheirBorderWeighsMore() {
		final Sample sample = numbered(1, threeObjects(64), 64, 64);
		final WeightMapConfig config = WeightMapConfig.builder().build();
		final Targets targets = targets(LabelKind.INSTANCES, config, sample);
		final PatchSampler sampler = new PatchSampler(Collections.singletonList(
			sample), PatchSize.of(new long[] { 48, 48 }, new long[] { 24, 24 }),
			targets, NONE, 1);
		final float[] reference = WeightMap.border(sample.labels(), config).update(
			null).getCurrentStorageArray();
		int ridge = 0;
		for (int k = 0; k < 20; k++) {
			final Batch batch = fill(sampler, k);
			for (int i = 0; i < 576; i++) {
				final int p = (int) input(batch)[(12 + i / 24) * 48 + 12 + i % 24];
				final int target = targets(batch)[i];
				if (target == 0 && sample.labelArray()[p] > 0) {
					assertTrue(p % 64 == 24 || p % 64 == 25, "ridge at x " + p % 64);
					ridge++;
				}
				// Which of two objects gives way depends on how much of them is seen.
				if (p % 64 < 38) continue;
				final double expected = targets.classWeights()[target] + reference[p];
				// Objects beyond 3 sigma of the patch are not seen.
				assertEquals(expected, weights(batch)[i], 10 * Math.exp(-4.5),
					"patch " + k + ", pixel " + i);
			}
		}
		assertTrue(ridge > 50, "expected ridge pixels, got " + ridge);
	}

	@Test
	void objectsOfAMaskAreNumberedBeforePatchesCutThem() {
		// A ring: in a patch its two sides look like two objects.
		final int side = 64;
		final int[] labels = new int[side * side];
		for (int y = 4; y < 60; y++)
			for (int x = 28; x < 36; x++)
				if (x < 31 || x > 32 || y < 7 || y > 56) labels[y * side + x] = 1;
		final Sample sample = numbered(1, labels, side, side);
		final PatchSampler sampler = new PatchSampler(Collections.singletonList(
			sample), PatchSize.of(new long[] { 16, 16 }, new long[] { 16, 16 }),
			targets(LabelKind.MASK, WeightMapConfig.builder().balanceClasses(false)
				.build(), sample), NONE, 1);
		for (int k = 0; k < 20; k++)
			for (final float w : weights(fill(sampler, k)))
				assertEquals(1, w, "one object has no border to another");
	}

	@Test
	void deformedLabelsGetWeightsOfTheirOwn() {
		final Sample sample = numbered(1, threeObjects(64), 64, 64);
		final WeightMapConfig config = WeightMapConfig.builder().balanceClasses(
			false).build();
		final PatchSampler sampler = new PatchSampler(Collections.singletonList(
			sample), PatchSize.of(new long[] { 64, 64 }, new long[] { 64, 64 }),
			targets(LabelKind.INSTANCES, config, sample), geometryOf(
				AugmentationConfig.fast()), 1);
		int heavy = 0;
		for (int k = 0; k < 20; k++) {
			final Batch batch = fill(sampler, k);
			final float[] weights = weights(batch);
			final int[] targets = targets(batch);
			for (int i = 0; i < weights.length; i++) {
				if (targets[i] == 1) assertEquals(1, weights[i],
					"the border term stands on background only");
				else if (weights[i] > 8) heavy++;
			}
		}
		assertTrue(heavy > 100, "expected heavy borders, got " + heavy);
	}

	@Test
	void resizedOutputsCoverTheRegionThatTheNetworkAnswersFor() {
		final UNetShape shape = new UNetShape(UNetConfig.builder().baseAndDepth(4,
			1).padding(Padding.VALID).outputSize(64, 64).build());
		final PatchSize size = PatchSize.of(shape, 48, 48);
		assertArrayEquals(new long[] { 64, 64 }, size.output());
		assertTrue(size.region()[0] < 48);
		final int[] labels = new int[100 * 100];
		for (int i = 0; i < labels.length; i++)
			labels[i] = i % 100 < 50 ? 0 : 1;
		final Sample sample = numbered(1, labels, 100, 100);
		final PatchSampler sampler = new PatchSampler(Collections.singletonList(
			sample), size, targets(LabelKind.MASK, PLAIN, sample), NONE, 1);
		for (int k = 0; k < 10; k++) {
			final Batch batch = fill(sampler, k);
			final float[] grey = input(batch);
			final long margin = (48 - size.region()[0]) / 2;
			for (int i = 0; i < 64; i++) {
				final double at = margin - 0.5 + (i + 0.5) * size.region()[0] / 64;
				final int x = (int) grey[(int) Math.round(at) + 24 * 48] % 100;
				assertEquals(x < 50 ? 0 : 1, targets(batch)[32 * 64 + i], "at " + at);
			}
		}
	}

	@Test
	void volumesWorkLikePlanes() {
		final Random random = new Random(1);
		final int[] labels = new int[24 * 20 * 10];
		for (int i = 0; i < labels.length; i++)
			labels[i] = random.nextInt(4);
		final Sample sample = numbered(1, labels, 24, 20, 10);
		final PatchSize size = PatchSize.of(new long[] { 12, 12, 6 }, new long[] {
			8, 8, 4 });
		final Targets targets = targets(LabelKind.INSTANCES, WeightMapConfig
			.builder().w0(0).ridgeWidth(0).balanceClasses(false).build(), sample);
		final List<Sample> samples = Collections.singletonList(sample);
		final Batch plain = fill(new PatchSampler(samples, size, targets, NONE, 1),
			0);
		for (int z = 0; z < 4; z++)
			for (int y = 0; y < 8; y++)
				for (int x = 0; x < 8; x++) {
					final int pixel = (int) input(plain)[((z + 1) * 12 + y + 2) * 12 + x +
						2];
					assertEquals(labels[pixel] > 0 ? 1 : 0, targets(plain)[(z * 8 + y) *
						8 + x]);
				}
		final Batch rich = fill(new PatchSampler(samples, size, targets(
			LabelKind.INSTANCES, WeightMapConfig.builder().build(), sample),
			AugmentationConfig.fast(), 1), 0);
		for (final float w : weights(rich))
			assertTrue(w >= 1 && Float.isFinite(w), "" + w);
		for (final float v : input(rich))
			assertTrue(Float.isFinite(v), "" + v);
	}
}
