
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The buttons of Train U-Net in a real ImageJ window. */
class PreviewDialogTest {

	@TempDir
	Path folder;

	@Test
	void dataAreCheckedAndShownWhileTheDialogIsOpen() throws Exception {
		final Path cells = Paths.get(System.getProperty("unet.project.dir", "."),
			"data", "cells").toAbsolutePath();
		final PlainImageJWindow.Result result = PlainImageJWindow.in(folder).with(
			EchoDialogMain.class).run(PreviewDialogMain.class, Duration.ofMinutes(2),
				Paths.get(System.getProperty("unet.project.dir", "."),
					"target/screenshots/preview-buttons.png"), cells.toString());
		assertEquals(PlainImageJMain.DONE, result.exitCode, result.log);
		assertTrue(result.log.contains("too early: Name the folder of the images"),
			result.log);
		assertTrue(result.log.contains("found: The labels are instances"),
			result.log);
		assertTrue(result.log.contains("The network sees 128 x 128 pixels"),
			"the values entered so far count: " + result.log);
		assertTrue(result.log.contains("dialog open true, slice 2 of 39"),
			result.log);
		assertTrue(result.log.contains("images 2"), result.log);
	}

	@Test
	void aMacroNeedsNoWindow() throws Exception {
		final Path cells = Paths.get(System.getProperty("unet.project.dir", "."),
			"data", "cells").toAbsolutePath();
		final Path picture = folder.resolve("a picture.png");
		final PlainImageJWindow.Result result = PlainImageJWindow.in(folder)
			.runHeadless(String.join("\n", "run('Preview Training Data', 'images=" +
				cells.resolve("images") + " labels=" + cells.resolve("labels") +
				" samples=cells05 settings=[patchSize: [64]] output=[" + picture +
				"]');", "print('stack ' + getTitle() + ' ' + nSlices);", "setSlice(2);",
				"print('slice ' + getMetadata('Label'));",
				"run('Preview Training Data', 'images=x labels=y check=true');",
				"print('went on');"), Duration.ofMinutes(1));
		assertTrue(result.log.contains("stack Preview of the training data 29"),
			result.log);
		assertTrue(result.log.contains("slice cells05: labels"), result.log);
		assertTrue(Files.size(picture) > 10_000);
		assertTrue(result.log.contains("has no parameter \"check\""), result.log);
	}
}
