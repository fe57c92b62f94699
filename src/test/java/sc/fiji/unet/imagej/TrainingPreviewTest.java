
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Plot;
import ij.process.ImageProcessor;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.data.AugmentationConfig;
import sc.fiji.unet.data.DataSet;
import sc.fiji.unet.data.GreyHistogram;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.NetworkView;
import sc.fiji.unet.data.PatchSampler;
import sc.fiji.unet.data.PatchSize;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.data.Targets;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.weightmap.WeightMapConfig;

class TrainingPreviewTest {

	private static final int SIZE = 64;

	/** Two boxes; the lower half of the right one is ignored. */
	private static int[] labels() {
		final int[] labels = new int[SIZE * SIZE];
		for (int y = 16; y < 48; y++) {
			Arrays.fill(labels, y * SIZE + 8, y * SIZE + 28, 3);
			Arrays.fill(labels, y * SIZE + 32, y * SIZE + 56, y < 32 ? 4 : 99);
		}
		return labels;
	}

	/** The boxes are bright. */
	private static float[] pixels(final int channels) {
		final int[] labels = labels();
		final float[] image = new float[channels * labels.length];
		for (int i = 0; i < image.length; i++)
			image[i] = 50 + (labels[i % labels.length] > 0 ? 100 : 0) + i % 7;
		return image;
	}

	private static RawSample raw(final int channels) {
		return new RawSample("boxes", ArrayImgs.floats(pixels(channels), SIZE, SIZE,
			channels), ArrayImgs.ints(labels(), SIZE, SIZE));
	}

	private static TrainingPreview preview(final PatchSize size,
		final int channels)
	{
		final List<RawSample> raw = Collections.singletonList(raw(channels));
		final DataSet data = DataSet.of(raw, LabelKind.INSTANCES, OptionalInt.of(
			99), Preprocessing.minMax());
		final List<Sample> samples = data.samples();
		final Targets targets = Targets.of(new TargetConfig(LabelKind.INSTANCES, 2,
			WeightMapConfig.builder().build()), samples);
		final PatchSampler sampler = new PatchSampler(samples, size, targets,
			AugmentationConfig.none(), 1);
		return new TrainingPreview(LabelKind.INSTANCES, Collections.singletonList(
			NetworkView.ofImage(samples.get(0), targets)), Arrays.asList(NetworkView
				.ofPatch(sampler, 0), NetworkView.ofPatch(sampler, 1)), GreyHistogram
					.of(raw, Collections.singletonList("boxes"), data.intensities(
						Collections.singletonList("boxes"))));
	}

	private static final PatchSize WHOLE = PatchSize.of(new long[] { SIZE, SIZE },
		new long[] { SIZE, SIZE });

	private static int at(final ImagePlus stack, final int slice, final int x,
		final int y)
	{
		final int scale = 512 / SIZE;
		return stack.getStack().getProcessor(slice).getPixel(x * scale + scale / 2,
			y * scale + scale / 2) & 0xffffff;
	}

	@Test
	void slicesShowImageLabelsWeightsAndOutlines() {
		final ImagePlus stack = preview(WHOLE, 1).stack();
		assertEquals(5 + 2 * 3, stack.getStackSize());
		assertEquals(24, stack.getBitDepth());
		assertEquals(512, stack.getWidth());
		assertEquals("boxes: labels", stack.getStack().getSliceLabel(2));
		assertTrue((at(stack, 1, 18, 20) & 0xff) > (at(stack, 1, 2, 2) & 0xff));
		assertEquals(ObjectColours.of(3).getRGB() & 0xffffff, at(stack, 2, 18, 20));
		assertEquals(ObjectColours.of(4).getRGB() & 0xffffff, at(stack, 2, 40, 20));
		assertEquals(0, at(stack, 2, 2, 2));
		final Color between = new Color(at(stack, 3, 30, 24));
		final Color far = new Color(at(stack, 3, 2, 60));
		assertTrue(between.getRed() + between.getGreen() > far.getRed() + far
			.getGreen() + 100, between + " between the boxes, " + far + " far away");
		assertEquals(0, at(stack, 4, 18, 20), "no border term on objects");
		assertEquals(ObjectColours.of(3).getRGB() & 0xffffff, stack.getStack()
			.getProcessor(5).getPixel(8 * 8, 24 * 8) & 0xffffff);
	}

