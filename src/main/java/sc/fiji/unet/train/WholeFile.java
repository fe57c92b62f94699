
package sc.fiji.unet.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Text files that are there whole or not at all, whenever the program ends. */
final class WholeFile {

	private WholeFile() {}

	/** Writes beside the file, flushes to the disk, then renames. */
	static void write(final Path file, final String text) throws IOException {
		final Path temporary = file.resolveSibling(temporaryName(file.getFileName()
			.toString()));
		try (FileChannel channel = FileChannel.open(temporary,
			StandardOpenOption.CREATE, StandardOpenOption.WRITE,
			StandardOpenOption.TRUNCATE_EXISTING))
		{
			final ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
			while (bytes.hasRemaining())
				channel.write(bytes);
			channel.force(true);
		}
		Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE,
			StandardCopyOption.REPLACE_EXISTING);
	}

	/** @return what a file is called until it is complete */
	static String temporaryName(final String name) {
		return "." + name + ".part";
	}
}
