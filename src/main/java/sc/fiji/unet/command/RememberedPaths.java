
package sc.fiji.unet.command;

import ij.Prefs;

import java.io.File;
import java.util.List;
import java.util.stream.Collectors;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.widget.FileWidget;

/**
 * The files and folders that were last entered into the dialog of a command, in
 * ImageJ's preferences. Only dialogs begin with them: a macro must not depend
 * on what was done before it.
 */
final class RememberedPaths {

	/** Not "unet.": these are those of another plugin. */
	private static final String PREFIX = "sc.fiji.unet.";

	private final Module module;
	private final String prefix;
	private final List<ModuleItem<?>> files;

	RememberedPaths(final CommandInputs inputs) {
		module = inputs.module();
		final String command = module.getInfo().getDelegateClassName();
		prefix = PREFIX + command.substring(command.lastIndexOf('.') + 1) + ".";
		files = inputs.shown().stream().filter(item -> item.getType() == File.class)
			.collect(Collectors.toList());
	}

	/** Gives the command the files of the last time, if they are there still. */
	void fill() {
		for (final ModuleItem<?> item : files) {
			final String path = Prefs.get(prefix + item.getName(), null);
			final boolean empty = module.getInput(item.getName()) == null;
			if (path != null && empty && (isWritten(item) || new File(path).exists()))
				module.setInput(item.getName(), new File(path));
		}
	}

	private static boolean isWritten(final ModuleItem<?> item) {
		return FileWidget.SAVE_STYLE.equals(item.getWidgetStyle());
	}

	/** Keeps the files that the command has now for the next dialog. */
	void remember() {
		for (final ModuleItem<?> item : files) {
			final File file = (File) module.getInput(item.getName());
			if (file == null) Prefs.set(prefix + item.getName(), (String) null);
			// Others are titles of open images.
			else if (file.isAbsolute()) Prefs.set(prefix + item.getName(), file
				.getPath());
		}
	}
}
