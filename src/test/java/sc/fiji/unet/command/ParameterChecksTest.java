
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;

import java.io.File;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;

/**
 * What a macro or a script says wrongly, to any menu item, is refused before
 * anything is done, with a sentence that says what is possible.
 */
@Timeout(120)
class ParameterChecksTest {

	private static final String WRONG = "wrong";

	private Context context;
	private List<CommandInfo> commands;
	private String threadName;

	@BeforeEach
	void becomeAMacro() throws Exception {
		context = new Context();
		commands = MenuItems.commands(context);
		assertTrue(commands.size() >= 13, commands.toString());
		threadName = Thread.currentThread().getName();
		Thread.currentThread().setName("Run$_test");
		WindowManager.setTempCurrentImage(IJ.createImage("grey", 8, 8, 1, 8));
		IJ.getErrorMessage();
	}

	@AfterEach
	void leaveTheMacro() {
		Macro.setOptions(null);
		WindowManager.setTempCurrentImage(null);
		Thread.currentThread().setName(threadName);
		context.dispose();
	}

	/** @return what plain ImageJ says of a macro's options */
	private static String said(final CommandInfo command, final String options) {
		Macro.setOptions(options);
		new PlainImageJ().run(command.getDelegateClassName());
		// Lines are broken where they become too long.
		return String.valueOf(IJ.getErrorMessage()).replace('\n', ' ');
	}

	private static void assertSays(final String said, final String what,
		final List<String> parts)
	{
		for (final String part : parts)
			assertTrue(said.contains(part), what + ": \"" + said +
				"\" does not say \"" + part + "\"");
	}

	/** @return what {@code CommandService} says of one value */
	private String refused(final CommandInfo command, final String key,
		final Object value) throws Exception
	{
		// As scripts do: SciJava's own steps would only ask for what is missing.
		final CommandModule module = context.service(CommandService.class).run(
			command, false, key, value).get();
		assertTrue(module.isCanceled(), command.getTitle() + " with " + key + "=" +
			value + " was done");
		return module.getCancelReason();
	}

	@Test
	void unknownKeysAreNamedWithThoseThatAreKnown() {
		for (final CommandInfo command : commands) {
			final List<String> keys = new CommandInputs(MenuItems.module(command))
				.keys();
			assertSays(said(command, "nonsense=1"), command.getTitle(), List.of("\"" +
				command.getTitle() + "\" has no parameter \"nonsense\".", "It knows " +
					String.join(", ", keys) + "."));
			for (final String key : keys) {
				final String other = key.substring(0, 1).toUpperCase() + key.substring(
					1);
				assertSays(said(command, other + "=1"), command.getTitle(), List.of(
					"no parameter \"" + other + "\"", "Write it as " + key + "."));
			}
		}
	}

	/** SciJava refuses them by itself, before the command has a say. */
	@Test
	void unknownKeysEndAScript() {
		for (final CommandInfo command : commands)
			assertSays(assertThrows(IllegalArgumentException.class, () -> refused(
				command, "Model", "x")).getMessage(), command.getTitle(), List.of(
					"No such input: Model"));
	}

	@Test
	void wrongChoicesAreNamedWithThoseThatThereAre() throws Exception {
		int choices = 0;
		for (final CommandInfo command : commands)
			for (final ModuleItem<?> item : MenuItems.values(command)) {
				if (!MenuItems.hasChoices(item)) continue;
				choices++;
				final List<String> parts = List.of(item.getName() + "=" + WRONG, item
					.getChoices().stream().map(String::valueOf).collect(Collectors
						.joining(", ")));
				assertSays(said(command, item.getName() + "=" + WRONG), command
					.getTitle(), parts);
				assertSays(refused(command, item.getName(), WRONG), command.getTitle(),
					parts);
			}
		assertTrue(choices > 20, choices + " choices");
	}

	@Test
	void numbersOutOfRangeAreNamedWithTheRange() throws Exception {
		int bounds = 0;
		for (final CommandInfo command : commands)
			for (final ModuleItem<?> item : MenuItems.values(command)) {
				bounds += assertBound(command, item, item.getMinimumValue(), -1);
				bounds += assertBound(command, item, item.getMaximumValue(), 1);
			}
		assertTrue(bounds > 20, bounds + " bounds");
	}

	private int assertBound(final CommandInfo command, final ModuleItem<?> item,
		final Object bound, final int step) throws Exception
	{
		if (bound == null) return 0;
		final String beyond = new BigDecimal(bound.toString()).add(BigDecimal
			.valueOf(step)).toPlainString();
		final List<String> parts = List.of(item.getName() + "=", ParameterText
			.label(item), ParameterText.format(bound));
		assertSays(said(command, item.getName() + "=" + beyond), command.getTitle(),
			parts);
		assertSays(refused(command, item.getName(), beyond), command.getTitle(),
			parts);
		return 1;
	}

	@Test
	void whatIsNoNumberAndNoYesOrNoIsRefused() {
		for (final CommandInfo command : commands)
			for (final ModuleItem<?> item : MenuItems.values(command)) {
				final boolean yesNo = item.getType() == boolean.class;
				if (yesNo) assertSays(said(command, item.getName() + "=yes"), command
					.getTitle(), List.of("must be true or false"));
				else if (item.getType().isPrimitive()) assertSays(said(command, item
					.getName() + "=many"), command.getTitle(), List.of("must be a",
						"number"));
			}
	}

	@Test
	void everyParameterThatIsMissingIsNamed() throws Exception {
		int required = 0;
		for (final CommandInfo command : commands) {
			final Map<String, ModuleItem<?>> needed = needed(command);
			for (final ModuleItem<?> item : needed.values()) {
				required++;
				final String others = needed.keySet().stream().filter(key -> !key
					.equals(item.getName())).map(key -> key + "=/nowhere").collect(
						Collectors.joining(" "));
				assertSays(said(command, others), command.getTitle(), List.of("\"" +
					ParameterText.label(item) + "\" is missing", item.getName() +
						"=..."));
			}
		}
		assertTrue(required >= 8, required + " required parameters");
	}

	private static Map<String, ModuleItem<?>> needed(final CommandInfo command) {
		final Map<String, ModuleItem<?>> needed = new LinkedHashMap<>();
		for (final ModuleItem<?> item : MenuItems.values(command))
			if (item.isRequired() && item.getValue(MenuItems.module(command)) == null)
				needed.put(item.getName(), item);
		needed.values().forEach(item -> assertEquals(File.class, item.getType()));
		return needed;
	}

	@Test
	void anImageThatIsMissingIsAskedFor() {
		WindowManager.setTempCurrentImage(null);
		for (final CommandInfo command : commands) {
			final boolean image = MenuItems.module(command).getInfo().getInput(
				"image") != null;
			if (image) assertSays(said(command, ""), command.getTitle(), List.of(
				"There is no image open"));
		}
		assertNull(WindowManager.getCurrentImage());
	}
}
