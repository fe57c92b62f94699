
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.GenericDialog;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.TextField;
import java.awt.Window;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.io.File;
import java.util.Collections;
import java.util.function.BooleanSupplier;

import javax.imageio.ImageIO;
import javax.swing.JButton;
import javax.swing.JDialog;
import javax.swing.JOptionPane;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.TransferHandler.TransferSupport;

/**
 * Chooses a model as a person does: sees what the dialog of Segment says, opens
 * the list, drops a model on it, uses it.
 */
public final class ModelChooserMain {

	private ModelChooserMain() {}

	/** @param args limit in seconds, picture of the list, image, model to drop */
	public static void main(final String[] args) throws Exception {
		PlainImageJMain.start();
		final ImagePlus image = IJ.openImage(args[2]);
		image.show();
		image.getWindow().setLocation(900, 130);
		IJ.doCommand("Segment");
		await("dialog", () -> EchoDialogMain.dialog() != null);
		final GenericDialog dialog = EchoDialogMain.dialog();
		await("card", () -> said(dialog).contains("SHA-256"));
		System.out.println("bundled: " + said(dialog));
		enter(dialog, 1, "2");
		await("channel", () -> said(dialog).contains("no channel 2"));
		enter(dialog, 1, "all");
		enter(dialog, 0, "nobody's");
		await("missing", () -> said(dialog).contains("There is no model"));
		// It waits for the list to be closed.
		new Thread(() -> press(dialog)).start();
		await("list", () -> list() != null);
		final JDialog list = list();
		final JTable table = find(list, JTable.class);
		final JTextArea card = find(list, JTextArea.class);
		await("full card", () -> card.getText().contains("SHA-256: "));
		drop(table, new File(args[3]));
		await("what was done", () -> message() != null);
		System.out.println("told: " + find(message(), JOptionPane.class)
			.getMessage().toString().replace('\n', ' '));
		click(message(), "OK");
		await("its card", () -> message() == null && card.getText().contains(
			"'My nuclei'") && card.getText().contains("SHA-256: "));
		System.out.println("rows " + table.getRowCount());
		ImageIO.write(DialogPicturesMain.picture(list, list.getTitle()), "png",
			new File(args[1]));
		click(list, "Use this model");
		await("choice", () -> ((TextField) dialog.getStringFields().get(0))
			.getText().equals("My nuclei"));
		await("its message", () -> said(dialog).contains("'My nuclei'"));
		System.out.println("chosen: " + said(dialog));
		EchoDialogMain.press(dialog, "Cancel");
		await("end", () -> EchoDialogMain.dialog() == null);
		System.exit(PlainImageJMain.DONE);
	}

	private static void press(final GenericDialog dialog) {
		try {
			EchoDialogMain.press(dialog, "Installed models...");
		}
		catch (final Exception e) {
			throw new IllegalStateException(e);
		}
	}

	private static String said(final GenericDialog dialog) {
		return PlainImageJMain.texts(dialog).replace('\n', ' ');
	}

	private static void enter(final GenericDialog dialog, final int field,
		final String text) throws Exception
	{
		EchoDialogMain.enter((TextField) dialog.getStringFields().get(field), text);
	}

	private static JDialog list() {
		for (final Window window : Window.getWindows())
			if (window instanceof JDialog && window.isShowing() && ((JDialog) window)
				.getTitle().equals(ModelChooser.TITLE)) return (JDialog) window;
		return null;
	}

	/** @return ImageJ's message on the display; null if there is none */
	private static Dialog message() {
		for (final Window window : Window.getWindows())
			if (window.isShowing() && window instanceof Dialog && ((Dialog) window)
				.getTitle().equals(InstallModel.TITLE)) return (Dialog) window;
		return null;
	}

	private static <T> T find(final Container container, final Class<T> type) {
		for (final Component component : container.getComponents()) {
			if (type.isInstance(component)) return type.cast(component);
			final T within = component instanceof Container ? find(
				(Container) component, type) : null;
			if (within != null) return within;
		}
		return null;
	}

	private static void click(final Container container, final String label)
		throws Exception
	{
		for (final Component component : container.getComponents()) {
			if (component instanceof JButton && ((JButton) component).getText()
				.equals(label)) EventQueue.invokeAndWait(
					((JButton) component)::doClick);
			else if (component instanceof Container) click((Container) component,
				label);
		}
	}

	private static void drop(final JTable target, final File file)
		throws Exception
	{
		final TransferSupport support = new TransferSupport(target,
			new Transferable()
			{

				@Override
				public DataFlavor[] getTransferDataFlavors() {
					return new DataFlavor[] { DataFlavor.javaFileListFlavor };
				}

				@Override
				public boolean isDataFlavorSupported(final DataFlavor flavor) {
					return flavor.equals(DataFlavor.javaFileListFlavor);
				}

				@Override
				public Object getTransferData(final DataFlavor flavor) {
					return Collections.singletonList(file);
				}
			});
		EventQueue.invokeAndWait(() -> System.out.println("dropped " + target
			.getTransferHandler().importData(support)));
	}

	private static void await(final String what, final BooleanSupplier there)
		throws InterruptedException
	{
		final long end = System.currentTimeMillis() + 40_000;
		while (!there.getAsBoolean()) {
			if (System.currentTimeMillis() > end) {
				System.out.println("TIMEOUT waiting for " + what + "\n" + IJ.getLog());
				for (final Window window : Window.getWindows())
					System.out.println(window + ": " + PlainImageJMain.texts(window));
				System.exit(PlainImageJMain.OUT_OF_TIME);
			}
			Thread.sleep(50);
		}
	}
}
