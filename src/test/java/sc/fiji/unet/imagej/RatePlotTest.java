
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.train.RateCurve;
import sc.fiji.unet.train.RateRange;

/** The plot without a display. */
class RatePlotTest {

	@TempDir
	Path folder;

	/** @param fall from a loss of 1, before it rises without bounds */
	private RateCurve curve(final double fall, final int updates)
		throws IOException
	{
		final Random random = new Random(5);
		final StringBuilder csv = new StringBuilder(
			"update,learning_rate,loss,smoothed_loss\n");
		for (int i = 0; i < updates; i++) {
			final double rate = RateRange.usual().rate(i);
			final double power = Math.log10(rate);
			final double loss = 1 - fall / (1 + Math.exp(-4 * (power + 2.3))) + 0.05 *
				random.nextGaussian() + Math.exp(9 * Math.max(0, power + 0.5)) - 1;
			csv.append(i + 1 + "," + rate + "," + loss + ",0\n");
		}
		final Path file = folder.resolve("curve.csv");
		Files.writeString(file, csv.toString());
		return RateCurve.read(file);
	}

	@Test
	void showsRatesFromLeftToRightInEqualFactors() throws IOException {
		final RateCurve curve = curve(0.5, 50);
		final ImagePlus image = RatePlot.of(curve);
		final Plot plot = (Plot) image.getProperty(Plot.PROPERTY_KEY);
		assertNotNull(plot, "a window of it is a plot window");
		final double left = plot.scaleXtoPxl(1e-6);
		final double right = plot.scaleXtoPxl(10);
		assertEquals(left + (right - left) * 3 / 7, plot.scaleXtoPxl(1e-3), 2);
		final double[] limits = plot.getLimits();
		assertTrue(limits[3] < 2, "the peak does not flatten the rest: up to " +
			limits[3]);
		assertEquals(0.005, curve.suggestion().getAsDouble(), 0.003);
		final int mark = (int) plot.scaleXtoPxl(curve.suggestion().getAsDouble());
		assertTrue(reds(image, mark) > 40, reds(image, mark) + " pixels of a mark");
		assertTrue(reds(image, mark + 40) < 40, "no mark elsewhere");
	}

	/** @return pixels of the colour of the mark around a column */
	private static int reds(final ImagePlus image, final int x) {
		int reds = 0;
		for (int y = 0; y < image.getHeight(); y++)
			for (int dx = -2; dx <= 2; dx++) {
				final int[] rgb = image.getPixel(x + dx, y);
				if (rgb[0] > 150 && rgb[2] < 80) reds++;
			}
		return reds;
	}

	@Test
	void saysThatThereIsNoSuggestion() throws IOException {
		final RateCurve curve = curve(0, 50);
		assertTrue(!curve.suggestion().isPresent());
		final ImagePlus image = RatePlot.of(curve);
		final Plot plot = (Plot) image.getProperty(Plot.PROPERTY_KEY);
		int reds = 0;
		for (int power = -4; power <= 0; power++)
			for (int i = 0; i < 18; i++)
				reds += reds(image, (int) plot.scaleXtoPxl(Math.pow(10, power)) + 5 *
					i);
		assertTrue(reds > 100, "there is a text");
		for (final double loss : curve.smoothed())
			assertTrue(loss <= plot.getLimits()[3], "the line stays in sight");
	}

	@Test
	void aPlotNeedsTwoUpdates() throws IOException {
		assertThrows(IllegalArgumentException.class, () -> RatePlot.of(curve(0,
			1)));
		assertTrue(RatePlot.of(curve(0, 2)).getWidth() > 600);
	}
}
