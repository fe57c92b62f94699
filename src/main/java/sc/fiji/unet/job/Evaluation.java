
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Scores of results as a table. Immutable. */
public final class Evaluation {

	/** Name of the last row. */
	public static final String ALL = "all";

	private final List<String> columns;
	private final List<Row> rows;
	private final List<String> remarks;

	Evaluation(final List<String> columns, final List<Row> rows) {
		this(columns, rows, Collections.emptyList());
	}

	private Evaluation(final List<String> columns, final List<Row> rows,
		final List<String> remarks)
	{
		this.columns = Collections.unmodifiableList(new ArrayList<>(columns));
		this.rows = Collections.unmodifiableList(new ArrayList<>(rows));
		this.remarks = Collections.unmodifiableList(new ArrayList<>(remarks));
	}

	/** @return the same table, with further sentences about it */
	Evaluation withRemarks(final List<String> sentences) {
		final List<String> all = new ArrayList<>(remarks);
		all.addAll(sentences);
		return new Evaluation(columns, rows, all);
	}

	/**
	 * @return what the reader of the table should know, in sentences: how many
	 *         images there are, how far they differ, what the scores have to be
	 *         compared with, and what was not scored
	 */
	public List<String> remarks() {
		return remarks;
	}

	/** @return names of the scores, in order of {@link Row#values()} */
	public List<String> columns() {
		return columns;
	}

	/** @return a row an image and slice, and a last one, {@link #ALL} */
	public List<Row> rows() {
		return rows;
	}

	/** @return value of a row, from 0, in a column */
	public double value(final int row, final String column) {
		return rows.get(row).values[columns.indexOf(column)];
	}

	/**
	 * @return the table as comma-separated values with a header; names are quoted
	 *         where need be (RFC 4180)
	 */
	public String toCsv() {
		final StringBuilder csv = new StringBuilder("image," + String.join(",",
			columns) + "\n");
		for (final Row row : rows)
			csv.append(quoted(row.name)).append(',').append(Arrays.stream(row.values)
				.mapToObj(v -> String.format(Locale.ROOT, v == Math.rint(v) && Math.abs(
					v) < 1e9 ? "%.0f" : "%.4f", v)).collect(Collectors.joining(",")))
				.append('\n');
		return csv.toString();
	}

	private static String quoted(final String name) {
		return name.matches("(?s).*[,\"\r\n].*") ? '"' + name.replace("\"",
			"\"\"") + '"' : name;
	}

	/** The scores of an image, or of all. Immutable. */
	public static final class Row {

		private final String name;
		private final double[] values;

		Row(final String name, final double... values) {
			this.name = name;
			this.values = values.clone();
		}

		/** @return name of the image, or {@link Evaluation#ALL} */
		public String name() {
			return name;
		}

		/** @return values of the columns; NaN = there is none; a copy */
		public double[] values() {
			return values.clone();
		}
	}
}
