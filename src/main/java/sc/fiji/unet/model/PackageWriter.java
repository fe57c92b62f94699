
package sc.fiji.unet.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipOutputStream;

/**
 * Writes one model package. Everything is streamed; the description comes last,
 * because it states the checksums of the rest.
 */
final class PackageWriter {

	private static final List<String> RESERVED = Arrays.asList(Rdf.FILE,
		Rdf.WEIGHTS, Rdf.TEST_INPUT, Rdf.TEST_OUTPUT, Rdf.DOCUMENTATION,
		ModelPackage.EXPORTED, ModelPackage.FOLDERS);

	/** Writes the content of one entry. */
	private interface Content {

		void writeTo(OutputStream out) throws IOException;
	}

	private final ModelDescription description;
	private final Path exported;
	private final TestTensors test;
	private final Map<String, Path> attachments;

	PackageWriter(final ModelDescription description, final Path exported,
		final TestTensors test, final Map<String, Path> attachments)
	{
		for (final String name : attachments.keySet())
			if (!name.matches("[\\w.\\- ]+") || name.startsWith(".") || RESERVED
				.contains(name) || RESERVED.contains(name + Zips.SUFFIX))
				throw new IllegalArgumentException("A file cannot be attached as '" +
					name + "'; use another name, of letters, digits, '_', '-' and '.'.");
		this.description = description;
		this.exported = exported;
		this.test = test;
		this.attachments = attachments;
	}

	void write(final Path target, final boolean overwrite) throws IOException {
		final Path absolute = target.toAbsolutePath();
		if (!overwrite && Files.exists(absolute))
			throw new FileAlreadyExistsException(target +
				" exists already. Choose another name, or allow overwriting.");
		Files.createDirectories(absolute.getParent());
		// Always the same name: what a killed program has left is replaced.
		final Path part = absolute.resolveSibling("." + absolute.getFileName() +
			".part");
		try {
			writeTo(part);
			Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(part);
		}
	}

	private void writeTo(final Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
			StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
				ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(
					channel)))
		{
			writeEntries(zip);
			zip.finish();
			channel.force(true);
		}
	}

	private void writeEntries(final ZipOutputStream zip) throws IOException {
		final Map<String, String> checksums = new LinkedHashMap<>();
		final List<String> names = new ArrayList<>();
		final List<String> folders = new ArrayList<>();
		add(zip, checksums, Rdf.WEIGHTS, out -> Zips.zipFolder(exported, out));
		add(zip, checksums, Rdf.TEST_INPUT, out -> out.write(test.inputFile(
			description.network()).toBytes()));
		add(zip, checksums, Rdf.TEST_OUTPUT, out -> out.write(test.outputFile(
			description.network()).toBytes()));
		for (final Map.Entry<String, Path> e : attachments.entrySet()) {
			final Path path = e.getValue();
			final boolean isFolder = Files.isDirectory(path);
			final String name = isFolder ? e.getKey() + Zips.SUFFIX : e.getKey();
			names.add(name);
			if (isFolder) folders.add(name);
			add(zip, checksums, name, isFolder ? out -> Zips.zipFolder(path, out)
				: out -> Files.copy(path, out));
		}
		add(zip, checksums, Rdf.DOCUMENTATION, out -> out.write(Readme.of(
			description).getBytes(StandardCharsets.UTF_8)));
		final String rdf = Rdf.write(description, checksums, names, folders);
		add(zip, checksums, Rdf.FILE, out -> out.write(rdf.getBytes(
			StandardCharsets.UTF_8)));
	}

	private static void add(final ZipOutputStream zip,
		final Map<String, String> checksums, final String name,
		final Content content) throws IOException
	{
		final MessageDigest digest = Zips.sha256();
		zip.putNextEntry(Zips.entry(name));
		content.writeTo(new DigestOutputStream(zip, digest));
		zip.closeEntry();
		checksums.put(name, Zips.hex(digest));
	}
}
