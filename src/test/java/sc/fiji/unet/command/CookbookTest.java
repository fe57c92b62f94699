
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.Prefs;

import java.io.File;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleService;
import org.scijava.script.ScriptInfo;
import org.scijava.script.ScriptModule;

import sc.fiji.unet.cli.CommandLineRun;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.RoiZip;

/**
 * Every recipe of the cookbook is run as it stands there, in every way that it
 * names, and all ways give the same files.
 */
class CookbookTest {

	private static final String RUN =
		"run\\(\"([^\"]+)\", (\"(?:[^\"]|\" \\+ folder \\+ \")*\")\\);";
	private static final Duration LIMIT = Duration.ofMinutes(5);

	@TempDir
	static Path temporary;

	/** What {@code CommandService} has made with the keys of the macros. */
	private static CookbookFolder expected;
	private static boolean byteOrder;

	/** A blank in the name, as many a folder of a user has. */
	private static CookbookFolder folder(final String way) throws Exception {
		return CookbookFolder.make(temporary.resolve("my cells, " + way));
	}

	@BeforeAll
	static void runTheKeysThroughCommandService() throws Exception {
		// As Fiji's launcher does: Jython then looks at no jar before it must.
		System.setProperty("python.cachedir.skip", "true");
		byteOrder = Prefs.intelByteOrder;
		// ImageJ's own default, which it takes when it starts.
		Prefs.intelByteOrder = false;
		expected = folder("commands");
		for (final Cookbook recipe : Cookbook.values())
			run(recipe);
		assertTrue(expected.results().size() >= 10, expected.results().keySet()
			.toString());
		assertTrue(ImageFiles.open(expected.file("cells 09_labels.tif"))
			.getStatistics().max >= 2, "cells are found");
	}

	@AfterAll
	static void resetPreferences() {
		Prefs.intelByteOrder = byteOrder;
	}

	private static void run(final Cookbook recipe) throws Exception {
		final Matcher run = Pattern.compile(RUN).matcher(recipe.block("ijm"));
		assertTrue(run.find(), recipe + " runs a command");
		final Map<String, String> keys = MacroOptions.parse(run.group(2).replace(
			"\" + folder + \"", expected.path().toString()).replace("\"", ""));
		final ImagePlus image = recipe == Cookbook.SEGMENT ? IJ.openImage(expected
			.file("new/cells 09.png").toString()) : recipe == Cookbook.WEIGHT_MAP ? IJ
				.openImage(expected.file("truth/cells 09.tif").toString()) : null;
		final CommandModule done = run(run.group(1), keys, image);
		save(done.getOutputs().get("labelImage"), "cells 09_labels.tif");
		save(done.getOutputs().get("weights"), "cells 09_weights.tif");
		if (recipe == Cookbook.SEGMENT) save(image, "cells 09_outlines.tif");
	}

	private static void save(final Object image, final String name) {
		if (image != null) IJ.saveAsTiff((ImagePlus) image, expected.file(name)
			.toString());
	}

	private static CommandModule run(final String title,
		final Map<String, String> keys, final ImagePlus image) throws Exception
	{
		try (Context context = new Context()) {
			final CommandService commands = context.getService(CommandService.class);
			final CommandInfo command = commands.getCommands().stream().filter(
				c -> title.equals(c.getTitle())).findFirst().orElseThrow(
					AssertionError::new);
			final Map<String, Object> inputs = new HashMap<>();
			keys.forEach((key, value) -> inputs.put(key, command.getInput(key)
				.getType() == File.class ? new File(value) : value));
			if (image != null) inputs.put("image", image);
			final CommandModule done = commands.run(command, true, inputs).get();
			assertFalse(done.isCanceled(), done.getCancelReason());
			return done;
		}
	}

	@Test
	void scriptsInGroovy() throws Exception {
		script("groovy", "groovy");
	}

	@Test
	void scriptsInPython() throws Exception {
		script("python", "py");
	}

	private static void script(final String language, final String extension)
		throws Exception
	{
		final CookbookFolder folder = folder(language);
		for (final Cookbook recipe : Cookbook.values())
			try (Context context = new Context()) {
				final ScriptInfo info = new ScriptInfo(context, recipe + "." +
					extension, new StringReader(recipe.block(language)));
				final ScriptModule script = info.createModule();
				final StringWriter errors = new StringWriter();
				context.inject(script);
				script.setErrorWriter(errors);
				context.getService(ModuleService.class).run(script, true, "folder",
					folder.path().toFile()).get();
				assertEquals("", errors.toString(), recipe + " in " + language);
			}
		assertSameFiles(folder);
	}

	@Test
	void macrosInAWindow() throws Exception {
		final CookbookFolder folder = folder("window");
		final PlainImageJWindow.Result run = PlainImageJWindow.in(Files
			.createDirectory(temporary.resolve("ImageJ"))).asInstalled().runMacro(
				macro(folder), LIMIT, target("cookbook.png"));
		assertEquals(PlainImageJMain.DONE, run.exitCode, run.log);
		assertTrue(run.log.contains("all recipes are done") && Files.exists(folder
			.file("cells.zip")), run.log);
		assertSameFiles(folder);
	}

