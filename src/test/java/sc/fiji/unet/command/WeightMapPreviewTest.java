
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.Screenshots;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ImageOutput;
import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.job.WeightMapJob;

/** The preview of Weight Map in a real ImageJ window. */
class WeightMapPreviewTest {

	@TempDir
	Path folder;

	@Test
	void followsTheDialogAndLeavesNothingBehind() throws Exception {
		final Path labels = Paths.get(System.getProperty("unet.project.dir", "."))
			.resolve("data/cells/labels/cells09.tif").toAbsolutePath();
		final PlainImageJWindow.Result result = PlainImageJWindow.in(folder).with(
			EchoDialogMain.class).run(WeightMapPreviewMain.class, Duration.ofSeconds(
				60), Screenshots.file("weight-map-preview"), labels.toString());
		final String log = result.log;
		assertEquals(PlainImageJMain.DONE, result.exitCode, log);
		assertTrue(log.contains("said No pixel has the foreground value 255"), log);
		assertTrue(log.contains("left cells09.tif"), log);
		assertTrue(log.contains("same place true"), log);
		assertTrue(log.contains("images 2"), log);
		assertTrue(log.contains("unchanged true"), log);
		assertTrue(log.contains(
			"run(\"Weight Map\", \"labelkind=auto foreground=255 connectivity=8 w0=10 sigma=3 balance=true volume=false ridge=true show=weights bar=true\");"),
			log);
		assertFalse(log.contains("run(\"Weight Map\");"), "cancelled: " + log);
		assertFalse(log.contains("Exception"), log);
	}

	/** Two squares in slices 1 and 3, nothing in slice 2. */
	private static ImagePlus stack(final int width, final int height) {
		final ImagePlus image = IJ.createHyperStack("s", width, height, 1, 3, 1, 8);
		for (final int z : new int[] { 1, 3 }) {
			final ImageProcessor plane = image.getStack().getProcessor(z);
			plane.setValue(255);
			plane.setRoi(width / 2 - 9, height / 2 - 4, 8, 8);
			plane.fill();
			plane.setRoi(width / 2 + 2, height / 2 - 4, 8, 8);
			plane.fill();
		}
		return image;
	}

	private static ImagePlus preview(final ImagePlus image, final boolean volume,
		final boolean border)
	{
		return new WeightMapPreview(image).work(job(border), "auto", volume, false)
			.compute(() -> false);
	}

	private static WeightMapJob job(final boolean border) {
		return new WeightMapJob(LabelKind.AUTO, 10, 5, false, 1).weights(!border)
			.border(border);
	}

	@Test
	void showsWhatTheResultHasInTheShownSlice() {
		final ImagePlus image = stack(40, 30);
		for (final int z : new int[] { 1, 2, 3 }) {
			image.setSlice(z);
			for (final boolean volume : new boolean[] { false, true }) {
				final WeightMapJob.Result result = job(false).run(volume ? LabelInput
					.volumes(image) : LabelInput.slices(image));
				final ImagePlus expected = ImageOutput.grey("w", result.weights(), 3,
					image);
				assertArrayEquals((float[]) expected.getStack().getPixels(z),
					(float[]) preview(image, volume, false).getProcessor().getPixels(),
					"slice " + z + " volume " + volume);
			}
		}
		assertEquals("s weights (preview)", preview(image, true, false).getTitle());
		assertEquals("s border (preview)", preview(image, false, true).getTitle());
		assertEquals(0, preview(image, false, true).getStatistics().min, 0.1);
	}

	@Test
	void showsTheMiddleOfALargeImageAndSaysSo() {
		final ImagePlus image = stack(3000, 2000);
		final ImagePlus shown = preview(image, false, false);
		assertEquals("s weights (preview, middle 2048 x 2000 px)", shown
			.getTitle());
		assertEquals(2048, shown.getWidth());
		assertTrue(shown.getProcessor().getf(1024, 1000) > 5,
			"between the squares");
		assertEquals(
			"s weights (preview, middle 2048 x 2000 px, from slices 1 to 1)", preview(
				image, true, false).getTitle());
	}

	@Test
	void computesNothingOnceSuperseded() {
		assertThrows(CancellationException.class, () -> new WeightMapPreview(stack(
			40, 30)).work(job(false), "auto", false, false).compute(() -> true));
	}
}
