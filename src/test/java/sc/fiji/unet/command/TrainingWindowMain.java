
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.Menus;
import ij.WindowManager;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.MedianCut;

import java.awt.EventQueue;
import java.awt.MenuBar;
import java.awt.Robot;
import java.awt.Window;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import javax.imageio.ImageIO;

/**
 * Trains in a real ImageJ and uses the window of the training as a person does:
 * watches it, stops a training, cancels one, goes on with that, closes the
 * window, and stops a trial. Prints what it finds.
 */
public final class TrainingWindowMain {

	private static final long LIMIT = TimeUnit.MINUTES.toMillis(2);

	private TrainingWindowMain() {}

	/**
	 * @param args limit in seconds, folder for screenshots, folder for models,
	 *          epoch after which a picture is taken, options of a training to
	 *          watch, options of short trainings, folder for screenshots that no
	 *          document shows, options of a training that begins with a trial
	 */
	public static void main(final String[] args) throws Exception {
		// Other threads would keep ImageJ alive.
		Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
			e.printStackTrace();
			System.exit(1);
		});
		PlainImageJMain.start();
		watch(args[4] + " model=" + args[2] + "/cells.zip", args[3], args[1],
			args[6]);
		stop(args[5] + " model=" + args[2] + "/stopped.zip");
		cancel(args[5] + " model=" + args[2] + "/given-up.zip", args[6]);
		stopTrial(args[7] + " model=" + args[2] + "/tried.zip", args[6]);
		System.out.println(IJ.getLog());
		System.exit(PlainImageJMain.DONE);
	}

	private static void watch(final String options, final String epoch,
		final String pictures, final String others) throws Exception
	{
		final Thread training = train(options);
		await("a picture of epoch " + epoch, () -> SwingWindows.says(
			"Training cells", "after epoch " + epoch + ":"));
		IJ.wait(300);
		picture(SwingWindows.window("Training cells"), new File(pictures,
			"training-window.png"));
		System.out.println("event thread is free: " + isEventThreadFree());
		training.join();
		await("the end", () -> SwingWindows.window(
			"Training cells: finished") != null);
		final ImagePlus predictions = WindowManager.getCurrentImage();
		System.out.println("predictions: " + predictions.getTitle() + ", " +
			predictions.getStackSize() + " slices, " + predictions.getStack()
				.getSliceLabel(1));
		System.out.println("buttons after the end: " + SwingWindows.button(
			SwingWindows.window("Training cells: finished"), "Cancel").isEnabled());
		picture(predictions.getWindow(), new File(pictures,
			"training-predictions.png"));
		predictions.close();
		picture(SwingWindows.window("Training cells: finished"), new File(others,
			"training-window-end.png"));
		System.out.println("Window menu: " + menu());
		await("the end of the thread that draws", () -> !isDrawing());
		System.out.println("nobody draws after the end");
		EventQueue.invokeAndWait(() -> SwingWindows.window(
			"Training cells: finished").setSize(900, 700));
		await("a picture of the new size", TrainingWindowMain::isDrawing);
		await("its end", () -> !isDrawing());
		System.out.println("but when the size changes");
		SwingWindows.dispose("Training cells: finished");
	}

	/** Windows of trainings in ImageJ's menu. */
	private static List<String> menu() {
		final MenuBar bar = Menus.getMenuBar();
		final List<String> labels = new ArrayList<>();
		for (int m = 0; m < bar.getMenuCount(); m++)
			for (int i = 0; i < bar.getMenu(m).getItemCount(); i++) {
				final String label = bar.getMenu(m).getItem(i).getLabel();
				if (label.startsWith("Training ")) labels.add(label);
			}
		return labels;
	}

	private static boolean isDrawing() {
		return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t
			.getName().equals("U-Net training window"));
	}

	private static void stop(final String options) throws Exception {
		final Thread training = train(options);
		await("epoch 2", () -> SwingWindows.says("Training stopped",
			"after epoch 2"));
		SwingWindows.press("Training stopped", "Stop and keep best");
		training.join();
		await("the end", () -> SwingWindows.window(
			"Training stopped: stopped") != null);
		System.out.println("stopped");
		SwingWindows.dispose("Training stopped: stopped");
	}

	private static void cancel(final String options, final String pictures)
		throws Exception
	{
		final Thread training = train(options);
		await("epoch 2", () -> SwingWindows.says("Training given-up",
			"after epoch 2"));
		SwingWindows.press("Training given-up", "Cancel");
		training.join();
		await("the end", () -> SwingWindows.window(
			"Training given-up: cancelled") != null);
		System.out.println("cancelled");
		SwingWindows.dispose("Training given-up: cancelled");
		final Thread resumed = train(options + " resume=true");
		await("the resumed training", () -> SwingWindows.says("Training given-up",
			"Epoch 3"));
		IJ.wait(1000);
		picture(SwingWindows.window("Training given-up"), new File(pictures,
			"training-window-resumed.png"));
		EventQueue.invokeAndWait(() -> SwingWindows.window("Training given-up")
			.dispatchEvent(new WindowEvent(SwingWindows.window("Training given-up"),
				WindowEvent.WINDOW_CLOSING)));
		await("the window closed", () -> SwingWindows.window(
			"Training given-up") == null);
		IJ.wait(500);
		System.out.println("goes on without a window: " + resumed.isAlive());
		IJ.setKeyDown(java.awt.event.KeyEvent.VK_ESCAPE);
		resumed.join();
	}

	private static void stopTrial(final String options, final String pictures)
		throws Exception
	{
		final Thread training = train(options);
		await("the trial", () -> SwingWindows.says("Training tried",
			"Trial of border class") && SwingWindows.texts(SwingWindows.window(
				"Training tried")).matches("(?s).*Update \\d+ of .*"));
		picture(SwingWindows.window("Training tried"), new File(pictures,
			"training-window-trial.png"));
		SwingWindows.press("Training tried", "Stop and keep best");
		training.join();
		await("the end", () -> SwingWindows.window(
			"Training tried: cancelled") != null);
		System.out.println("trial stopped");
	}

	private static Thread train(final String options) {
		final Thread thread = new Thread(() -> {
			try {
				IJ.run("Train U-Net", options);
			}
			catch (final RuntimeException e) {
				// So ImageJ ends the thread of a macro whose command was cancelled.
				if (!"Macro canceled".equals(e.getMessage())) throw e;
			}
		}, "training");
		thread.start();
		return thread;
	}

	/** Saves a picture of a window in 256 colours, for documents. */
	private static void picture(final Window window, final File file)
		throws Exception
	{
		EventQueue.invokeAndWait(() -> {
			window.toFront();
			// Without a window manager it may lie elsewhere than it believes, until
			// it is moved.
			window.setLocation(window.getX() + 1, window.getY() + 1);
		});
		final Robot robot = new Robot();
		robot.waitForIdle();
		robot.delay(500);
		final BufferedImage picture = robot.createScreenCapture(window.getBounds());
		ImageIO.write(((ByteProcessor) new MedianCut(new ColorProcessor(picture))
			.convertToByte(256)).getBufferedImage(), "png", file);
	}

	private static boolean isEventThreadFree() throws Exception {
		final long start = System.nanoTime();
		EventQueue.invokeAndWait(() -> {});
		return System.nanoTime() - start < 500_000_000L;
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
