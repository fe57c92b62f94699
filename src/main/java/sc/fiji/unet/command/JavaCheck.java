
package sc.fiji.unet.command;

import java.util.ArrayList;
import java.util.List;

import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;

/**
 * On Java 8 takes this plugin's commands away from SciJava, which could not
 * load them. What is left in the menu is {@link PlainImageJ}, which says what
 * to get. It is compiled for Java 8 for that.
 */
@Plugin(type = Service.class)
public final class JavaCheck extends AbstractService implements SciJavaService {

	private static final String OWN = "sc.fiji.unet.";

	@Parameter
	private PluginService plugins;

	@Override
	public void initialize() {
		if (!PlainImageJ.isTooOld()) return;
		final List<PluginInfo<?>> own = new ArrayList<>();
		for (final PluginInfo<?> plugin : plugins.getPlugins())
			if (plugin.getClassName().startsWith(OWN)) own.add(plugin);
		plugins.removePlugins(own);
	}
}
