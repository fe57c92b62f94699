
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.ImageWindow;
import ij.gui.Overlay;
import ij.gui.TextRoi;
import ij.process.FloatProcessor;

import java.awt.Color;
import java.awt.EventQueue;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.Point;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import sc.fiji.unet.job.Failure;

/**
 * A window beside an image with what a command would make of it, while its
 * dialog is open. Previews are computed one after the other in a thread of
 * their own; of those that wait only the newest is. What cannot be computed is
 * said in the window. Without a display nothing happens. Thread-safe.
 */
final class Preview {

	/** Computes a preview. */
	interface Work {

		/**
		 * @param superseded whether nobody waits for the preview any more
		 * @throws IllegalArgumentException if there is none; the message is for the
		 *           user
		 * @throws CancellationException if it is superseded
		 */
		ImagePlus compute(BooleanSupplier superseded);
	}

	private static final int FONT_SIZE = 14;
	private static final int LEAST_SIZE = 256;

	/** The image beside which the window opens; set with the first work. */
	private ImagePlus image;
	private Work waiting;
	private boolean computing;
	/** Counts requests: what belongs to an older one is not shown. */
	private int newest;
	/** What the window shows; used by the event thread alone. */
	private ImagePlus shown;

	/**
	 * Has a preview computed and shown; returns at once.
	 *
	 * @param beside the image that is previewed
	 */
	synchronized void update(final ImagePlus beside, final Work work) {
		if (GraphicsEnvironment.isHeadless()) return;
		image = beside;
		waiting = work;
		newest++;
		if (computing) return;
		computing = true;
		final Thread thread = new Thread(this::computeAll, "Preview of " + beside
			.getTitle());
		thread.setDaemon(true);
		thread.setContextClassLoader(Preview.class.getClassLoader());
		thread.start();
	}

	private void computeAll() {
		while (true) {
			final Work work;
			final int number;
			synchronized (this) {
				work = waiting;
				waiting = null;
				computing = work != null;
				number = newest;
			}
			if (work == null) return;
			compute(work, number);
		}
	}

	private void compute(final Work work, final int number) {
		try {
			final ImagePlus result = work.compute(() -> !isNewest(number));
			EventQueue.invokeLater(() -> show(result, number));
		}
		catch (final CancellationException e) {
			// Superseded: another one follows, or nobody wants to see it.
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			final String sentence = Failure.sentence(e);
			if (isNewest(number)) IJ.showStatus(sentence);
			EventQueue.invokeLater(() -> show(said(sentence), number));
			if (Failure.isBug(e)) end(e);
		}
	}

	/** A bug ends the thread, so that its trace is seen; the next one starts. */
	private void end(final Throwable bug) {
		synchronized (this) {
			computing = false;
		}
		throw new IllegalStateException("The preview failed.", bug);
	}

	private synchronized boolean isNewest(final int number) {
		return number == newest;
	}

	/** @return a dark image with a sentence on it */
	private ImagePlus said(final String sentence) {
		final int width = Math.max(LEAST_SIZE, image.getWidth());
		final ImagePlus result = new ImagePlus(image.getShortTitle() +
			" (no preview)", new FloatProcessor(width, Math.max(LEAST_SIZE, image
				.getHeight())));
		final Font font = new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE);
		final TextRoi text = new TextRoi(FONT_SIZE / 2.0, FONT_SIZE / 2.0, Text
			.inLines(sentence, 2 * (width - FONT_SIZE) / FONT_SIZE), font);
		text.setStrokeColor(Color.WHITE);
		text.setAntiAlias(true);
		result.setOverlay(new Overlay(text));
		return result;
	}

	private void show(final ImagePlus content, final int number) {
		if (!isNewest(number)) return;
		if (shown != null && shown.isVisible()) {
			shown.setProcessor(content.getTitle(), content.getProcessor());
			shown.setDisplayRange(content.getDisplayRangeMin(), content
				.getDisplayRangeMax());
			shown.setOverlay(content.getOverlay());
		}
		else {
			shown = content;
			UNetCommand.placeNextBeside(image);
			shown.show();
		}
	}

	/**
	 * Takes the window away, and stops what is being computed for it. Blocks
	 * until done.
	 *
	 * @return where the window was; null if there was none
	 */
	Point close() {
		synchronized (this) {
			newest++;
			waiting = null;
			if (image == null) return null;
		}
		final Point[] place = new Point[1];
		if (EventQueue.isDispatchThread()) place[0] = closeNow();
		else try {
			EventQueue.invokeAndWait(() -> place[0] = closeNow());
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		catch (final InvocationTargetException e) {
			throw new IllegalStateException("The preview could not be closed.", e
				.getCause());
		}
		return place[0];
	}

	private Point closeNow() {
		if (shown == null || !shown.isVisible()) return null;
		final Point place = shown.getWindow().getLocation();
		shown.changes = false;
		shown.close();
		shown = null;
		// The image that was active before is so again.
		final ImageWindow before = image.getWindow();
		if (before != null) WindowManager.setCurrentWindow(before);
		return place;
	}
}
