
package sc.fiji.unet.command;

import ij.IJ;

import java.io.File;
import java.io.IOException;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.model.InstalledModels;

/**
 * Plugins &gt; U-Net &gt; Install Model: copies a model to where Segment finds
 * it by its name.
 */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Install Model",
	headless = true)
public class InstallModel extends UNetCommand {

	static final String TITLE = "Install Model";

	@Parameter(label = "Model (.zip)", style = "open", persist = false)
	private File file;

	@Parameter(label = "Overwrite", persist = false)
	private boolean overwrite;

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	/** What was done, and how to use the model. */
	@Parameter(type = ItemIO.OUTPUT)
	private String result;

	@Override
	void execute() throws IOException {
		result = InstalledModels.here().install(file.toPath(), overwrite)
			.sentence();
		IJ.log(result);
		if (hasWindows() && !IJ.isMacro()) IJ.showMessage(TITLE, Text.inLines(
			result));
	}
}
