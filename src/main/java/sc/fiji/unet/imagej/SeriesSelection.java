
package sc.fiji.unet.imagej;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Which image series of files with several are used: one by its number, or all.
 * Immutable.
 */
public final class SeriesSelection {

	private static final String EVERY = "all";
	/** 0: all. */
	private final int number;

	private SeriesSelection(final int number) {
		this.number = number;
	}

	/** @return the first series, the only one of most files */
	public static SeriesSelection first() {
		return new SeriesSelection(1);
	}

	/**
	 * @param text "all", or a number from 1
	 * @throws IllegalArgumentException if it is neither
	 */
	public static SeriesSelection parse(final String text) {
		final String trimmed = text.trim();
		if (trimmed.equalsIgnoreCase(EVERY)) return new SeriesSelection(0);
		if (!trimmed.matches("[1-9]\\d{0,5}")) throw new IllegalArgumentException(
			"Series \"" + text + "\" must be \"all\" or a number from 1, such as 2.");
		return new SeriesSelection(Integer.parseInt(trimmed));
	}

	/**
	 * @return numbers of the series to use of a file, from 1; 1 where the file
	 *         cannot be read, which is said when it is opened
	 */
	public int[] numbers(final Path file) {
		if (number > 0) return new int[] { number };
		try {
			return IntStream.rangeClosed(1, Math.max(1, ImageFiles.seriesCount(file)))
				.toArray();
		}
		catch (final IOException e) {
			return new int[] { 1 };
		}
	}

	/** @return as {@link #parse} reads it */
	@Override
	public String toString() {
		return number == 0 ? EVERY : "" + number;
	}
}
