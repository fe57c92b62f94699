
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.Screenshots;

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
}
