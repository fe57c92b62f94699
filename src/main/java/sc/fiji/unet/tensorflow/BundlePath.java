
package sc.fiji.unet.tensorflow;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where TensorFlow finds a bundle to read. It takes a path with brackets,
 * asterisks or question marks for a pattern, and so finds nothing in a folder
 * that is called {@code cells [1]}; such a bundle is read from a copy, which
 * closing removes.
 */
final class BundlePath implements AutoCloseable {

	/** A backslash is a part of a pattern where it does not part folders. */
	private static final String OF_PATTERNS = File.separatorChar == '\\' ? "[*?"
		: "[*?\\";

	private final Path path;
	/** Null if there is none. */
	private final Path copies;

	private BundlePath(final Path path, final Path copies) {
		this.path = path;
		this.copies = copies;
	}

	/**
	 * @param file path of the bundle without endings
	 * @throws IOException if there is no room for a copy
	 */
	static BundlePath of(final Path file) throws IOException {
		final boolean pattern = file.toString().chars().anyMatch(c -> OF_PATTERNS
			.indexOf(c) >= 0);
		if (!pattern) return new BundlePath(file, null);
		final BundlePath copy = new BundlePath(null, Files.createTempDirectory(
			"unet-bundle"));
		try {
			copy.fill(file);
			return new BundlePath(copy.copies.resolve("copy"), copy.copies);
		}
		catch (final IOException | RuntimeException e) {
			copy.close();
			throw e;
		}
	}

	private void fill(final Path file) throws IOException {
		final String start = file.getFileName() + ".";
		try (DirectoryStream<Path> files = Files.newDirectoryStream(file
			.getParent(), f -> f.getFileName().toString().startsWith(start)))
		{
			for (final Path each : files)
				Files.copy(each, copies.resolve("copy." + each.getFileName().toString()
					.substring(start.length())));
		}
	}

	/** @return path without endings, for TensorFlow */
	@Override
	public String toString() {
		return path.toString();
	}

	@Override
	public void close() throws IOException {
		if (copies == null) return;
		try (DirectoryStream<Path> files = Files.newDirectoryStream(copies)) {
			for (final Path each : files)
				Files.delete(each);
		}
		Files.delete(copies);
	}
}
