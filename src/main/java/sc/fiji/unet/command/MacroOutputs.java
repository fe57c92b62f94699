
package sc.fiji.unet.command;

import ij.ImagePlus;
import ij.macro.Interpreter;

import java.awt.GraphicsEnvironment;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.plugin.Plugin;

/**
 * Hands images that a command has made to a macro in a Fiji without display,
 * where SciJava shows nothing: so the macro can select and save them.
 */
@Plugin(type = PostprocessorPlugin.class)
public final class MacroOutputs extends AbstractPostprocessorPlugin {

	@Override
	public void process(final Module module) {
		final boolean macro = GraphicsEnvironment.isHeadless() && Interpreter
			.isBatchMode();
		if (!macro || !(module.getDelegateObject() instanceof UNetCommand)) return;
		for (final ModuleItem<?> item : module.getInfo().outputs()) {
			final Object value = module.getOutput(item.getName());
			if (value instanceof ImagePlus && !item.isInput()) ((ImagePlus) value)
				.show();
		}
	}
}
