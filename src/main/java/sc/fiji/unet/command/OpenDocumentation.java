
package sc.fiji.unet.command;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/**
 * Plugins &gt; U-Net &gt; U-Net Documentation: opens the pages that are
 * installed with the plugin, at the tutorial.
 */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>U-Net Documentation",
	headless = true)
public class OpenDocumentation extends UNetCommand {

	@Override
	void execute() {
		DocumentationPage.FIRST.open();
	}
}
