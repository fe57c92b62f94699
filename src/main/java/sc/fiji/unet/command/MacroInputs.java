
package sc.fiji.unet.command;

import ij.IJ;
import ij.Macro;

import java.awt.GraphicsEnvironment;
import java.util.Map;

import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.thread.ThreadService;
import org.scijava.widget.InputHarvester;

/**
 * Keeps macros in Fiji free of dialogs: what a macro does not say has its
 * default, what it says wrongly gets a message. SciJava by itself would ask for
 * every key that is missing, and check neither choices nor ranges. For people
 * it has dialogs begin with the values of a {@link DialogDefaults}.
 */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 1)
public final class MacroInputs extends AbstractPreprocessorPlugin {

	/** How ImageJ calls the thread of a macro, and once it has run a command. */
	private static final String MACRO = "Macro$";
	private static final String RUN = "Run$_";

	@Parameter(required = false)
	private ThreadService threadService;

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof UNetCommand)) return;
		final CommandInputs inputs = new CommandInputs(module);
		try {
			if (!isMacro()) {
				fillDialog(module, inputs);
				return;
			}
			readOptions(inputs);
			inputs.checkValues();
			inputs.checkComplete();
		}
		catch (final IllegalArgumentException e) {
			cancel(e.getMessage());
			return;
		}
		inputs.resolve();
	}

	/** Unless a script has given values, or there will be no dialog. */
	private static void fillDialog(final Module module,
		final CommandInputs inputs)
	{
		final boolean asked = module
			.getDelegateObject() instanceof DialogDefaults && !GraphicsEnvironment
				.isHeadless() && inputs.isNothingGiven();
		if (!asked) return;
		inputs.checkImage();
		((DialogDefaults) module.getDelegateObject()).setDialogDefaults();
	}

	/**
	 * Fiji passes over keys that a command does not know, and finds a key also
	 * within a value, as minsize in {@code input=/data/minsize=20}. What a
	 * program gives to the command by itself, while a macro runs that program,
	 * does not come from the options: these then are the program's own.
	 */
	private static void readOptions(final CommandInputs inputs) {
		final String options = Macro.getOptions();
		if (options == null) return;
		final Map<String, String> values = MacroOptions.parse(options);
		if (inputs.given().stream().allMatch(key -> values.containsKey(key) || Macro
			.getValue(options, key, null) != null)) inputs.setAnew(values);
	}

	/**
	 * A person may use the menu while a macro runs, and then wants the dialog. So
	 * it counts who has asked, which SciJava knows of the threads that it starts.
	 */
	private boolean isMacro() {
		if (Macro.getOptions() != null) return true;
		if (!IJ.isMacro()) return false;
		Thread caller = parent(Thread.currentThread());
		if (caller == null) return true;
		for (; caller != null; caller = parent(caller))
			if (caller.getName().startsWith(RUN) || caller.getName().endsWith(MACRO))
				return true;
		return false;
	}

	private Thread parent(final Thread thread) {
		return threadService == null ? null : threadService.getParent(thread);
	}
}
