
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.GenericDialog;
import ij.gui.MultiLineLabel;
import ij.plugin.frame.Recorder;

import java.awt.AWTEvent;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.GridBagConstraints;
import java.awt.Insets;
import java.awt.Panel;
import java.awt.Rectangle;
import java.awt.TextField;
import java.awt.event.ActionEvent;
import java.io.File;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.swing.Timer;

import org.scijava.ItemVisibility;
import org.scijava.module.MethodCallException;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.widget.Button;
import org.scijava.widget.FileWidget;

import sc.fiji.unet.job.Failure;

/**
 * The parameters of a command in a window of ImageJ 1.x. A callback of the
 * command runs when its field changes or its button is pressed, and may change
 * other values and messages. A command that is
 * {@link org.scijava.command.Previewable} is told to preview at first and after
 * every change.
 */
final class CommandDialog {

	private static final int NARROW = 10;
	private static final int WIDE = 30;
	/** Pixels between the dialog and an image beside it. */
	private static final int GAP = 8;
	/** Milliseconds between looks at messages. */
	private static final int PERIOD = 100;
	/** Style of a text that may be a number from 0 to 1. */
	static final String SLIDER_STYLE = "slider";
	/** Place of the help button among those of ImageJ's dialog. */
	private static final int HELP = 3;

	private final CommandInputs inputs;
	private final Module module;
	/** Field of each parameter: TextField, Choice, Checkbox or message. */
	private final Map<ModuleItem<?>, Component> fields = new LinkedHashMap<>();
	/** What messages say; used by the event thread alone. */
	private final Map<ModuleItem<?>, String> said = new HashMap<>();
	/** A command may find out what to say when the callback is long over. */
	private final Timer messages = new Timer(PERIOD, event -> refreshMessages());
	private GenericDialog dialog;
	/** Whether there is room beside the last field for a second check box. */
	private boolean beside;
	/** Row of the last field if that is a button or a file, else null. */
	private Container buttons;

	CommandDialog(final CommandInputs inputs) {
		this.inputs = inputs;
		module = inputs.module();
	}

	/**
	 * Asks until every value is possible, and hands them to the command. Blocks.
	 *
	 * @return false if the user has canceled
	 */
	boolean show() {
		final boolean recording = Recorder.record;
		// ImageJ would record labels as keys, and true values as bare words.
		Recorder.record = false;
		try {
			Map<ModuleItem<?>, String> entered = new LinkedHashMap<>();
			while (true) {
				build(entered);
				module.preview();
				showWithMessages();
				if (dialog.wasCanceled()) return false;
				entered = texts();
				if (accept(entered)) return true;
			}
		}
		finally {
			Recorder.record = recording;
		}
	}

	private void showWithMessages() {
		messages.start();
		try {
			placeBesideImage();
			dialog.showDialog();
		}
		finally {
			messages.stop();
		}
	}

	/** To the left of a watched image, or to the right, where there is room. */
	private void placeBesideImage() {
		if (!(module.getDelegateObject() instanceof WatchedImage)) return;
		final ImagePlus image = ((WatchedImage) module.getDelegateObject())
			.watched();
		if (image == null || image.getWindow() == null) return;
		image.getWindow().toFront();
		dialog.pack();
		final Rectangle window = image.getWindow().getBounds();
		final int left = window.x - GAP - dialog.getWidth();
		final int x = left >= 0 ? left : window.x + window.width + GAP;
		if (x + dialog.getWidth() > IJ.getScreenSize().width) return;
		dialog.centerDialog(false);
		dialog.setLocation(x, window.y);
	}

	private boolean accept(final Map<ModuleItem<?>, String> entered) {
		try {
			entered.forEach((item, text) -> module.setInput(item.getName(),
				ParameterText.parse(item, text)));
			inputs.checkComplete();
			return true;
		}
		catch (final IllegalArgumentException e) {
			IJ.showMessage(module.getInfo().getTitle(), Text.inLines(e.getMessage()));
			return false;
		}
	}

	private void build(final Map<ModuleItem<?>, String> entered) {
		fields.clear();
		said.clear();
		beside = false;
		buttons = null;
		dialog = new Window(module.getInfo().getTitle());
		for (final ModuleItem<?> item : inputs.shown())
			add(item, entered.getOrDefault(item, ParameterText.format(module.getInput(
				item.getName()))));
		dialog.addDialogListener((d, event) -> changed(event));
	}

	/** Leaves its help button to us: ImageJ would open an address. */
	private static final class Window extends GenericDialog {

		Window(final String title) {
			super(title);
		}

		@Override
		public void actionPerformed(final ActionEvent event) {
			if (event.getSource() != getButtons()[HELP]) super.actionPerformed(event);
		}
	}

	private void add(final ModuleItem<?> item, final String text) {
		final String label = ParameterText.label(item);
		final Class<?> type = item.getType();
		final boolean isButton = Button.class.isAssignableFrom(type);
		beside &= isBoolean(type);
		if (!isButton) buttons = null;
		if (item.getVisibility() == ItemVisibility.MESSAGE) {
			dialog.addMessage(lines(text));
			fields.put(item, dialog.getMessage());
		}
		else if (item.getName().equals(UNetCommand.HELP)) addHelp(item);
		else if (isButton) addButton(item, label);
		else if (isBoolean(type)) addCheckbox(item, label, text);
		else if (item.getChoices() != null && !item.getChoices().isEmpty()) {
			dialog.addChoice(label, item.getChoices().stream().map(
				ParameterText::format).toArray(String[]::new), text);
			fields.put(item, (Component) dialog.getChoices().lastElement());
		}
		else if (type == ImagePlus.class) addImage(item, label);
		else addText(item, label, text);
	}

