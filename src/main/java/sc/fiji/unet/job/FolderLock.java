
package sc.fiji.unet.job;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Keeps a second program out of a folder of results: each would write the
 * tables of all images without the rows of the other.
 */
final class FolderLock implements Closeable {

	/** Name of a file that is empty, and there while the folder is in use. */
	static final String FILE = "unet-lock";

	private final Path file;
	private final FileChannel channel;

	private FolderLock(final Path file, final FileChannel channel) {
		this.file = file;
		this.channel = channel;
	}

	/**
	 * @param folder exists
	 * @param warnings hears of it where files cannot be locked, as on some
	 *          network drives
	 * @return ends when it is closed, or with the process
	 * @throws IllegalArgumentException if another program has the folder
	 * @throws IOException if nothing can be written to it
	 */
	static FolderLock of(final Path folder, final Consumer<String> warnings)
		throws IOException
	{
		final Path file = folder.resolve(FILE);
		while (true) {
			final FileChannel channel = FileChannel.open(file,
				StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			final boolean free = isFree(channel, folder, warnings);
			// Else whoever had the folder has deleted the file since it was opened.
			if (free && Files.exists(file)) return new FolderLock(file, channel);
			channel.close();
			if (!free) throw new IllegalArgumentException("Folder " + folder +
				" is in use by another segmentation; wait for it, or write the results to another folder.");
		}
	}

	private static boolean isFree(final FileChannel channel, final Path folder,
		final Consumer<String> warnings)
	{
		try {
			return channel.tryLock() != null;
		}
		catch (final OverlappingFileLockException e) {
			return false;
		}
		catch (final IOException e) {
			warnings.accept("Warning: folder " + folder + " cannot be locked (" + e
				.getMessage() +
				"). Start no second segmentation into it, or rows of tables may be lost.");
			return true;
		}
	}

	@Override
	public void close() throws IOException {
		try {
			Files.deleteIfExists(file);
		}
		finally {
			channel.close();
		}
	}
}
