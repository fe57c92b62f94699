
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sc.fiji.unet.data.Patches.NONE;
import static sc.fiji.unet.data.Patches.PLAIN;
import static sc.fiji.unet.data.Patches.fill;
import static sc.fiji.unet.data.Patches.geometryOf;
import static sc.fiji.unet.data.Patches.input;
import static sc.fiji.unet.data.Patches.numbered;
import static sc.fiji.unet.data.Patches.sampler;
import static sc.fiji.unet.data.Patches.square;
import static sc.fiji.unet.data.Patches.targets;
import static sc.fiji.unet.data.Patches.weights;

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
import sc.fiji.unet.weightmap.WeightMapConfig;

class PatchSamplerTest {

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

	/** Starts of patches along x and y within a grey image [start + 64]. */
	private static int[][] starts(final int side, final int label,
		final int draws)
	{
		final int[] labels = new int[side * side];
		Arrays.fill(labels, label);
		final PatchSampler sampler = sampler(numbered(1, labels, side, side), 64,
			64, NONE);
		final int[][] histogram = new int[2][side + 64];
		for (int k = 0; k < draws; k++) {
			final int middle = (int) input(fill(sampler, k))[32 * 64 + 32];
			histogram[0][middle % side - 32 + 64]++;
			histogram[1][middle / side - 32 + 64]++;
		}
		return histogram;
	}

	@Test
	void positionsAreSpreadEvenlyAndReachAnEighthOfThePatchBeyondTheImage() {
		final int draws = 8000;
		for (final int side : new int[] { 64, 128 })
			for (final int[] starts : starts(side, 0, draws)) {
				final double mean = (double) draws / (side - 64 + 17);
				for (int i = 0; i < starts.length; i++) {
					final boolean possible = i >= 56 && i <= side + 8;
					assertEquals(possible ? mean : 0, starts[i], possible ? 5 * Math.sqrt(
						mean) : 0, "start " + (i - 64) + " of " + side);
				}
			}
	}

	@Test
	void positionsAroundForegroundDoNotPileUpEither() {
		final int draws = 8000;
		for (final int side : new int[] { 64, 128 })
			for (final int[] starts : starts(side, 1, draws)) {
				final double mean = (double) draws / (side - 64 + 17);
				for (int i = 0; i < starts.length; i++)
					assertTrue(starts[i] < 2 * mean, "start " + (i - 64) + " of " + side +
						": " + starts[i] + " times, on average " + mean);
			}
	}

	@Test
	void theForegroundPixelLiesInThePatchWhereverItIs() {
		for (final int side : new int[] { 20, 30, 32, 33, 50 })
			for (int p = 0; p < side; p++) {
				final int[] labels = new int[side * side];
				Arrays.fill(labels, Sample.IGNORE);
				labels[p * side + side - 1 - p] = 1;
				final PatchSampler sampler = sampler(numbered(1, labels, side, side),
					40, 32, NONE);
				for (int k = 0; k < 20; k++)
					assertTrue(Arrays.stream(targets(fill(sampler, k))).sum() > 0,
						"pixel " + p + " of " + side + ", patch " + k);
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
