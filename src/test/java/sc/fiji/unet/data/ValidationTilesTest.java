
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.weightmap.WeightMapConfig;

class ValidationTilesTest {

	private static Sample numbered(final long... size) {
		int pixels = 1;
		for (final long s : size)
			pixels *= s;
		final float[] image = new float[pixels];
		for (int i = 0; i < pixels; i++)
			image[i] = i;
		final long[] imageSize = Arrays.copyOf(size, size.length + 1);
		imageSize[size.length] = 1;
		return new Sample("s", ArrayImgs.floats(image, imageSize), ArrayImgs.ints(
			size));
	}

	private static ValidationTiles tiles(final long[] input, final long[] output,
		final Sample... samples)
	{
		final List<Sample> list = Arrays.asList(samples);
		return new ValidationTiles(list, PatchSize.of(input, output), Targets.of(
			new TargetConfig(LabelKind.MASK, 2, WeightMapConfig.builder().w0(0)
				.ridgeWidth(0).balanceClasses(false).build()), list));
	}

	/** How often each pixel of a single image counts. */
	private static float[] counts(final ValidationTiles tiles, final int pixels,
		final int margin, final int input, final int output)
	{
		final float[] counts = new float[pixels];
		final Batch batch = tiles.newBatch(1);
		for (long k = 0; k < tiles.count(); k++) {
			tiles.fill(k, batch, 0);
			for (int i = 0; i < output * output; i++) {
				final float weight = batch.weights().get(i);
				if (weight > 0) counts[(int) batch.input().get((margin + i / output) *
					input + margin + i % output)] += weight;
			}
		}
		return counts;
	}

	@Test
	void everyPixelCountsOnceWhateverTheSize() {
		for (final long[] size : new long[][] { { 40, 40 }, { 41, 57 }, { 20, 20 },
			{ 13, 45 }, { 9, 8 } })
		{
			final ValidationTiles tiles = tiles(new long[] { 28, 28 }, new long[] {
				20, 20 }, numbered(size));
			final float[] counts = counts(tiles, (int) (size[0] * size[1]), 4, 28,
				20);
			for (int p = 0; p < counts.length; p++)
				assertEquals(1, counts[p], "pixel " + p + " of " + Arrays.toString(
					size));
		}
	}

	@Test
	void volumesAreCoveredToo() {
		final ValidationTiles tiles = tiles(new long[] { 8, 8, 4 }, new long[] { 8,
			8, 4 }, numbered(13, 10, 7));
		assertEquals(8, tiles.count());
		final Batch batch = tiles.newBatch(8);
		for (int k = 0; k < 8; k++)
			tiles.fill(k, batch, k);
		final float[] counts = new float[910];
		for (int i = 0; i < batch.weights().capacity(); i++)
			if (batch.weights().get(i) > 0) counts[(int) batch.input().get(i)]++;
		for (int p = 0; p < counts.length; p++)
			assertEquals(1, counts[p], "voxel " + p);
	}

	@Test
	void theLastBatchIsFilledWithPatchesThatWeighNothing() {
		final ValidationTiles tiles = tiles(new long[] { 16, 16 }, new long[] { 16,
			16 }, numbered(32, 16), numbered(16, 16));
		assertEquals(3, tiles.count());
		assertEquals(2, tiles.batches(2));
		final Batch batch = tiles.newBatch(2);
		for (int slot = 0; slot < 2; slot++)
			tiles.fill(2 + slot, batch, slot);
		for (int i = 0; i < 256; i++) {
			assertEquals(1, batch.weights().get(i));
			assertEquals(0, batch.weights().get(256 + i));
			assertTrue(Float.isFinite(batch.input().get(256 + i)));
		}
	}

	@Test
	void targetsAndWeightsAreKeptAsFarAsThereIsMemory() {
		final int oneTile = 16 * 16 * 8;
		for (int kept = 0; kept <= 3; kept++) {
			final Sample sample = numbered(40, 16);
			final int[] labels = sample.labelArray();
			for (int i = 0; i < labels.length; i++)
				labels[i] = 1 + i % 40 / 7;
			final List<Sample> samples = Arrays.asList(sample);
			final ValidationTiles tiles = new ValidationTiles(samples, PatchSize.of(
				new long[] { 16, 16 }, new long[] { 16, 16 }), Targets.of(
					new TargetConfig(LabelKind.MASK, 2, WeightMapConfig.builder()
						.balanceClasses(false).w0(0).ridgeWidth(0).build()), samples),
				kept * oneTile + 5);
			final Batch first = look(tiles);
			final Batch again = look(tiles);
			assertEquals(first.targets(), again.targets());
			assertEquals(first.weights(), again.weights());
			assertEquals(first.input(), again.input());
			Arrays.fill(labels, 0);
			final Batch changed = look(tiles);
			assertEquals(first.weights(), changed.weights());
			for (int tile = 0; tile < 3; tile++)
				assertEquals(tile < kept ? 1 : 0, changed.targets().get(tile * 256 + 8),
					"tile " + tile + " of which " + kept + " are kept");
		}
	}

	private static Batch look(final ValidationTiles tiles) {
		final Batch batch = tiles.newBatch(3);
		for (int k = 0; k < 3; k++)
			tiles.fill(k, batch, k);
		return batch;
	}
}
