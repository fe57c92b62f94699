
package sc.fiji.unet.imagej;

import ij.measure.ResultsTable;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of measurements: rows of numbers and texts under named columns, for
 * ImageJ's tables and for files of comma-separated values. Tables of several
 * images can be joined, whatever columns they have. Immutable.
 */
public final class MeasurementTable {

	/** Whole numbers up to here are exact, and written without a fraction. */
	private static final double LARGEST_WHOLE = 1L << 53;

	/** Characters that a value stands in quotation marks for. */
	private static final String QUOTED = ",\"\r\n";

	private final List<String> columns;
	/** Double, String, or null where there is no value. */
	private final List<Object[]> rows;

	/**
	 * @param columns names in order, each once
	 * @param rows one value a column each: a Double, a String, or null for none;
	 *          not to be changed any more
	 */
	MeasurementTable(final List<String> columns, final List<Object[]> rows) {
		for (final Object[] row : rows)
			if (row.length != columns.size()) throw new IllegalArgumentException(
				"A row has " + row.length + " values for " + columns.size() +
					" columns: " + Arrays.toString(row));
		this.columns = Collections.unmodifiableList(new ArrayList<>(columns));
		this.rows = Collections.unmodifiableList(new ArrayList<>(rows));
	}

	/**
	 * @param tables tables of several images, in order
	 * @return all rows under all columns; a row has no value in a column that its
	 *         table lacked. A column that is new comes after the one that it
	 *         followed
	 */
	public static MeasurementTable join(final List<MeasurementTable> tables) {
		final List<String> columns = joinColumns(tables.stream().map(
			MeasurementTable::columns).collect(Collectors.toList()));
		final List<Object[]> rows = new ArrayList<>();
		for (final MeasurementTable table : tables)
			table.rows.forEach(row -> rows.add(table.spread(row, columns)));
		return new MeasurementTable(columns, rows);
	}

	/**
	 * @param tables columns of several tables
	 * @return columns of all of them together, see {@link #join}
	 */
	static List<String> joinColumns(final List<List<String>> tables) {
		final List<String> columns = new ArrayList<>();
		for (final List<String> table : tables) {
			int at = 0;
			for (final String column : table) {
				final int there = columns.indexOf(column);
				if (there < 0) columns.add(at++, column);
				else at = there + 1;
			}
		}
		return columns;
	}

	private Object[] spread(final Object[] row, final List<String> wanted) {
		final Object[] result = new Object[wanted.size()];
		for (int c = 0; c < row.length; c++)
			result[wanted.indexOf(columns.get(c))] = row[c];
		return result;
	}

	/** @return names of the columns, in order */
	public List<String> columns() {
		return columns;
	}

	/** @return number of rows */
	public int size() {
		return rows.size();
	}

	/**
	 * @param row from 0
	 * @return text in the column; null if there is none
	 * @throws IllegalArgumentException if there is no such column
	 */
	public String text(final int row, final String column) {
		final Object value = rows.get(row)[index(column)];
		return value == null ? null : text(value);
	}

	/**
	 * @return numbers of a column, a row each; NaN = there is none
	 * @throws IllegalArgumentException if there is no such column
	 */
	public double[] numbers(final String column) {
		final int c = index(column);
		return rows.stream().mapToDouble(row -> row[c] instanceof Double
			? (Double) row[c] : Double.NaN).toArray();
	}

	private int index(final String column) {
		final int index = columns.indexOf(column);
		if (index < 0) throw new IllegalArgumentException("There is no column \"" +
			column + "\"; there are " + String.join(", ", columns) + ".");
		return index;
	}

	/**
	 * @param column that tells rows apart
	 * @param row a single one
	 * @return the table with that row, in the place of the one that has the same
	 *         text in the column, else at the end
	 */
	MeasurementTable with(final String column, final MeasurementTable row) {
		final MeasurementTable all = join(Arrays.asList(this, row));
		final int c = all.index(column);
		final List<Object[]> changed = new ArrayList<>(all.rows);
		final Object[] last = changed.remove(changed.size() - 1);
		for (int i = 0; i < changed.size(); i++)
			if (last[c].equals(changed.get(i)[c])) {
				changed.set(i, last);
				return new MeasurementTable(all.columns, changed);
			}
		return all;
	}

	/** @return whether a row has a text in a column */
	boolean has(final String column, final String text) {
		if (rows.isEmpty()) return false;
		final int c = index(column);
		return rows.stream().anyMatch(row -> text.equals(row[c]));
	}

	/** Appends the rows to a table of ImageJ; missing columns are added. */
	public void addTo(final ResultsTable table) {
		for (final Object[] row : rows) {
			table.incrementCounter();
			for (int c = 0; c < row.length; c++)
				if (row[c] instanceof Double) table.addValue(columns.get(c),
					(Double) row[c]);
				else if (row[c] != null) table.addValue(columns.get(c),
					(String) row[c]);
		}
	}

	/**
	 * @return the table as comma-separated values with a header: numbers with a
	 *         decimal point and all their digits, NaN where one is not defined,
	 *         nothing where there is none, texts in quotation marks where need be
	 *         (RFC 4180)
	 */
	public String toCsv() {
		final StringBuilder csv = new StringBuilder();
		csv.append(line(columns));
		for (final Object[] row : rows)
			csv.append(line(Arrays.stream(row).map(value -> value == null ? "" : text(
				value)).collect(Collectors.toList())));
		return csv.toString();
	}

	private static String text(final Object value) {
		if (value instanceof String) return (String) value;
		final double number = (Double) value;
		return number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE
			? Long.toString((long) number) : Double.toString(number);
	}

	/** @return values as a line of comma-separated values, with its end */
	static String line(final List<String> values) {
		return values.stream().map(MeasurementTable::quoted).collect(Collectors
			.joining(",", "", "\n"));
	}

	private static String quoted(final String text) {
		return text.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0) ? '"' + text
			.replace("\"", "\"\"") + '"' : text;
	}

	/**
	 * @param csv as {@link #toCsv} writes it
	 * @return the table, its values as texts
	 * @throws IllegalArgumentException if a row does not fit the header
	 */
	static MeasurementTable parse(final String csv) {
		try (CsvReader in = new CsvReader(new StringReader(csv))) {
			final List<String> columns = in.next();
			final List<Object[]> rows = new ArrayList<>();
			for (List<String> row = in.next(); row != null; row = in.next())
				rows.add(row.stream().map(text -> text.isEmpty() ? null : text)
					.toArray());
			return new MeasurementTable(columns == null ? Collections.emptyList()
				: columns, rows);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("A text was not read.", e);
		}
	}
}
