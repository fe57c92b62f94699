
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.job.PlanFile;
import sc.fiji.unet.job.TrainJob;
import sc.fiji.unet.job.TrainingImages;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.NetworkLostException;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;
import sc.fiji.unet.worker.Engine;

/** Plugins &gt; U-Net &gt; Train U-Net: trains on folders or open stacks. */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Train U-Net",
	headless = true)
public class TrainUNet extends UNetCommand {

	private static final String FOLDER = "Folder";
	private static final String STACKS = "Open stacks";
	private static final String NO_VALUE = "none";

	@Parameter(label = "Training data", choices = { FOLDER, STACKS },
		persist = false)
	private String data = FOLDER;

	@Parameter(label = "Images (folder or title)", style = "directory",
		persist = false)
	private File images;

	@Parameter(label = "Labels (folder or title)", style = "directory",
		persist = false)
	private File labels;

	@Parameter(label = "Label values are", choices = { "auto", "mask",
		"instances", "classes" }, persist = false)
	private String labelkind = "auto";

	@Parameter(label = "Ignored label value", persist = false)
	private String ignore = NO_VALUE;

	@Parameter(label = "Channels", persist = false)
	private String channels = "all";

	@Parameter(label = "Training time (min; 0 = as preset or plan)", min = "0",
		persist = false)
	private double minutes = 20;

	@Parameter(label = "Held out for validation (% of images)", min = "0",
		max = "90", persist = false)
	private double validation = 20;

	@Parameter(label = "Save model as", style = "save", persist = false)
	private File model;

	@Parameter(label = "Overwrite", persist = false)
	private boolean overwrite;

	@Parameter(label = "Go on with an unfinished training", persist = false)
	private boolean resume;

	@Parameter(label = "Device", persist = false)
	private String device = "auto";

	@Parameter(label = "Preset", choices = { "fast", "paper", "notebook" },
		persist = false)
	private String preset = "fast";

	@Parameter(label = "Plan file or model", style = "open", required = false,
		persist = false)
	private File plan;

	@Parameter(label = "Seed", persist = false)
	private long seed = 1;

	/** How the training ended, in a sentence. */
	@Parameter(type = ItemIO.OUTPUT)
	private String result;

	@Override
	void execute() throws IOException {
		try {
			train(resume);
		}
		catch (final NetworkLostException e) {
			if (!isWantedToGoOn(e)) throw e;
			train(true);
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
		final OptionalInt ignored = ignored();
		final TrainJob job = new TrainJob(trainingImages(), settings, target, Engine
			.factory()).labels(LabelKind.of(labelkind), ignored).validation("",
				validation / 100).execution(ExecutionConfig.auto().withDevice(device))
			.overwrite(overwrite).resume(goOn).listener(new Progress()).cancelled(
				this::isStopRequested);
		final TrainingResult end = job.run();
		result = end.message();
		if (end.status() == TrainingResult.Status.DIVERGED) throw new IOException(
			end.message());
		if (TrainJob.isTrained(end)) IJ.log("Model saved: " + target
			.toAbsolutePath());
	}

	private TrainingPlan settings() throws IOException {
		final TrainingPlan start = plan == null || plan.getPath().isEmpty() ? Preset
			.of(preset).plan() : PlanFile.read(plan.toPath());
		final TrainingPlan.Builder settings = start.toBuilder().seed(seed);
		if (minutes != 0) settings.length(TrainingLength.minutes(minutes));
		else if (start.length().isReplay() && seed != start.seed()) IJ.log(
			"The plan makes a training with the seed " + start.seed() +
				" again, but the seed is " + seed +
				", so the network will be another; write seed=" + start.seed() +
				" for the same.");
		return settings.build();
	}

	private OptionalInt ignored() {
		final String value = ignore.trim();
		if (value.isEmpty() || value.equalsIgnoreCase(NO_VALUE)) return OptionalInt
			.empty();
		return OptionalInt.of(Text.whole("ignore", value));
	}

	private TrainingImages trainingImages() throws IOException {
		final ChannelSelection selection = ChannelSelection.parse(channels);
		if (data.equals(FOLDER)) return TrainingImages.ofFolders(images.toPath(),
			labels.toPath(), "", selection);
		final ImagePlus stack = open(images);
		return TrainingImages.of(stack.getShortTitle(), SampleFiles.samples(stack
			.getShortTitle(), stack, open(labels), selection));
	}

	private static ImagePlus open(final File title) {
		final ImagePlus image = WindowManager.getImage(title.getName());
		if (image == null) throw new IllegalArgumentException(
			"There is no open image with the title '" + title.getName() +
				"'; open it, or set the training data to " + FOLDER + ".");
		ImageInput.warnings(image).forEach(IJ::log);
		return image;
	}

	/** The training in ImageJ's status bar and log. */
	private final class Progress implements TrainingListener {

		@Override
		public void step(final long update, final long total, final double loss,
			final double rate, final double secondsLeft)
		{
			final String left = Double.isNaN(secondsLeft) ? "" : String.format(
				Locale.ROOT, ", %.0f min left", Math.ceil(secondsLeft / 60));
			progress(String.format(Locale.ROOT, "Training: update %d, loss %.3f%s",
				update, loss, left), update, total);
		}

		@Override
		public void message(final String sentence) {
			IJ.log(sentence);
		}

		@Override
		public void finished(final TrainingResult end) {
			IJ.log(end.message());
		}
	}
}
