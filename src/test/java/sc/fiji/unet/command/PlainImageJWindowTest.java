
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapter in a real ImageJ window, with a command of the tests. */
class PlainImageJWindowTest {

	private static final String MENU =
		"Plugins>U-Net, \"Echo\", sc.fiji.unet.command.PlainImageJ(\"sc.fiji.unet.command.EchoCommand\")";
	private static final Duration LIMIT = Duration.ofSeconds(60);

	@TempDir
	Path folder;

	@Test
	void macroRunsTheMenuItemAndShowsTheResult() throws Exception {
		final PlainImageJWindow.Result result = run(String.join("\n",
			"newImage('ramp', '8-bit ramp', 200, 100, 1);",
			"run('Echo', 'model=[a b] amount=7 verbose=true');",
			"print('title ' + getTitle());", "print('value ' + getPixel(100, 5));",
			"setBatchMode(true);", "run('Echo', 'model=a amount=1');",
			"print('batch ' + nImages + ' ' + getTitle());"), "macro");
		assertEquals(PlainImageJMain.DONE, result.exitCode, result.log);
		assertTrue(result.log.contains("title Echo of ramp"), result.log);
		assertTrue(result.log.contains("value 134"), result.log);
		assertTrue(result.log.contains("batch 3 Echo of Echo of ramp"), result.log);
		assertTrue(Files.size(result.screenshot) > 1000, "screenshot is empty");
	}

	@Test
	void wrongParameterStopsTheMacroWithOneMessage() throws Exception {
		final PlainImageJWindow.Result result = run(String.join("\n",
			"newImage('ramp', '8-bit ramp', 200, 100, 1);",
			"run('Echo', 'model=a amount=700');", "print('went on');"), "wrong");
		assertTrue(!result.log.contains("went on"), result.log);
	}

	private PlainImageJWindow.Result run(final String macro, final String name)
		throws IOException, InterruptedException
	{
		return PlainImageJWindow.in(folder).menu("Echo_Menu.jar", MENU).runMacro(
			macro, LIMIT, screenshot(name));
	}

	private static Path screenshot(final String name) {
		return Paths.get(System.getProperty("unet.project.dir", "."), "target",
			"screenshots", "plain-imagej-" + name + ".png");
	}
}
