
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import sc.fiji.unet.data.FilePairs;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.InputImages;
import sc.fiji.unet.imagej.ObjectMeasurements;
import sc.fiji.unet.imagej.ResultFiles;
import sc.fiji.unet.imagej.SummaryFile;
import sc.fiji.unet.job.Failure;
import sc.fiji.unet.job.SegmentJob;
import sc.fiji.unet.job.SegmentResult;
import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.model.ModelCard;
import sc.fiji.unet.segment.Averaging;
import sc.fiji.unet.worker.Engine;

/** Segments files. */
@Command(name = "segment", mixinStandardHelpOptions = true, sortOptions = false, //
	description = { "Segments images with a model.", "",
		"For each image NAME the output folder gets NAME_probability.tif (32-bit, one channel a foreground class),",
		"NAME_labels.tif (one number an object), NAME_overlay.png, NAME_rois.zip (for the ROI Manager) and",
		"NAME_objects.csv (size, shape and grey values of each object); with a model of several classes also",
		"NAME_classes.tif (the label value of each pixel's class). summary.csv has a row for each image." }, //
	footer = { "", "Examples:", "  unet segment --output results nuclei_images",
		"  unet segment --model cells.zip --output results new_images" })
final class SegmentCommand implements Callable<Integer> {

	@Parameters(arity = "1..*", paramLabel = "FILE_OR_DIR",
		description = "Images, or folders of images.")
	private List<Path> inputs;

	@Option(names = "--model", paramLabel = "M.zip",
		description = "Model to segment with (default: " + BundledModel.NAME +
			", which comes along).")
	private Path model;

	@Option(names = "--output", required = true, paramLabel = "DIR",
		description = "Folder for the results.")
	private Path output;

	@Option(names = "--channels", defaultValue = "all",
		description = "Channels to use: all, or numbers such as 1,3 (default ${DEFAULT-VALUE}).")
	private String channels;

	@Option(names = "--diameter", paramLabel = "PX", defaultValue = "0",
		description = "Diameter of the objects in pixels, to scale the images to those of the training (default: by pixel size where it is known).")
	private double diameter;

	@Option(names = "--threshold",
		description = "Probability from which on a pixel is foreground (default: the model's).")
	private Double threshold;

	@Option(names = "--min-size",
		description = "Smallest object in pixels (default: the model's).")
	private Long minimumSize;

	@Option(names = "--averaging", defaultValue = "none",
		description = "Average over turned copies: none, flips (4), symmetries (8) or rotations (7) (default ${DEFAULT-VALUE}).")
	private Averaging averaging;

	@Option(names = "--link-z",
		description = "Join slices in Z: objects of neighbouring slices that overlap get the same label.")
	private boolean linkZ;

	@Option(names = "--overwrite", description = "Replace results that exist.")
	private boolean overwrite;

	@Mixin
	private ExecutionOptions execution;

	@Override
	public Integer call() throws IOException {
		final List<Path> files = files();
		checkOutput(files);
		final SummaryFile summary = SummaryFile.in(output, overwrite);
		final ChannelSelection selection = ChannelSelection.parse(channels);
		final List<String> failures = new ArrayList<>();
		try (Interrupt interrupt = new Interrupt();
				SegmentJob job = SegmentJob.open(BundledModel.orFile(model == null
					? null : model.toFile()), Engine.factory(), execution.value())
					.averaging(averaging).probabilities(true).joinSlices(linkZ))
		{
			job.diameter(diameter);
			if (threshold != null) job.threshold(threshold);
			if (minimumSize != null) job.minimumSize(minimumSize);
			job.classMasks(job.model().network().isMultiClass());
			System.out.println(ModelCard.line(job.model()) + " on " + job.device());
			Files.createDirectories(output);
			for (final Path file : files)
				segment(job, file, selection, summary, interrupt, failures);
		}
		failures.forEach(failure -> System.err.println("Error: " + failure));
		return failures.isEmpty() ? 0 : UNet.FAILED;
	}

	/** One image that cannot be used shall not keep the others from it. */
	private void segment(final SegmentJob job, final Path file,
		final ChannelSelection selection, final SummaryFile summary,
		final Interrupt interrupt, final List<String> failures)
	{
		try {
			segment(job, file, selection, summary, interrupt);
		}
		catch (final CancellationException e) {
			throw e;
		}
		catch (final IOException | OutOfMemoryError e) {
			failures.add(file.getFileName() + ": " + Failure.sentence(e));
		}
		catch (final RuntimeException e) {
			if (Failure.isBug(e)) throw e;
			failures.add(file.getFileName() + ": " + Failure.sentence(e));
		}
	}

	private void segment(final SegmentJob job, final Path file,
		final ChannelSelection selection, final SummaryFile summary,
		final Interrupt interrupt) throws IOException
	{
		final ImageInput image = ImageInput.of(ImageFiles.open(file), selection);
		final ConsoleProgress progress = ConsoleProgress.onStandardOutput();
		image.warnings().forEach(progress::line);
		progress.line(file.getFileName() + ": " + job.scaling(image));
		job.warnings(sentence -> progress.line(file.getFileName() + ": " +
			sentence));
		final SegmentResult result = job.run(image, interrupt::isRequested, (done,
			total) -> progress.update(file.getFileName() + " tile", done, total, ""));
		final ResultFiles files = new ResultFiles(image, output, FilePairs.stem(
			file), overwrite);
		files.writeObjects(result.labels(), result.probabilities(), job
			.foregroundClasses(), result::className);
		if (!result.classMasks().isEmpty()) files.writeClasses(result.classMasks(),
			job.model().classValues());
		final ObjectMeasurements measured = result.measure(file.getFileName()
			.toString());
		files.writeTable(measured.objects());
		summary.put(measured.summary(job.reference(), result.remarks()));
		progress.line(file.getFileName() + ": " + result.objects() + (result
			.objects() == 1 ? " object" : " objects"));
	}

	private List<Path> files() throws IOException {
		final List<Path> files = new ArrayList<>();
		for (final Path input : inputs)
			if (Files.isDirectory(input)) files.addAll(images(input));
			else if (Files.exists(input)) files.add(input);
			else throw new IllegalArgumentException("There is no file or folder '" +
				input + "'; check its name.");
		if (files.isEmpty()) throw new IllegalArgumentException("Folder '" +
			output + "' holds nothing but results; name a folder of images.");
		return files;
	}

	/** Where results go to the folder of the images, they are no images. */
	private List<Path> images(final Path folder) throws IOException {
		final List<Path> files = FilePairs.list(folder, new InputImages());
		if (!Files.exists(output) || !Files.isSameFile(folder, output))
			return files;
		return files.stream().filter(file -> !ResultFiles.isNamedAsResult(file))
			.collect(Collectors.toList());
	}

	private void checkOutput(final List<Path> files) {
		final Set<String> names = new HashSet<>();
		for (final Path file : files) {
			final String name = FilePairs.stem(file);
			if (!names.add(name)) throw new IllegalArgumentException(
				"Two images are called '" + name +
					"'; their results would overwrite each other. Segment them one after the other into different folders.");
			Outputs.check(ResultFiles.of(output, name), overwrite);
		}
	}
}
