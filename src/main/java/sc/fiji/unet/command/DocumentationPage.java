
package sc.fiji.unet.command;

import ij.IJ;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import sc.fiji.unet.worker.Installation;

/**
 * A page of the documentation that is installed with the plugin, to be opened
 * in a browser; needs no network. Where there is no browser, the Log window
 * says where the page lies.
 */
final class DocumentationPage {

	/** The page that whoever begins should read. */
	static final DocumentationPage FIRST = new DocumentationPage("tutorial.html");

	/** Below the folder of the pages. */
	private final String name;

	private DocumentationPage(final String name) {
		this.name = name;
	}

	/**
	 * @param title of a menu item. Its page leads on to its section: browsers are
	 *          handed files, and on Windows lose what follows a #.
	 */
	static DocumentationPage of(final String title) {
		return new DocumentationPage("help/" + title.toLowerCase(Locale.ROOT)
			.replaceAll("[^a-z0-9]+", "-") + ".html");
	}

	/** Does not wait for the browser; says what does not work. */
	void open() {
		final Path page = Installation.documentation().map(folder -> folder.resolve(
			name)).orElse(null);
		if (page == null) IJ.error("U-Net",
			"The documentation is missing: it lies in lib/unet/docs,\nbut there is no such folder beside the plugin.\nUnpack the whole zip over the folder of ImageJ or Fiji.");
		else if (GraphicsEnvironment.isHeadless()) tell(page);
		else open(page);
	}

	private static void open(final Path page) {
		try {
			new ProcessBuilder(command(page)).redirectOutput(Redirect.DISCARD)
				.redirectError(Redirect.DISCARD).start().onExit().thenAccept(
					browser -> {
						if (browser.exitValue() != 0) tell(page);
					});
		}
		catch (final IOException e) {
			// There is no such program.
			tell(page);
		}
	}

	/** What opens a file with the program that the user has chosen for it. */
	private static List<String> command(final Path page) {
		final String address = page.toUri().toString();
		if (IJ.isMacOSX()) return Arrays.asList("open", address);
		return IJ.isWindows() ? Arrays.asList("rundll32",
			"url.dll,FileProtocolHandler", address) : Arrays.asList("xdg-open",
				address);
	}

	private static void tell(final Path page) {
		IJ.log("The page cannot be shown, since no browser was found. It is " + page
			.toString().replace(File.separatorChar, '/'));
	}
}
