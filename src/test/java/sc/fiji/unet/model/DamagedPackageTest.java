
package sc.fiji.unet.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of packages that are damaged, or none of ours. */
class DamagedPackageTest {

	@TempDir
	Path folder;

	private Path zip;

	private void write() throws IOException {
		final Path exported = folder.resolve("exported");
		if (zip == null) BoxFactory.export(exported, 7);
		zip = folder.resolve("cells.zip");
		final ModelDescription d = ModelPackageTest.description();
		ModelPackage.write(zip, d, exported, TestTensors.compute(new BoxFactory(
			"CPU, 1 thread, float32"), d, exported, null, TestTensors.size(d
				.network())), Collections.emptyMap(), false);
	}

	@Test
	void whatIsNoModelIsNamed() throws IOException {
		assertMessage("There is no file", folder.resolve("none.zip"));
		final Path text = Files.writeString(folder.resolve("text.zip"), "hello");
		assertMessage("text.zip is no zip archive, or is cut short", text);
		final Path empty = folder.resolve("empty.zip");
		zipOf(empty, "a.txt", "hello");
		assertMessage("empty.zip is no model: it contains no rdf.yaml", empty);
		zipOf(empty, Rdf.FILE, "name: other");
		assertMessage("empty.zip is a model of other software", empty);
		zipOf(empty, Rdf.FILE, "a: b: c");
		assertMessage("rdf.yaml is damaged", empty);
	}

	static void zipOf(final Path zip, final String name, final String content)
		throws IOException
	{
		try (OutputStream out = Files.newOutputStream(zip);
				ZipOutputStream z = new ZipOutputStream(out))
		{
			z.putNextEntry(new ZipEntry(name));
			z.write(content.getBytes(StandardCharsets.UTF_8));
		}
	}

	@Test
	void cutPackageIsNamed() throws IOException {
		write();
		final byte[] content = Files.readAllBytes(zip);
		Files.write(zip, Arrays.copyOf(content, content.length / 2));
		assertMessage("cells.zip is no zip archive, or is cut short", zip);
	}

	@Test
	void changedWeightsAreNamed() throws IOException {
		write();
		replace(zip, Rdf.WEIGHTS, s -> s + "x");
		assertMessage("weights.zip does not have the checksum", zip);
	}

	@Test
	void missingFileIsNamed() throws IOException {
		write();
		try (FileSystem content = FileSystems.newFileSystem(zip,
			(ClassLoader) null))
		{
			Files.delete(content.getPath(Rdf.TEST_OUTPUT));
		}
		assertMessage("lacks the file test_output.npy", zip);
	}

	@Test
	void newerFormatIsNamed() throws IOException {
		write();
		replace(zip, Rdf.FILE, s -> s.replaceAll("format_version: 1\\b",
			"format_version: 2"));
		assertMessage("was written by a newer version of this program (format 2",
			zip);
	}

	@Test
	void wrongEntriesAreNamed() throws IOException {
		write();
		replace(zip, Rdf.FILE, s -> s.replace("features:", "feathers:"));
		assertMessage("features", zip);
		Files.delete(zip);
		write();
		replace(zip, Rdf.FILE, s -> s.replace("padding: valid",
			"padding: reflect"));
		assertMessage("padding is 'reflect'", zip);
		Files.delete(zip);
		write();
		replace(zip, Rdf.FILE, s -> s.replace("dropout: 0.5", "dropout: much"));
		assertMessage("dropout has the value 'much'", zip);
	}

	@Test
	void archiveThatReachesOutsideIsRefused() throws IOException {
		write();
		replace(zip, Rdf.FILE, s -> s.replace("source: weights.zip",
			"source: ../../weights.zip"));
		assertMessage("is not to be trusted", zip);
	}

	/** Changes a file in the package; Latin 1, so that all bytes survive. */
	static void replace(final Path zip, final String name,
		final UnaryOperator<String> change) throws IOException
	{
		try (FileSystem content = FileSystems.newFileSystem(zip,
			(ClassLoader) null))
		{
			final Path file = content.getPath(name);
			final String old = Files.readString(file, StandardCharsets.ISO_8859_1);
			final String changed = change.apply(old);
			assertFalse(old.equals(changed), "nothing changed in " + name);
			Files.writeString(file, changed, StandardCharsets.ISO_8859_1);
		}
	}

	static void assertMessage(final String expected, final Path zip) {
		final String message = assertThrows(IOException.class, () -> ModelPackage
			.open(zip).close()).getMessage();
		assertTrue(message.contains(expected), "expected '" + expected + "' in '" +
			message + "'");
	}
}
