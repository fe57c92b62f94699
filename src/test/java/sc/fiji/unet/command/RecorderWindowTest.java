
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;

import sc.fiji.unet.cli.CommandLineRun;

/**
 * Every menu item is used with the mouse in a real ImageJ window, and what the
 * recorder has written does the same again. The dialog then begins with the
 * files of the last time, and with nothing else of it.
 */
class RecorderWindowTest {

	/**
	 * What is hard to write in a macro: blanks, brackets, quotes, backslashes.
	 */
	private static final String FOLDER = "Anna's [1] \"new\\table\"";
	private static final String NAME = "neu ü [2 \"a\" 細胞";

	@TempDir
	Path temporary;

	private CookbookFolder cells;
	private Path output;
	/** Values of each menu item by key; those left out stay as they are. */
	private final Map<String, String[]> values = new LinkedHashMap<>();
	/** Macro that makes the active image, of the items that need one. */
	private final Map<String, String> before = new HashMap<>();

	@BeforeEach
	void prepare() throws Exception {
		cells = CookbookFolder.make(temporary.resolve(FOLDER));
		output = Files.createDirectory(cells.file("out"));
		assertEquals(0, CommandLineRun.run("train", "--images", path("annotated"),
			"--plan", path("plan.json"), "--model", path("cells.zip"), "--device",
			"cpu"));
		training();
		results();
		annotation();
	}

	private String path(final String name) {
		return cells.file(name).toString();
	}

	private void training() {
		values.put("Train U-Net", new String[] { "images", path("annotated"),
			"plan", path("plan.json"), "minutes", "0", "validation", "34", "seed",
			"3", "model", path("out/m.zip"), "card", "name: " + NAME +
				"; author: A [1]", "device", "cpu" });
		values.put("Cross-Validation", new String[] { "images", path("annotated"),
			"plan", path("plan.json"), "minutes", "0", "folds", "3", "validation",
			"0", "output", path("out/folds"), "device", "cpu" });
		values.put("Preview Training Data", new String[] { "images", path(
			"annotated"), "plan", path("plan.json"), "samples", "cells02, cells03",
			"output", path("out/preview.png") });
		values.put("Learning Rate Range Test", new String[] { "images", path(
			"annotated"), "plan", path("plan.json"), "min", "1e-5", "max", "1",
			"iterations", "10", "output", path("out/rates.png"), "device", "cpu" });
	}

	private void results() {
		before.put("Weight Map", open("truth/cells 09.tif"));
		values.put("Weight Map", new String[] { "labelkind", "instances", "w0",
			"7.5", "sigma", "3", "balance", "false", "show", "both" });
		before.put("Segment", open("new/cells 09.png"));
		values.put("Segment", new String[] { "model", path("cells.zip"),
			"threshold", "0.45", "minsize", "5", "rois", "true", "probability",
			"true", "classes", "true", "table", "true", "averaging", "flips",
			"device", "cpu" });
		before.put("Adjust Segmentation", open("new/cells 09.png") +
			"run(\"Segment\", \"device=cpu\");");
		values.put("Adjust Segmentation", new String[] { "threshold", "0.4",
			"minsize", "7", "split", "0.2", "excludeedges", "true", "fillholes",
			"true", "table", "true" });
		values.put("Install Model", new String[] { "file", path("cells.zip") });
		values.put("Segment Folder", new String[] { "input", path("new"), "pattern",
			"*[9].{png,tif}", "output", path("out"), "model", path("cells.zip"),
			"rois", "true", "table", "true", "device", "cpu" });
		values.put("Prediction beside Target", new String[] { "images", path("new"),
			"labels", path("truth"), "model", path("cells.zip"), "threshold", "0.3",
			"device", "cpu" });
		values.put("Evaluate Segmentation", new String[] { "truth", path("truth"),
			"results", path("truth"), "iou", "0.6", "csv", path("out/scores.csv") });
	}

	private void annotation() {
		before.put("Add to Training Set", open("annotated/cells01.tif"));
		values.put("Add to Training Set", new String[] { "folder", path("out/set"),
			"name", "neu [2 \"a\"", "region", "slice" });
		before.put("Labels to ROIs", open("truth/cells 09.tif"));
		values.put("Labels to ROIs", new String[] { "classname", NAME +
			" \\n C:\\new" });
		before.put("ROIs to Labels", open("annotated/cells01.tif"));
		values.put("ROIs to Labels", new String[] { "unannotated", "ignored",
			"pointradius", "2.5" });
		values.put("Samples", new String[] { "sample", "annotated membranes" });
	}

	private String open(final String name) {
		return "open(\"" + path(name).replace("\\", "\\\\").replace("\"", "\\\"") +
			"\");";
	}

