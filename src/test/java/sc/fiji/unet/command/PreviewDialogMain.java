
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.ImageWindow;

import java.awt.Dialog;
import java.awt.TextField;
import java.awt.Toolkit;
import java.awt.event.MouseWheelEvent;
import java.io.File;

/**
 * Uses the buttons of <i>Train U-Net</i> as a person does: too early, then with
 * two folders entered, and turns the pictures over while the dialog is open.
 */
public final class PreviewDialogMain {

	private static final String STACK = "Preview of the training data";

	private PreviewDialogMain() {}

	/** @param args limit in seconds, screenshot of all, folder of the data */
	public static void main(final String[] args) throws Exception {
		PlainImageJMain.start();
		IJ.doCommand("Train U-Net");
		final GenericDialog dialog = EchoDialogMain.await(EchoDialogMain::dialog);
		EchoDialogMain.press(dialog, "Check data");
		read("too early");
		enter(dialog, 0, args[2] + "/images");
		enter(dialog, 1, args[2] + "/labels");
		enter(dialog, 10, "patchSize: [128]");
		EchoDialogMain.press(dialog, "Check data");
		read("found");
		EchoDialogMain.press(dialog, "Preview");
		final ImagePlus stack = EchoDialogMain.await(() -> WindowManager.getImage(
			STACK));
		final ImageWindow window = EchoDialogMain.await(stack::getWindow);
		EchoDialogMain.await(() -> window.isShowing() ? window : null);
		window.setLocation(20, 140);
		Thread.sleep(500);
		turn(window);
		EchoDialogMain.await(() -> stack.getCurrentSlice() > 1 ? stack : null);
		System.out.println("dialog open " + (EchoDialogMain.dialog() == dialog) +
			", slice " + stack.getCurrentSlice() + " of " + stack.getStackSize());
		System.out.println("images " + WindowManager.getImageCount());
		PlainImageJMain.picture(new File(args[1]));
		EchoDialogMain.press(dialog, "Cancel");
		System.out.println(IJ.getLog());
		System.exit(PlainImageJMain.DONE);
	}

	/** Such events do not reach windows that a dialog blocks. */
	private static void turn(final ImageWindow window) {
		Toolkit.getDefaultToolkit().getSystemEventQueue().postEvent(
			new MouseWheelEvent(window, MouseWheelEvent.MOUSE_WHEEL, System
				.currentTimeMillis(), 0, 50, 50, 0, false,
				MouseWheelEvent.WHEEL_UNIT_SCROLL, 1, 1));
	}

	private static void enter(final GenericDialog dialog, final int field,
		final String text) throws Exception
	{
		EchoDialogMain.enter((TextField) dialog.getStringFields().get(field), text);
	}

	/** Prints a message and closes it. */
	private static void read(final String what) throws Exception {
		final Dialog message = EchoDialogMain.await(EchoDialogMain::message);
		System.out.println(what + ": " + PlainImageJMain.texts(message));
		EchoDialogMain.press(message, "  OK  ");
		EchoDialogMain.await(() -> EchoDialogMain.message() == null ? what : null);
	}
}
