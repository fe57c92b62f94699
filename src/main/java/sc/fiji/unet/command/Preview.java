
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

import sc.fiji.unet.imagej.ImageTitle;
import sc.fiji.unet.job.Failure;

/**
 * A window beside an image with what a command would make of it, while its
 * dialog is open. Previews are computed outside the event thread, and of those
 * that wait only the newest is. What cannot be computed is said in the window.
 * Without a display nothing happens. Thread-safe.
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

	private final NewestTask task = new NewestTask("U-Net preview");
	/** The image beside which the window opens; null before the first work. */
	private volatile ImagePlus image;
	/** What the window shows; used by the event thread alone. */
	private ImagePlus shown;

	/**
	 * Has a preview computed and shown; returns at once.
	 *
	 * @param beside the image that is previewed
	 */
	void update(final ImagePlus beside, final Work work) {
		if (GraphicsEnvironment.isHeadless()) return;
		image = beside;
		task.run(superseded -> compute(work, superseded));
	}

	private void compute(final Work work, final BooleanSupplier superseded) {
		try {
			showLater(work.compute(superseded), superseded);
		}
		catch (final CancellationException e) {
			// Superseded: another one follows, or nobody wants to see it.
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			final String sentence = Failure.sentence(e);
			if (!superseded.getAsBoolean()) IJ.showStatus(sentence);
			showLater(said(sentence), superseded);
			// So that its trace is seen.
			if (Failure.isBug(e)) throw e;
		}
	}

	/** @return a dark image with a sentence on it */
	private ImagePlus said(final String sentence) {
		final int width = Math.max(LEAST_SIZE, image.getWidth());
		final ImagePlus result = new ImagePlus(ImageTitle.withoutExtension(image) +
			" (no preview)", new FloatProcessor(width, Math.max(LEAST_SIZE, image
				.getHeight())));
		final TextRoi text = new TextRoi(FONT_SIZE / 2.0, FONT_SIZE / 2.0, Text
			.inLines(sentence, 2 * (width - FONT_SIZE) / FONT_SIZE), new Font(
				Font.SANS_SERIF, Font.PLAIN, FONT_SIZE));
		text.setStrokeColor(Color.WHITE);
		text.setAntiAlias(true);
		result.setOverlay(new Overlay(text));
		return result;
	}

	private void showLater(final ImagePlus content,
		final BooleanSupplier superseded)
	{
		EventQueue.invokeLater(() -> {
			if (!superseded.getAsBoolean()) show(content);
		});
	}

	private void show(final ImagePlus content) {
		if (shown == null || !shown.isVisible()) {
			shown = content;
			UNetCommand.placeNextBeside(image);
			shown.show();
			return;
		}
		shown.setProcessor(content.getTitle(), content.getProcessor());
		shown.setDisplayRange(content.getDisplayRangeMin(), content
			.getDisplayRangeMax());
		shown.setOverlay(content.getOverlay());
	}

	/**
	 * Takes the window away, and stops what is being computed for it. Blocks
	 * until done.
	 *
	 * @return where the window was; null if there was none
	 */
	Point close() {
		task.stop();
		if (image == null) return null;
		if (EventQueue.isDispatchThread()) return closeNow();
		final Point[] place = new Point[1];
		try {
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
