
package sc.fiji.unet.command;

import ij.IJ;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.TextField;
import java.awt.Window;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Uses menu items as a person does, with the recorder running, and then runs
 * what was recorded. Prints for each item the recorded line, what came out of
 * the dialog and of the macro, and what the dialog begins with the next time.
 */
public final class RecorderMain {

	private static final int LIMIT = 120_000;

	private RecorderMain() {}

	/**
	 * @param args limit in seconds, screenshot file, file of orders: lines of
	 *          words with tabs between them, see {@link #obey}
	 */
	public static void main(final String[] args) throws Exception {
		PlainImageJMain.start();
		new Recorder();
		List<String[]> item = new ArrayList<>();
		for (final String line : Files.readAllLines(Paths.get(args[2]),
			StandardCharsets.UTF_8))
		{
			final String[] words = line.split("\t", -1);
			item.add(words);
			if (!words[0].equals("item")) continue;
			obey(item);
			item = new ArrayList<>();
		}
		PlainImageJMain.picture(new File(args[1]));
		System.exit(PlainImageJMain.DONE);
	}

	/**
	 * @param orders {@code macro TEXT} before, {@code text NUMBER VALUE},
	 *          {@code choice NUMBER VALUE} and {@code tick NUMBER VALUE} in the
	 *          dialog, {@code output FOLDER} to be emptied, last
	 *          {@code item TITLE}
	 */
	private static void obey(final List<String[]> orders) throws Exception {
		final String title = orders.get(orders.size() - 1)[1];
		final Path output = Paths.get(orders.get(0)[1]);
		prepare(orders, output);
		final String before = Recorder.getInstance().getText();
		final GenericDialog dialog = open(title);
		for (final String[] order : orders)
			enter(dialog, order);
		close(dialog, title, "  OK  ");
		say(title, "dialog", Outcome.of(output));
		final String recorded = Recorder.getInstance().getText().substring(before
			.length()).trim();
		say(title, "recorded", recorded);
		final GenericDialog again = open(title);
		say(title, "again", values(again));
		close(again, title, "Cancel");
		prepare(orders, output);
		macro(recorded);
		say(title, "macro", Outcome.of(output));
	}

	private static void say(final String title, final String what,
		final String text)
	{
		System.out.println(title + "\t" + what + "\t" + text.replace("\n", "\\n"));
	}

	/** Closes everything, removes earlier results, and runs the first macro. */
	private static void prepare(final List<String[]> orders, final Path output)
		throws Exception
	{
		IJ.runMacro("while (nImages > 0) close();");
		EventQueue.invokeAndWait(() -> {
			for (final Window window : Window.getWindows())
				if (window instanceof Frame && window != IJ.getInstance() &&
					!(window instanceof Recorder) && window.isShowing()) window
						.dispatchEvent(new java.awt.event.WindowEvent(window,
							java.awt.event.WindowEvent.WINDOW_CLOSING));
		});
		if (Files.exists(output)) try (Stream<Path> files = Files.walk(output)) {
			for (final Path file : files.sorted(Comparator.reverseOrder()).collect(
				Collectors.toList()))
				Files.delete(file);
		}
		Files.createDirectories(output);
		for (final String[] order : orders)
			if (order[0].equals("macro")) macro(order[1]);
	}

	private static void macro(final String text) throws Exception {
		final Thread thread = new Thread(() -> IJ.runMacro(text), "macro");
		thread.start();
		thread.join(LIMIT);
		if (thread.isAlive()) fail("the end of " + text);
	}

	private static GenericDialog open(final String title) throws Exception {
		IJ.doCommand(title);
		await("the dialog of " + title, () -> EchoDialogMain.dialog() != null);
		return EchoDialogMain.dialog();
	}

	private static void close(final GenericDialog dialog, final String title,
		final String button) throws Exception
	{
		final Thread command = Thread.getAllStackTraces().keySet().stream().filter(
			t -> t.getName().equals(title)).findFirst().orElseThrow(
				IllegalStateException::new);
		EchoDialogMain.press(dialog, button);
		await("the end of " + title, () -> !command.isAlive() || EchoDialogMain
			.message() != null);
		// It says that something has been done.
		final Dialog message = EchoDialogMain.message();
		if (message != null) EchoDialogMain.press(message, "  OK  ");
		command.join(LIMIT);
		if (command.isAlive()) fail("the end of " + title);
	}

	private static void enter(final GenericDialog dialog, final String[] order)
		throws Exception
	{
		if (order[0].equals("text")) EchoDialogMain.enter((TextField) dialog
			.getStringFields().get(Integer.parseInt(order[1])), order[2]);
		if (order[0].equals("choice")) EchoDialogMain.select((Choice) dialog
			.getChoices().get(Integer.parseInt(order[1])), order[2]);
		if (order[0].equals("tick")) EchoDialogMain.tick((Checkbox) dialog
			.getCheckboxes().get(Integer.parseInt(order[1])), Boolean.parseBoolean(
				order[2]));
	}

	/** @return texts, choices and boxes of a dialog, each in their order */
	private static String values(final GenericDialog dialog) {
		final List<String> values = new ArrayList<>();
		for (final Object field : list(dialog.getStringFields()))
			values.add(((TextField) field).getText());
		for (final Object field : list(dialog.getChoices()))
			values.add(((Choice) field).getSelectedItem());
		for (final Object field : list(dialog.getCheckboxes()))
			values.add("" + ((Checkbox) field).getState());
		return String.join("\t", values);
	}

	private static List<?> list(final List<?> fields) {
		return fields == null ? new ArrayList<>() : fields;
	}

	private static void await(final String what, final BooleanSupplier there)
		throws Exception
	{
		final long end = System.currentTimeMillis() + LIMIT;
		while (!there.getAsBoolean()) {
			if (System.currentTimeMillis() > end) fail(what);
			Thread.sleep(20);
		}
	}

	private static void fail(final String what) {
		System.out.println("TIMEOUT waiting for " + what + "\n" + IJ.getLog());
		for (final Window window : Window.getWindows())
			if (window.isShowing()) System.out.println(window.getName() + ": " +
				PlainImageJMain.texts(window));
		System.exit(PlainImageJMain.OUT_OF_TIME);
	}
}
