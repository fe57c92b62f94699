
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import sc.fiji.unet.job.TrainJob;
import sc.fiji.unet.model.ModelCard;
import sc.fiji.unet.train.PlanBuilder;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;
import sc.fiji.unet.worker.Engine;

/** Trains on folders. */
@Command(name = "train", mixinStandardHelpOptions = true, sortOptions = false, //
	description = {
		"Trains a U-Net on a folder of images and a folder of labels.", "",
		"Labels have the name of their image, with or without _mask, _masks, _label, _labels or _cp_masks. Values are",
		"either a mask (0 and another value), instances (one number an object) or classes (0, 1, 2, ...).",
		"Ctrl-C stops after the running step, writes the model so far and leaves MODEL.training to resume." }, //
	footer = { "", "Examples:",
		"  unet train --images img --labels lab --model cells.zip",
		"  unet train --images img --labels lab --model cells.zip --minutes 60 --exclude 07,12",
		"  unet train --images img --labels lab --model cells.zip --minutes 60 --resume",
		"  unet train --images img --labels lab --model mine.zip --minutes 5 --from cells.zip" })
final class TrainCommand implements Callable<Integer> {

	@Mixin
	private DataOptions data;

	@Option(names = "--model", required = true, paramLabel = "OUT.zip",
		description = "Model to write.")
	private Path model;

	@ArgGroup(exclusive = true)
	private LengthOptions length;

	@Mixin
	private PlanOptions settings;

	@Option(names = "--lr-test",
		description = "First test learning rates, and train with the suggested one.")
	private boolean rateTest;

	@Option(names = "--resume",
		description = "Go on with a training that was stopped or killed.")
	private boolean resume;

	@Option(names = "--overwrite",
		description = "Replace the model, or an unfinished training, if there is one.")
	private boolean overwrite;

	@Mixin
	private CardOptions card;

	@Mixin
	private ExecutionOptions execution;

	@Override
	public Integer call() throws IOException {
		TrainJob.checkTarget(model, overwrite, resume);
		final TrainingPlan plan = settings.value(this::options);
		final ModelCard written = card.value();
		final TrainJob job = new TrainJob(data.value(), plan, model, Engine
			.factory()).execution(execution.value()).resume(resume).overwrite(
				overwrite).rateTest(rateTest).startFrom(settings.start()).card(written)
			.listener(new TrainingConsole());
		try (Interrupt interrupt = new Interrupt()) {
			return report(job.cancelled(interrupt::isRequested).run());
		}
	}

	private Integer report(final TrainingResult result) {
		if (result.status() == TrainingResult.Status.DIVERGED) {
			System.err.println("Error: " + result.message());
			return UNet.FAILED;
		}
		if (TrainJob.isTrained(result)) System.out.println("Model: " + model
			.toAbsolutePath());
		return result.status() == TrainingResult.Status.CANCELLED ? UNet.CANCELLED
			: 0;
	}

	private PlanBuilder options(final PlanBuilder plan) {
		if (length != null) plan.length(length.value());
		if (execution.precision() != null) plan.precision(execution.precision());
		return plan;
	}
}
