
package sc.fiji.unet.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the protocol of docs/accuracy.md, a row after the other: trains,
 * segments the images for the test, which training and choices have not seen,
 * once as they are and once averaged over symmetries, and scores both. Does
 * what a user would do, by the command line, and prints each of its commands.
 * What is finished is not done again; a training that was stopped goes on.
 */
@Command(name = "accuracy", mixinStandardHelpOptions = true)
public final class AccuracyProtocol implements Callable<Integer> {

	/** As it is by default, and as well as can be. */
	private static final List<String> AVERAGING = Arrays.asList("none",
		"symmetries");

	@Option(names = "--data", required = true,
		description = "Folder of the data sets, each with images and labels.")
	private Path data;

	@Option(names = "--output", required = true,
		description = "Folder for models, results and scores.")
	private Path output;

	@Option(names = "--rows", split = ",",
		description = "Rows to run (default: all).")
	private List<String> wanted = Collections.emptyList();

	@Option(names = "--minutes", defaultValue = "20")
	private double minutes;

	@Option(names = "--seed", defaultValue = "1")
	private long seed;

	@Option(names = "--set", paramLabel = "KEY=VALUE",
		description = "A setting of the plan, for trying out; may be repeated.")
	private List<String> settings = new ArrayList<>();

	public static void main(final String... args) {
		System.exit(new CommandLine(new AccuracyProtocol()).execute(args));
	}

	@Override
	public Integer call() throws Exception {
		final List<AccuracyRow> rows = AccuracyRow.all(data,
			AccuracyProtocol::names);
		final List<String> known = rows.stream().map(row -> row.name).collect(
			Collectors.toList());
		for (final String name : wanted)
			if (!known.contains(name)) throw new IllegalArgumentException("Row '" +
				name + "' is none of " + String.join(", ", known) + ".");
		for (final AccuracyRow row : rows)
			if (wanted.isEmpty() || wanted.contains(row.name)) run(row);
		print(rows);
		return 0;
	}

	private static List<String> names(final Path set) {
		try (Stream<Path> files = Files.list(set.resolve("images"))) {
			return files.map(f -> f.getFileName().toString().replaceFirst("\\.[^.]*$",
				"")).sorted().collect(Collectors.toList());
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private void run(final AccuracyRow row) throws IOException {
		final Path folder = folder(row);
		System.out.println("== " + row.name + ", seed " + seed + ", " + minutes +
			" minutes");
		final Path model = folder.resolve("model.zip");
		final Path training = folder.resolve("model.training");
		if (!Files.exists(model) || Files.exists(training)) train(row, model);
		for (final String averaging : AVERAGING)
			if (!Files.exists(scores(folder, averaging))) score(row, model,
				averaging);
	}

	private void score(final AccuracyRow row, final Path model,
		final String averaging) throws IOException
	{
		final Path results = folder(row).resolve("results-" + averaging);
		segment(row, model, averaging, results);
		// As the challenge ISBI 2012 scores membranes.
		if (row.isMembranes()) command("evaluate", "--truth", labels(row), "--thin",
			"--csv", folder(row).resolve("thinned-" + averaging + ".csv").toString(),
			"--overwrite", results.toString());
		command("evaluate", "--truth", labels(row), "--csv", scores(folder(row),
			averaging).toString(), "--pictures", folder(row).resolve("errors-" +
				averaging).toString(), "--overwrite", results.toString());
	}

	private void train(final AccuracyRow row, final Path model)
		throws IOException
	{
		Files.createDirectories(model.getParent());
		final List<String> args = new ArrayList<>(Arrays.asList("train", "--images",
			images(row), "--labels", labels(row), "--exclude", String.join(",",
				row.test), "--model", model.toString(), "--minutes", Double.toString(
					minutes), "--seed", Long.toString(seed), "--resume"));
		if (!row.validation.isEmpty()) args.addAll(Arrays.asList(
			"--validation-list", String.join(",", row.validation)));
		if (!row.preset.isEmpty()) args.addAll(Arrays.asList("--preset",
			row.preset));
		for (final String setting : settings)
			args.addAll(Arrays.asList("--set", setting));
		command(args.toArray(new String[0]));
	}

	private void segment(final AccuracyRow row, final Path model,
		final String averaging, final Path results) throws IOException
	{
		final List<String> args = new ArrayList<>(Arrays.asList("segment",
			"--model", model.toString(), "--averaging", averaging, "--output", results
				.toString(), "--overwrite"));
		try (Stream<Path> files = Files.list(Paths.get(images(row)))) {
			files.filter(f -> row.test.contains(f.getFileName().toString()
				.replaceFirst("\\.[^.]*$", ""))).sorted().forEach(f -> args.add(f
					.toString()));
		}
		command(args.toArray(new String[0]));
	}

	private static void command(final String... args) throws IOException {
		System.out.println("unet " + String.join(" ", args));
		final int code = UNet.run(args);
		if (code != 0) throw new IOException("The command ended with " + code +
			"; run the protocol again to go on.");
	}

	/** Every run there is, of every seed. */
	private void print(final List<AccuracyRow> rows) throws IOException {
		final List<String> lines = new ArrayList<>();
		for (final AccuracyRow row : rows)
			for (final Path run : runs(row))
				for (final String averaging : AVERAGING) {
					final List<String> table = Files.readAllLines(scores(run, averaging),
						StandardCharsets.UTF_8);
					if (lines.isEmpty()) lines.add("run,averaging," + table.get(0));
					lines.add(run.getFileName() + "," + averaging + "," + table.get(table
						.size() - 1));
				}
		lines.forEach(System.out::println);
		Files.write(output.resolve("accuracy.csv"), lines, StandardCharsets.UTF_8);
	}

	private List<Path> runs(final AccuracyRow row) throws IOException {
		try (Stream<Path> folders = Files.list(output)) {
			return folders.filter(f -> f.getFileName().toString().matches(row.name +
				"-seed\\d+") && AVERAGING.stream().allMatch(a -> Files.exists(scores(f,
					a)))).sorted().collect(Collectors.toList());
		}
	}

	private Path folder(final AccuracyRow row) {
		return output.resolve(row.name + "-seed" + seed);
	}

	private static Path scores(final Path run, final String averaging) {
		return run.resolve("scores-" + averaging + ".csv");
	}

	private String images(final AccuracyRow row) {
		return data.resolve(row.set).resolve("images").toString();
	}

	private String labels(final AccuracyRow row) {
		return data.resolve(row.set).resolve("labels").toString();
	}
}
