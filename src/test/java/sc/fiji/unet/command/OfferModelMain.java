
package sc.fiji.unet.command;

import ij.IJ;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.io.File;
import java.util.Optional;

import javax.swing.JOptionPane;

/**
 * Opens a model as Fiji does with a file that is dropped on its window, or that
 * a script opens, and answers what is asked: first no, then yes.
 */
public final class OfferModelMain {

	private OfferModelMain() {}

	/**
	 * @param args limit in seconds, picture of the question, model, file that it
	 *          is installed as
	 */
	public static void main(final String[] args) throws Exception {
		PlainImageJMain.start();
		final File installed = new File(args[3]);
		open(new File(args[2]));
		final JOptionPane first = await();
		System.out.println("asked " + first.getMessage());
		PlainImageJMain.picture(new File(args[1]));
		answer(first, JOptionPane.CANCEL_OPTION);
		EchoDialogMain.await(() -> Thread.getAllStackTraces().keySet().stream()
			.anyMatch(thread -> thread.getName().equals("Install a model")) ? null
				: first);
		System.out.println("after no " + installed.exists());
		open(new File(args[2]));
		answer(await(), JOptionPane.OK_OPTION);
		final JOptionPane last = await();
		System.out.println("said " + last.getMessage());
		System.out.println("after yes " + installed.exists());
		System.exit(PlainImageJMain.DONE);
	}

	/** The plugin's classes are known to ImageJ's class loader alone. */
	private static void open(final File model) throws Exception {
		final ClassLoader loader = IJ.getClassLoader();
		final Object location = loader.loadClass(
			"org.scijava.io.location.FileLocation").getConstructor(File.class)
			.newInstance(model);
		final Class<?> opener = loader.loadClass(
			"sc.fiji.unet.command.ModelOpener");
		opener.getMethod("open", loader.loadClass(
			"org.scijava.io.location.Location")).invoke(opener.getConstructor()
				.newInstance(), location);
	}

	private static void answer(final JOptionPane pane, final int answer)
		throws Exception
	{
		EventQueue.invokeAndWait(() -> pane.setValue(answer));
		EchoDialogMain.await(() -> pane.isShowing() ? null : pane);
	}

	/** @return the message that is on the display, as soon as one is */
	private static JOptionPane await() throws Exception {
		return EchoDialogMain.await(() -> {
			final Dialog message = EchoDialogMain.message();
			return message == null ? null : pane(message).orElse(null);
		});
	}

	private static Optional<JOptionPane> pane(final Container container) {
		for (final Component component : container.getComponents()) {
			if (component instanceof JOptionPane) return Optional.of(
				(JOptionPane) component);
			if (component instanceof Container) {
				final Optional<JOptionPane> within = pane((Container) component);
				if (within.isPresent()) return within;
			}
		}
		return Optional.empty();
	}
}
