
package sc.fiji.unet.command;

import ij.IJ;

import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;
import org.scijava.widget.InputHarvester;

/**
 * Keeps macros in Fiji free of dialogs: what a macro does not say has its
 * default, what it says wrongly gets a message. SciJava by itself would ask for
 * every key that is missing, and check neither choices nor ranges.
 */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 1)
public final class MacroInputs extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof UNetCommand) || !IJ.isMacro())
			return;
		final CommandInputs inputs = new CommandInputs(module);
		try {
			inputs.checkValues();
			inputs.checkComplete();
		}
		catch (final IllegalArgumentException e) {
			cancel(e.getMessage());
			return;
		}
		inputs.resolve();
	}
}
