
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.MultiLineLabel;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.frame.Recorder;

import java.awt.Checkbox;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Graphics2D;
import java.awt.Robot;
import java.awt.Scrollbar;
import java.awt.TextField;
import java.awt.event.AdjustmentEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

import javax.imageio.ImageIO;
import javax.swing.JLabel;

/**
 * Segments an image and uses the dialog of Adjust Segmentation as a person
 * does: types, moves a slider, makes a mistake, cancels; then does it again and
 * presses OK.
 */
public final class AdjustWindowMain {

	private static final int GAP = 8;

	private AdjustWindowMain() {}

	/**
	 * @param args limit in seconds, picture of before and after, image, picture
	 *          of the dialog
	 */
	public static void main(final String[] args) throws Exception {
		PlainImageJMain.start();
		new Recorder().setLocation(700, 800);
		final ImagePlus image = IJ.openImage(args[2]);
		image.show();
		image.getWindow().setLocation(20, 130);
		IJ.run(image, "Set... ", "zoom=150");
		IJ.run("Segment", "threshold=0.1 minsize=0 device=cpu");
		final ImagePlus labels = WindowManager.getImage("cells09 labels");
		image.getOverlay().add(new Roi(2, 2, 9, 9));
		final Overlay overlay = image.getOverlay();
		final short[] pixels = ((short[]) labels.getProcessor().getPixels())
			.clone();
		final int objects = overlay.size() - 1;
		System.out.println("before " + objects);
		final BufferedImage before = DialogPicturesMain.picture(image.getWindow(),
			"Before");
		cancel(image, overlay);
		System.out.println("restored " + (image.getOverlay() == overlay) + " " +
			Arrays.equals(pixels, (short[]) labels.getProcessor().getPixels()));
		ok(image, args, before);
		await(() -> labels.getStatistics().max < objects);
		await(() -> Recorder.getInstance().getText().contains("Adjust"));
		System.out.println("after " + (int) labels.getStatistics().max + " " +
			(image.getOverlay().size() - 1) + " images " + WindowManager
				.getImageCount());
		System.out.println(Recorder.getInstance().getText());
		System.out.println(IJ.getLog());
		System.exit(PlainImageJMain.DONE);
	}

	private static GenericDialog open(final ImagePlus image) throws Exception {
		// A window that gains the focus late would be the active one.
		new Robot().waitForIdle();
		EventQueue.invokeAndWait(() -> {
			WindowManager.setCurrentWindow(image.getWindow());
			IJ.doCommand("Adjust Segmentation");
		});
		await(() -> EchoDialogMain.dialog() != null);
		final GenericDialog dialog = EchoDialogMain.dialog();
		await(() -> message(dialog).contains("; were "));
		return dialog;
	}

	private static void cancel(final ImagePlus image, final Overlay overlay)
		throws Exception
	{
		final GenericDialog dialog = open(image);
		final String first = message(dialog);
		System.out.println("dialog " + String.join(" | ", DialogPicturesMain.labels(
			dialog)));
		System.out.println("size " + dialog.getWidth() + " x " + dialog
			.getHeight());
		System.out.println("hides the image: " + dialog.getBounds().intersects(image
			.getWindow().getBounds()));
		System.out.println("threshold " + field(dialog, 0).getText() + " size " +
			field(dialog, 1).getText());
		System.out.println("first " + first);
		EchoDialogMain.enter(field(dialog, 1), "250");
		await(() -> image.getOverlay().size() < overlay.size() && message(dialog)
			.contains("; were ") && !message(dialog).equals(first));
		System.out.println("larger " + message(dialog));
		EchoDialogMain.enter(field(dialog, 0), "0.2x");
		await(() -> message(dialog).contains("threshold=0.2x"));
		System.out.println("mistake " + message(dialog));
		System.out.println("status " + status());
		final Scrollbar slider = sliders(dialog, new ArrayList<>()).get(0);
		move(slider, 85);
		await(() -> field(dialog, 0).getText().equals("0.85") && message(dialog)
			.contains("; were "));
		System.out.println("slid " + message(dialog));
		EchoDialogMain.enter(field(dialog, 0), "0.4");
		await(() -> slider.getValue() == 40);
		EchoDialogMain.press(dialog, "Cancel");
		await(() -> EchoDialogMain.dialog() == null && image
			.getOverlay() == overlay);
	}

	private static void ok(final ImagePlus image, final String[] args,
		final BufferedImage before) throws Exception
	{
		final GenericDialog dialog = open(image);
		System.out.println("again " + field(dialog, 0).getText() + " " + field(
			dialog, 1).getText());
		EchoDialogMain.enter(field(dialog, 0), "0.5");
		EchoDialogMain.enter(field(dialog, 1), "60");
		for (final Object box : dialog.getCheckboxes())
			if (((Checkbox) box).getLabel().equals("Exclude on edges")) EchoDialogMain
				.tick((Checkbox) box, true);
		// What was said of earlier values is gone with the last change.
		await(() -> message(dialog).contains("; were "));
		System.out.println("previewed " + message(dialog));
		final BufferedImage after = DialogPicturesMain.picture(image.getWindow(),
			"While the dialog is open");
		final BufferedImage shown = DialogPicturesMain.picture(dialog, dialog
			.getTitle());
		ImageIO.write(shown, "png", new File(args[3]));
		ImageIO.write(beside(before, after, shown), "png", new File(args[1]));
		EchoDialogMain.press(dialog, "  OK  ");
		await(() -> EchoDialogMain.dialog() == null);
	}

	private static BufferedImage beside(final BufferedImage... pictures) {
		final int width = Arrays.stream(pictures).mapToInt(p -> p.getWidth() + GAP)
			.sum() - GAP;
		final int height = Arrays.stream(pictures).mapToInt(
			BufferedImage::getHeight).max().getAsInt();
		final BufferedImage all = new BufferedImage(width, height,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = all.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, width, height);
		int x = 0;
		for (final BufferedImage picture : pictures) {
			g.drawImage(picture, x, 0, null);
			x += picture.getWidth() + GAP;
		}
		g.dispose();
		return all;
	}

	private static TextField field(final GenericDialog dialog, final int index) {
		return (TextField) dialog.getStringFields().get(index);
	}

	private static List<Scrollbar> sliders(final Container container,
		final List<Scrollbar> found)
	{
		for (final Component component : container.getComponents()) {
			if (component instanceof Scrollbar) found.add((Scrollbar) component);
			if (component instanceof Container) sliders((Container) component, found);
		}
		return found;
	}

	private static void move(final Scrollbar slider, final int value)
		throws Exception
	{
		EventQueue.invokeAndWait(() -> {
			slider.setValue(value);
			slider.dispatchEvent(new AdjustmentEvent(slider,
				AdjustmentEvent.ADJUSTMENT_VALUE_CHANGED, AdjustmentEvent.TRACK,
				value));
		});
	}

	/** @return what the status bar says */
	private static String status() {
		for (final Component component : IJ.getInstance().getStatusBar()
			.getComponents())
			if (component instanceof JLabel) return ((JLabel) component).getText();
		return "";
	}

	/** @return what stands below the fields */
	private static String message(final GenericDialog dialog) {
		String last = "";
		for (final Component component : dialog.getComponents())
			if (component instanceof MultiLineLabel) last = PlainImageJMain.text(
				(MultiLineLabel) component);
		return last;
	}

	private static void await(final BooleanSupplier condition)
		throws InterruptedException
	{
		while (!condition.getAsBoolean())
			Thread.sleep(50);
	}
}