	@Test
	void whatIsRecordedDoesTheSameAgain() throws Exception {
		final List<String> orders = new ArrayList<>();
		final List<CommandInfo> commands;
		try (Context context = new Context()) {
			// What has nothing to enter opens no dialog.
			commands = MenuItems.commands(context).stream().filter(
				command -> !MenuItems.values(command).isEmpty()).collect(Collectors
					.toList());
		}
		for (final CommandInfo command : commands)
			orders.addAll(orders(command));
		final Path file = Files.write(temporary.resolve("orders"), orders,
			StandardCharsets.UTF_8);
		final Path home = Files.createDirectory(temporary.resolve("ImageJ"));
		// What is installed is a result, too.
		Files.createSymbolicLink(Files.createDirectory(home.resolve(".unet"))
			.resolve("models"), output);
		final PlainImageJWindow.Result run = PlainImageJWindow.in(home)
			.asInstalled().jvmOption("-Dfile.encoding=UTF-8").with(
				EchoDialogMain.class).with(Outcome.class).run(RecorderMain.class,
					Duration.ofMinutes(8), Paths.get(System.getProperty(
						"unet.project.dir", "."), "target/screenshots/recorder.png"), file
							.toString());
		assertEquals(PlainImageJMain.DONE, run.exitCode, run.log);
		for (final CommandInfo command : commands)
			check(command, run.log);
	}

	private String[] valuesOf(final String title) {
		final String[] given = values.get(title);
		assertNotNull(given, "The menu item \"" + title +
			"\" is new: give it values in RecorderWindowTest, and a macro in \"before\" if it needs an image.");
		return given;
	}

	/** @return what {@link RecorderMain} is to do with a menu item */
	private List<String> orders(final CommandInfo command) {
		final List<String> orders = new ArrayList<>();
		orders.add("output\t" + output);
		if (before.containsKey(command.getTitle())) orders.add("macro\t" + before
			.get(command.getTitle()));
		final String[] given = valuesOf(command.getTitle());
		for (int i = 0; i < given.length; i += 2)
			orders.add(place(command, given[i]) + "\t" + given[i + 1]);
		orders.add("item\t" + command.getTitle());
		return orders;
	}

	/** @return which field of the dialog has the parameter: kind and number */
	private static String place(final CommandInfo command, final String key) {
		final Map<String, Integer> numbers = new HashMap<>();
		for (final ModuleItem<?> item : MenuItems.values(command)) {
			final int number = numbers.merge(kind(item), 1, Integer::sum) - 1;
			if (item.getName().equals(key)) return kind(item) + "\t" + number;
		}
		throw new AssertionError(command.getTitle() + " has no parameter " + key);
	}

	private static String kind(final ModuleItem<?> item) {
		if (item.getType() == boolean.class) return "tick";
		return MenuItems.hasChoices(item) ? "choice" : "text";
	}

	private void check(final CommandInfo command, final String log) {
		final String title = command.getTitle();
		final String recorded = line(log, title, "recorded");
		assertTrue(recorded.startsWith("run(\"" + title + "\", \"") && recorded
			.endsWith("\");"), recorded);
		final String done = line(log, title, "dialog");
		assertFalse(done.isEmpty(), title + " has done nothing");
		assertEquals(done.replace("\\n", "\n"), line(log, title, "macro").replace(
			"\\n", "\n"), title + ", recorded as " + recorded);
		// Its own test looks at what such a command takes from the image.
		if (MenuItems.module(command).getDelegateObject() instanceof DialogDefaults)
			return;
		// ImageJ puts a separator behind the path of a folder.
		assertEquals(atFirst(command), line(log, title, "again").replaceAll(
			"/(?=\t|$)", ""), title + ": what the dialog begins with");
	}

	private static String line(final String log, final String title,
		final String what)
	{
		final String start = title + "\t" + what + "\t";
		return Arrays.stream(log.split("\n")).filter(line -> line.startsWith(start))
			.findFirst().orElseThrow(() -> new AssertionError("No line \"" + start +
				"\" in " + log)).substring(start.length());
	}

	/** @return the files of the last time, and else defaults */
	private String atFirst(final CommandInfo command) {
		final List<String> given = Arrays.asList(valuesOf(command.getTitle()));
		final Map<String, List<String>> fields = new LinkedHashMap<>();
		for (final String kind : new String[] { "text", "choice", "tick" })
			fields.put(kind, new ArrayList<>());
		for (final ModuleItem<?> item : MenuItems.values(command)) {
			final int entered = given.indexOf(item.getName());
			final boolean lasts = item.getType() == File.class && entered >= 0;
			fields.get(kind(item)).add(lasts ? given.get(entered + 1) : ParameterText
				.format(item.getValue(MenuItems.module(command))));
		}
		final List<String> all = new ArrayList<>();
		fields.values().forEach(all::addAll);
		return String.join("\t", all);
	}
}
