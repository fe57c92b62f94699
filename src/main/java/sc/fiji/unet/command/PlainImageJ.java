
package sc.fiji.unet.command;

import ij.IJ;
import ij.plugin.PlugIn;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * The class that {@code plugins.config} names, with the class of a SciJava
 * command as its argument. It is compiled for Java 8, unlike all others, so
 * that an old ImageJ says what it lacks instead of showing a stack trace.
 */
public final class PlainImageJ implements PlugIn {

	private static final String ADAPTER = "sc.fiji.unet.command.CommandAdapter";
	/** Below the folder of ImageJ. */
	private static final String LIBRARIES = "lib/unet/host";
	private static final String SCIJAVA = "org/scijava/Context.class";

	private static ClassLoader loader;

	/**
	 * @param className class of the command
	 */
	@Override
	public void run(final String className) {
		if (isTooOld()) {
			IJ.error("U-Net",
				"U-Net needs Java 11 or newer, but this ImageJ runs on Java " + System
					.getProperty("java.specification.version") +
					". Get a current Fiji from https://fiji.sc; it brings its own Java.");
			return;
		}
		final ClassLoader complete = loader();
		if (complete == null) {
			IJ.error("U-Net", "The folder lib/unet is missing beside the folder of " +
				"the plugin.\nUnpack the whole zip over the folder of ImageJ, " +
				"so that plugins\nand lib lie side by side there.");
			return;
		}
		try {
			((PlugIn) Class.forName(ADAPTER, true, complete).getDeclaredConstructor()
				.newInstance()).run(className);
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException("The U-Net plugin is incomplete: " +
				ADAPTER + " is missing.", e);
		}
	}

	/** Up to Java 8 versions were called 1.8. */
	static boolean isTooOld() {
		return System.getProperty("java.specification.version").startsWith("1.");
	}

	/**
	 * The libraries that Fiji has and ImageJ lacks lie apart, so that Fiji does
	 * not get them twice. They, and this plugin on top of them, go into a class
	 * loader of their own.
	 *
	 * @return null if they are not there
	 */
	private static synchronized ClassLoader loader() {
		if (loader != null) return loader;
		final ClassLoader own = PlainImageJ.class.getClassLoader();
		if (own.getResource(SCIJAVA) != null) loader = own;
		else {
			final File[] libraries = libraries();
			if (libraries == null) return null;
			final URL[] urls = new URL[libraries.length + 1];
			urls[0] = url(plugin());
			for (int i = 0; i < libraries.length; i++)
				urls[i + 1] = url(libraries[i]);
			loader = new URLClassLoader(urls, IJ.class.getClassLoader());
		}
		return loader;
	}

	/** @return null if their folder is not there */
	private static File[] libraries() {
		return new File(plugin().getParentFile().getParentFile(), LIBRARIES)
			.listFiles((folder, name) -> name.endsWith(".jar"));
	}

	private static File plugin() {
		try {
			return new File(PlainImageJ.class.getProtectionDomain().getCodeSource()
				.getLocation().toURI());
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException("The plugin lies in a folder of a name " +
				"that Java cannot use.", e);
		}
	}

	private static URL url(final File file) {
		try {
			return file.toURI().toURL();
		}
		catch (final MalformedURLException e) {
			throw new IllegalStateException("The library " + file +
				" has a name that Java cannot use.", e);
		}
	}
}
