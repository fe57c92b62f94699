
package sc.fiji.unet.command;

import ij.ImagePlus;
import ij.gui.Overlay;

import java.awt.EventQueue;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import sc.fiji.unet.imagej.ObjectOverlay;
import sc.fiji.unet.job.Failure;
import sc.fiji.unet.job.ObjectSettings;
import sc.fiji.unet.job.Prediction;
import sc.fiji.unet.job.SegmentResult;

/**
 * Shows in the overlay of an image what a segmentation would become, while the
 * dialog is open. It is computed outside the event thread, for the shown slice,
 * and of what waits the newest alone. Thread-safe.
 */
final class AdjustPreview {

	private final KeptSegmentation kept;
	private final Consumer<String> receiver;
	private final ImagePlus image;
	private final Overlay overlay;
	private final boolean hidden;
	private final NewestTask task = new NewestTask("U-Net preview");
	/** Objects of a slice before; used by the task alone. */
	private final Map<Integer, Integer> before = new HashMap<>();
	/** Whether the overlay is that of a preview; used by the event thread. */
	private boolean shown;

	/**
	 * @param kept what is adjusted
	 * @param receiver told, in any thread, of the number of objects now and
	 *          before, or what keeps it from them
	 */
	AdjustPreview(final KeptSegmentation kept, final Consumer<String> receiver) {
		this.kept = kept;
		this.receiver = receiver;
		image = kept.image();
		overlay = image.getOverlay();
		hidden = image.getHideOverlay();
	}

	/** Has a preview computed and shown; returns at once. */
	void update(final ObjectSettings settings) {
		final int[] position = image.convertIndexToPosition(image
			.getCurrentSlice());
		task.run(superseded -> compute(settings, position, superseded));
	}

	/** Says why there is no preview of what was entered. */
	void say(final String sentence) {
		task.stop();
		receiver.accept(sentence);
	}

	private void compute(final ObjectSettings settings, final int[] position,
		final BooleanSupplier superseded)
	{
		try {
			show(settings, position, superseded);
		}
		catch (final CancellationException e) {
			// Superseded: another one follows, or nobody wants to see it.
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			if (!superseded.getAsBoolean()) receiver.accept(Failure.sentence(e));
			// So that its trace is seen.
			if (Failure.isBug(e)) throw e;
		}
	}

	private void show(final ObjectSettings settings, final int[] position,
		final BooleanSupplier superseded)
	{
		final Prediction prediction = kept.prediction();
		final int z = prediction.isAll() ? position[1] : prediction.z();
		final int t = prediction.isAll() ? position[2] : prediction.t();
		final int plane = prediction.isAll() ? (t - 1) * prediction.slices() + z - 1
			: 0;
		if (!before.containsKey(plane)) before.put(plane, slice(plane, kept
			.settings(), superseded).objects());
		final SegmentResult result = slice(plane, settings, superseded);
		final Overlay preview = ObjectOverlay.preview(image, overlay,
			new FoundObjects(image, result, prediction.model().network()
				.foregroundNames(), false, z, t).rois(), z, t);
		final String sentence = place(z, t) + objects(result.objects()) +
			"; were " + before.get(plane);
		EventQueue.invokeLater(() -> {
			if (superseded.getAsBoolean()) return;
			image.setOverlay(preview);
			shown = true;
			receiver.accept(sentence);
		});
	}

	private SegmentResult slice(final int plane, final ObjectSettings settings,
		final BooleanSupplier superseded)
	{
		return kept.prediction().slice(kept.input(), plane, settings, superseded);
	}

	/** @return where the counted objects are, if there are other slices */
	private String place(final int z, final int t) {
		final String slice = image.getNSlices() > 1 ? "slice " + z : "";
		final String frame = image.getNFrames() > 1 ? "frame " + t : "";
		final String both = slice + (slice.isEmpty() || frame.isEmpty() ? ""
			: ", ") + frame;
		return both.isEmpty() ? "" : both.substring(0, 1).toUpperCase() + both
			.substring(1) + ": ";
	}

	static String objects(final int number) {
		return number + (number == 1 ? " object" : " objects");
	}

	/** Puts back what was there before the dialog. Blocks until done. */
	void close() {
		task.stop();
		if (EventQueue.isDispatchThread()) restore();
		else try {
			EventQueue.invokeAndWait(this::restore);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		catch (final InvocationTargetException e) {
			throw new IllegalStateException("The preview could not be taken away.", e
				.getCause());
		}
	}

	private void restore() {
		receiver.accept("");
		if (!shown) return;
		image.setOverlay(overlay);
		image.setHideOverlay(hidden);
		shown = false;
	}
}
