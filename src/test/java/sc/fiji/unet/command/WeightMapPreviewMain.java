
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.plugin.frame.Recorder;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Rectangle;
import java.awt.TextField;
import java.awt.Window;
import java.io.File;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Uses the preview of Weight Map as a person does: ticks it, changes values,
 * makes a mistake, cancels; then does it again and presses OK.
 */
public final class WeightMapPreviewMain {

	private static final String PREVIEW = "cells09 weights (preview)";

	private WeightMapPreviewMain() {}

	/** @param args limit in seconds, screenshot file, label image */
	public static void main(final String[] args) throws Exception {
		PlainImageJMain.start();
		new Recorder().setLocation(700, 700);
		final ImagePlus labels = IJ.openImage(args[2]);
		IJ.newImage("other", "8-bit ramp", 200, 100, 1);
		labels.show();
		labels.getWindow().setLocation(20, 130);
		final byte[] before = ((byte[]) labels.getProcessor().convertToByte(false)
			.getPixels()).clone();
		GenericDialog dialog = open();
		tick(dialog, "Preview");
		await(() -> preview(PREVIEW) != null);
		final double wide = mean();
		enter(dialog, 3, "2");
		await(() -> mean() < wide);
		System.out.println("narrow " + mean() + " wide " + wide);
		select(dialog, 0, "mask");
		await(() -> preview("cells09 (no preview)") != null && said().length() > 3);
		System.out.println("said " + said());
		EchoDialogMain.press(dialog, "Cancel");
		await(() -> EchoDialogMain.dialog() == null && WindowManager
			.getImageCount() == 2);
		System.out.println("left " + WindowManager.getCurrentImage().getTitle());

		WindowManager.getImage("other").close();
		dialog = open();
		tick(dialog, "Preview");
		await(() -> preview(PREVIEW) != null);
		for (int sigma = 10; sigma >= 3; sigma--)
			enter(dialog, 3, "" + sigma);
		await(() -> mean() < wide);
		dialog.setLocation(620, 130);
		picture(new File(args[1]));
		final int x = preview(PREVIEW).getWindow().getX();
		EchoDialogMain.press(dialog, "  OK  ");
		await(() -> WindowManager.getImage("cells09 weights") != null);
		final ImagePlus weights = WindowManager.getImage("cells09 weights");
		// ImageJ lists a window before it has its place.
		await(() -> weights.getWindow().isShowing() && weights.getWindow()
			.getX() == x);
		System.out.println("same place true");
		System.out.println("images " + WindowManager.getImageCount());
		System.out.println("unchanged " + Arrays.equals(before, (byte[]) labels
			.getProcessor().convertToByte(false).getPixels()));
		await(() -> Recorder.getInstance().getText().contains("Weight Map"));
		System.out.println(Recorder.getInstance().getText());
		System.exit(PlainImageJMain.DONE);
	}

	private static GenericDialog open() throws InterruptedException {
		IJ.doCommand("Weight Map");
		await(() -> EchoDialogMain.dialog() != null);
		return EchoDialogMain.dialog();
	}

	private static ImagePlus preview(final String title) {
		return WindowManager.getImage(title);
	}

	private static double mean() {
		return preview(PREVIEW).getStatistics().mean;
	}

	private static String said() {
		for (final Roi roi : preview("cells09 (no preview)").getOverlay())
			if (roi instanceof TextRoi) return ((TextRoi) roi).getText().replace('\n',
				' ');
		return "";
	}

	private static void tick(final GenericDialog dialog, final String label)
		throws Exception
	{
		for (final Object field : dialog.getCheckboxes()) {
			final Checkbox box = (Checkbox) field;
			if (box.getLabel().equals(label)) EchoDialogMain.tick(box, true);
		}
	}

	private static void enter(final GenericDialog dialog, final int index,
		final String text) throws Exception
	{
		EchoDialogMain.enter((TextField) dialog.getStringFields().get(index), text);
	}

	private static void select(final GenericDialog dialog, final int index,
		final String value) throws Exception
	{
		EchoDialogMain.select((Choice) dialog.getChoices().get(index), value);
	}

	private static void await(final BooleanSupplier condition)
		throws InterruptedException
	{
		while (!condition.getAsBoolean())
			Thread.sleep(50);
	}

	/** The part of the display that has windows. */
	private static void picture(final File file) throws Exception {
		Rectangle all = null;
		for (final Window window : Window.getWindows())
			if (window.isShowing() && !(window instanceof Recorder)) all = all == null
				? window.getBounds() : all.union(window.getBounds());
		PlainImageJMain.picture(file, all);
	}
}
