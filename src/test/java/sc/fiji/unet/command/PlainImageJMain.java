
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImageJ;
import ij.gui.MultiLineLabel;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.GraphicsEnvironment;
import java.awt.Label;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.io.File;
import java.lang.reflect.Field;

import javax.imageio.ImageIO;

/**
 * Starts a plain ImageJ, runs a macro file in its window, takes a picture of
 * the display and exits: with 0 when the macro has ended, 2 when it was
 * aborted, 3 when it ran out of time.
 */
public final class PlainImageJMain {

	static final int DONE = 0;
	static final int ABORTED = 2;
	static final int OUT_OF_TIME = 3;

	private PlainImageJMain() {}

	/** @param args limit in seconds, screenshot file, macro file */
	public static void main(final String[] args) throws Exception {
		final int[] exit = { OUT_OF_TIME };
		start();
		final Thread macro = new Thread(() -> {
			final String result = IJ.runMacroFile(args[2], "");
			System.out.println("Macro returned: " + result);
			exit[0] = "[aborted]".equals(result) ? ABORTED : DONE;
		}, "macro");
		macro.setDaemon(true);
		macro.start();
		final long end = System.currentTimeMillis() + 1000L * Integer.parseInt(
			args[0]);
		while (macro.isAlive() && exit[0] == OUT_OF_TIME && System
			.currentTimeMillis() < end)
		{
			macro.join(200);
			if (error() != null) exit[0] = ABORTED;
		}
		if (exit[0] == ABORTED) System.out.println("Error: " + error());
		finish(exit[0], new File(args[1]));
	}

	/** @return text of ImageJ's error message, if one stands on the display */
	private static String error() {
		for (final Window window : Window.getWindows())
			if (window.isShowing() && window instanceof Dialog && ((Dialog) window)
				.isModal()) return texts(window);
		return null;
	}

	/** @return all that labels within a window say */
	static String texts(final Container container) {
		final StringBuilder text = new StringBuilder();
		for (final Component component : container.getComponents()) {
			if (component instanceof Label) text.append(((Label) component).getText())
				.append('\n');
			if (component instanceof MultiLineLabel) text.append(text(
				(MultiLineLabel) component)).append('\n');
			if (component instanceof Container) text.append(texts(
				(Container) component));
		}
		return text.toString();
	}

	/** The text as it was before it was wrapped; the label does not tell. */
	static String text(final MultiLineLabel label) {
		try {
			final Field lines = MultiLineLabel.class.getDeclaredField("lines");
			lines.setAccessible(true);
			return String.join(" ", (String[]) lines.get(label));
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Opens ImageJ's window, where there is a display. */
	static void start() {
		if (!GraphicsEnvironment.isHeadless()) new ImageJ(ImageJ.STANDALONE);
	}

	/** Takes the picture, prints the log window, and ends the JVM. */
	private static void finish(final int exitCode, final File screenshot)
		throws Exception
	{
		if (!GraphicsEnvironment.isHeadless()) picture(screenshot);
		System.out.println(IJ.getLog());
		System.exit(exitCode);
	}

	/** Takes a picture of the display. */
	static void picture(final File screenshot) throws Exception {
		picture(screenshot, new Rectangle(Toolkit.getDefaultToolkit()
			.getScreenSize()));
	}

	/** Takes a picture of a part of the display. */
	static void picture(final File screenshot, final Rectangle part)
		throws Exception
	{
		final Robot robot = new Robot();
		robot.waitForIdle();
		robot.delay(500);
		ImageIO.write(robot.createScreenCapture(part), "png", screenshot);
	}
}
