
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import sc.fiji.unet.job.RangeTestJob;
import sc.fiji.unet.train.PlanBuilder;
import sc.fiji.unet.train.RateRange;
import sc.fiji.unet.train.RateRangeResult;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.worker.Engine;

/** Tests learning rates. */
@Command(name = "lr-test", mixinStandardHelpOptions = true, sortOptions = false, //
	description = {
		"Suggests a learning rate: makes one update of a new network with each of many rates, from low to high, and",
		"looks at the loss (learning rate range test, Smith 2017). Images and settings as for 'train'; no model is",
		"written. Ctrl-C ends the test after the running batch, with what it has found so far." }, //
	footer = { "", "Examples:",
		"  unet lr-test --images img --labels lab --output rates.png",
		"  unet lr-test --images img --labels lab --preset notebook --min 1e-5 --max 1 --iterations 100" })
final class RateTestCommand implements Callable<Integer> {

	@Mixin
	private DataOptions data;

	@Option(names = "--min", defaultValue = "1e-6",
		description = "Learning rate of the first update (default ${DEFAULT-VALUE}).")
	private double min;

	@Option(names = "--max", defaultValue = "10",
		description = "Learning rate of the last update (default ${DEFAULT-VALUE}).")
	private double max;

	@Option(names = "--iterations", defaultValue = "50",
		description = "Number of updates, each with a rate of its own (default ${DEFAULT-VALUE}).")
	private int iterations;

	@Option(names = "--output", paramLabel = "FILE.png",
		description = "Write the plot to this file, and the losses as comma-separated values beside it.")
	private Path output;

	@Mixin
	private PlanOptions settings;

	@Option(names = "--overwrite",
		description = "Replace the files if they exist.")
	private boolean overwrite;

	@Mixin
	private ExecutionOptions execution;

	@Override
	public Integer call() throws IOException {
		RangeTestJob.checkOutput(output, overwrite);
		final RateRange range = new RateRange(min, max, iterations);
		final TrainingPlan plan = settings.value(this::options);
		final TrainingConsole console = new TrainingConsole();
		final RangeTestJob job = new RangeTestJob(data.value(), plan, range, Engine
			.factory()).execution(execution.value()).output(output, overwrite)
			.startFrom(settings.start()).progress(console::rateTest).listener(
				console::message);
		try (Interrupt interrupt = new Interrupt()) {
			return job.cancelled(interrupt::isRequested).run()
				.end() == RateRangeResult.End.CANCELLED ? UNet.CANCELLED : 0;
		}
	}

	private PlanBuilder options(final PlanBuilder plan) {
		if (execution.precision() != null) plan.precision(execution.precision());
		return plan;
	}
}
