
package sc.fiji.unet.job;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Keeps a second program out of a folder of results: each would write the
 * tables of all images without the rows of the other.
 */
final class FolderLock implements Closeable {

	/**
	 * Name of the file, which is empty and stays: were it deleted, two programs
	 * could hold two files of that name.
	 */
	static final String FILE = "unet-lock";

	private final FileChannel channel;

	private FolderLock(final FileChannel channel) {
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
		final FileChannel channel = FileChannel.open(folder.resolve(FILE),
			StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		if (isFree(channel, folder, warnings)) return new FolderLock(channel);
		channel.close();
		throw new IllegalArgumentException("Folder " + folder +
			" is in use by another segmentation; wait for it, or write the results to another folder.");
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
		channel.close();
	}
}
