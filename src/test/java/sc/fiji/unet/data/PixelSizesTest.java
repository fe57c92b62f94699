
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.Axes;

class PixelSizesTest {

	private static final Axes PIXELS = Axes.uncalibrated(2);

	private static List<RawSample> samples(final Axes... axes) {
		final List<RawSample> samples = new ArrayList<>();
		for (final Axes a : axes)
			samples.add(new RawSample("s" + samples.size(), ArrayImgs.floats(8, 8, 1),
				ArrayImgs.ints(8, 8)).withAxes(a));
		return samples;
	}

	private static Axes micron(final double size) {
		return Axes.calibrated("\u00b5m", size, size);
	}

	@Test
	void equalSizesAreTheModels() {
		final PixelSizes sizes = new PixelSizes(PIXELS, samples(micron(0.5), Axes
			.calibrated("nm", 500, 500)));
		assertArrayEquals(new double[] { 0.5, 0.5 }, sizes.axes().pixelSize(),
			1e-12);
		assertEquals("\u00b5m", sizes.axes().unit());
		assertEquals(Collections.singletonList(
			"The images have pixels of 0.5 \u00b5m."), sizes.sentences());
	}

	@Test
	void differentSizesGiveTheMiddleOneAndAWarning() {
		final PixelSizes sizes = new PixelSizes(PIXELS, samples(micron(0.5), micron(
			0.2), micron(0.4)));
		assertEquals(0.4, sizes.axes().pixelSize()[1], 1e-12);
		final String warning = sizes.sentences().get(0);
		assertTrue(warning.startsWith("Warning") && warning.contains(
			"0.2 \u00b5m to 0.5 \u00b5m") && warning.contains("0.4"), warning);
	}

	@Test
	void wherePixelSizesAreMissingTheModelGetsNone() {
		final PixelSizes sizes = new PixelSizes(PIXELS, samples(micron(0.5),
			PIXELS));
		assertEquals(PIXELS, sizes.axes());
		assertTrue(sizes.sentences().get(0).contains("1 of 2"), sizes.sentences()
			.get(0));
		assertEquals(Collections.emptyList(), new PixelSizes(PIXELS, samples(PIXELS,
			PIXELS)).sentences());
	}

	@Test
	void thePlanCountsWhereImagesHaveNone() {
		assertEquals(micron(0.3), new PixelSizes(micron(0.3), samples(PIXELS))
			.axes());
		final PixelSizes both = new PixelSizes(micron(0.3), samples(micron(0.5)));
		assertEquals(micron(0.5), both.axes());
		assertTrue(both.sentences().get(1).contains("0.3"), both.sentences()
			.toString());
	}
}
