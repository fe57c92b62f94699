
package sc.fiji.unet.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that a command is about to write. */
final class Outputs {

	private Outputs() {}

	/**
	 * Before hours of work: is anything in the way?
	 *
	 * @throws IllegalArgumentException if a file exists and must not be replaced
	 */
	static void check(final List<Path> files, final boolean overwrite) {
		for (final Path file : files)
			if (!overwrite && Files.exists(file)) throw new IllegalArgumentException(
				file + " exists already; write to another place, or add --overwrite.");
	}

	/**
	 * As {@link #check}, for files whose folders are not made.
	 *
	 * @throws IllegalArgumentException also if the folder of a file is missing,
	 *           or the file is itself a folder
	 */
	static void checkWithFolders(final List<Path> files,
		final boolean overwrite)
	{
		for (final Path file : files) {
			final Path folder = file.toAbsolutePath().getParent();
			if (!Files.isDirectory(folder)) throw new IllegalArgumentException(
				"There is no folder " + folder + " to write " + file.getFileName() +
					" to; make it first, or write to another place.");
			if (Files.isDirectory(file)) throw new IllegalArgumentException(file +
				" is a folder; give the name of a file.");
		}
		check(files, overwrite);
	}
}
