
package sc.fiji.unet.command;

import ij.IJ;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;

import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.ItemEvent;
import java.awt.event.TextEvent;
import java.io.File;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Uses the dialog of the {@link EchoCommand} as a person does: chooses the menu
 * item, enters values, presses its button and OK, with the recorder running.
 */
public final class EchoDialogMain {

	private EchoDialogMain() {}

	/** @param args limit in seconds, screenshot file */
	public static void main(final String[] args) throws Exception {
		PlainImageJMain.start();
		new Recorder();
		IJ.newImage("ramp", "8-bit ramp", 200, 100, 1);
		IJ.doCommand("Echo");
		final GenericDialog dialog = await(EchoDialogMain::dialog);
		enter((TextField) dialog.getStringFields().get(0), "my model");
		select((Choice) dialog.getChoices().get(0), "flips");
		enter((TextField) dialog.getStringFields().get(2), "4");
		press(dialog, "Double the amount");
		final TextField amount = (TextField) dialog.getStringFields().get(2);
		await(() -> amount.getText().equals("8") ? amount : null);
		enter(amount, "9");
		final Checkbox verbose = (Checkbox) dialog.getCheckboxes().get(0);
		EventQueue.invokeAndWait(() -> verbose.setState(true));
		System.out.println("message " + PlainImageJMain.texts(dialog));
		PlainImageJMain.picture(new File(args[1]));
		press(dialog, "  OK  ");
		System.out.println("title " + await(() -> WindowManager.getImage(
			"Echo of ramp")).getTitle());
		System.out.println(await(() -> Recorder.getInstance().getText().contains(
			"Echo") ? Recorder.getInstance().getText() : null));
		System.exit(PlainImageJMain.DONE);
	}

	/**
	 * @return the dialog on the display; null if there is none, or nobody waits
	 *         for its end yet: closing it as fast as that, as no person can,
	 *         would leave its thread waiting for ever
	 */
	static GenericDialog dialog() {
		if (!isAwaited()) return null;
		for (final Window window : Window.getWindows())
			if (window.isShowing() && window instanceof GenericDialog)
				return (GenericDialog) window;
		return null;
	}

	/** @return the message on the display; null if there is none */
	static Dialog message() {
		for (final Window window : Window.getWindows())
			if (window.isShowing() && window instanceof Dialog &&
				!(window instanceof GenericDialog)) return (Dialog) window;
		return null;
	}

	private static boolean isAwaited() {
		return Thread.getAllStackTraces().values().stream().flatMap(Arrays::stream)
			.anyMatch(call -> call.getClassName().equals(
				"java.awt.WaitDispatchSupport") && call.getMethodName().equals(
					"enter"));
	}

	/**
	 * @return what is there at last; ends the program if that takes too long
	 */
	static <T> T await(final Supplier<T> thing) throws InterruptedException {
		for (int i = 0; i < 1000; i++) {
			final T found = thing.get();
			if (found != null) return found;
			Thread.sleep(50);
		}
		System.out.println("Nothing came. " + IJ.getLog());
		System.exit(PlainImageJMain.OUT_OF_TIME);
		return null;
	}

	static void enter(final TextField field, final String text) throws Exception {
		EventQueue.invokeAndWait(() -> {
			field.setText(text);
			field.dispatchEvent(new TextEvent(field, TextEvent.TEXT_VALUE_CHANGED));
		});
	}

	static void select(final Choice choice, final String value) throws Exception {
		EventQueue.invokeAndWait(() -> {
			choice.select(value);
			choice.dispatchEvent(new ItemEvent(choice, ItemEvent.ITEM_STATE_CHANGED,
				value, ItemEvent.SELECTED));
		});
	}

	static void tick(final Checkbox box, final boolean state) throws Exception {
		EventQueue.invokeAndWait(() -> {
			box.setState(state);
			box.dispatchEvent(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box
				.getLabel(), state ? ItemEvent.SELECTED : ItemEvent.DESELECTED));
		});
	}

	static void press(final Container container, final String label)
		throws Exception
	{
		for (final Component component : container.getComponents()) {
			if (component instanceof Button && ((Button) component).getLabel().equals(
				label)) EventQueue.invokeAndWait(() -> component.dispatchEvent(
					new ActionEvent(component, ActionEvent.ACTION_PERFORMED, label)));
			if (component instanceof Container) press((Container) component, label);
		}
	}
}
