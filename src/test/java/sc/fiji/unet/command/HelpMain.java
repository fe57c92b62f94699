
package sc.fiji.unet.command;

import ij.IJ;
import ij.gui.GenericDialog;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/**
 * Presses the button <i>Help</i> of dialogs, and prints what a browser is
 * handed; then what is said where there is none.
 */
public final class HelpMain {

	private HelpMain() {}

	/**
	 * @param args limit in seconds, picture of the display, file that the browser
	 *          of the test writes what it opens to, file that makes it fail, then
	 *          menu items
	 */
	public static void main(final String[] args) throws Exception {
		final Path opened = Paths.get(args[2]);
		PlainImageJMain.start();
		IJ.newImage("image", "8-bit ramp", 200, 100, 1);
		for (int i = 4; i < args.length; i++) {
			final GenericDialog dialog = open(args[i]);
			EchoDialogMain.press(dialog, "Help");
			System.out.println(args[i] + ": " + EchoDialogMain.await(() -> read(
				opened)));
			Files.delete(opened);
			if (i == args.length - 1) PlainImageJMain.picture(new File(args[1]));
			close(dialog);
		}
		IJ.doCommand("U-Net Documentation");
		System.out.println("Documentation: " + EchoDialogMain.await(() -> read(
			opened)));
		Files.createFile(Paths.get(args[3]));
		final GenericDialog dialog = open(args[4]);
		EchoDialogMain.press(dialog, "Help");
		System.out.println("Log: " + EchoDialogMain.await(IJ::getLog));
		close(dialog);
		System.exit(PlainImageJMain.DONE);
	}

	private static GenericDialog open(final String item) throws Exception {
		IJ.doCommand(item);
		return EchoDialogMain.await(EchoDialogMain::dialog);
	}

	private static void close(final GenericDialog dialog) throws Exception {
		EchoDialogMain.press(dialog, "Cancel");
		EchoDialogMain.await(() -> EchoDialogMain.dialog() == null ? dialog : null);
	}

	/** @return null while it is not there as a whole */
	private static String read(final Path file) {
		try {
			final String text = Files.exists(file) ? new String(Files.readAllBytes(
				file), StandardCharsets.UTF_8) : "";
			return text.endsWith("\n") ? text.trim() : null;
		}
		catch (final java.io.IOException e) {
			throw new IllegalStateException(e);
		}
	}
}
