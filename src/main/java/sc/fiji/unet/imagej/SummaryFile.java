
package sc.fiji.unet.imagej;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;

/**
 * The file {@code summary.csv} in a folder of results: a row for each image
 * whose results lie there, whichever run has made them. Written whole after
 * each image, so that a run that is ended has not been in vain. Not
 * thread-safe, and not to be written to by two programs at a time.
 */
public final class SummaryFile {

	/** Name of the file. */
	public static final String NAME = "summary.csv";
	private static final String IMAGE = ObjectMeasurements.IMAGE;

	private final Path file;
	private MeasurementTable table;

	private SummaryFile(final Path file, final MeasurementTable table) {
		this.file = file;
		this.table = table;
	}

	/**
	 * @param folder of the results; may be missing yet
	 * @param overwrite whether a file of that name that holds something else may
	 *          be replaced
	 * @throws IllegalArgumentException if there is such a file, and it must not
	 * @throws IOException if the file cannot be read
	 */
	public static SummaryFile in(final Path folder, final boolean overwrite)
		throws IOException
	{
		final Path file = folder.resolve(NAME);
		if (!Files.exists(file)) return new SummaryFile(file, empty());
		try {
			final MeasurementTable there = MeasurementTable.parse(new String(Files
				.readAllBytes(file), StandardCharsets.UTF_8));
			if (there.columns().containsAll(Arrays.asList(IMAGE,
				ObjectMeasurements.OBJECTS, ObjectMeasurements.MODEL_SHA256)))
				return new SummaryFile(file, there);
		}
		catch (final IllegalArgumentException e) {
			if (!overwrite) throw foreign(file, e);
		}
		if (!overwrite) throw foreign(file, null);
		return new SummaryFile(file, empty());
	}

	private static MeasurementTable empty() {
		return new MeasurementTable(Collections.singletonList(IMAGE), Collections
			.emptyList());
	}

	private static IllegalArgumentException foreign(final Path file,
		final Exception cause)
	{
		return new IllegalArgumentException(file +
			" exists already and is no summary of segmented images; write to another place, or allow overwriting.",
			cause);
	}

	/** @return whether there is a row of an image */
	public boolean has(final String image) {
		return table.has(IMAGE, image);
	}

	/**
	 * Writes the row of an image, in the place of an earlier one of the same
	 * image.
	 *
	 * @param row from {@link ObjectMeasurements#summary}
	 * @throws IOException if it cannot be written
	 */
	public void put(final MeasurementTable row) throws IOException {
		table = table.with(IMAGE, row);
		WholeFile.write(file, true, out -> out.write(table.toCsv().getBytes(
			StandardCharsets.UTF_8)));
	}
}
