
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ij.Prefs;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.event.ModuleStartedEvent;

/**
 * A macro or a script gets defaults where it says nothing, whatever the command
 * was given before. Nothing is computed: the files that are named do not exist.
 */
class NothingPersistsTest {

	@TempDir
	Path folder;

	private Context context;
	private List<CommandInfo> commands;
	private File nowhere;
	/** What the last command had, asked when it ended. */
	private Module last;
	private List<?> held;

	@BeforeEach
	void listen() throws Exception {
		context = new Context();
		commands = MenuItems.commands(context);
		nowhere = folder.resolve("nowhere").toFile();
		held = context.service(EventService.class).subscribe(this);
	}

	@AfterEach
	void close() {
		assertEquals(1, held.size());
		context.dispose();
	}

	@EventHandler
	void onEvent(final ModuleStartedEvent event) {
		last = event.getModule();
	}

	private Map<String, Object> defaults(final CommandInfo command) {
		return values(command, MenuItems.module(command));
	}

	private static Map<String, Object> values(final CommandInfo command,
		final Module module)
	{
		final Map<String, Object> values = new LinkedHashMap<>();
		for (final ModuleItem<?> item : MenuItems.values(command))
			values.put(item.getName(), item.getValue(module));
		return values;
	}

	/** @return possible values that are not the defaults */
	private Map<String, Object> others(final CommandInfo command) {
		final Map<String, Object> others = new LinkedHashMap<>();
		for (final ModuleItem<?> item : MenuItems.values(command)) {
			final Object value = item.getValue(MenuItems.module(command));
			if (MenuItems.hasChoices(item)) others.put(item.getName(), item
				.getChoices().get(value.equals(item.getChoices().get(0)) ? 1 : 0));
			else if (value instanceof Boolean) others.put(item.getName(),
				!(Boolean) value);
			else if (value instanceof Number) others.put(item.getName(),
				((Number) value).intValue() + (item.getMaximumValue() == null ? 1
					: 0.25));
			else if (item.getType() == File.class) others.put(item.getName(),
				nowhere);
			else others.put(item.getName(), "none".equals(value) ? "7" : "wrong");
		}
		return others;
	}

	@Test
	void scriptsGetDefaults() throws Exception {
		final CommandService service = context.service(CommandService.class);
		for (final CommandInfo command : commands) {
			if (!isRefused(command)) continue;
			service.run(command, true, others(command)).get();
			assertNotEquals(defaults(command), values(command, last), command
				.getTitle());
			service.run(command, true).get();
			assertEquals(defaults(command), values(command, last), command
				.getTitle());
		}
	}

	/**
	 * A command that needs no image and no file has nothing that could be
	 * missing.
	 */
	private static boolean isRefused(final CommandInfo command) {
		return command.getInput("image") != null || MenuItems.values(command)
			.stream().anyMatch(item -> item.getType() == File.class && item
				.isRequired());
	}

	@Test
	void macrosGetDefaultsAlsoAfterADialog() throws Exception {
		final File there = Files.createFile(folder.resolve("there")).toFile();
		for (final CommandInfo command : commands) {
			if (!isRefused(command)) continue;
			final Map<String, String> texts = new LinkedHashMap<>();
			others(command).forEach((key, value) -> texts.put(key, ParameterText
				.format(value)));
			runMacro(command, texts);
			assertNotEquals(defaults(command), values(command, last), command
				.getTitle());
			remember(command, there);
			remembered(command).values().forEach(path -> assertEquals(there.getPath(),
				path));
			runMacro(command, Collections.emptyMap());
			assertEquals(defaults(command), values(command, last), command
				.getTitle());
		}
	}

	private void runMacro(final CommandInfo command,
		final Map<String, String> options)
	{
		final Map<String, String> before = remembered(command);
		try {
			new CommandRun(context, context.service(
				org.scijava.module.ModuleService.class).createModule(command), options)
				.run();
			throw new AssertionError(command.getTitle() + " was done");
		}
		catch (final IllegalArgumentException | CommandException e) {
			assertEquals(before, remembered(command), command.getTitle());
		}
	}

	/** @return each file of the command to what its dialog would begin with */
	private static Map<String, String> remembered(final CommandInfo command) {
		final String name = command.getDelegateClassName();
		final Map<String, String> paths = new LinkedHashMap<>();
		for (final ModuleItem<?> item : MenuItems.values(command))
			if (item.getType() == File.class) paths.put(item.getName(), Prefs.get(
				"sc.fiji.unet." + name.substring(name.lastIndexOf('.') + 1) + "." + item
					.getName(), null));
		return paths;
	}

	/** As if a person had entered a file into the dialog. */
	private static void remember(final CommandInfo command, final File file) {
		final Module entered = MenuItems.module(command);
		for (final ModuleItem<?> item : MenuItems.values(command))
			if (item.getType() == File.class) entered.setInput(item.getName(), file);
		new RememberedPaths(new CommandInputs(entered)).remember();
	}

	@Test
	void dialogsBeginWithTheFilesOfTheLastTime() throws Exception {
		final File there = Files.createFile(folder.resolve("there")).toFile();
		for (final CommandInfo command : commands) {
			remember(command, there);
			for (int time = 0; time < 2; time++) {
				final Module next = MenuItems.module(command);
				new RememberedPaths(new CommandInputs(next)).fill();
				for (final ModuleItem<?> item : MenuItems.values(command)) {
					final boolean filled = item.getType() == File.class && (time == 0 ||
						"save".equals(item.getWidgetStyle()));
					assertEquals(filled ? there : item.getValue(MenuItems.module(
						command)), item.getValue(next), command.getTitle() + " " + item
							.getName());
				}
				Files.deleteIfExists(there.toPath());
			}
			Files.createFile(there.toPath());
		}
	}

	@Test
	void titlesOfImagesAndEmptiedFieldsAreNotRemembered() throws Exception {
		final CommandInfo command = context.service(CommandService.class)
			.getCommand(TrainUNet.class);
		remember(command, folder.toFile());
		final Module entered = MenuItems.module(command);
		entered.setInput("images", new File("my stack"));
		new RememberedPaths(new CommandInputs(entered)).remember();
		final Module next = MenuItems.module(command);
		new RememberedPaths(new CommandInputs(next)).fill();
		assertEquals(folder.toFile(), next.getInput("images"),
			"the folder before the title");
		assertNull(next.getInput("labels"), "which was empty the last time");
	}
}