	@Test
	void macrosWithoutAWindow() throws Exception {
		final CookbookFolder folder = folder("batch");
		final PlainImageJWindow.Result run = PlainImageJWindow.in(Files
			.createDirectory(temporary.resolve("ImageJ batch"))).asInstalled()
			.runBatch(macro(folder), folder.path().toString(), LIMIT);
		assertEquals(0, run.exitCode, run.log);
		assertTrue(run.log.contains("all recipes are done") && Files.exists(folder
			.file("cells.zip")), run.log);
		assertSameFiles(folder);
	}

	private static Path target(final String name) {
		return Paths.get(System.getProperty("unet.project.dir", "."),
			"target/screenshots", name);
	}

	/** @return macro that runs those of the recipes, each with the folder */
	private static String macro(final CookbookFolder folder) throws Exception {
		final StringBuilder all = new StringBuilder();
		for (final Cookbook recipe : Cookbook.values()) {
			final Path file = folder.file(recipe + ".ijm");
			Files.write(file, recipe.block("ijm").getBytes(StandardCharsets.UTF_8));
			all.append("runMacro(\"" + file + "\", \"" + folder.path() + "\");\n");
			all.append("while (nImages > 0) close();\n");
		}
		return all + "print(\"all recipes are done\");\n";
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void linesOfTheShell() throws Exception {
		final CookbookFolder folder = folder("shell");
		for (final Cookbook recipe : Cookbook.values())
			for (final List<String> words : lines(recipe.block("sh").replaceFirst(
				"(?m)^folder=.*$", "folder='" + folder.path() + "'")))
				assertEquals(0, CommandLineRun.run(words.toArray(new String[0])), words
					.toString());
		assertArrayEquals(expected.weights(), folder.weights());
		assertSameResults(folder);
		assertEquals(pixels(expected, "labels"), pixels(folder, "labels"));
		assertEquals(pixels(expected, "weights"), pixels(folder, "weights"));
		assertEquals(CookbookFolder.shapes(ImageFiles.open(expected.file(
			"cells 09_outlines.tif")).getOverlay()), CookbookFolder.shapes(RoiZip
				.read(folder.file("cells 09_rois.zip"))));
	}

	private static String pixels(final CookbookFolder folder, final String what)
		throws Exception
	{
		final Object pixels = folder.pixels("cells 09_" + what + ".tif");
		return pixels instanceof short[] ? Arrays.toString((short[]) pixels)
			: Arrays.toString((float[]) pixels);
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void theJobOfAQueueGoesOnWithTheFolder() throws Exception {
		final String job = Cookbook.blocks("### A batch queue", "bash").get(0);
		final List<List<String>> lines = lines(job.replaceFirst("(?m)^unet=.*$",
			"unet=bin/unet").replaceFirst("(?m)^folder=.*$", "folder='" + expected
				.path() + "'").replace("results\"", "queue\""));
		assertEquals(1, lines.size());
		assertEquals(0, CommandLineRun.run(lines.get(0).toArray(new String[0])));
		assertArrayEquals(expected.bytes("results/cells10_labels.tif"), expected
			.bytes("queue/cells10_labels.tif"));
	}

	/** @return arguments that a shell gives to bin/unet, of each call */
	private static List<List<String>> lines(final String script)
		throws Exception
	{
		final Path place = Files.createTempDirectory(temporary, "shell");
		final Path program = Files.createDirectory(place.resolve("bin")).resolve(
			"unet");
		Files.write(program, ("#!/bin/sh\nprintf '%s\\n' \"$@\" >> words\n" +
			"echo >> words\n").getBytes(StandardCharsets.UTF_8));
		assertTrue(program.toFile().setExecutable(true));
		assertEquals(0, new ProcessBuilder("sh", "-c", "set -eu\n" + script)
			.directory(place.toFile()).inheritIO().start().waitFor(), script);
		final List<List<String>> lines = new ArrayList<>();
		for (final String line : new String(Files.readAllBytes(place.resolve(
			"words")), StandardCharsets.UTF_8).split("\n\n"))
			lines.add(Arrays.asList(line.split("\n")));
		return lines;
	}

	private static void assertSameFiles(final CookbookFolder folder)
		throws Exception
	{
		assertArrayEquals(expected.weights(), folder.weights(), "weights");
		assertSameResults(folder);
		for (final String name : new String[] { "labels", "outlines", "weights" })
			assertArrayEquals(expected.bytes("cells 09_" + name + ".tif"), folder
				.bytes("cells 09_" + name + ".tif"), name);
	}

	private static void assertSameResults(final CookbookFolder folder)
		throws Exception
	{
		final Map<String, byte[]> results = folder.results();
		assertEquals(expected.results().keySet(), results.keySet());
		for (final Map.Entry<String, byte[]> file : expected.results().entrySet())
			assertArrayEquals(file.getValue(), results.get(file.getKey()), file
				.getKey());
		assertArrayEquals(expected.bytes("scores.csv"), folder.bytes("scores.csv"),
			"scores");
	}

	@Test
	void theClassOfEveryMenuItemIsListed() throws Exception {
		final StringBuilder rows = new StringBuilder();
		for (final String line : Files.readAllLines(Paths.get(System.getProperty(
			"unet.project.dir", "."), "plugins.config")))
		{
			final Matcher item = Pattern.compile("\"([^\"]+)\", .*\\.(\\w+)\"\\)")
				.matcher(line);
			if (item.find()) rows.append("| " + item.group(1) + " | `" + item.group(
				2) + "` |\n");
		}
		assertTrue(Cookbook.section("### Scripts").contains(rows),
			"The table in docs/cookbook.md must have the rows\n" + rows);
	}
}
