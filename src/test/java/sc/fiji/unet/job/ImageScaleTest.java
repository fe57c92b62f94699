
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.UNetConfig;

class ImageScaleTest {

	private static final Axes PIXELS = Axes.uncalibrated(2);

	private static ModelDescription model(final Axes axes,
		final double diameter)
	{
		return ModelDescription.builder("cells", UNetConfig.builder().axes(axes)
			.build()).objectDiameter(diameter).build();
	}

	private static Axes micron(final double... size) {
		return Axes.calibrated("micron", size);
	}

	@Test
	void pixelSizesCountWhereBothAreKnown() {
		final ImageScale scale = ImageScale.of(model(Axes.calibrated("nm", 400,
			400), 30), micron(0.2, 0.2), 0);
		assertEquals(0.5, scale.scale().factor(0), 1e-9);
		assertEquals(
			"The image was scaled by 0.5, from 0.2 \u00b5m to 0.4 \u00b5m a pixel.",
			scale.sentence());
	}

	@Test
	void eachAxisHasItsOwnFactor() {
		final ImageScale scale = ImageScale.of(model(micron(0.4, 0.4), 30), micron(
			0.2, 0.8), 0);
		assertEquals(0.5, scale.scale().factor(0), 1e-9);
		assertEquals(2, scale.scale().factor(1), 1e-9);
		assertEquals(
			"The image was scaled by 0.5 along x and 2 along y, from 0.2 x 0.8 \u00b5m to 0.4 \u00b5m a pixel.",
			scale.sentence());
	}

	@Test
	void aDiameterCountsMoreThanPixelSizes() {
		for (final Axes axes : new Axes[] { PIXELS, micron(0.1, 0.1) }) {
			final ImageScale scale = ImageScale.of(model(micron(0.4, 0.4), 30), axes,
				60);
			assertEquals(0.5, scale.scale().factor(0), 1e-9);
			assertEquals(0.5, scale.scale().factor(1), 1e-9);
			assertEquals(
				"The image was scaled by 0.5, from objects of 60 pixels to 30 pixels across.",
				scale.sentence());
		}
	}

	@Test
	void withoutEitherTheImageStaysAsItIs() {
		for (final ImageScale scale : new ImageScale[] { ImageScale.of(model(PIXELS,
			21.6), micron(0.1, 0.1), 0), ImageScale.of(model(micron(1, 1), 21.6), Axes
				.calibrated("inch", 0.01, 0.01), 0) })
		{
			assertTrue(scale.scale().isNone());
			assertTrue(scale.sentence().contains("21.6 pixels"), scale.sentence());
		}
	}

	@Test
	void nearlyEqualIsEqual() {
		assertTrue(ImageScale.of(model(micron(0.4, 0.4), 0), micron(0.41, 0.39), 0)
			.scale().isNone());
		assertTrue(ImageScale.of(model(PIXELS, 30), PIXELS, 29).scale().isNone());
		assertEquals(0.4 / 0.5, 1 / ImageScale.of(model(micron(0.4, 0.4), 0),
			micron(0.5, 0.4), 0).scale().factor(0), 1e-9);
	}

	@Test
	void absurdFactorsAreRefusedWithTheRemedy() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> ImageScale.of(model(micron(0.4, 0.4), 0), Axes.calibrated("nm", 0.5,
				0.5), 0)).getMessage();
		assertTrue(message.contains("0.00125") && message.contains("0.5 nm") &&
			message.contains("400 nm") && message.contains("Image > Properties"),
			message);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ImageScale.of(
			model(PIXELS, 30), PIXELS, 1)).getMessage().contains("by 30"));
	}

	@Test
	void aModelWithoutDiameterSaysSo() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> ImageScale.of(model(PIXELS, 0), PIXELS, 20)).getMessage();
		assertTrue(message.contains("'cells'") && message.contains("at 0"),
			message);
	}
}
