
package sc.fiji.unet.command;

import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Window;

import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;

/** What a person sees and presses in the windows of trainings. */
final class SwingWindows {

	private SwingWindows() {}

	/** @return the window on the display with that title; null if none has it */
	static JFrame window(final String title) {
		for (final Window window : Window.getWindows())
			if (window.isShowing() && window instanceof JFrame && title.equals(
				((JFrame) window).getTitle())) return (JFrame) window;
		return null;
	}

	/** @return whether the window is there, and has the words in a label */
	static boolean says(final String title, final String words) {
		final JFrame window = window(title);
		return window != null && texts(window).contains(words);
	}

	/** @return all that labels within it say, a line each */
	static String texts(final Container container) {
		final StringBuilder text = new StringBuilder();
		for (final Component component : container.getComponents()) {
			if (component instanceof JLabel) text.append(((JLabel) component)
				.getText()).append('\n');
			if (component instanceof Container) text.append(texts(
				(Container) component));
		}
		return text.toString();
	}

	/** @return the button with that label; null if there is none */
	static JButton button(final Container container, final String label) {
		for (final Component component : container.getComponents()) {
			if (component instanceof JButton && ((JButton) component).getText()
				.equals(label)) return (JButton) component;
			final JButton within = component instanceof Container ? button(
				(Container) component, label) : null;
			if (within != null) return within;
		}
		return null;
	}

	static void press(final String title, final String label) throws Exception {
		EventQueue.invokeAndWait(() -> button(window(title), label).doClick());
	}

	static void dispose(final String title) throws Exception {
		EventQueue.invokeAndWait(() -> window(title).dispose());
	}
}
