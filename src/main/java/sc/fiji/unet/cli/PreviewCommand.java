
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import sc.fiji.unet.job.PreviewJob;
import sc.fiji.unet.job.ThisMachine;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.worker.Engine;

/** Shows what a network will see. */
@Command(name = "preview", mixinStandardHelpOptions = true, sortOptions = false, //
	description = {
		"Shows what the network will see, before an hour is spent: some images with labels, weights and outlines, the",
		"first eight augmented patches of the training, and the grey-level histogram, on one PNG picture. What was",
		"found, and what is likely to go wrong, is printed. Nothing is trained." }, //
	footer = { "", "Examples:",
		"  unet preview --images img --labels lab --output preview.png",
		"  unet preview --images img --labels lab --output preview.png --samples 07,12 --preset paper" })
final class PreviewCommand implements Callable<Integer> {

	@Mixin
	private DataOptions data;

	@Option(names = "--samples", paramLabel = "NAMES", defaultValue = "3",
		description = "Images to show: a number, or names separated by commas (default ${DEFAULT-VALUE}).")
	private String samples;

	@Option(names = "--output", required = true, paramLabel = "FILE",
		description = "PNG picture to write.")
	private Path output;

	@Option(names = "--overwrite",
		description = "Replace the picture if it exists.")
	private boolean overwrite;

	@Mixin
	private PlanOptions settings;

	@Override
	public Integer call() throws IOException {
		PreviewJob.checkTarget(output, overwrite);
		final TrainingPlan plan = settings.value(UnaryOperator.identity());
		final PreviewJob job = new PreviewJob(data.value(), plan).samples(samples)
			.machine(() -> ThisMachine.facts(Engine.factory(), ExecutionConfig
				.auto()));
		final ConsoleProgress progress = ConsoleProgress.onStandardOutput();
		final PreviewJob.Result result;
		try (Interrupt interrupt = new Interrupt()) {
			result = job.cancelled(interrupt::isRequested).progress((done,
				total) -> progress.update("pictures", done, total, "")).run();
		}
		result.sentences().forEach(progress::line);
		result.save(output, overwrite);
		System.out.println("Wrote " + output.toAbsolutePath());
		return 0;
	}
}
