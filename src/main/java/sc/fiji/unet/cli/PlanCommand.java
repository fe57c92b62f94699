
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import sc.fiji.unet.job.PlanJob;
import sc.fiji.unet.train.PlanBuilder;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.worker.Engine;

/** Derives a plan without training. */
@Command(name = "plan", mixinStandardHelpOptions = true, sortOptions = false, //
	description = {
		"Derives the settings of a training from images and machine, prints each decision with its reason, and writes",
		"the plan as JSON, to be edited and given to 'train --plan'. Nothing is trained. Options as for 'train'." }, //
	footer = { "", "Examples:",
		"  unet plan --images img --labels lab --minutes 60 --output plan.json",
		"  unet train --images img --labels lab --plan plan.json --model cells.zip" })
final class PlanCommand implements Callable<Integer> {

	@Mixin
	private DataOptions data;

	@Option(names = "--output", paramLabel = "FILE.json",
		description = "Plan to write; without it the reasons are printed alone.")
	private Path output;

	@ArgGroup(exclusive = true)
	private LengthOptions length;

	@Mixin
	private PlanOptions settings;

	@Option(names = "--overwrite",
		description = "Replace the plan file if it exists.")
	private boolean overwrite;

	@Mixin
	private ExecutionOptions execution;

	@Override
	public Integer call() throws IOException {
		PlanJob.checkOutput(output, overwrite);
		final TrainingPlan start = settings.value(this::options);
		final PlanJob job = new PlanJob(data.value(), start, Engine.factory())
			.startFrom(settings.start()).execution(execution.value()).output(output,
				overwrite);
		job.run().sentences().forEach(System.out::println);
		if (output != null) System.out.println("Plan: " + output.toAbsolutePath());
		return 0;
	}

	private PlanBuilder options(final PlanBuilder plan) {
		if (length != null) plan.length(length.value());
		if (execution.precision() != null) plan.precision(execution.precision());
		return plan;
	}
}
