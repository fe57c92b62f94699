
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
}
