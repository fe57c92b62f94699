
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import sc.fiji.unet.job.CrossValidationJob;
import sc.fiji.unet.train.PlanBuilder;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.worker.Engine;

/** Trains and tests fold by fold. */
@Command(name = "cross-validate", mixinStandardHelpOptions = true,
	sortOptions = false, //
	description = {
		"Says how good a model is on images that it has not seen: parts the images into folds, trains a model without each",
		"fold, tests it on the fold, and gives mean and standard deviation of the scores. Series of images stay together.",
		"",
		"The time is that of each fold: 5 folds of 20 minutes take 100. Ctrl-C stops after the running step; --resume goes",
		"on in the fold that was reached." }, //
	footer = { "", "Example:",
		"  unet cross-validate --images img --labels lab --output validation --folds 5 --minutes 20" })
final class CrossValidateCommand implements Callable<Integer> {

	@Mixin
	private ImageOptions images;

	@Mixin
	private SplitOptions split;

	@Option(names = "--output", required = true, paramLabel = "DIR",
		description = "Folder for models, scores and the summary.")
	private Path output;

	@Option(names = "--folds", paramLabel = "K", defaultValue = "5",
		description = "Number of folds, 2 or more; fewer are made of fewer series (default ${DEFAULT-VALUE}).")
	private int folds;

	@ArgGroup(exclusive = true)
	private LengthOptions length;

	@Mixin
	private PlanOptions settings;

	@Option(names = "--lr-test",
		description = "In each fold first test learning rates, and train with the suggested one.")
	private boolean rateTest;

	@Option(names = "--resume",
		description = "Go on with a cross-validation that was stopped or killed.")
	private boolean resume;

	@Option(names = "--overwrite",
		description = "Replace what an earlier one has written.")
	private boolean overwrite;

	@Mixin
	private ExecutionOptions execution;

	@Override
	public Integer call() throws IOException {
		CrossValidationJob.checkTarget(output, folds, overwrite, resume);
		final TrainingPlan plan = settings.value(this::options);
		final CrossValidationJob job = new CrossValidationJob(split.input(images,
			""), plan, folds, output, Engine.factory()).execution(execution.value())
			.resume(resume).overwrite(overwrite).rateTest(rateTest).startFrom(settings
				.start()).said(System.out::println).listeners(
					fold -> new TrainingConsole());
		try (Interrupt interrupt = new Interrupt()) {
			job.cancelled(interrupt::isRequested).run();
		}
		System.out.println("Summary: " + job.page());
		return 0;
	}

	private PlanBuilder options(final PlanBuilder plan) {
		if (length != null) plan.length(length.value());
		if (execution.precision() != null) plan.precision(execution.precision());
		return plan;
	}
}
