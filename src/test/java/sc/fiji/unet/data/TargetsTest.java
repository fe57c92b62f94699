
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
import static sc.fiji.unet.data.Patches.targets;
import static sc.fiji.unet.data.Patches.weights;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.labeling.SeparatingRidge;
import sc.fiji.unet.network.Batch;
import sc.fiji.unet.weightmap.WeightMap;
import sc.fiji.unet.weightmap.WeightMapConfig;

/** What labels become, and how much each pixel weighs. */
class TargetsTest {

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
					assertEquals(25, p % 64,
						"ridge in the larger label of two equally large ones");
					ridge++;
				}
				final double expected = targets.classWeights()[target] + reference[p];
				// Objects beyond 3 sigma of the patch are not seen.
				assertEquals(expected, weights(batch)[i], 10 * Math.exp(-4.5),
					"patch " + k + ", pixel " + i);
			}
		}
		assertTrue(ridge > 50, "expected ridge pixels, got " + ridge);
	}

	@Test
	void theRidgeLiesOnTheSamePixelsInEveryPatch() {
		final int side = 128;
		for (final long seed : new long[] { 1, 2 })
			for (int width = 1; width <= 3; width++) {
				final Sample sample = numbered(1, cells(side, seed), side, side);
				final int[] whole = SeparatingRidge.separate(sample.labels(), width)
					.update(null).getCurrentStorageArray();
				final Targets targets = targets(LabelKind.INSTANCES, WeightMapConfig
					.builder().w0(0).ridgeWidth(width).build(), sample);
				final PatchSampler sampler = new PatchSampler(Collections.singletonList(
					sample), PatchSize.of(new long[] { 24, 24 }, new long[] { 24, 24 }),
					targets, NONE, seed);
				int ridge = 0;
				for (int k = 0; k < 300; k++) {
					final Batch batch = fill(sampler, k);
					// Wider ridges grow to one side, in a mirror image to the other.
					if (width > 1 && isMirrored(batch, side)) continue;
					for (int i = 0; i < 24 * 24; i++) {
						final int p = (int) input(batch)[i];
						assertEquals(whole[p] > 0 ? 1 : 0, targets(batch)[i], "patch " + k +
							", pixel " + p + ", width " + width);
						if (whole[p] != sample.labelArray()[p]) ridge++;
					}
				}
				assertTrue(ridge > 1000, "ridge pixels " + ridge);
			}
	}

	/** Labels with many touching objects. */
	private static int[] cells(final int side, final long seed) {
		final int[] labels = new int[side * side];
		int p = 0;
		for (final IntegerType<?> label : Views.flatIterable(SyntheticSamples.cells(
			1, side, seed).get(0).labels()))
			labels[p++] = label.getInteger();
		return labels;
	}

	private static boolean isMirrored(final Batch batch, final int side) {
		final int first = (int) input(batch)[0];
		return (int) input(batch)[24 * 24 - 1] - first != 23 * side + 23;
	}

	@Test
	void contextIsCountedInPixelsOfEachAxis() {
		final Sample sample = numbered(1, new int[64], 4, 4, 4);
		final WeightMapConfig.Builder weights = WeightMapConfig.builder()
			.ridgeWidth(0).sigma(5);
		assertArrayEquals(new int[] { 15, 15, 15 }, targets(LabelKind.INSTANCES,
			weights.build(), sample).context(3));
		assertArrayEquals(new int[] { 30, 15, 4 }, targets(LabelKind.INSTANCES,
			weights.spacing(0.5, 1, 4).build(), sample).context(3));
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
	void weightsAreComputedFromTheDeformedLabelsAndNotDeformedThemselves() {
		final int side = 96;
		final Sample sample = numbered(1, cells(side, 4), side, side);
		final WeightMapConfig config = WeightMapConfig.builder().build();
		final Targets targets = targets(LabelKind.INSTANCES, config, sample);
		final PatchSize size = PatchSize.of(new long[] { 40, 40 }, new long[] { 24,
			24 });
		final PatchWriter writer = new PatchWriter(Collections.singletonList(
			sample), size, targets);
		final float[] before = WeightMap.border(sample.labels(), config).update(
			null).getCurrentStorageArray();
		double difference = 0;
		for (int seed = 0; seed < 5; seed++) {
			final CoordinateMap map = GeometricAugmentation.draw(AugmentationConfig
				.fast(), size.input(), new double[] { 45.5, 50.5 }, new SeededRandom(
					seed, 0));
			final Batch batch = writer.newBatch(1);
			writer.write(0, map, planes -> {}, batch, 0);
			final int[] context = targets.context(2);
			final PatchGrid grid = PatchGrid.ofOutput(size, context);
			final int[] pixels = nearest(map, grid, side);
			final int[] ranked = SeparatingRidge.ranked(sample.labels()).update(null)
				.getCurrentStorageArray();
			final int[] apart = SeparatingRidge.separatePart(ArrayImgs.ints(Arrays
				.stream(pixels).map(p -> ranked[p]).toArray(), grid.size[0],
				grid.size[1]), 1).update(null).getCurrentStorageArray();
			for (int i = 0; i < 24 * 24; i++) {
				final int x = i % 24 + context[0];
				final int y = i / 24 + context[1];
				final int p = y * grid.size[0] + x;
				final double border = border(apart, grid.size[0], x, y);
				final int target = apart[p] > 0 ? 1 : 0;
				assertEquals(target, targets(batch)[i]);
				assertEquals(targets.classWeights()[target] + border, weights(batch)[i],
					1e-4, "patch " + seed + ", pixel " + i);
				difference = Math.max(difference, Math.abs(border - before[pixels[p]]));
			}
		}
		assertTrue(difference > 2, "a map made before would differ by " +
			difference);
	}

	/** Pixels of the image that the points of a grid show. */
	private static int[] nearest(final CoordinateMap map, final PatchGrid grid,
		final int side)
	{
		final int[] pixels = new int[grid.points()];
		final CoordinateMap.Lines lines = map.on(grid);
		for (int line = 0; line < grid.lines(); line++) {
			final double[][] source = lines.source(line);
			for (int i = 0; i < grid.size[0]; i++)
				pixels[line * grid.size[0] + i] = side * Mirror.index(Math.round(
					source[1][i]), side) + Mirror.index(Math.round(source[0][i]), side);
		}
		return pixels;
	}

	/** Second term of equation 2, pixel by pixel and object by object. */
	private static double border(final int[] labels, final int width, final int x,
		final int y)
	{
		if (labels[y * width + x] != 0) return 0;
		final Map<Integer, Double> distances = new HashMap<>();
		for (int q = 0; q < labels.length; q++)
			if (labels[q] > 0) distances.merge(labels[q], Math.hypot(q % width - x,
				q / width - y), Math::min);
		final double[] sorted = distances.values().stream().mapToDouble(d -> d)
			.sorted().toArray();
		if (sorted.length < 2) return 0;
		return 10 * Math.exp(-Math.pow(sorted[0] + sorted[1], 2) / 50);
	}
}
