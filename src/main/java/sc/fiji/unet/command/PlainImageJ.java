
package sc.fiji.unet.command;

import ij.IJ;
import ij.plugin.PlugIn;

/**
 * The class that {@code plugins.config} names, with the class of a SciJava
 * command as its argument. It is compiled for Java 8, unlike all others, so
 * that an old ImageJ says what it lacks instead of showing a stack trace.
 */
public final class PlainImageJ implements PlugIn {

	private static final String ADAPTER = "sc.fiji.unet.command.CommandAdapter";

	/**
	 * @param className class of the command
	 */
	@Override
	public void run(final String className) {
		final String version = System.getProperty("java.specification.version");
		if (version.startsWith("1.")) {
			IJ.error("U-Net",
				"U-Net needs Java 11 or newer, but this ImageJ runs on Java " +
					version +
					". Get a current Fiji from https://fiji.sc; it brings its own Java.");
			return;
		}
		try {
			((PlugIn) Class.forName(ADAPTER).getDeclaredConstructor().newInstance())
				.run(className);
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException("The U-Net plugin is incomplete: " +
				ADAPTER + " is missing.", e);
		}
	}
}
