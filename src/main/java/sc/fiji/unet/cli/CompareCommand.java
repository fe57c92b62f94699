
package sc.fiji.unet.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.InputImages;
import sc.fiji.unet.job.CompareJob;
import sc.fiji.unet.job.TrainingImages;
import sc.fiji.unet.model.InstalledModels;
import sc.fiji.unet.worker.Engine;

/** Shows predictions beside their targets. */
@Command(name = "compare", mixinStandardHelpOptions = true, sortOptions = false, //
	description = { "Shows what a model says about images with labels.", "",
		"For each image NAME the output folder gets NAME_comparison.png: image, truth, probability and prediction side",
		"by side. Objects found have the colour of the true object that they lie in; what is in none is white." }, //
	footer = { "", "Example:",
		"  unet compare --model cells.zip --images img --labels lab --output pictures" })
final class CompareCommand implements Callable<Integer> {

	@Mixin
	private ImageOptions data;

	@Option(names = "--model", required = true, paramLabel = "M.zip",
		description = "Model to predict with, or the name of an installed one.")
	private Path model;

	@Option(names = "--output", required = true, paramLabel = "DIR",
		description = "Folder for the pictures.")
	private Path output;

	@Option(names = "--diameter", defaultValue = "0", paramLabel = "PX",
		description = "Diameter of the objects in pixels, to scale images to those of the training (default: by pixel size, if known).")
	private double diameter;

	@Option(names = "--threshold",
		description = "Probability from which on a pixel is foreground (default: the model's); not of several classes.")
	private Double threshold;

	@Option(names = "--overwrite", description = "Replace pictures that exist.")
	private boolean overwrite;

	@Mixin
	private ExecutionOptions execution;

	@Override
	public Integer call() throws IOException {
		final TrainingImages images = data.open();
		final List<Path> files = images.samples().stream().map(s -> picture(s
			.name())).collect(Collectors.toList());
		Outputs.check(files, overwrite);
		final ConsoleProgress progress = ConsoleProgress.onStandardOutput();
		images.warnings().forEach(progress::line);
		try (Interrupt interrupt = new Interrupt();
				CompareJob job = CompareJob.open(InstalledModels.here().findNamed(model
					.toFile()).path(), Engine.factory(), execution.value()))
		{
			if (threshold != null) job.threshold(threshold);
			progress.line("Model '" + job.model().name() + "' on " + job.device());
			Files.createDirectories(output);
			job.diameter(diameter).scaling(progress::line).run(images, data
				.labelKind(), data.ignored(), interrupt::isRequested,
				comparison -> write(comparison, progress));
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
		return 0;
	}

	private Path picture(final String name) {
		return output.resolve(name + InputImages.COMPARISON);
	}

	private void write(final Comparison comparison,
		final ConsoleProgress progress)
	{
		try {
			ImageFiles.save(comparison.picture(), picture(comparison.name()),
				overwrite);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		progress.line(comparison.name() + ": " + comparison.scores() + String
			.format(Locale.ROOT, ", pixel error %.3f (%s)", comparison.pixelError(),
				comparison.trivialError()));
	}
}
