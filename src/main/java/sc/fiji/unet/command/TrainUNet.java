
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CancellationException;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.Previewable;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.imagej.ComparisonStack;
import sc.fiji.unet.imagej.RatePlot;
import sc.fiji.unet.job.TrainJob;
import sc.fiji.unet.model.ModelCard;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.NetworkLostException;
import sc.fiji.unet.train.RateRangeResult;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;
import sc.fiji.unet.train.TrainingStart;
import sc.fiji.unet.worker.Engine;

/** Plugins &gt; U-Net &gt; Train U-Net: trains on folders or open stacks. */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Train U-Net",
	headless = true)
public class TrainUNet extends TrainingCommand implements Previewable {

	@Parameter(label = "Training time (min; 0 = as preset or plan)", min = "0",
		persist = false)
	private double minutes = 20;

	@Parameter(label = "Save model as (.zip)", style = "save", persist = false)
	private File model;

	@Parameter(label = "Model card (name: ...; author: ...; licence: ...)",
		required = false, persist = false)
	private String card = "";

	@Parameter(label = "Overwrite", persist = false)
	private boolean overwrite;

	@Parameter(label = "Go on with an unfinished training", persist = false)
	private boolean resume;

	@Parameter(label = "Find the learning rate first", persist = false)
	private boolean rangetest;

	@Parameter(label = "Show prediction beside target at the end",
		persist = false)
	private boolean showpredictions = true;

	@Parameter(label = "Device", persist = false)
	private String device = "auto";

	@Parameter(label = "Check data", callback = "checkData", required = false,
		persist = false)
	private Button check;

	@Parameter(label = "Preview", callback = "previewData", required = false,
		persist = false)
	private Button preview;

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	/** Validation images with truth and prediction, a slice an image. */
	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus predictions;

	/** How the training ended, in a sentence. */
	@Parameter(type = ItemIO.OUTPUT)
	private String result;

	/** Null without a display. */
	private TrainingWindow window;
	/** Whether there is something of this training to go on with. */
	private boolean begun;
	/** How the training ended, for its title. */
	private String end = "failed";

	/** Only the buttons of the dialog show something before the training. */
	@Override
	public void preview() {}

	/** Called when the dialog is cancelled. */
	@Override
	public void cancel() {
		endLook();
	}

	@Override
	void execute() throws IOException {
		endLook();
		if (hasWindows()) window = new TrainingWindow(name());
		try {
			trainWhileWanted();
		}
		finally {
			if (window != null) window.end(end);
		}
	}

	private void trainWhileWanted() throws IOException {
		try {
			train(resume);
		}
		catch (final NetworkLostException e) {
			if (!isWantedToGoOn(e)) throw e;
			// What another training has left is not to be continued instead.
			train(resume || begun);
		}
		catch (final CancellationException e) {
			end = "cancelled";
			throw e;
		}
	}

	/** A macro decides by itself, with its next line. */
	private static boolean isWantedToGoOn(final NetworkLostException e) {
		return !GraphicsEnvironment.isHeadless() && !IJ.isMacro() && IJ
			.showMessageWithCancel("Train U-Net", Text.inLines(e.getMessage()) +
				"\nGo on now?");
	}

	private void train(final boolean goOn) throws IOException {
		final Path target = model.toPath();
		TrainJob.checkTarget(target, overwrite, goOn);
		final TrainingPlan settings = settings();
		final ModelCard written = ModelCard.parse(card);
		final TrainJob job = new TrainJob(input(), settings, target, Engine
			.factory()).execution(execution()).overwrite(overwrite).resume(goOn)
			.rateTest(rangetest).startFrom(startModel()).card(written).listener(
				new Progress()).cancelled(this::isEndRequested);
		final ComparisonStack stack = new ComparisonStack(name() + " predictions");
		if (showpredictions) job.predictions(stack::add);
		if (window != null) job.listener(window).discarded(
			window::isDiscardRequested);
		finish(job, job.run(), stack);
	}

	private void finish(final TrainJob job, final TrainingResult outcome,
		final ComparisonStack stack) throws IOException
	{
		result = outcome.message();
		if (outcome.status() == TrainingResult.Status.DIVERGED)
			throw new IOException(outcome.message());
		final boolean whole = outcome.status() != TrainingResult.Status.CANCELLED;
		end = whole ? "finished" : job.isWritten() ? "stopped" : "cancelled";
		// What follows in a macro would look for the model.
		if (!job.isWritten()) throw new CancellationException();
		final String saved = "Model saved: " + model.getAbsolutePath();
		IJ.log(saved +
			"\nPlugins > U-Net > Install Model adds it to those that can be chosen by name.");
		if (window != null) window.message(saved);
		predictions = stack.image();
	}

	private boolean isEndRequested() {
		return isStopRequested() || window != null && window.isStopRequested();
	}

	/** @return name of the model's file without extension */
	private String name() {
		return model.getName().replaceFirst("\\.zip$", "");
	}

	@Override
	ExecutionConfig execution() {
		return ExecutionConfig.auto().withDevice(device);
	}

	@Override
	TrainingPlan start() throws IOException {
		return withMinutes(super.start(), minutes);
	}

	/** The training in ImageJ's status bar and log. */
	private final class Progress implements TrainingListener {

		@Override
		public void started(final TrainingStart start) {
			begun = true;
		}

		@Override
		public void step(final long update, final long total, final double loss,
			final double rate, final double secondsLeft)
		{
			progress(String.format(Locale.ROOT, "Training: update %d, loss %.3f%s",
				update, loss, timeLeft(secondsLeft)), update, total);
		}

		@Override
		public void rateTest(final int update, final int total, final double rate,
			final double loss)
		{
			progress(String.format(Locale.ROOT,
				"Learning rate test: update %d of %d, rate %.2g, loss %.3f", update,
				total, rate, loss), update, total);
		}

		@Override
		public void trial(final String what, final long update, final long total,
			final double loss)
		{
			progress(String.format(Locale.ROOT, "Trial of %s: update %d, loss %.3f",
				what, update, loss), update, total);
		}

		@Override
		public void rateTested(final RateRangeResult tested) {
			if (hasWindows() && RatePlot.isPossible(tested.curve())) RatePlot.of(
				tested.curve()).show();
		}

		@Override
		public void message(final String sentence) {
			IJ.log(sentence);
		}

		@Override
		public void finished(final TrainingResult outcome) {
			IJ.log(outcome.message());
		}
	}
}
