
package sc.fiji.unet.imagej;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
		try {
			if (read(file).columns().containsAll(Arrays.asList(
				ObjectMeasurements.IMAGE, ObjectMeasurements.OBJECT))) return;
		}
		catch (final IllegalArgumentException e) {
			throw foreign(file, e);
		}
		throw foreign(file, null);
	}

	private static IllegalArgumentException foreign(final Path file,
		final Exception cause)
	{
		return new IllegalArgumentException(file +
			" exists already and is no table of segmented objects; write to another place, or allow overwriting.",
			cause);
	}

	private static MeasurementTable read(final Path file) throws IOException {
		return MeasurementTable.parse(new String(Files.readAllBytes(file),
			StandardCharsets.UTF_8));
	}

	/**
	 * Writes the objects of several images, in the place of an earlier file.
	 *
	 * @param tables files that {@link ResultFiles#writeTable} has written
	 * @throws IOException if one cannot be read, or the file not be written
	 */
	public static void write(final Path folder, final List<Path> tables)
		throws IOException
	{
		final List<MeasurementTable> all = new ArrayList<>();
		for (final Path table : tables)
			all.add(read(table));
		WholeFile.write(folder.resolve(NAME), true, out -> out.write(
			MeasurementTable.join(all).toCsv().getBytes(StandardCharsets.UTF_8)));
	}
}
