
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.LabelFile;
import sc.fiji.unet.job.WeightMapJob;

/** Computes weight maps. */
@Command(name = "weight-map", mixinStandardHelpOptions = true,
	sortOptions = false, //
	description = {
		"Computes the weight map of a label image or mask: how much each pixel counts in training.",
		"w = class balance + w0 exp(-(d1 + d2)^2 / (2 sigma^2)), with the distances d1 and d2 to the two nearest",
		"objects (Ronneberger et al. 2015, equation 2)." })
final class WeightMapCommand implements Callable<Integer> {

	@Parameters(paramLabel = "LABELS", description = "Label image or mask.")
	private Path labels;

	@Option(names = "--output", paramLabel = "FILE",
		description = "32-bit TIFF to write; may be left out where there is another output.")
	private Path output;

	@Option(names = "--border-output", paramLabel = "FILE",
		description = "32-bit TIFF to write with the border alone: the second summand.")
	private Path borderOutput;

	@Option(names = "--w0", defaultValue = "10",
		description = "Weight of the border (default ${DEFAULT-VALUE}).")
	private double w0;

	@Option(names = "--sigma", defaultValue = "5",
		description = "Width of the border in pixels (default ${DEFAULT-VALUE}).")
	private double sigma;

	@Option(names = "--label-kind", defaultValue = "auto",
		description = "What values mean: auto, mask or instances (default ${DEFAULT-VALUE}).")
	private String kind;

	@Option(names = "--foreground", defaultValue = "255",
		description = "Foreground value of a mask (default ${DEFAULT-VALUE}).")
	private int foreground;

	@Option(names = "--connectivity", defaultValue = "8",
		description = "Neighbours that join pixels of a mask to an object: 4 or 8, with --volume 6 or 26 (default ${DEFAULT-VALUE}).")
	private int connectivity;

	@Option(names = "--no-balance",
		description = "Do not weigh the rarer class up.")
	private boolean noBalance;

	@Option(names = "--ridge-width", defaultValue = "1",
		description = "Width in pixels of the line of background that separates touching objects; 0 = none (default ${DEFAULT-VALUE}).")
	private int ridgeWidth;

	@Option(names = "--ridge-output", paramLabel = "FILE",
		description = "32-bit TIFF to write with that line alone, as 255.")
	private Path ridgeOutput;

	@Option(names = "--spacing", paramLabel = "X,Y[,Z]", split = ",",
		description = "Distance of neighbouring pixels along each axis, in the unit of sigma (default: 1).")
	private double[] spacing;

	@Option(names = "--volume",
		description = "A stack is a 3-D volume, not a series of slices.")
	private boolean volume;

	@Option(names = "--bar",
		description = "Lay a calibration bar over weights and border, as an overlay: pixels stay as they are.")
	private boolean bar;

	@Option(names = "--overwrite", description = "Replace outputs that exist.")
	private boolean overwrite;

	@Override
	public Integer call() throws IOException {
		final List<Path> outputs = Stream.of(output, borderOutput, ridgeOutput)
			.filter(Objects::nonNull).collect(Collectors.toList());
		if (outputs.isEmpty()) throw new IllegalArgumentException(
			"There is nothing to write; name a file with --output, --border-output or --ridge-output.");
		outputs.forEach(WeightMapCommand::checkName);
		if (outputs.stream().map(Path::toAbsolutePath).distinct().count() < outputs
			.size()) throw new IllegalArgumentException(
				"Two outputs have the same name, " + outputs.get(0) +
					" among them; give each a file of its own.");
		Outputs.checkWithFolders(outputs, overwrite);
		final LabelFile file = LabelFile.open(labels);
		file.warnings().forEach(System.out::println);
		final WeightMapJob job = new WeightMapJob(LabelKind.of(kind), w0, sigma,
			!noBalance, ridgeWidth).mask(foreground, connectivity).weights(
				output != null).border(borderOutput != null).ridge(ridgeOutput != null);
		if (spacing != null) job.spacing(spacing);
		final WeightMapJob.Result result = run(job, file);
		if (output != null) file.saveWeights(result.weights(), "weight map", bar,
			output, overwrite);
		if (borderOutput != null) file.saveWeights(result.border(), "border", bar,
			borderOutput, overwrite);
		if (ridgeOutput != null) file.save(result.ridge(), "ridge", ridgeOutput,
			overwrite);
		outputs.forEach(path -> System.out.println("Wrote " + path
			.toAbsolutePath()));
		return 0;
	}

	/** Other formats would hold colours, not weights. */
	private static void checkName(final Path output) {
		if (!output.getFileName().toString().toLowerCase(Locale.ROOT).matches(
			".*\\.tiff?")) throw new IllegalArgumentException("Output '" + output +
				"' must have a name that ends in .tif, which holds weights as they are.");
	}

	private WeightMapJob.Result run(final WeightMapJob job, final LabelFile file)
		throws IOException
	{
		try (Interrupt interrupt = new Interrupt()) {
			final ConsoleProgress progress = ConsoleProgress.onStandardOutput();
			final WeightMapJob.Result result = job.cancelled(interrupt::isRequested)
				.progress((done, total) -> progress.update("weight map", done, total,
					"")).run(volume ? file.volumes() : file.slices());
			progress.line(result.sentence());
			return result;
		}
	}
}
