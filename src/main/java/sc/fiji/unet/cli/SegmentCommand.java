
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import sc.fiji.unet.data.FilePairs;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.ResultFiles;
import sc.fiji.unet.job.SegmentJob;
import sc.fiji.unet.segment.Averaging;
import sc.fiji.unet.worker.Engine;

/** Segments files. */
@Command(name = "segment", mixinStandardHelpOptions = true, sortOptions = false, //
	description = { "Segments images with a model.", "",
		"For each image NAME the output folder gets NAME_probability.tif (32-bit, one channel a foreground class),",
		"NAME_labels.tif (one number an object), NAME_overlay.png and NAME_rois.zip (for the ROI Manager)." }, //
	footer = { "", "Example:",
		"  unet segment --model cells.zip --output results new_images" })
final class SegmentCommand implements Callable<Integer> {

	@Parameters(arity = "1..*", paramLabel = "FILE_OR_DIR",
		description = "Images, or folders of images.")
	private List<Path> inputs;

	@Option(names = "--model", required = true, paramLabel = "M.zip",
		description = "Model to segment with.")
	private Path model;

	@Option(names = "--output", required = true, paramLabel = "DIR",
		description = "Folder for the results.")
	private Path output;

	@Option(names = "--channels", defaultValue = "all",
		description = "Channels to use: all, or numbers such as 1,3 (default ${DEFAULT-VALUE}).")
	private String channels;

	@Option(names = "--threshold",
		description = "Probability from which on a pixel is foreground (default: the model's).")
	private Double threshold;

	@Option(names = "--min-size",
		description = "Smallest object in pixels (default: the model's).")
	private Long minimumSize;

	@Option(names = "--averaging", defaultValue = "none",
		description = "Average over turned copies: none, flips or rotations (default ${DEFAULT-VALUE}).")
	private Averaging averaging;

	@Option(names = "--overwrite", description = "Replace results that exist.")
	private boolean overwrite;

	@Mixin
	private ExecutionOptions execution;

	@Override
	public Integer call() throws IOException {
		final List<Path> files = files();
		checkOutput(files);
		Files.createDirectories(output);
		final List<String> failures = new ArrayList<>();
		try (Interrupt interrupt = new Interrupt();
				SegmentJob job = SegmentJob.open(model, Engine.factory(), execution
					.value()).averaging(averaging))
		{
			if (threshold != null) job.threshold(threshold);
			if (minimumSize != null) job.minimumSize(minimumSize);
			System.out.println("Model '" + job.model().name() + "' on " + job
				.device());
			for (final Path file : files)
				try {
					segment(job, file, interrupt);
				}
				catch (final IOException | IllegalArgumentException e) {
					failures.add(file.getFileName() + ": " + e.getMessage());
				}
		}
		failures.forEach(failure -> System.err.println("Error: " + failure));
		return failures.isEmpty() ? 0 : UNet.FAILED;
	}

	private void segment(final SegmentJob job, final Path file,
		final Interrupt interrupt) throws IOException
	{
		final ImageInput image = ImageInput.of(ImageFiles.open(file),
			ChannelSelection.parse(channels));
		final ConsoleProgress progress = ConsoleProgress.onStandardOutput();
		final SegmentJob.Result result = job.run(image, interrupt::isRequested, (
			done, total) -> progress.update(file.getFileName() + " tile", done, total,
				""));
		ResultFiles.write(image, result.labels(), result.probabilities(), job
			.foregroundClasses(), output, FilePairs.stem(file), overwrite);
		progress.line(file.getFileName() + ": " + result.objects() + (result
			.objects() == 1 ? " object" : " objects"));
	}

	private List<Path> files() throws IOException {
		final List<Path> files = new ArrayList<>();
		for (final Path input : inputs)
			if (Files.isDirectory(input)) files.addAll(FilePairs.list(input,
				ImageFiles::hasImageName));
			else if (Files.exists(input)) files.add(input);
			else throw new IllegalArgumentException("There is no file or folder '" +
				input + "'.");
		return files;
	}

	/** Before hours of work: is anything in the way? */
	private void checkOutput(final List<Path> files) {
		final List<String> names = new ArrayList<>();
		for (final Path file : files) {
			final String name = FilePairs.stem(file);
			if (names.contains(name)) throw new IllegalArgumentException(
				"Two images are called '" + name +
					"'; their results would overwrite each other. Segment them one after the other into different folders.");
			names.add(name);
			for (final Path result : ResultFiles.of(output, name))
				if (!overwrite && Files.exists(result))
					throw new IllegalArgumentException(result +
						" exists already; choose another folder or add --overwrite.");
		}
	}
}
