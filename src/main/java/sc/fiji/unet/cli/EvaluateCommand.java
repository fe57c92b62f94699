
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.InputImages;
import sc.fiji.unet.imagej.WholeFile;
import sc.fiji.unet.job.EvaluateJob;
import sc.fiji.unet.job.Evaluation;
import sc.fiji.unet.job.ThresholdJob;
import sc.fiji.unet.metrics.BestThreshold;

/** Scores results. */
@Command(name = "evaluate", mixinStandardHelpOptions = true,
	sortOptions = false, //
	description = {
		"Compares results with the truth, image by image, and prints a table.", "",
		"Files are matched by name; of a folder that 'segment' has written, the files NAME_labels.tif are taken, for classes NAME_classes.tif.",
		"A mask stands for the objects that its pixels form. Images in the truth without a result are passed over." })
final class EvaluateCommand implements Callable<Integer> {

	/** Columns of whole numbers. */
	private static final List<String> COUNTS = Arrays.asList("objects_true",
		"objects_found", "count_error", "merges", "splits");
	/** Columns of percentages. */
	private static final String PERCENT = "_percent";

	@Option(names = "--truth", required = true, paramLabel = "DIR",
		description = "Folder of true labels or masks.")
	private Path truth;

	@Parameters(paramLabel = "RESULTS_DIR", description = "Folder of results.")
	private Path results;

	@Option(names = "--label-kind", defaultValue = "auto",
		description = "What label values mean: auto, mask, instances or classes (default ${DEFAULT-VALUE}).")
	private String labelKind;

	@Option(names = "--ignore", paramLabel = "VALUE",
		description = "Value of true labels whose pixels count nowhere.")
	private Integer ignore;

	@Option(names = "--iou", defaultValue = "0.5", paramLabel = "SHARE",
		description = "Intersection over union that a match must exceed, 0.5 to below 1 (default ${DEFAULT-VALUE}).")
	private double iou;

	@Option(names = "--csv", paramLabel = "FILE",
		description = "Write the table as comma-separated values, too.")
	private Path csv;

	@Option(names = "--pictures", paramLabel = "DIR", description = {
		"Write a picture NAME_errors.png of each image: what was found and missed, false positives, merges and splits;",
		"for classes which pixels are right and wrong." })
	private Path pictures;

	@Option(names = "--regions",
		description = "Take every region of a mask for one object, so that merges and splits are counted: none of its cells touch.")
	private boolean regions;

	@Option(names = "--thin",
		description = "Thin the background of results to lines for V_rand and V_info, as in the ISBI 2012 challenge.")
	private boolean thin;

	@Option(names = "--threshold", paramLabel = "P", description = {
		"Also read NAME_probability.tif and score them at this threshold, 0 to 1, with the background thinned to lines.",
		"Choose it on validation images, with --best-threshold." })
	private Double threshold;

	@Option(names = "--best-threshold", description = {
		"Also read NAME_probability.tif and search the one threshold for all images that gives the best V_rand,",
		"with the background thinned to lines first, as in the ISBI 2012 challenge." })
	private boolean bestThreshold;

	@Option(names = "--overwrite", description = "Replace files that exist.")
	private boolean overwrite;

	@Override
	public Integer call() throws IOException {
		check();
		final Evaluation evaluation = evaluate();
		print(evaluation);
		if (csv != null) {
			WholeFile.write(csv, overwrite, out -> out.write(evaluation.toCsv()
				.getBytes(StandardCharsets.UTF_8)));
			System.out.println("Wrote " + csv.toAbsolutePath());
		}
		if (threshold != null) {
			System.out.println("Probabilities, thinned, at the threshold of " +
				threshold + ":");
			print(ThresholdJob.score(truth, results, threshold, ignored()));
		}
		if (bestThreshold) printBest(ThresholdJob.run(truth, results, ignored()));
		return 0;
	}

	private static void printBest(final BestThreshold best) {
		System.out.println(String.format(Locale.ROOT,
			"Thinned, at the best threshold of %.3f: V_rand = %.4f; best V_info of any threshold = %.4f",
			best.threshold(), best.vRand(), best.vInfo()));
		System.out.println(String.format(Locale.ROOT,
			"This threshold was chosen on these very images, so the two scores are optimistic; score other images with --threshold %.3f.",
			best.threshold()));
	}

	private void check() throws IOException {
		if (csv != null) Outputs.checkWithFolders(Collections.singletonList(csv),
			overwrite);
		if (threshold != null) ThresholdJob.checkThreshold(threshold);
		if (bestThreshold || threshold != null) ThresholdJob.check(truth, results);
		if (pictures != null && Files.isDirectory(pictures)) try (
				Stream<Path> files = Files.list(pictures))
		{
			Outputs.check(files.filter(f -> f.getFileName().toString().endsWith(
				InputImages.ERRORS)).collect(Collectors.toList()), overwrite);
		}
	}

	private Evaluation evaluate() throws IOException {
		final EvaluateJob job = EvaluateJob.ofFolders(truth, results).labels(
			LabelKind.of(labelKind), ignored()).iou(iou).regionsAreObjects(regions)
			.thin(thin);
		if (pictures == null) return job.run();
		final Evaluation evaluation = job.pictures((name, picture) -> {
			Files.createDirectories(pictures);
			ImageFiles.save(picture.withLegend(name), pictures.resolve(name +
				InputImages.ERRORS), overwrite);
		}).run();
		System.out.println("Wrote " + (evaluation.rows().size() - 1) +
			" pictures to " + pictures.toAbsolutePath());
		return evaluation;
	}

	private OptionalInt ignored() {
		return ignore == null ? OptionalInt.empty() : OptionalInt.of(ignore);
	}

	/** Prints a table with aligned columns. */
	private static void print(final Evaluation evaluation) {
		final int width = Math.max(5, evaluation.rows().stream().mapToInt(r -> r
			.name().length()).max().orElse(0));
		final StringBuilder header = new StringBuilder(String.format(Locale.ROOT,
			"%-" + width + "s", "image"));
		for (final String column : evaluation.columns())
			header.append(String.format(Locale.ROOT, "  %" + width(column) + "s",
				column));
		System.out.println(header);
		for (final Evaluation.Row row : evaluation.rows()) {
			final StringBuilder line = new StringBuilder(String.format(Locale.ROOT,
				"%-" + width + "s", row.name()));
			for (int i = 0; i < evaluation.columns().size(); i++) {
				final String column = evaluation.columns().get(i);
				line.append(String.format(Locale.ROOT, "  %" + width(column) + "s",
					text(column, row.values()[i])));
			}
			System.out.println(line);
		}
		evaluation.remarks().forEach(System.out::println);
	}

	private static String text(final String column, final double value) {
		if (Double.isNaN(value)) return "-";
		return String.format(Locale.ROOT, COUNTS.contains(column) ? "%.0f" : column
			.endsWith(PERCENT) ? "%.1f" : "%.4f", value);
	}

	private static int width(final String column) {
		return Math.max(7, column.length());
	}
}
