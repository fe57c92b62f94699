
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;

import java.awt.Dialog;
import java.awt.Window;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * An ImageJ whose engine is killed again and again while it trains or segments.
 * Prints a line for each round, then segments once undisturbed.
 */
public final class KilledEngineMain {

	private static final String WORKER = "sc.fiji.unet.worker.WorkerMain";
	private static final long LIMIT = TimeUnit.SECONDS.toMillis(60);

	private KilledEngineMain() {}

	/**
	 * @param args limit in seconds, screenshot file, number of rounds for each
	 *          command and signal, options of Train U-Net, options of Segment,
	 *          image file, folder that is there once training can be resumed
	 */
	public static void main(final String[] args) throws Exception {
		PlainImageJMain.start();
		final int rounds = Integer.parseInt(args[2]);
		final ImagePlus image = IJ.openImage(args[5]);
		image.show();
		final int before = hash(image);
		final Random random = new Random(1);
		for (int round = 0; round < rounds; round++)
			for (final String signal : Arrays.asList("-KILL", "-ILL")) {
				// Once where there is something to resume, once at any moment.
				round("Train U-Net", args[3], signal.equals("-KILL") ? new File(args[6])
					: null, signal, 200 + random.nextInt(2500));
				round("Segment", args[4], null, signal, random.nextInt(1200));
			}
		PlainImageJMain.picture(new File(args[1]));
		System.out.println(hash(image) == before ? "image untouched"
			: "image CHANGED");
		IJ.run("Segment", args[4]);
		System.out.println("segmented " + (image.getOverlay() == null ? 0 : image
			.getOverlay().size()));
		System.exit(0);
	}

	private static int hash(final ImagePlus image) {
		final ImageProcessor pixels = image.getProcessor();
		return Arrays.hashCode((byte[]) pixels.getPixels());
	}

	/** @param sign file to wait for before the kill; null to kill at once */
	private static void round(final String command, final String options,
		final File sign, final String signal, final int delay) throws Exception
	{
		final Thread thread = new Thread(() -> IJ.run(command, options), "round");
		thread.start();
		final long end = System.currentTimeMillis() + LIMIT;
		ProcessHandle worker = null;
		while ((worker == null || sign != null && !sign.exists()) && System
			.currentTimeMillis() < end)
		{
			worker = worker();
			Thread.sleep(10);
		}
		Thread.sleep(delay);
		final boolean busy = thread.isAlive();
		kill(worker, signal);
		String message = null;
		while (message == null && thread.isAlive() && System
			.currentTimeMillis() < end)
		{
			message = closeMessage();
			Thread.sleep(20);
		}
		thread.join(LIMIT);
		System.out.println("round " + command + " " + signal + ": " + (busy
			? message == null ? "NO MESSAGE" : message.replace('\n', ' ')
			: "over before"));
	}

	private static ProcessHandle worker() {
		return ProcessHandle.current().children().filter(ProcessHandle::isAlive)
			.filter(p -> p.info().arguments().map(a -> Arrays.asList(a).contains(
				WORKER)).orElse(false)).findFirst().orElse(null);
	}

	private static void kill(final ProcessHandle worker, final String signal)
		throws IOException, InterruptedException
	{
		if (worker != null) new ProcessBuilder("kill", signal, String.valueOf(worker
			.pid())).start().waitFor();
	}

	/** @return what the message says that stood on the display */
	private static String closeMessage() {
		for (final Window window : Window.getWindows())
			if (window.isShowing() && window instanceof Dialog && ((Dialog) window)
				.isModal())
			{
				final String text = PlainImageJMain.texts(window);
				window.dispose();
				return text;
			}
		return null;
	}
}
