
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.PatchSize;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.data.Targets;
import sc.fiji.unet.data.ValidationTiles;
import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;
import sc.fiji.unet.weightmap.WeightMapConfig;

class WholeImagesTest {

	/** Images whose grey value is their own number and pixel. */
	private static Sample sample(final int number, final int width,
		final int height)
	{
		final float[] pixels = new float[width * height];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = 1000 * number + i;
		return new Sample("image " + number, ArrayImgs.floats(pixels, width, height,
			1), ArrayImgs.ints(new int[pixels.length], width, height));
	}

	@Test
	void tilesOfSeveralImagesMakeEachImageAgain() {
		final List<Sample> samples = Arrays.asList(sample(1, 21, 9), sample(2, 5,
			6), sample(3, 16, 16));
		final UNetConfig network = UNetConfig.builder().baseAndDepth(1, 1).padding(
			Padding.SAME).build();
		final ValidationTiles tiles = new ValidationTiles(samples, PatchSize.of(
			new UNetShape(network), new long[] { 8, 8 }), Targets.of(new TargetConfig(
				LabelKind.MASK, 2, WeightMapConfig.builder().w0(0).build()), samples));
		final List<String> names = new ArrayList<>();
		final List<float[]> images = new ArrayList<>();
		final WholeImages whole = new WholeImages(tiles, 2, (sample, values) -> {
			names.add(sample.name());
			images.add(values.clone());
		});
		final Batch batch = tiles.newBatch(3);
		for (long b = 0; b < tiles.batches(3); b++) {
			for (int slot = 0; slot < 3; slot++)
				tiles.fill(3 * b + slot, batch, slot);
			whole.add(3 * b, 3, twoClasses(batch));
		}
		assertEquals(Arrays.asList("image 1", "image 2", "image 3"), names);
		for (int i = 0; i < images.size(); i++)
			assertArrayEquals(expected(samples.get(i)), images.get(i), names.get(i));
	}

	/** The grey value as one class, its negative as the other. */
	private static FloatBuffer twoClasses(final Batch batch) {
		final float[] both = new float[2 * batch.input().capacity()];
		for (int i = 0; i < both.length / 2; i++) {
			both[2 * i] = batch.input().get(i);
			both[2 * i + 1] = -both[2 * i];
		}
		return FloatBuffer.wrap(both);
	}

	private static float[] expected(final Sample sample) {
		final float[] pixels = sample.image().update(null).getCurrentStorageArray();
		final float[] both = new float[2 * pixels.length];
		for (int i = 0; i < pixels.length; i++) {
			both[2 * i] = pixels[i];
			both[2 * i + 1] = -pixels[i];
		}
		return both;
	}
}