	private static boolean isBoolean(final Class<?> type) {
		return type == boolean.class || type == Boolean.class;
	}

	/** Two in a row, so that long dialogs fit on small displays. */
	private void addCheckbox(final ModuleItem<?> item, final String label,
		final String text)
	{
		if (beside) dialog.addToSameRow();
		beside = !beside;
		dialog.addCheckbox(label, Boolean.parseBoolean(text));
		fields.put(item, (Component) dialog.getCheckboxes().lastElement());
	}

	private void addButton(final ModuleItem<?> item, final String label) {
		if (buttons == null) {
			final Panel row = new Panel();
			dialog.addPanel(row);
			buttons = row;
		}
		final java.awt.Button button = new java.awt.Button(label);
		button.addActionListener(event -> press(item));
		buttons.add(button);
	}

	/**
	 * Beside OK, where ImageJ has it; without an address it does nothing else.
	 */
	private void addHelp(final ModuleItem<?> item) {
		dialog.addHelp("");
		dialog.getButtons()[HELP].addActionListener(event -> press(item));
	}

	private void addImage(final ModuleItem<?> item, final String label) {
		// The active image; one that is missing is asked for when all is entered.
		final String title = ParameterText.format(module.getInput(item.getName()));
		dialog.addMessage(label + ": " + (title.isEmpty() ? "no image is open"
			: title));
	}

	private void addText(final ModuleItem<?> item, final String label,
		final String text)
	{
		final String style = String.valueOf(item.getWidgetStyle());
		if (item.getType() == File.class && style.contains(
			FileWidget.DIRECTORY_STYLE)) dialog.addDirectoryField(label, text, WIDE);
		else if (item.getType() == File.class) dialog.addFileField(label, text,
			WIDE);
		else dialog.addStringField(label, text, item.getType() == String.class ? 2 *
			NARROW : NARROW);
		final TextField field = (TextField) dialog.getStringFields().lastElement();
		fields.put(item, field);
		// Beside "Browse" there is room for a button that belongs to the file.
		if (item.getType() == File.class) buttons = field.getParent();
		if (style.equals(SLIDER_STYLE)) addSlider(field);
	}

	/** Below the field: ImageJ leaves no room beside it. */
	private void addSlider(final TextField field) {
		final Panel row = new Panel();
		row.add(new ShareSlider(field));
		dialog.addPanel(row, GridBagConstraints.EAST, new Insets(0, 0, 0, 0));
	}

	private Map<ModuleItem<?>, String> texts() {
		final Map<ModuleItem<?>, String> texts = new LinkedHashMap<>();
		fields.forEach((item, field) -> {
			if (field instanceof TextField) texts.put(item, ((TextField) field)
				.getText());
			else if (field instanceof Choice) texts.put(item, ((Choice) field)
				.getSelectedItem());
			else if (field instanceof Checkbox) texts.put(item, "" +
				((Checkbox) field).getState());
		});
		return texts;
	}

	private boolean changed(final AWTEvent event) {
		if (event == null) return true;
		fields.forEach((item, field) -> {
			if (field != event.getSource()) return;
			takeOver();
			call(item);
			refresh();
			module.preview();
		});
		return true;
	}

	/** Callbacks of buttons may take long, so they do not run with the events. */
	private void press(final ModuleItem<?> item) {
		takeOver();
		final Thread thread = new Thread(() -> {
			call(item);
			EventQueue.invokeLater(() -> {
				if (!dialog.isVisible()) return;
				refresh();
				module.preview();
			});
		}, ParameterText.label(item));
		thread.setContextClassLoader(CommandDialog.class.getClassLoader());
		thread.start();
	}

	/** Hands to the command what is possible of the values entered so far. */
	private void takeOver() {
		texts().forEach((item, text) -> {
			try {
				module.setInput(item.getName(), ParameterText.parse(item, text));
			}
			catch (final IllegalArgumentException e) {
				// A number half typed: the command keeps the value that it has.
				IJ.showStatus(e.getMessage());
			}
		});
	}

	private void call(final ModuleItem<?> item) {
		try {
			item.callback(module);
		}
		catch (final MethodCallException e) {
			final Throwable cause = CommandErrors.cause(e);
			IJ.showMessage(module.getInfo().getTitle(), Text.inLines(Failure.sentence(
				cause)));
		}
	}

	/** Shows what the command's callback has changed. */
	private void refresh() {
		fields.forEach((item, field) -> {
			final String text = ParameterText.format(module.getInput(item.getName()));
			if (field instanceof Choice) ((Choice) field).select(text);
			else if (field instanceof Checkbox) ((Checkbox) field).setState(Boolean
				.parseBoolean(text));
			else if (field instanceof TextField && !sameValue(item,
				((TextField) field).getText(), text)) ((TextField) field).setText(text);
		});
		refreshMessages();
		dialog.pack();
	}

	private void refreshMessages() {
		fields.forEach((item, field) -> {
			if (!(field instanceof MultiLineLabel)) return;
			final String text = lines(ParameterText.format(module.getInput(item
				.getName())));
			if (text.equals(said.put(item, text))) return;
			((MultiLineLabel) field).setText(text);
			dialog.pack();
		});
	}

	private static boolean sameValue(final ModuleItem<?> item, final String shown,
		final String text)
	{
		try {
			return text.equals(ParameterText.format(ParameterText.parse(item,
				shown)));
		}
		catch (final IllegalArgumentException e) {
			return true;
		}
	}

	/** @return plain text in at least two lines, the form that can be changed */
	private static String lines(final String text) {
		final String plain = text.replaceAll("(?i)<br ?/?>", "\n").replaceAll(
			"<[^>]+>", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;",
				"&");
		return plain.contains("\n") ? plain : plain + "\n";
	}
}
