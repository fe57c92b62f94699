
package sc.fiji.unet.imagej;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file whole: under another name in the same folder, flushed to the
 * disk, then moved into place. Nobody ever sees half a file.
 */
public final class WholeFile {

	/** What is to stand in the file. */
	public interface Content {

		void write(OutputStream out) throws IOException;
	}

	private WholeFile() {}

	/**
	 * @param overwrite whether an existing file may be replaced
	 * @throws IOException if {@code file} exists and must not be replaced, its
	 *           folder is missing, or writing fails
	 */
	public static void write(final Path file, final boolean overwrite,
		final Content content) throws IOException
	{
		final Path target = file.toAbsolutePath();
		checkTarget(target, overwrite);
		final Path part = target.resolveSibling("." + target.getFileName() + "." +
			UUID.randomUUID() + ".part");
		try {
			fill(part, content);
			move(part, target);
		}
		finally {
			Files.deleteIfExists(part);
		}
	}

	private static void checkTarget(final Path target, final boolean overwrite)
		throws IOException
	{
		if (Files.isDirectory(target)) throw new IOException("Cannot write " +
			target + ": it is a folder. Give the name of a file.");
		if (!overwrite && Files.exists(target)) throw new IOException(
			"Cannot write " + target +
				": it exists already. Choose another name, or allow overwriting.");
		if (!Files.isDirectory(target.getParent())) throw new NoSuchFileException(
			"Cannot write " + target + ": the folder " + target.getParent() +
				" does not exist.");
	}

	private static void fill(final Path part, final Content content)
		throws IOException
	{
		try (FileChannel channel = FileChannel.open(part,
			StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))
		{
			final OutputStream out = new BufferedOutputStream(Channels
				.newOutputStream(channel), 1 << 16);
			content.write(out);
			out.flush();
			channel.force(true);
		}
	}

	private static void move(final Path part, final Path target)
		throws IOException
	{
		try {
			Files.move(part, target, StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
		}
		catch (final AtomicMoveNotSupportedException e) {
			Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
		}
	}
}
