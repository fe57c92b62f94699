
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of Segment in a real ImageJ window, in a batch of two images. */
class SegmentTableWindowTest {

	private static final Path PROJECT = Paths.get(System.getProperty(
		"unet.project.dir", "."));
	private static final int SIZE = 64;

	@TempDir
	Path folder;

	@Test
	void aBatchEndsWithOneTableOfObjectsAndOneOfImages() throws Exception {
		final String[] macro = { "setBatchMode(true);",
			"for (i = 1; i <= 2; i++) {", "open('" + PROJECT.resolve(
				"data/cells/images/cells01.png").toAbsolutePath() + "');",
			"makeRectangle(0, 0, " + SIZE + ", " + SIZE + "); run('Crop');",
			"rename('image ' + i);",
			"run('Segment', 'table=true labels=false minsize=0 device=cpu');", "}",
			"n = Table.get('Objects', 0, 'U-Net Summary');",
			"print('images ' + Table.size('U-Net Summary'));",
			"print('last ' + Table.getString('Image', 1, 'U-Net Summary'));",
			"print('of ' + n + ': ' + (Table.size('U-Net Objects') == 2 * n));",
			"print('first ' + Table.getString('Image', 0, 'U-Net Objects'));" };
		final PlainImageJWindow.Result result = PlainImageJWindow.in(folder)
			.runMacro(String.join("\n", Arrays.asList(macro)), Duration.ofMinutes(3),
				PROJECT.resolve("target/screenshots/segment-tables.png"));
		assertEquals(PlainImageJMain.DONE, result.exitCode, result.log);
		assertTrue(result.log.contains("images 2"), result.log);
		assertTrue(result.log.contains("last image 2"), result.log);
		assertTrue(result.log.contains(": 1\n"), result.log);
		assertTrue(result.log.contains("first image 1"), result.log);
		assertFalse(result.log.contains("of 0:"), "objects: " + result.log);
	}
}
