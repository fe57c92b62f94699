
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImageJ;

import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.io.File;

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
		macro.join(1000L * Integer.parseInt(args[0]));
		finish(exit[0], new File(args[1]));
	}

	/** Opens ImageJ's window. */
	static void start() {
		new ImageJ(ImageJ.STANDALONE);
	}

	/** Prints the log window, takes the picture, and ends the JVM. */
	static void finish(final int exitCode, final File screenshot)
		throws Exception
	{
		final Robot robot = new Robot();
		robot.waitForIdle();
		robot.delay(500);
		ImageIO.write(robot.createScreenCapture(new Rectangle(Toolkit
			.getDefaultToolkit().getScreenSize())), "png", screenshot);
		System.out.println(IJ.getLog());
		System.exit(exitCode);
	}
}
