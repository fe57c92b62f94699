
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;

import java.awt.Rectangle;
import java.awt.Window;
import java.io.File;

/**
 * Does what the page of the first five minutes says, by menu and dialog, with a
 * picture of each step.
 */
public final class FiveMinutesMain {

	private static final String SAMPLE = "unseen cells";

	private static final String LABELS = SAMPLE + " labels";

	private FiveMinutesMain() {}

	/** @param args limit in seconds, picture of the end, folder for pictures */
	public static void main(final String[] args) throws Exception {
		PlainImageJMain.start();
		IJ.getInstance().setLocation(20, 20);
		IJ.doCommand("Samples");
		final GenericDialog samples = EchoDialogMain.await(EchoDialogMain::dialog);
		EchoDialogMain.select((java.awt.Choice) samples.getChoices().get(0),
			SAMPLE);
		EchoDialogMain.press(samples, "  OK  ");
		final ImagePlus image = EchoDialogMain.await(() -> shown(SAMPLE));
		image.getWindow().setLocation(20, 150);
		picture(args[2], "sample");
		IJ.doCommand("Segment");
		final GenericDialog segment = EchoDialogMain.await(EchoDialogMain::dialog);
		segment.setLocation(320, 150);
		picture(args[2], "segment");
		EchoDialogMain.press(segment, "  OK  ");
		final ImagePlus labels = EchoDialogMain.await(() -> shown(LABELS));
		EchoDialogMain.await(image::getOverlay);
		if (WindowManager.getWindow("Log") != null) WindowManager.getWindow("Log")
			.setVisible(false);
		picture(args[2], "result");
		System.out.println("slices " + labels.getStackSize() + ", outlines " + image
			.getOverlay().size());
		PlainImageJMain.picture(new File(args[1]));
		System.out.println(IJ.getLog());
		System.exit(PlainImageJMain.DONE);
	}

	/** @return null until the image is on the display */
	private static ImagePlus shown(final String title) {
		final ImagePlus image = WindowManager.getImage(title);
		return image != null && image.getWindow() != null && image.getWindow()
			.isShowing() ? image : null;
	}

	/** Takes a picture of all windows together. */
	private static void picture(final String folder, final String step)
		throws Exception
	{
		Thread.sleep(1000);
		Rectangle all = null;
		for (final Window window : Window.getWindows())
			if (window.isShowing()) all = all == null ? window.getBounds() : all
				.union(window.getBounds());
		PlainImageJMain.picture(new File(folder, "five-minutes-" + step + ".png"),
			all);
	}
}
