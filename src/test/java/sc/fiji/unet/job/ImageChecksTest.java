
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.FloatProcessor;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.UNetConfig;

/** What is said of an image before it is segmented. */
class ImageChecksTest {

	private static ModelDescription model(final int channels) {
		return ModelDescription.builder("Cells", UNetConfig.builder().channels(
			channels).axes(Axes.calibrated("\u00b5m", 0.5, 0.5)).build()).build();
	}

	private static List<String> checks(final ModelDescription model,
		final ImagePlus image, final String channels)
	{
		return ImageChecks.of(model, ImageInput.of(image, ChannelSelection.parse(
			channels)), 0);
	}

	private static ImagePlus channels(final int channels) {
		final ImagePlus image = IJ.createHyperStack("i", 20, 20, channels, 1, 1, 8);
		for (int c = 1; c <= channels; c++)
			image.getStack().getProcessor(c).set(1, 1, c);
		return image;
	}

	@Test
	void otherNumbersOfChannelsAreSaid() {
		final String unscaled = "The image will not be scaled.";
		assertEquals(Arrays.asList(
			"The image has 3 channels, but the model 'Cells' was trained on 2; write in Channels which to use, such as 1,2.",
			unscaled), checks(model(2), channels(3), "all"));
		assertEquals(Arrays.asList(unscaled), checks(model(2), channels(3), "1,3"));
		assertEquals(
			"The image has 1 channel, but the model 'Cells' was trained on 2; take an image with as many, or another model.",
			checks(model(2), channels(1), "all").get(0));
		final ImagePlus grey = new ImagePlus("g", channels(1).getProcessor()
			.convertToRGB());
		assertEquals(Arrays.asList(unscaled), checks(model(1), grey, "all"));
	}

	@Test
	void anotherPixelSizeIsSaid() {
		final ImagePlus image = channels(1);
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().pixelHeight = 0.25;
		image.getCalibration().setUnit("um");
		assertEquals(Arrays.asList(
			"The image will be scaled by 0.5, from 0.25 \u00b5m to 0.5 \u00b5m a pixel."),
			checks(model(1), image, "all"));
		image.getCalibration().pixelWidth = 0.01;
		image.getCalibration().pixelHeight = 0.01;
		final List<String> refused = checks(model(1), image, "all");
		assertTrue(refused.get(0).contains("1/16 to 16 is possible"), refused
			.toString());
		assertThrows(IllegalArgumentException.class, () -> ImageChecks.of(model(1),
			ImageInput.of(image, ChannelSelection.all()), -1));
	}

	@Test
	void whatTheModelHasNotLearntIsSaidUnlessTheImageIsLarge()
		throws IOException
	{
		final ModelDescription nuclei = ModelPackage.describe(BundledModel.file());
		assertTrue(warning(nuclei, noise(256)).startsWith("Warning: this image"),
			warning(nuclei, noise(256)));
		assertEquals("", warning(nuclei, noise(2100)));
	}

	private static ImagePlus noise(final int size) {
		final Random random = new Random(1);
		final FloatProcessor pixels = new FloatProcessor(size, size);
		for (int i = 0; i < size * size; i++)
			pixels.setf(i, (float) random.nextGaussian());
		return new ImagePlus("noise", pixels);
	}

	private static String warning(final ModelDescription model,
		final ImagePlus image)
	{
		final List<String> said = checks(model, image, "all");
		assertTrue(said.get(0).contains("will not be scaled"), said.toString());
		return said.size() > 1 ? said.get(1) : "";
	}
}
