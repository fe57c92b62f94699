
package sc.fiji.unet.command;

import ij.IJ;
import ij.Macro;
import ij.plugin.PlugIn;

import java.awt.GraphicsEnvironment;
import java.util.Map;

import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;

/**
 * Runs a SciJava command in plain ImageJ 1.x, where nothing else knows SciJava.
 * A macro gives the parameters as {@code key=value}, as in Fiji; without a
 * macro a dialog asks for them. {@link PlainImageJ} is the way in.
 */
public final class CommandAdapter implements PlugIn {

	private static Context context;

	/**
	 * @param className class of the command
	 */
	@Override
	public void run(final String className) {
		final Thread thread = Thread.currentThread();
		final ClassLoader before = thread.getContextClassLoader();
		// SciJava finds its plugins, ours included, through this class loader.
		thread.setContextClassLoader(CommandAdapter.class.getClassLoader());
		try {
			run(command(className));
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static void run(final CommandInfo command) {
		final boolean macro = isMacro();
		try {
			final Map<String, String> options = macro ? MacroOptions.parse(options())
				: null;
			final Module module = context().getService(ModuleService.class)
				.createModule(command);
			final boolean done = new CommandRun(context(), module, options).run();
			if (!done && macro) Macro.abort();
		}
		catch (final IllegalArgumentException | CommandException e) {
			// In a macro this stops the macro, too.
			IJ.error(command.getTitle(), Text.inLines(e.getMessage()));
		}
	}

	private static boolean isMacro() {
		return Macro.getOptions() != null || Thread.currentThread().getName()
			.endsWith("Macro$") || GraphicsEnvironment.isHeadless();
	}

	private static String options() {
		final String options = Macro.getOptions();
		return options == null ? "" : options;
	}

	private static CommandInfo command(final String className) {
		final CommandInfo command = context().getService(CommandService.class)
			.getCommand(className);
		if (command == null) throw new IllegalStateException("The command " +
			className +
			" is not among SciJava's plugins; its jar lacks META-INF/json.");
		return command;
	}

	/** @return SciJava, started at the first use and kept for the session */
	private static synchronized Context context() {
		if (context == null) context = new Context();
		return context;
	}
}
