
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.weightmap.WeightMapConfig;

/** A view shows what a batch of the training holds, and nothing else. */
class NetworkViewTest {

	private static final int WIDTH = 40;
	private static final int HEIGHT = 30;
	private static final PatchSize SIZE = PatchSize.of(new long[] { 24, 20 },
		new long[] { 12, 8 });

	/** Two channels, two boxes that nearly touch, and a corner to ignore. */
	private static Sample sample(final String name, final long seed) {
		final Random random = new Random(seed);
		final float[] image = new float[2 * WIDTH * HEIGHT];
		for (int i = 0; i < image.length; i++)
			image[i] = random.nextFloat();
		final int[] labels = new int[WIDTH * HEIGHT];
		for (int y = 5; y < 20; y++) {
			Arrays.fill(labels, y * WIDTH + 5, y * WIDTH + 15, 1);
			Arrays.fill(labels, y * WIDTH + 18, y * WIDTH + 30, 2);
		}
		for (int y = 22; y < HEIGHT; y++)
			Arrays.fill(labels, y * WIDTH + 30, (y + 1) * WIDTH, Sample.IGNORE);
		return new Sample(name, ArrayImgs.floats(image, WIDTH, HEIGHT, 2), ArrayImgs
			.ints(labels, WIDTH, HEIGHT));
	}

	private static final List<Sample> SAMPLES = Arrays.asList(sample("a", 1),
		sample("b", 2), sample("c", 3));
	private static final Targets TARGETS = Targets.of(new TargetConfig(
		LabelKind.INSTANCES, 2, WeightMapConfig.builder().w0(10).sigma(3)
			.balanceClasses(true).build()), SAMPLES);

	@Test
	void aPatchIsTheOneThatIsTrainedOn() {
		final PatchSampler patches = new PatchSampler(SAMPLES, SIZE, TARGETS,
			AugmentationConfig.fast(), 7);
		final Batch batch = patches.newBatch(8);
		for (int k = 0; k < 8; k++)
			patches.fill(k, batch, k);
		for (int k = 0; k < 8; k++) {
			final NetworkView view = NetworkView.ofPatch(patches, k);
			final float[] image = view.image().update(null).getCurrentStorageArray();
			final int pixels = 24 * 20;
			for (int i = 0; i < pixels; i++)
				for (int c = 0; c < 2; c++)
					assertEquals(batch.input().get((k * pixels + i) * 2 + c), image[c *
						pixels + i]);
			for (int i = 0; i < 96; i++) {
				assertEquals(batch.targets().get(k * 96 + i), view.targets().update(
					null).getCurrentStorageArray()[i]);
				assertEquals(batch.weights().get(k * 96 + i), view.weights().update(
					null).getCurrentStorageArray()[i]);
			}
			assertArrayEquals(new long[] { 12, 8 }, view.region());
			assertTrue(SAMPLES.contains(view.sample()));
		}
	}

	@Test
	void aPatchKnowsItsImage() {
		final PatchSampler patches = new PatchSampler(Arrays.asList(flat("dark", 0),
			flat("bright", 1)), SIZE, TARGETS, AugmentationConfig.none(), 3);
		int bright = 0;
		for (int k = 0; k < 20; k++) {
			final NetworkView view = NetworkView.ofPatch(patches, k);
			final float value = view.image().update(null).getCurrentStorageArray()[0];
			assertEquals(value == 1 ? "bright" : "dark", view.sample().name());
			bright += value;
		}
		assertTrue(bright > 0 && bright < 20, bright + " of 20");
	}

	private static Sample flat(final String name, final float value) {
		final float[] image = new float[WIDTH * HEIGHT];
		Arrays.fill(image, value);
		return new Sample(name, ArrayImgs.floats(image, WIDTH, HEIGHT, 1), SAMPLES
			.get(0).labels());
	}

	@Test
	void aWholeImageIsShownAsItIs() {
		final Sample sample = SAMPLES.get(1);
		final NetworkView view = NetworkView.ofImage(sample, TARGETS);
		assertSame(sample, view.sample());
		assertArrayEquals(sample.imageArray(), view.image().update(null)
			.getCurrentStorageArray());
		final float[] weights = view.weights().update(null)
			.getCurrentStorageArray();
		final float[] border = view.border().update(null).getCurrentStorageArray();
		for (int i = 0; i < weights.length; i++) {
			final int label = sample.labelArray()[i];
			if (label == Sample.IGNORE) assertEquals(0, weights[i]);
			else assertEquals(TARGETS.classWeights()[view.targets().update(null)
				.getCurrentStorageArray()[i]] + border[i], weights[i], 1e-5);
			if (label != 0) assertEquals(0, border[i], 1e-5, "pixel " + i);
		}
		final double gap = 10 * Math.exp(-Math.pow(2 + 2, 2) / (2 * 3 * 3));
		assertEquals(gap, border[12 * WIDTH + 16], 1e-4);
	}

	@Test
	void theMiddleOfALargeImageIsShown() {
		final Sample sample = SAMPLES.get(0);
		assertSame(sample, sample.middle(40));
		final Sample middle = sample.middle(32);
		assertArrayEquals(new long[] { 32, 30 }, middle.size());
		for (int y = 0; y < 30; y++)
			for (int x = 0; x < 32; x++) {
				assertEquals(sample.labelArray()[y * WIDTH + x + 4], middle
					.labelArray()[y * 32 + x]);
				for (int c = 0; c < 2; c++)
					assertEquals(sample.imageArray()[(c * HEIGHT + y) * WIDTH + x + 4],
						middle.imageArray()[(c * 30 + y) * 32 + x]);
			}
	}
}
