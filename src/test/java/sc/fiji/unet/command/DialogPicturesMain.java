
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;

import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Label;
import java.awt.RenderingHints;
import java.awt.Robot;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import javax.imageio.ImageIO;

/**
 * Opens the dialog of each menu item over an open label image, takes its
 * picture and cancels it; then takes pictures of what two macros show. A
 * virtual display has no window manager, so that title bars are drawn here.
 */
public final class DialogPicturesMain {

	private static final int LIMIT = 60_000;
	private static final int BAR = 24;
	/** Pixels by which what stands in one row may be set off. */
	private static final int ROW = 10;
	private static final String STACK = "Preview of the training data";
	/** Buttons that every dialog of ImageJ has. */
	private static final List<String> USUAL = Arrays.asList("Browse", "  OK  ",
		"Cancel", "");

	private DialogPicturesMain() {}

	/**
	 * @param args limit in seconds, picture of the display at the end, folder of
	 *          the pictures, label image to open, options of Preview Training
	 *          Data, options of Evaluate Segmentation, then title and name of the
	 *          picture of each menu item in turn
	 */
	public static void main(final String[] args) throws Exception {
		PlainImageJMain.start();
		IJ.open(args[3]);
		for (int i = 6; i < args.length; i += 2)
			dialog(args[i], new File(args[2], args[i + 1] + ".png"));
		IJ.run("Close All");
		stack(args[4], new File(args[2], "preview-stack.png"));
		IJ.run("Close All");
		evaluation(args[5], new File(args[2], "evaluation-table.png"));
		PlainImageJMain.picture(new File(args[1]));
		System.exit(PlainImageJMain.DONE);
	}

	private static void dialog(final String title, final File file)
		throws Exception
	{
		IJ.doCommand(title);
		await("the dialog of " + title, () -> EchoDialogMain.dialog() != null);
		final GenericDialog dialog = EchoDialogMain.dialog();
		ImageIO.write(picture(dialog, dialog.getTitle()), "png", file);
		System.out.println(dialog.getTitle() + ": " + String.join(" | ", labels(
			dialog)));
		System.out.println(dialog.getTitle() + " size " + dialog.getWidth() +
			" x " + dialog.getHeight());
		final Thread command = thread(title);
		EchoDialogMain.press(dialog, "Cancel");
		// A command that is cancelled late would abort the next macro.
		command.join(LIMIT);
		await("the end of " + title, () -> EchoDialogMain.dialog() == null);
	}

	/** @return the thread that ImageJ has started for a menu item */
	private static Thread thread(final String title) {
		return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName()
			.endsWith(title)).findFirst().orElseThrow(() -> new IllegalStateException(
				"no thread runs " + title + ": " + Thread.getAllStackTraces()
					.keySet()));
	}

	/** @return what names a field, from the top of the dialog to its bottom */
	static List<String> labels(final GenericDialog dialog) {
		final List<Component> found = new ArrayList<>();
		collect(dialog, found);
		found.removeIf(c -> USUAL.contains(text(c)));
		for (int i = 1; i < found.size(); i++)
			if (found.get(i).getLocationOnScreen().y + ROW < found.get(i - 1)
				.getLocationOnScreen().y) throw new IllegalStateException(text(found
					.get(i)) + " stands above " + text(found.get(i - 1)));
		return found.stream().map(c -> text(c).trim()).collect(Collectors.toList());
	}

	private static void collect(final Container container,
		final List<Component> found)
	{
		for (final Component component : container.getComponents()) {
			found.add(component);
			if (component instanceof Container) collect((Container) component, found);
		}
	}

	private static String text(final Component component) {
		if (component instanceof Label) return ((Label) component).getText();
		if (component instanceof Checkbox) return ((Checkbox) component).getLabel();
		if (component instanceof Button) return ((Button) component).getLabel();
		return "";
	}

	/** The stack that is previewed, with the weights of an image. */
	private static void stack(final String options, final File file)
		throws Exception
	{
		IJ.run("Preview Training Data", options);
		await("the stack", () -> shown(STACK));
		final ImagePlus stack = WindowManager.getImage(STACK);
		stack.setSlice(slice(stack, "weights"));
		ImageIO.write(picture(stack.getWindow(), stack.getTitle()), "png", file);
		System.out.println("slice " + stack.getStack().getSliceLabel(stack
			.getCurrentSlice()));
	}

	private static int slice(final ImagePlus stack, final String words) {
		for (int i = 1; i <= stack.getStackSize(); i++)
			if (stack.getStack().getSliceLabel(i).contains(words)) return i;
		throw new IllegalStateException("no slice is called " + words);
	}

	/** The table that a comparison of two folders shows. */
	private static void evaluation(final String options, final File file)
		throws Exception
	{
		IJ.run("Evaluate Segmentation", options);
		await("the errors", () -> shown("results errors"));
		await("the table", () -> WindowManager.getWindow("Evaluation") != null);
		final Window table = WindowManager.getWindow("Evaluation");
		table.setSize(1250, 150);
		ImageIO.write(picture(table, "Evaluation"), "png", file);
		final ImagePlus errors = WindowManager.getImage("results errors");
		System.out.println("errors " + errors.getStackSize());
	}

	private static boolean shown(final String title) {
		final ImagePlus image = WindowManager.getImage(title);
		return image != null && image.getWindow() != null && image.getWindow()
			.isShowing();
	}

	/** @return the window with its title in a bar above */
	static BufferedImage picture(final Window window, final String title)
		throws Exception
	{
		window.setLocation(20, 20);
		window.toFront();
		final Robot robot = new Robot();
		robot.waitForIdle();
		robot.delay(500);
		final BufferedImage inside = robot.createScreenCapture(window.getBounds());
		final BufferedImage picture = new BufferedImage(inside.getWidth() + 2,
			inside.getHeight() + BAR + 1, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = picture.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING,
			RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		g.setColor(new Color(0x3b4a5a));
		g.fillRect(0, 0, picture.getWidth(), picture.getHeight());
		g.setColor(Color.WHITE);
		g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
		g.drawString(title, (picture.getWidth() - g.getFontMetrics().stringWidth(
			title)) / 2, 17);
		g.drawImage(inside, 1, BAR, null);
		g.dispose();
		return picture;
	}

	private static void await(final String what, final BooleanSupplier there)
		throws InterruptedException
	{
		final long end = System.currentTimeMillis() + LIMIT;
		while (!there.getAsBoolean()) {
			if (System.currentTimeMillis() > end) {
				System.out.println("TIMEOUT waiting for " + what + "\n" + IJ.getLog());
				System.exit(PlainImageJMain.OUT_OF_TIME);
			}
			Thread.sleep(20);
		}
	}
}
