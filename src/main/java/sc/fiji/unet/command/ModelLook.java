
package sc.fiji.unet.command;

import ij.ImagePlus;

import java.awt.EventQueue;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.job.Failure;
import sc.fiji.unet.job.ImageChecks;
import sc.fiji.unet.model.CardText;
import sc.fiji.unet.model.InstalledModels;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelFile;

/**
 * What a dialog says about the model that is entered, and about the image
 * beside it. It is found out in a thread of its own; of several requests that
 * wait only the newest is answered. Thread-safe.
 */
final class ModelLook {

	/**
	 * What does not take longer is shown at once, in milliseconds: in the event
	 * thread, which must not be held up, and elsewhere. Fiji shows no later
	 * change of a message before the next one of a value.
	 */
	private static final long PATIENCE = 400;
	private static final long MORE_PATIENCE = 3000;
	private static final String READING = "Reading the model...";
	/** Characters of a line, so that the dialog is no wider than its fields. */
	private static final int LINE = 96;

	/** An image, and how it is to be read. */
	static final class Beside {

		private final ImagePlus image;
		private final String channels;
		private final double diameter;

		Beside(final ImagePlus image, final String channels,
			final double diameter)
		{
			this.image = image;
			this.channels = channels;
			this.diameter = diameter;
		}

		private List<String> checks(final ModelDescription model) {
			return ImageChecks.of(model, ImageInput.of(image, ChannelSelection.parse(
				channels)), diameter);
		}
	}

	private final NewestTask task = new NewestTask("Look at the model");
	private final Consumer<String> receiver;
	/** Numbers of the newest request, and of the one that was answered last. */
	private int asked;
	private int answered;

	/** @param receiver of messages in HTML, from any thread */
	ModelLook(final Consumer<String> receiver) {
		this.receiver = receiver;
	}

	/**
	 * Has the receiver told about a model; waits a moment for it.
	 *
	 * @param model as it is entered; may be null
	 * @param beside null if there is no image to be compared
	 */
	void at(final File model, final Beside beside) {
		final int number = next();
		final CountDownLatch done = new CountDownLatch(1);
		task.run(superseded -> {
			try {
				look(model, beside, number);
			}
			finally {
				done.countDown();
			}
		});
		try {
			if (!done.await(EventQueue.isDispatchThread() ? PATIENCE : MORE_PATIENCE,
				TimeUnit.MILLISECONDS)) reading(number);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private synchronized int next() {
		return ++asked;
	}

	/** Says that it takes longer, unless it is done in this very moment. */
	private synchronized void reading(final int number) {
		if (number == asked && number != answered) receiver.accept(READING);
	}

	private void look(final File model, final Beside beside, final int number) {
		try {
			tell(sentences(model, beside), number);
		}
		catch (final IOException | OutOfMemoryError e) {
			tell(Collections.singletonList(Failure.sentence(e)), number);
		}
		catch (final RuntimeException e) {
			tell(Collections.singletonList(Failure.sentence(e)), number);
			// So that its trace is seen.
			if (Failure.isBug(e)) throw e;
		}
	}

	private synchronized void tell(final List<String> sentences,
		final int number)
	{
		if (number != asked) return;
		answered = number;
		receiver.accept(html(sentences));
	}

	private static List<String> sentences(final File entered, final Beside beside)
		throws IOException
	{
		final ModelFile model = InstalledModels.here().find(entered);
		final List<String> sentences = new ArrayList<>(CardText.lines(model));
		if (beside == null) return sentences;
		try {
			sentences.addAll(beside.checks(model.description().get()));
		}
		catch (final IllegalArgumentException e) {
			// A channel that is not there, or half typed; the card is of use yet.
			sentences.add(Failure.sentence(e));
		}
		return sentences;
	}

	private static String html(final List<String> sentences) {
		return "<html>" + Text.inLines(String.join("\n", sentences), LINE).replace(
			"&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n",
				"<br>") + "</html>";
	}
}
