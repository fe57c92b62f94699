
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scores of a cross-validation, fold by fold. Immutable. */
public final class CrossValidation {

	/** Name of the first column: number of images tested on. */
	public static final String IMAGES = "test_images";
	/** Names of the last rows. */
	public static final String MEAN = "mean";
	public static final String SD = "sd";

	/** Columns that matter most, by what people call them. */
	private static final Map<String, String> HEADLINES = new LinkedHashMap<>();
	static {
		HEADLINES.put("F1", "F1");
		HEADLINES.put("SEG", "SEG");
		HEADLINES.put("AP", "AP");
		HEADLINES.put("mean_IoU", "mean IoU");
		HEADLINES.put("mean_F1", "mean F1");
		HEADLINES.put("IoU", "IoU");
		HEADLINES.put("pixel_error", "pixel error");
	}

	private final List<String> columns;
	private final List<Evaluation.Row> folds;

	private CrossValidation(final List<String> columns,
		final List<Evaluation.Row> folds)
	{
		this.columns = columns;
		this.folds = folds;
	}

	/**
	 * @param scores files of all folds, as {@link Evaluation#toCsv} writes them
	 * @throws IOException if one cannot be read, or has other columns
	 */
	static CrossValidation read(final List<Path> scores) throws IOException {
		List<String> columns = null;
		final List<Evaluation.Row> folds = new ArrayList<>();
		for (final Path file : scores) {
			final List<String> lines = Files.readAllLines(file,
				StandardCharsets.UTF_8);
			final List<String> header = new ArrayList<>(Arrays.asList(lines.get(0)
				.split(",")));
			header.set(0, IMAGES);
			if (columns == null) columns = header;
			final String last = lines.get(lines.size() - 1);
			if (!columns.equals(header) || lines.size() < 3 || !last.startsWith(
				Evaluation.ALL + ",")) throw new IOException("The scores in '" + file +
					"' are not those of the other folds; delete the file and resume, so that they are computed again.");
			folds.add(new Evaluation.Row("" + (folds.size() + 1), values(lines
				.size() - 2, last)));
		}
		return new CrossValidation(Collections.unmodifiableList(columns), folds);
	}

	private static double[] values(final int images, final String line) {
		final double[] values = Arrays.stream(line.split(",")).skip(1).mapToDouble(
			Double::parseDouble).toArray();
		return IntStream.range(0, values.length + 1).mapToDouble(i -> i == 0
			? images : values[i - 1]).toArray();
	}

	/**
	 * @return names of the scores, in order of {@link Evaluation.Row#values()};
	 *         the first is {@link #IMAGES}
	 */
	public List<String> columns() {
		return columns;
	}

	/** @return a row a fold, called by its number from 1 */
	public List<Evaluation.Row> folds() {
		return Collections.unmodifiableList(folds);
	}

	/** @return the rows of the folds, {@link #MEAN} and {@link #SD} */
	public List<Evaluation.Row> rows() {
		final List<Evaluation.Row> rows = new ArrayList<>(folds);
		rows.add(new Evaluation.Row(MEAN, columns.stream().mapToDouble(this::mean)
			.toArray()));
		rows.add(new Evaluation.Row(SD, columns.stream().mapToDouble(
			this::deviation).toArray()));
		return rows;
	}

	private double[] values(final String column) {
		final int index = columns.indexOf(column);
		return folds.stream().mapToDouble(fold -> fold.values()[index]).filter(
			v -> !Double.isNaN(v)).toArray();
	}

	/** @return mean over the folds that have the score; NaN if none has */
	public double mean(final String column) {
		return Arrays.stream(values(column)).average().orElse(Double.NaN);
	}

	/**
	 * @return standard deviation of the folds, with n - 1; NaN of less than two
	 */
	public double deviation(final String column) {
		final double[] values = values(column);
		final double mean = mean(column);
		return values.length < 2 ? Double.NaN : Math.sqrt(Arrays.stream(values).map(
			v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
	}

	/** @return columns that matter most to what people call them */
	Map<String, String> headlines() {
		final Map<String, String> found = new LinkedHashMap<>(HEADLINES);
		found.keySet().retainAll(columns);
		return found;
	}

	/** @return columns for people, by what they call them */
	Map<String, String> scores() {
		final Map<String, String> found = headlines();
		found.put("trivial_error", "trivial error");
		found.put("count_error_percent", "count error (%)");
		found.keySet().retainAll(columns);
		return found;
	}

	/** @return "F1 0.912, SEG 0.853, ..." of a fold, from 0 */
	String scores(final int fold) {
		final double[] values = folds.get(fold).values();
		return headlines().entrySet().stream().map(e -> e.getValue() + " " + number(
			values[columns.indexOf(e.getKey())])).collect(Collectors.joining(", "));
	}

	/**
	 * @return what came out, in a sentence: "F1 0.912 +- 0.031, SEG 0.853 +-
	 *         0.020, ... over 5 folds of 4 images (mean +- standard deviation)."
	 */
	public String summary() {
		return headlines().entrySet().stream().map(e -> e.getValue() + " " + number(
			mean(e.getKey())) + " +- " + number(deviation(e.getKey()))).collect(
				Collectors.joining(", ")) + " over " + folds.size() + " folds of " +
			images() + " (mean +- standard deviation).";
	}

	private String images() {
		final double[] counts = values(IMAGES);
		final int least = (int) Arrays.stream(counts).min().orElse(0);
		final int most = (int) Arrays.stream(counts).max().orElse(0);
		return (least == most ? "" + most : least + " to " + most) + (most == 1
			? " image" : " images");
	}

	static String number(final double value) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f",
			value);
	}

	/** @return the rows as comma-separated values with a header */
	public String toCsv() {
		final StringBuilder csv = new StringBuilder("fold," + String.join(",",
			columns) + "\n");
		for (final Evaluation.Row row : rows())
			csv.append(row.name()).append(',').append(Arrays.stream(row.values())
				.mapToObj(v -> String.format(Locale.ROOT, v == Math.rint(v) ? "%.0f"
					: "%.4f", v)).collect(Collectors.joining(","))).append('\n');
		return csv.toString();
	}
}
