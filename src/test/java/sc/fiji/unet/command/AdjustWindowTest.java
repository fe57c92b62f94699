
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.Screenshots;

/** Adjust Segmentation with its preview in a real ImageJ window. */
class AdjustWindowTest {

	@TempDir
	Path folder;

	@Test
	void followsTheDialogTakesItBackAndReplacesTheResult() throws Exception {
		final Path image = Paths.get(System.getProperty("unet.project.dir", "."))
			.resolve("data/cells/images/cells09.png").toAbsolutePath();
		final PlainImageJWindow.Result result = PlainImageJWindow.in(folder).with(
			EchoDialogMain.class).with(DialogPicturesMain.class).run(
				AdjustWindowMain.class, Duration.ofMinutes(2), Screenshots.file(
					"adjust-preview"), image.toString(), Screenshots.file("dialog-adjust")
						.toAbsolutePath().toString());
		final String log = result.log;
		assertEquals(PlainImageJMain.DONE, result.exitCode, log);
		final int before = number(log, "before (\\d+)");
		assertTrue(log.contains("dialog Image: cells09.png | " +
			"Threshold (0 to 1, or model) | Minimum size (px, or model) | " +
			"Split at necks (0 to below 1, or model) | Exclude on edges | " +
			"Fill holes | Join slices in Z | Overlay | Labels | ROI Manager | " +
			"Table | Preview | Help\n"), log);
		assertTrue(log.contains("first " + before + " objects; were " + before),
			log);
		assertTrue(number(log, "size (\\d+) x") <= 1280, log);
		assertTrue(number(log, "size \\d+ x (\\d+)") <= 720, log);
		assertTrue(log.contains("hides the image: false"), log);
		assertTrue(log.contains("threshold 0.1 size 0\n"), log);
		assertTrue(number(log, "larger (\\d+) objects; were " + before) < before,
			log);
		assertTrue(log.contains("mistake threshold=0.2x is no number"), log);
		assertTrue(number(log, "slid (\\d+) objects; were " + before) < before,
			log);
		assertTrue(log.contains("status threshold=0.2x is no number"), log);
		assertTrue(log.contains("restored true true"), log);
		assertTrue(log.contains("again 0.1 0"), log);
		final int after = number(log, "previewed (\\d+) objects; were " + before);
		assertTrue(log.contains("after " + after + " " + after + " images 2"), log);
		assertTrue(log.contains("run(\"Adjust Segmentation\", \"threshold=0.5 " +
			"minsize=60 split="), log);
		assertTrue(log.contains(" excludeedges=true fillholes=false linkz=false " +
			"overlay=true labels=true rois=false table=false\");"), log);
		assertEquals(1, log.split("run\\(\"Adjust", -1).length - 1, "cancelled: " +
			log);
		assertTrue(log.contains("Adjusted 'cells09.png': " + after +
			" objects; were " + before + "."), log);
		assertFalse(log.contains("Exception"), log);
	}

	private static int number(final String log, final String pattern) {
		final Matcher matcher = Pattern.compile(pattern).matcher(log);
		assertTrue(matcher.find(), pattern + " is not in " + log);
		return Integer.parseInt(matcher.group(1));
	}
}