	@Test
	void whatIsIgnoredIsStriped() {
		final ImagePlus stack = preview(WHOLE, 1).stack();
		for (final int slice : new int[] { 2, 3, 4, 5 }) {
			final Set<Integer> colours = new HashSet<>();
			for (int x = 40 * 8; x < 48 * 8; x++)
				colours.add(stack.getStack().getProcessor(slice).getPixel(x, 40 * 8) &
					0xffffff);
			assertEquals(new HashSet<>(Arrays.asList(0xf0f0f0, 0x8c8c8c)), colours,
				"slice " + slice);
		}
		assertNotEquals(0xf0f0f0, at(stack, 3, 18, 20));
	}

	@Test
	void thePartThatTheNetworkAnswersForIsFramed() {
		final ImagePlus stack = preview(PatchSize.of(new long[] { SIZE, SIZE },
			new long[] { 32, 32 }), 1).stack();
		final ImageProcessor image = stack.getStack().getProcessor(6);
		assertEquals(Panels.FRAME.getRGB(), image.getPixel(128, 256) | 0xff000000);
		assertEquals(Panels.FRAME.getRGB(), image.getPixel(256, 384) | 0xff000000);
		for (int slice = 7; slice <= 8; slice++) {
			assertEquals(Panels.OUTSIDE.getRGB() & 0xffffff, at(stack, slice, 4, 32));
			assertNotEquals(Panels.OUTSIDE.getRGB() & 0xffffff, at(stack, slice, 32,
				32));
		}
		final ImageProcessor unframed = preview(WHOLE, 1).stack().getStack()
			.getProcessor(6);
		for (int y = 0; y < 512; y++)
			assertNotEquals(Panels.FRAME.getRGB(), unframed.getPixel(128, y) |
				0xff000000);
	}

	@Test
	void imagesOfSeveralSizesShareAStackAndChannelsAreColours() {
		final ImagePlus stack = preview(PatchSize.of(new long[] { 32, 16 },
			new long[] { 32, 16 }), 3).stack();
		assertEquals(512, stack.getWidth());
		assertEquals(stack.getHeight(), 512 + 54);
		assertEquals(5 + 2 * 3, stack.getStackSize());
	}

	@Test
	void marksStandAtMeanAndTwoDeviations() {
		final ImagePlus image = preview(WHOLE, 1).histogram();
		final float[] values = pixels(1);
		double mean = 0;
		double variance = 0;
		for (final float value : values)
			mean += value / values.length;
		for (final float value : values)
			variance += (value - mean) * (value - mean) / values.length;
		final Plot plot = (Plot) image.getProperty(Plot.PROPERTY_KEY);
		for (final double mark : new double[] { mean, mean + 2 * Math.sqrt(
			variance) })
		{
			final int x = (int) Math.round(plot.scaleXtoPxl(mark));
			int red = 0;
			final BufferedImage picture = image.getBufferedImage();
			for (int y = 20; y < 300; y++)
				if (new Color(picture.getRGB(x, y)).equals(new Color(0xd62728))) red++;
			assertTrue(red > 250, red + " red pixels at grey value " + mark);
		}
	}

	@Test
	void theSheetHoldsAllAndWarningsAreRed() {
		final TrainingPreview preview = preview(WHOLE, 1);
		final BufferedImage plain = preview.sheet(Arrays.asList("All is well."));
		final BufferedImage red = preview.sheet(Arrays.asList(
			"Warning: all is lost."));
		assertEquals(ContactSheet.WIDTH, plain.getWidth());
		assertEquals(plain.getHeight(), red.getHeight());
		assertEquals(0, count(plain, 0xb00000));
		assertTrue(count(red, 0xb00000) > 50);
		assertTrue(count(plain, ObjectColours.of(3).getRGB() & 0xffffff) > 1000);
	}

	private static int count(final BufferedImage picture, final int rgb) {
		int count = 0;
		for (int y = 0; y < picture.getHeight(); y++)
			for (int x = 0; x < 900; x++)
				if ((picture.getRGB(x, y) & 0xffffff) == rgb) count++;
		return count;
	}
}
