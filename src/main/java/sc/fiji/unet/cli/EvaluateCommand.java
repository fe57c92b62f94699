
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import sc.fiji.unet.imagej.WholeFile;
import sc.fiji.unet.job.EvaluateJob;
import sc.fiji.unet.metrics.BestThreshold;

/** Scores results. */
@Command(name = "evaluate", mixinStandardHelpOptions = true,
	sortOptions = false, //
	description = {
		"Compares results with the truth, image by image, and prints a table.", "",
		"Files are matched by name; of a folder that 'segment' has written, the files NAME_labels.tif are taken.",
		"A mask stands for the objects that its pixels form. Images in the truth without a result are passed over." })
final class EvaluateCommand implements Callable<Integer> {

	@Option(names = "--truth", required = true, paramLabel = "DIR",
		description = "Folder of true labels or masks.")
	private Path truth;

	@Parameters(paramLabel = "RESULTS_DIR", description = "Folder of results.")
	private Path results;

	@Option(names = "--csv", paramLabel = "FILE",
		description = "Write the table as comma-separated values, too.")
	private Path csv;

	@Option(names = "--best-threshold", description = {
		"Also read NAME_probability.tif and search the one threshold for all images that gives the best V_rand,",
		"with the background thinned to lines first, as in the ISBI 2012 challenge." })
	private boolean bestThreshold;

	@Option(names = "--overwrite", description = "Replace the file if it exists.")
	private boolean overwrite;

	@Override
	public Integer call() throws IOException {
		if (csv != null) Outputs.check(Collections.singletonList(csv), overwrite);
		final List<EvaluateJob.Row> rows = EvaluateJob.run(truth, results);
		print(rows);
		if (bestThreshold) {
			final BestThreshold best = EvaluateJob.bestThreshold(truth, results);
			System.out.println(String.format(Locale.ROOT,
				"Thinned, at the best threshold of %.2f: V_rand = %.4f; best V_info of any threshold = %.4f",
				best.threshold(), best.vRand(), best.vInfo()));
		}
		if (csv != null) {
			WholeFile.write(csv, overwrite, out -> out.write(EvaluateJob.toCsv(rows)
				.getBytes(StandardCharsets.UTF_8)));
			System.out.println("Wrote " + csv.toAbsolutePath());
		}
		return 0;
	}

	/** Prints a table with aligned columns. */
	static void print(final List<EvaluateJob.Row> rows) {
		final int width = Math.max(5, rows.stream().mapToInt(r -> r.name().length())
			.max().orElse(0));
		final StringBuilder header = new StringBuilder(String.format(Locale.ROOT,
			"%-" + width + "s", "image"));
		for (final String column : EvaluateJob.COLUMNS)
			header.append(String.format(Locale.ROOT, "  %" + Math.max(7, column
				.length()) + "s", column));
		System.out.println(header);
		for (final EvaluateJob.Row row : rows) {
			final StringBuilder line = new StringBuilder(String.format(Locale.ROOT,
				"%-" + width + "s", row.name()));
			for (final String column : EvaluateJob.COLUMNS)
				line.append(String.format(Locale.ROOT, column.contains("objects") ||
					column.equals("count_error") ? "  %" + Math.max(7, column.length()) +
						".0f" : "  %" + Math.max(7, column.length()) + ".4f", row.value(
							column)));
			System.out.println(line);
		}
	}
}
