
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.service.Service;

/** Fiji's menu and that of plain ImageJ show the same items. */
class MenuTest {

	@Test
	void pluginsConfigNamesEveryCommandByItsPathAndLabel() throws IOException {
		final Path file = Paths.get(System.getProperty("unet.project.dir", "."),
			"plugins.config");
		final TreeSet<String> written = Files.readAllLines(file).stream().map(
			String::trim).filter(line -> !line.isEmpty() && !line.startsWith("#"))
			.collect(Collectors.toCollection(TreeSet::new));
		final TreeSet<String> expected = new TreeSet<>();
		for (final CommandInfo command : commands()) {
			final String path = command.getMenuPath().stream().map(entry -> entry
				.getName()).collect(Collectors.joining(">"));
			final int leaf = path.lastIndexOf('>');
			expected.add(path.substring(0, leaf) + ", \"" + path.substring(leaf + 1) +
				"\", " + PlainImageJ.class.getName() + "(\"" + command
					.getDelegateClassName() + "\")");
		}
		assertEquals(expected, written);
	}

	/** ImageJ would run its own command, or ours in its place. */
	@Test
	void noItemIsCalledLikeOneOfImageJ() throws IOException {
		final Properties menus = new Properties();
		try (InputStream in = IJ.class.getResourceAsStream("/IJ_Props.txt")) {
			menus.load(in);
		}
		final TreeSet<String> own = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		menus.values().forEach(value -> {
			final Matcher label = Pattern.compile("\"([^\"]+)\"").matcher(value
				.toString());
			if (label.find()) own.add(label.group(1).replaceAll("\\.\\.\\.$", ""));
		});
		assertTrue(own.size() > 200, own.toString());
		assertTrue(own.contains("To ROI Manager"), own.toString());
		final List<String> taken = commands().stream().map(CommandInfo::getTitle)
			.filter(own::contains).collect(Collectors.toList());
		assertEquals(Collections.emptyList(), taken);
	}

	/** ImageJ's recorder takes the end of one key for another key. */
	@Test
	void noKeyEndsWithAnotherKey() {
		final List<String> problems = new ArrayList<>();
		for (final CommandInfo command : commands())
			for (final ModuleItem<?> a : command.inputs())
				for (final ModuleItem<?> b : command.inputs())
					if (a != b && key(a).endsWith(key(b))) problems.add(command
						.getTitle() + ": " + key(a) + " ends with " + key(b));
		assertEquals(Collections.emptyList(), problems);
	}

	/** SciJava would take what a macro leaves out from the last run. */
	@Test
	void nothingIsTakenFromAnEarlierRun() {
		final List<String> remembered = new ArrayList<>();
		int inputs = 0;
		for (final CommandInfo command : commands())
			for (final ModuleItem<?> item : command.inputs()) {
				final boolean service = Service.class.isAssignableFrom(item
					.getType()) || Context.class.isAssignableFrom(item.getType());
				if (service) continue;
				inputs++;
				if (item.isPersisted()) remembered.add(command.getTitle() + ": " + item
					.getName());
			}
		assertEquals(16, commands().size());
		assertTrue(inputs > 30, inputs + " inputs");
		assertEquals(Collections.emptyList(), remembered);
	}

	private static String key(final ModuleItem<?> item) {
		return item.getName().toLowerCase(Locale.ROOT);
	}

	/** @return our commands, without those of the tests */
	private static List<CommandInfo> commands() {
		try (Context context = new Context(CommandService.class)) {
			return context.getService(CommandService.class).getCommands().stream()
				.filter(command -> command.getDelegateClassName().startsWith(
					"sc.fiji.unet.") && !command.getDelegateClassName().equals(
						EchoCommand.class.getName())).collect(Collectors.toList());
		}
	}
}
