
package sc.fiji.unet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.TimeZones;

/** Archives that are not what they say, and folders that are named oddly. */
class ZipsTest {

	@TempDir
	Path folder;

	/** As with -Djava.io.tmpdir=./tmp */
	@Test
	void aFolderMayBeNamedFromHere() throws IOException {
		final Path zip = folder.resolve("a.zip");
		DamagedPackageTest.zipOf(zip, "a.txt", "hello");
		final Path unpacked = Paths.get(".").resolve(Paths.get("").toAbsolutePath()
			.relativize(folder)).resolve("unpacked");
		Zips.unpack(zip, unpacked);
		assertEquals("hello", Files.readString(folder.resolve("unpacked/a.txt")));
	}

	/** Any archive that is dropped on Fiji's window is asked what it is. */
	@Test
	void aDescriptionOfAnySizeIsNotRead() throws IOException {
		final Path zip = folder.resolve("bomb.zip");
		try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(
			zip)))
		{
			out.putNextEntry(new ZipEntry(Rdf.FILE));
			for (int i = 0; i < 80; i++)
				out.write(new byte[1 << 16]);
		}
		assertFalse(ModelPackage.isPackage(zip));
		DamagedPackageTest.assertMessage("rdf.yaml in " + zip +
			" has more than 4 MB", zip);
	}

	@Test
	void noMoreIsUnpackedThanAnArchiveSays() throws IOException {
		final Path zip = folder.resolve("a.zip");
		DamagedPackageTest.zipOf(zip, "a.txt", "x".repeat(1 << 20));
		final byte[] bytes = Files.readAllBytes(zip);
		sizeInDirectory(bytes, 1000);
		Files.write(zip, bytes);
		final Path unpacked = folder.resolve("unpacked");
		final String said = assertThrows(IOException.class, () -> Zips.unpack(zip,
			unpacked)).getMessage();
		assertTrue(said.contains("a.txt is larger than its archive says"), said);
		assertTrue(Files.size(unpacked.resolve("a.txt")) <= 1000);
	}

	@Test
	void whatTheDiskHasNoSpaceForIsNotBegun() throws IOException {
		final long free = folder.toFile().getUsableSpace();
		final String said = assertThrows(IOException.class, () -> Zips.checkSpace(
			folder.resolve("a.txt"), free * 2)).getMessage();
		assertTrue(said.contains("a.txt needs") && said.contains("MB are free"),
			said);
	}

	@Test
	void bytesAreTheSameInEveryTimeZone() throws Exception {
		Files.write(folder.resolve("weights"), new byte[100]);
		TimeZones.assertSameEverywhere(() -> {
			final ByteArrayOutputStream zip = new ByteArrayOutputStream();
			Zips.zipFolder(folder, zip);
			return zip.toByteArray();
		});
	}

	/** Changes the size of the only file, in the list at the archive's end. */
	private static void sizeInDirectory(final byte[] zip, final int size) {
		final ByteBuffer b = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = zip.length - 46; i >= 0; i--)
			if (b.getInt(i) == 0x02014b50) {
				b.putInt(i + 24, size);
				return;
			}
		throw new AssertionError("no list of files");
	}
}
