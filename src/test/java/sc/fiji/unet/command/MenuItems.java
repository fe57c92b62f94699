
package sc.fiji.unet.command;

import ij.ImagePlus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;

/** The menu items that there are, whichever they may be. */
final class MenuItems {

	private static final Pattern CLASS = Pattern.compile(
		"PlainImageJ\\(\"([\\w.]+)\"\\)");

	private MenuItems() {}

	/** @return the command of each item in plugins.config */
	static List<CommandInfo> commands(final Context context) throws IOException {
		final Path file = Paths.get(System.getProperty("unet.project.dir", "."),
			"plugins.config");
		final List<CommandInfo> commands = new ArrayList<>();
		for (final String line : Files.readAllLines(file)) {
			final Matcher command = CLASS.matcher(line);
			if (command.find()) commands.add(context.service(CommandService.class)
				.getCommand(command.group(1)));
		}
		return commands;
	}

	/** @return parameters that a macro may give, images aside */
	static List<ModuleItem<?>> values(final CommandInfo command) {
		return new CommandInputs(module(command)).shown().stream().filter(
			CommandInputs::isValue).filter(item -> item.getType() != ImagePlus.class)
			.collect(Collectors.toList());
	}

	/** @return a fresh module, which has the defaults */
	static Module module(final CommandInfo command) {
		try {
			return command.createModule();
		}
		catch (final ModuleException e) {
			throw new AssertionError(command.getTitle(), e);
		}
	}

	static boolean hasChoices(final ModuleItem<?> item) {
		return item.getChoices() != null && !item.getChoices().isEmpty();
	}
}
