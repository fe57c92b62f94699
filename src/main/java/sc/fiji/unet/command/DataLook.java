
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageWindow;

import java.awt.Dialog.ModalExclusionType;
import java.awt.EventQueue;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import sc.fiji.unet.job.Failure;
import sc.fiji.unet.job.PreviewJob;

/**
 * Looks at the data of a training while its dialog is open, in a thread of its
 * own: Fiji calls buttons back in the thread of the events. One look at a time.
 */
final class DataLook {

	/** Makes the job of the values that have been entered. */
	interface Source {

		/** @param cancelled asked now and then while images are opened */
		PreviewJob job(BooleanSupplier cancelled) throws IOException;
	}

	private interface Look {

		/** @return shows what was found */
		Runnable at(PreviewJob job);
	}

	private final String title;
	private final Source source;
	private final AtomicBoolean busy = new AtomicBoolean();
	private volatile boolean over;

	/** @param title of messages */
	DataLook(final String title, final Source source) {
		this.title = title;
		this.source = source;
	}

	/** Says in a message, and in the log, what was found. */
	void check() {
		start(job -> {
			final String found = String.join("\n", job.check());
			return () -> {
				IJ.log(found);
				IJ.showMessage(title, Text.inLines(found));
			};
		});
	}

	/** Opens the pictures, and says in the log what was found. */
	void preview() {
		start(job -> {
			final PreviewJob.Result result = job.run();
			final ImagePlus histogram = result.preview().histogram();
			final ImagePlus stack = result.preview().stack();
			return () -> EventQueue.invokeLater(() -> {
				if (over) return;
				result.sentences().forEach(IJ::log);
				show(histogram);
				show(stack);
			});
		});
	}

	/** The dialog is closed: ends a look without showing what was found. */
	void end() {
		over = true;
	}

	private void start(final Look look) {
		if (!busy.compareAndSet(false, true)) {
			IJ.showStatus("The images are still being looked at...");
			return;
		}
		final Thread thread = new Thread(() -> run(look), "Look at the data");
		thread.setContextClassLoader(DataLook.class.getClassLoader());
		thread.start();
	}

	private void run(final Look look) {
		try {
			// A message blocks the dialog by itself, until it has been read.
			final Runnable found = look(look);
			if (!over) found.run();
		}
		catch (final CancellationException e) {
			// The dialog is closed, and nobody waits for an answer.
			return;
		}
		catch (final IOException | OutOfMemoryError e) {
			fail(e);
		}
		catch (final RuntimeException e) {
			fail(e);
			// The trace of a bug must not be lost.
			if (Failure.isBug(e)) throw e;
		}
	}

	private Runnable look(final Look look) throws IOException {
		IJ.showStatus("Looking at the images...");
		try {
			return look.at(source.job(() -> over).cancelled(() -> over));
		}
		finally {
			IJ.showStatus("");
			busy.set(false);
		}
	}

	private void fail(final Throwable e) {
		if (!over) IJ.error(title, Text.inLines(Failure.sentence(e)));
	}

	/**
	 * Shows an image in a window that can be used although the dialog is modal.
	 * That is decided at the moment when a window appears, and ImageJ's appear
	 * while they are made, so it has to appear twice.
	 */
	private static void show(final ImagePlus image) {
		image.show();
		final ImageWindow window = image.getWindow();
		if (window == null) return;
		window.setModalExclusionType(ModalExclusionType.APPLICATION_EXCLUDE);
		window.setVisible(false);
		window.setVisible(true);
	}
}
