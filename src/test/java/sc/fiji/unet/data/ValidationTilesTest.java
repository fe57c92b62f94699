
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;
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

	/**
	 * A network that answers with what it sees, and with twice that for the
	 * second class: the image comes together again.
	 */
	@Test
	void predictionsOfAnImageComeTogetherWhateverTheSize() {
		for (final long[] size : new long[][] { { 40, 40 }, { 41, 57 }, { 20, 20 },
			{ 13, 45 }, { 9, 8 } })
		{
			final ValidationTiles tiles = tiles(new long[] { 28, 28 }, new long[] {
				20, 20 }, numbered(30, 30), numbered(size));
			final ArrayImg<FloatType, FloatArray> found = ArrayImgs.floats(size[0],
				size[1], 1);
			for (long first = 0; first < tiles.count(); first += 3)
				for (int slot = 0; slot < 3; slot++)
					tiles.collect(first + slot, 1, answer(tiles, first, 3), slot, 2, 1,
						found);
			final float[] values = found.update(null).getCurrentStorageArray();
			for (int i = 0; i < values.length; i++)
				assertEquals(2 * i, values[i], "pixel " + i + " of " + Arrays.toString(
					size));
		}
	}

	private static FloatBuffer answer(final ValidationTiles tiles,
		final long first, final int count)
	{
		final Batch batch = tiles.newBatch(count);
		final FloatBuffer answer = FloatBuffer.allocate(2 * count * 20 * 20);
		for (int slot = 0; slot < count; slot++) {
			tiles.fill(first + slot, batch, slot);
			for (int y = 0; y < 20; y++)
				for (int x = 0; x < 20; x++) {
					final float value = batch.input().get((slot * 28 + 4 + y) * 28 + 4 +
						x);
					answer.put(value).put(2 * value);
				}
		}
		return answer;
	}

	@Test
	void aPartOfAnImageTakesNothingFromBeside() {
		final ValidationTiles tiles = tiles(new long[] { 28, 28 }, new long[] { 20,
			20 }, numbered(50, 50));
		final ArrayImg<FloatType, FloatArray> part = ArrayImgs.floats(7, 30, 1);
		for (long k = 0; k < tiles.count(); k++)
			tiles.collect(k, 0, answer(tiles, k, 1), 0, 2, 0, Views.translate(part,
				17, 11, 0));
		assertEquals(11 * 50 + 17, part.getAt(0, 0, 0).get());
		assertEquals(40 * 50 + 23, part.getAt(6, 29, 0).get());
	}

	@Test
	void coarseAnswersAreSpreadOverTheirRegion() {
		final UNetConfig coarse = UNetConfig.builder().baseAndDepth(1, 1).padding(
			Padding.SAME).outputSize(4, 4).build();
		final Sample sample = numbered(8, 8);
		final List<Sample> list = Arrays.asList(sample);
		final ValidationTiles tiles = new ValidationTiles(list, PatchSize.of(
			new UNetShape(coarse), 8, 8), Targets.of(new TargetConfig(LabelKind.MASK,
				2, Patches.PLAIN), list));
		final FloatBuffer answer = FloatBuffer.allocate(16);
		for (int i = 0; i < 16; i++)
			answer.put(i);
		final ArrayImg<FloatType, FloatArray> found = ArrayImgs.floats(8, 8, 1);
		tiles.collect(0, 0, answer, 0, 1, 0, found);
		assertEquals(0, found.getAt(1, 1, 0).get());
		assertEquals(5, found.getAt(2, 2, 0).get());
		assertEquals(15, found.getAt(7, 7, 0).get());
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
