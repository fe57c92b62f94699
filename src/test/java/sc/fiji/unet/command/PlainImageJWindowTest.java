
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
		assertTrue(result.log.contains("value 135"), result.log);
		assertTrue(result.log.contains("batch 3 Echo of Echo of ramp"), result.log);
		assertTrue(Files.size(result.screenshot) > 1000, "screenshot is empty");
	}

	@Test
	void wrongParameterStopsTheMacroWithOneMessage() throws Exception {
		final PlainImageJWindow.Result result = run(String.join("\n",
			"newImage('ramp', '8-bit ramp', 200, 100, 1);",
			"run('Echo', 'model=a amount=700');", "print('went on');"), "wrong");
		assertEquals(PlainImageJMain.ABORTED, result.exitCode, result.log);
		assertTrue(result.log.contains("must lie between 0 and 100. in line 2"),
			result.log);
		assertFalse(result.log.contains("went on"), result.log);
	}

	@Test
	void macroRunsWithoutAnyWindow() throws Exception {
		final PlainImageJWindow.Result result = PlainImageJWindow.in(folder).menu(
			"Echo_Menu.jar", MENU).runHeadless(String.join("\n",
				"newImage('ramp', '8-bit ramp', 200, 100, 1);",
				"run('Echo', 'model=a amount=7');",
				"print('value ' + getTitle() + ' ' + getPixel(100, 5));",
				"run('Echo', 'model=a amount=700');", "print('went on');"), LIMIT);
		assertTrue(result.log.contains("value Echo of ramp 135"), result.log);
		assertTrue(result.log.contains("must lie between 0 and 100"), result.log);
		assertFalse(result.log.contains("went on"), result.log);
	}

	@Test
	void dialogFillsCallsBackRunsAndIsRecordedInTheGrammarOfFiji()
		throws Exception
	{
		final PlainImageJWindow.Result result = PlainImageJWindow.in(folder).menu(
			"Echo_Menu.jar", MENU).run(EchoDialogMain.class, LIMIT, screenshot(
				"dialog"));
		assertEquals(PlainImageJMain.DONE, result.exitCode, result.log);
		assertTrue(result.log.contains("title Echo of ramp"), result.log);
		assertTrue(result.log.contains("Model my model has 8 letters"), result.log);
		assertTrue(result.log.contains(
			"run(\"Echo\", \"model=[my model] averaging=flips amount=9 sigmapx=5 verbose=true behave=\");"),
			result.log);
		assertTrue(Files.size(result.screenshot) > 1000, "screenshot is empty");
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
