
package sc.fiji.unet.imagej;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The file {@code objects.csv} in a folder of results: the objects of all of
 * its images, the image in each row.
 */
public final class ObjectsFile {

	/** Name of the file. */
	public static final String NAME = "objects.csv";

	private ObjectsFile() {}

	/**
	 * @param folder of the results; may be missing yet
	 * @param overwrite whether a file of that name that holds something else may
	 *          be replaced
	 * @throws IllegalArgumentException if there is such a file, and it must not
	 * @throws IOException if the file cannot be read
	 */
	public static void check(final Path folder, final boolean overwrite)
		throws IOException
	{
		final Path file = folder.resolve(NAME);
		if (overwrite || !Files.exists(file)) return;
		if (!columns(file).containsAll(Arrays.asList(ObjectMeasurements.IMAGE,
			ObjectMeasurements.OBJECT))) throw new IllegalArgumentException(file +
				" exists already and is no table of segmented objects; write to another place, or allow overwriting.");
	}

	/** @return names in the header, none in an empty file */
	private static List<String> columns(final Path file) throws IOException {
		try (CsvReader in = CsvReader.of(file)) {
			final List<String> columns = in.next();
			return columns == null ? Collections.emptyList() : columns;
		}
	}

	/**
	 * Writes the objects of several images, in the place of an earlier file. Row
	 * by row: all together may be more than fits into memory.
	 *
	 * @param tables files that {@link ResultFiles#writeTable} has written
	 * @throws IOException if one cannot be read, or the file not be written
	 */
	public static void write(final Path folder, final List<Path> tables)
		throws IOException
	{
		final List<List<String>> headers = new ArrayList<>();
		for (final Path table : tables)
			headers.add(columns(table));
		final List<String> columns = MeasurementTable.joinColumns(headers);
		WholeFile.write(folder.resolve(NAME), true, out -> {
			write(columns, out);
			for (final Path table : tables)
				copy(table, columns, out);
		});
	}

	private static void write(final List<String> row, final OutputStream out)
		throws IOException
	{
		out.write(MeasurementTable.line(row).getBytes(StandardCharsets.UTF_8));
	}

	/** Writes the rows of a table, each value in the column of its name. */
	private static void copy(final Path table, final List<String> columns,
		final OutputStream out) throws IOException
	{
		try (CsvReader in = CsvReader.of(table)) {
			final List<String> header = in.next();
			for (List<String> row = in.next(); row != null; row = in.next()) {
				if (row.size() != header.size()) throw new IOException(table +
					" has a row of " + row.size() + " values for " + header.size() +
					" columns; delete it, and have it made again.");
				final String[] values = new String[columns.size()];
				Arrays.fill(values, "");
				for (int c = 0; c < row.size(); c++)
					values[columns.indexOf(header.get(c))] = row.get(c);
				write(Arrays.asList(values), out);
			}
		}
	}
}
