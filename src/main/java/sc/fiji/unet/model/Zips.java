
package sc.fiji.unet.model;

import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Zip archives, with names for what can be wrong with them. */
final class Zips {

	/** How the name of a zipped folder ends. */
	static final String SUFFIX = ".zip";
	/** Bytes; a description has some thousands. */
	private static final int LARGEST_DESCRIPTION = 4 << 20;
	/** Bytes; the history of a long training has some millions. */
	private static final int LARGEST_TEXT = 64 << 20;
	/**
	 * All entries get the same time, so that equal content gives equal files. At
	 * the very beginning of 1980 Java would add the time zone.
	 */
	private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1,
		0, 0);

	private Zips() {}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256.", e);
		}
	}

	static String hex(final MessageDigest digest) {
		final StringBuilder hex = new StringBuilder();
		for (final byte b : digest.digest())
			hex.append(String.format("%02x", b));
		return hex.toString();
	}

	static ZipEntry entry(final String name) {
		final ZipEntry entry = new ZipEntry(name);
		entry.setTimeLocal(ENTRY_TIME);
		return entry;
	}

	/**
	 * Writes the files of a folder as an archive, names relative to the folder.
	 *
	 * @param out stays open
	 */
	static void zipFolder(final Path folder, final OutputStream out)
		throws IOException
	{
		final List<Path> files;
		try (Stream<Path> walk = Files.walk(folder)) {
			files = walk.filter(Files::isRegularFile).sorted().collect(Collectors
				.toList());
		}
		final ZipOutputStream zip = new ZipOutputStream(new Uncloseable(out));
		for (final Path file : files) {
			zip.putNextEntry(entry(folder.relativize(file).toString().replace('\\',
				'/')));
			Files.copy(file, zip);
			zip.closeEntry();
		}
		zip.close();
	}

	/** @throws IOException if the file is missing or no archive */
	static ZipFile open(final Path zip) throws IOException {
		if (!Files.isRegularFile(zip)) throw new NoSuchFileException(
			"There is no file " + zip + ".");
		try {
			return new ZipFile(zip.toFile());
		}
		catch (final ZipException e) {
			throw new IOException(zip.getFileName() +
				" is no zip archive, or is cut short. Get the file again.", e);
		}
	}

	/** @throws IOException if it is larger than any description of a model */
	static byte[] read(final ZipFile zip, final String name) throws IOException {
		return read(zip, name, LARGEST_DESCRIPTION);
	}

	/**
	 * @param sha256 what its checksum must be
	 * @throws IOException if it is missing or damaged
	 */
	static byte[] read(final ZipFile zip, final String name, final String sha256)
		throws IOException
	{
		if (zip.getEntry(name) == null) throw missing(zip, name);
		try {
			final byte[] content = read(zip, name, LARGEST_TEXT);
			final MessageDigest digest = sha256();
			digest.update(content);
			if (hex(digest).equals(sha256)) return content;
		}
		catch (final ZipException | EOFException e) {
			throw damaged(zip, name, e);
		}
		throw damaged(zip, name, null);
	}

	/** @throws IOException if it is larger than any text of a model */
	private static byte[] read(final ZipFile zip, final String name,
		final int limit) throws IOException
	{
		try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
			final byte[] content = in.readNBytes(limit + 1);
			if (content.length <= limit) return content;
		}
		throw new IOException(name + " in " + zip.getName() + " has more than " +
			(limit >> 20) + " MB, so that it is no text of a model.");
	}

	private static IOException missing(final ZipFile zip, final String name) {
		return new IOException(zip.getName() + " lacks the file " + name +
			", which its description names.");
	}

	/**
	 * Unpacks one entry.
	 *
	 * @param sha256 what its checksum must be
	 * @throws IOException if it is missing or damaged
	 */
	static void extract(final ZipFile zip, final String name, final String sha256,
		final Path folder) throws IOException
	{
		final Path target = inside(folder, name);
		final ZipEntry entry = zip.getEntry(name);
		if (entry == null) throw missing(zip, name);
		Files.createDirectories(target.getParent());
		final MessageDigest digest = sha256();
		try (InputStream in = new DigestInputStream(zip.getInputStream(entry),
			digest))
		{
			copy(in, target, entry.getSize());
		}
		catch (final ZipException | EOFException e) {
			throw damaged(zip, name, e);
		}
		if (!hex(digest).equals(sha256)) throw damaged(zip, name, null);
	}

	private static IOException damaged(final ZipFile zip, final String name,
		final Throwable cause)
	{
		return new IOException(zip.getName() + " is damaged: " + name +
			" does not have the checksum that it was written with. Get the file again.",
			cause);
	}

	/**
	 * @param size bytes that the archive promises; below 0 if it does not
	 * @throws ZipException if there are more of them
	 * @throws IOException if the disk has no space for as many
	 */
	private static void copy(final InputStream in, final Path target,
		final long size) throws IOException
	{
		checkSpace(target, size);
		try (OutputStream out = Files.newOutputStream(target,
			StandardOpenOption.CREATE_NEW))
		{
			final byte[] buffer = new byte[1 << 16];
			long count = 0;
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				count += n;
				if (size >= 0 && count > size) throw new ZipException(target
					.getFileName() + " is larger than its archive says. Get it again.");
				out.write(buffer, 0, n);
			}
		}
	}

	static void checkSpace(final Path target, final long size)
		throws IOException
	{
		// 0 also where it is not known.
		final long free = target.getParent().toFile().getUsableSpace();
		if (free > 0 && size > free) throw new IOException(target.getFileName() +
			" needs " + (size >> 20) + " MB to be unpacked, but at " + target
				.getParent() + " only " + (free >> 20) +
			" MB are free. Make space, or name another folder for temporary files (-Djava.io.tmpdir).");
	}

	/** Unpacks a whole archive. */
	static void unpack(final Path archive, final Path folder) throws IOException {
		Files.createDirectories(folder);
		try (ZipFile zip = open(archive)) {
			for (final ZipEntry entry : zip.stream().collect(Collectors.toList())) {
				final Path target = inside(folder, entry.getName());
				if (entry.isDirectory()) continue;
				Files.createDirectories(target.getParent());
				try (InputStream in = zip.getInputStream(entry)) {
					copy(in, target, entry.getSize());
				}
			}
		}
	}

	/** An archive may not write outside the folder that it is unpacked to. */
	private static Path inside(final Path folder, final String name)
		throws IOException
	{
		final Path root = folder.toAbsolutePath().normalize();
		final Path target = root.resolve(name).normalize();
		if (!target.startsWith(root) || target.equals(root)) throw new IOException(
			"The archive contains a file with the name '" + name +
				"', which would lie outside its folder; it is not to be trusted.");
		return target;
	}

	/** Deletes a folder with all that it contains, if it exists. */
	static void deleteFolder(final Path folder) throws IOException {
		if (!Files.exists(folder)) return;
		final List<Path> paths;
		try (Stream<Path> walk = Files.walk(folder)) {
			paths = walk.sorted(Comparator.reverseOrder()).collect(Collectors
				.toList());
		}
		for (final Path path : paths)
			Files.delete(path);
	}

	/** Lets an archive end inside another one. */
	private static final class Uncloseable extends FilterOutputStream {

		private Uncloseable(final OutputStream out) {
			super(out);
		}

		@Override
		public void write(final byte[] b, final int off, final int len)
			throws IOException
		{
			out.write(b, off, len);
		}

		@Override
		public void close() throws IOException {
			flush();
		}
	}
}
