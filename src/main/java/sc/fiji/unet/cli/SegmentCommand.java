
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ResultKind;
import sc.fiji.unet.imagej.SeriesSelection;
import sc.fiji.unet.job.Existing;
import sc.fiji.unet.job.FolderJob;
import sc.fiji.unet.job.FolderListener;
import sc.fiji.unet.job.FolderResult;
import sc.fiji.unet.job.FolderTask;
import sc.fiji.unet.job.ObjectSettings;
import sc.fiji.unet.job.SegmentSettings;
import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.segment.Averaging;
import sc.fiji.unet.worker.Engine;

/** Segments files. */
@Command(name = "segment", mixinStandardHelpOptions = true, sortOptions = false, //
	description = { "Segments images with a model.", "",
		"For each image NAME the output folder gets NAME_probability.tif (32-bit, one channel a foreground class),",
		"NAME_labels.tif (one number an object), NAME_overlay.png, NAME_rois.zip (for the ROI Manager) and",
		"NAME_objects.csv (size, shape and grey values of each object); with a model of several classes also",
		"NAME_classes.tif (the label value of each pixel's class). objects.csv has the objects of all images,",
		"summary.csv a row for each image.",
		"The folder also gets unet-run.json, a report, and unet-files.jsonl, which says what each result is of." }, //
	footer = { "", "Examples:", "  unet segment --output results nuclei_images",
		"  unet segment --model cells.zip --output results new_images",
		"  unet segment --output results --subfolders --pattern '*.tif' --results labels --skip-existing plates" })
final class SegmentCommand implements Callable<Integer> {

	@Parameters(arity = "1..*", paramLabel = "FILE_OR_DIR",
		description = "Images, or folders of images.")
	private List<Path> inputs;

	@Option(names = "--model", paramLabel = "M.zip",
		description = "Model to segment with, or the name of an installed one (default: " +
			BundledModel.NAME + ", which comes along).")
	private Path model;

	@Option(names = "--output", required = true, paramLabel = "DIR",
		description = "Folder for the results.")
	private Path output;

	@Option(names = "--pattern", paramLabel = "GLOB",
		defaultValue = FolderTask.ANY_NAME,
		description = "Names of the files in folders, such as '*.tif' or 'plate?_*.{tif,png}'; upper and lower case are alike (default ${DEFAULT-VALUE}).")
	private String pattern;

	@Option(names = "--subfolders",
		description = "Look into folders within folders, too; results lie in folders of the same names.")
	private boolean subfolders;

	@Option(names = "--series", paramLabel = "N", defaultValue = "1",
		description = "Which series of files with several, such as .lif, by Bio-Formats: a number from 1, or all (default ${DEFAULT-VALUE}).")
	private String series;

	@Option(names = "--results", split = ",", paramLabel = "LIST",
		description = "What to write: any of ${COMPLETION-CANDIDATES}, separated by commas (default: all; classes only with several classes).")
	private List<ResultKind> results = new ArrayList<>();

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

	@Option(names = "--split", paramLabel = "SHARE",
		description = "Part objects where they are narrower between two middles than around the smaller one by this share, such as 0.2; 0 parts none (default: as the model).")
	private Double split;

	@Option(names = "--exclude-edges",
		description = "Drop objects that touch the edge of the image.")
	private boolean excludeEdges;

	@Option(names = "--fill-holes",
		description = "Give background that one object encloses to that object.")
	private boolean fillHoles;

	@Option(names = "--averaging", defaultValue = "none",
		description = "Average over turned copies: none, flips (4), symmetries (8) or rotations (7) (default ${DEFAULT-VALUE}).")
	private Averaging averaging;

	@Option(names = "--link-z",
		description = "Join slices in Z: objects of neighbouring slices that overlap get the same label.")
	private boolean linkZ;

	@ArgGroup(exclusive = true)
	private ExistingOptions existing = new ExistingOptions();

	/** What to do with results that exist. */
	static final class ExistingOptions {

		@Option(names = "--skip-existing",
			description = "Skip images whose results exist, and go on with what was stopped.")
		private boolean skip;

		@Option(names = "--overwrite", description = "Replace results that exist.")
		private boolean overwrite;

		Existing value() {
			if (skip) return Existing.SKIP;
			return overwrite ? Existing.OVERWRITE : Existing.STOP;
		}
	}

	@Mixin
	private ExecutionOptions execution;

	@Override
	public Integer call() throws IOException {
		final Console console = new Console();
		try (Interrupt interrupt = new Interrupt()) {
			final FolderResult result = new FolderJob(task(), Engine.factory())
				.cancelled(interrupt::isRequested).listener(console).run();
			console.message(result.sentence());
			return result.failures().isEmpty() ? 0 : UNet.FAILED;
		}
		finally {
			console.failures.forEach(failure -> System.err.println("Error: " +
				failure));
		}
	}

	/** @return what the options say */
	FolderTask task() {
		final SegmentSettings settings = SegmentSettings.ofModel().withChannels(
			ChannelSelection.parse(channels)).withDiameter(diameter).withObjects(
				ObjectSettings.ofModel().withThreshold(threshold).withMinimumSize(
					minimumSize).withSplit(split).withExcludedEdges(excludeEdges)
					.withFilledHoles(fillHoles)).withAveraging(averaging)
			.withJoinedSlices(linkZ);
		return FolderTask.of(inputs, output).pattern(pattern).subfolders(subfolders)
			.series(SeriesSelection.parse(series)).model(model == null ? null : model
				.toFile()).settings(settings).results(results).existing(existing
					.value()).execution(execution.value()).build();
	}

	/** Failures are listed at the end, where they are seen. */
	private static final class Console implements FolderListener {

		private final ConsoleProgress progress = ConsoleProgress.onStandardOutput();
		private final List<String> failures = new ArrayList<>();

		@Override
		public void message(final String sentence) {
			progress.line(sentence);
		}

		@Override
		public void message(final String image, final String sentence) {
			progress.line(image + ": " + sentence);
		}

		@Override
		public void failed(final String image, final String reason) {
			failures.add(image + ": " + reason);
		}

		@Override
		public void tiles(final String image, final int number, final int images,
			final long done, final long tiles)
		{
			progress.update("file " + number + " of " + images + ", " + image +
				", tile", done, tiles, "");
		}
	}
}
