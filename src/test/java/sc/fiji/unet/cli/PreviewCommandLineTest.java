
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The preview on the command line. */
class PreviewCommandLineTest {

	private static final Path CELLS = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");

	@TempDir
	Path folder;

	private String said;

	private int preview(final String... more) {
		final List<String> args = new ArrayList<>(Arrays.asList("preview",
			"--images", CELLS.resolve("images").toString(), "--labels", CELLS.resolve(
				"labels").toString(), "--output", folder.resolve("p.png").toString(),
			"--set", "patchSize=64"));
		args.addAll(Arrays.asList(more));
		final PrintStream out = System.out;
		final PrintStream err = System.err;
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		System.setOut(new PrintStream(bytes, true));
		System.setErr(new PrintStream(bytes, true));
		try {
			return UNet.run(args.toArray(new String[0]));
		}
		finally {
			System.setOut(out);
			System.setErr(err);
			said = new String(bytes.toByteArray(), StandardCharsets.UTF_8);
		}
	}

	@Test
	void writesOnePictureAndRefusesToReplaceIt() throws IOException {
		assertEquals(0, preview("--samples", "1", "--exclude", "cells01"), said);
		final Path picture = folder.resolve("p.png");
		assertTrue(Files.size(picture) > 10_000);
		assertEquals(1, folder.toFile().list().length, "nothing else");
		for (final String part : Arrays.asList("The labels are instances",
			"7 images are trained on", "objects", "Wrote "))
			assertTrue(said.contains(part), said);
		final byte[] before = Files.readAllBytes(picture);
		assertEquals(UNet.WRONG_INPUT, preview(), said);
		assertTrue(said.contains("--overwrite"), said);
		assertEquals(UNet.WRONG_INPUT, preview("--overwrite", "--samples", "none"),
			said);
		assertTrue(Arrays.equals(before, Files.readAllBytes(picture)));
		assertEquals(0, preview("--overwrite", "--samples", "cells03"), said);
		assertFalse(Arrays.equals(before, Files.readAllBytes(picture)));
	}

	@Test
	void theSameDataGiveTheSamePicture() throws IOException {
		assertEquals(0, preview("--samples", "1"), said);
		final byte[] first = Files.readAllBytes(folder.resolve("p.png"));
		assertEquals(0, preview("--samples", "1", "--overwrite"), said);
		assertTrue(Arrays.equals(first, Files.readAllBytes(folder.resolve(
			"p.png"))));
		assertEquals(0, preview("--samples", "1", "--overwrite", "--seed", "2"),
			said);
		assertFalse(Arrays.equals(first, Files.readAllBytes(folder.resolve(
			"p.png"))), "other patches");
	}
}
