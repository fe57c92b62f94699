
package sc.fiji.unet.command;

import ij.IJ;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.Label;
import java.awt.TextField;
import java.awt.Window;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The first day of somebody who has unpacked the zip: opens the sample, fills
 * in <i>Train U-Net</i> with the recorder running and cancels the training,
 * trains by the macro that was recorded, segments, measures, corrects, adds,
 * trains on, and has a folder segmented. Knows ImageJ alone, as its user does.
 * Takes a picture after each step. Trainings have a fixed length, so that
 * models do not depend on how busy the machine is.
 */
public final class FirstDayMain {

	private static final String SAMPLE = "annotated cells";
	private static final String TRAINING = "Training cells";

	private static long end;
	private static Path folder;
	private static File screenshots;

	private FirstDayMain() {}

	/** @param args limit in seconds, last screenshot, folder to work in */
	public static void main(final String[] args) throws Exception {
		end = System.currentTimeMillis() + 1000L * Integer.parseInt(args[0]);
		screenshots = new File(args[1]).getParentFile();
		folder = Paths.get(args[2]);
		// Other threads would keep ImageJ alive.
		Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
			e.printStackTrace();
			System.exit(1);
		});
		new Thread(FirstDayMain::watch, "watch").start();
		PlainImageJMain.start();
		final String recorded = record();
		run("trained", recorded);
		segment();
		correct();
		segmentFolder();
		picture("last");
		System.out.println(IJ.getLog());
		System.exit(PlainImageJMain.DONE);
	}

	/** Ends all when time is up, or when ImageJ shows an error. */
	private static void watch() {
		while (System.currentTimeMillis() < end && error() == null)
			IJ.wait(200);
		System.out.println(error() == null ? "Out of time." : "Error: " + error());
		System.out.println(IJ.getLog());
		try {
			picture("failed");
		}
		catch (final Exception e) {
			e.printStackTrace();
		}
		System.exit(PlainImageJMain.ABORTED);
	}

	/** @return text of a message on the display that no step has asked for */
	private static String error() {
		for (final Window window : Window.getWindows())
			if (window.isShowing() && window instanceof Dialog &&
				!(window instanceof GenericDialog) && ((Dialog) window).isModal())
				return PlainImageJMain.texts(window);
		return null;
	}

	/** @return what the recorder has written of two dialogs */
	private static String record() throws Exception {
		final Recorder recorder = new Recorder();
		IJ.doCommand("Samples");
		EchoDialogMain.press(await(EchoDialogMain::dialog), "  OK  ");
		await(() -> WindowManager.getImage(SAMPLE));
		picture("sample");
		IJ.doCommand("Train U-Net");
		final GenericDialog dialog = await(EchoDialogMain::dialog);
		EchoDialogMain.select((Choice) dialog.getChoices().get(0),
			"Open images with ROIs");
		enter(dialog, "Images (folder or title)", SAMPLE);
		enter(dialog, "Training time (min; 0 = as preset or plan)", "0");
		enter(dialog, "Other settings (key: value, ...)",
			"epochs: 6, updatesPerEpoch: 100");
		enter(dialog, "Save model as (.zip)", folder.resolve("cells.zip")
			.toString());
		EchoDialogMain.tick(checkbox(dialog, "Overwrite"), true);
		picture("train-dialog");
		EchoDialogMain.press(dialog, "  OK  ");
		await(() -> SwingWindows.says(TRAINING, "Epoch 2") ? TRAINING : null);
		SwingWindows.press(TRAINING, "Cancel");
		final String cancelled = TRAINING + ": cancelled";
		await(() -> SwingWindows.window(cancelled));
		SwingWindows.dispose(cancelled);
		// Commands are recorded when they have ended.
		await(() -> recorder.getText().contains("Train U-Net") ? recorder : null);
		final String text = recorder.getText();
		recorder.close();
		System.out.println("recorded " + text);
		IJ.run("Close All");
		Files.write(folder.resolve("recorded.ijm"), text.getBytes(
			StandardCharsets.UTF_8));
		return text;
	}

	private static void segment() throws Exception {
		SwingWindows.dispose(TRAINING + ": finished");
		run("segmented", "selectWindow('" + SAMPLE + "');",
			"run('Add to Training Set', 'folder=[" + folder.resolve("set") + "]');",
			"close(); run('Samples', 'sample=[unseen cells]');",
			"run('Set... ', 'zoom=200');", "setLocation(20, 150);",
			"run('Segment', 'model=" + folder.resolve("cells.zip") +
				" rois=true table=true');", "print('found ' + roiManager('count'));",
			"selectWindow('unseen cells');");
	}

	/** One outline is drawn wider, another deleted, and a cell drawn by hand. */
	private static void correct() throws Exception {
		run("corrected", "selectWindow('unseen cells');",
			"roiManager('select', 0);", "run('Enlarge...', 'enlarge=1');",
			"roiManager('update');", "roiManager('select', 1);",
			"Roi.getBounds(x, y, w, h);", "roiManager('delete');",
			"makeOval(x, y, w, h);", "roiManager('add');",
			"run('Add to Training Set', 'folder=[" + folder.resolve("set") +
				"] name=corrected');", "run('Train U-Net', 'images=[" + folder.resolve(
					"set") + "] from=" + folder.resolve("cells.zip") + " model=" + folder
						.resolve("better.zip") +
					" minutes=0 settings=[epochs: 3, updatesPerEpoch: 60] showpredictions=false');");
	}

	/** The ten slices of the samples, as a file each. */
	private static void segmentFolder() throws Exception {
		final Path input = Files.createDirectories(folder.resolve("input"));
		run("folder", "roiManager('reset'); run('Close All'); n = 0;",
			"samples = newArray('annotated cells', 'unseen cells');",
			"for (s = 0; s < 2; s++) {",
			"run('Samples', 'sample=[' + samples[s] + ']'); stack = getImageID();",
			"for (i = 1; i <= nSlices; i++) {",
			"selectImage(stack); setSlice(i); run('Duplicate...', 'title=cell');",
			"Overlay.remove; n++; saveAs('Tiff', '" + input +
				"/cell' + IJ.pad(n, 2) + '.tif'); close(); selectImage(stack);",
			"} close(); }", "run('Segment Folder', 'input=[" + input + "] output=[" +
				folder.resolve("output") + "] model=" + folder.resolve("better.zip") +
				" rois=true table=true');", "open('" + folder.resolve(
					"output/cell09_overlay.png") + "'); setLocation(20, 150);");
	}

	private static void run(final String name, final String... lines)
		throws Exception
	{
		System.out.println("step " + name);
		final String result = IJ.runMacro(String.join("\n", Arrays.asList(lines)),
			"");
		if ("[aborted]".equals(result)) throw new IllegalStateException(name +
			" was aborted");
		picture(name);
	}

	private static void picture(final String name) throws Exception {
		PlainImageJMain.picture(new File(screenshots, "first-day-" + name +
			".png"));
	}

	private static void enter(final GenericDialog dialog, final String label,
		final String text) throws Exception
	{
		EchoDialogMain.enter((TextField) after(dialog, label), text);
	}

	/** @return the field that follows a label */
	private static Component after(final Container dialog, final String label) {
		boolean found = false;
		for (final Component component : dialog.getComponents()) {
			if (found) return component instanceof TextField ? component
				: ((Container) component).getComponent(0);
			found = component instanceof Label && ((Label) component).getText()
				.equals(label);
		}
		throw new IllegalStateException("There is no field '" + label + "'.");
	}

	private static Checkbox checkbox(final GenericDialog dialog,
		final String label)
	{
		for (final Object box : dialog.getCheckboxes())
			if (((Checkbox) box).getLabel().equals(label)) return (Checkbox) box;
		throw new IllegalStateException("There is no check box '" + label + "'.");
	}

	private static <T> T await(final Supplier<T> thing)
		throws InterruptedException
	{
		for (T found = thing.get();; found = thing.get()) {
			if (found != null) return found;
			Thread.sleep(50);
		}
	}
}
