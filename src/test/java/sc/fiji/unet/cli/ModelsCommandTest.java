
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.prefs.Preferences;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.model.InstalledModels;
import sc.fiji.unet.model.ModelPackage;

/** Installed models on the command line. */
class ModelsCommandTest {

	@TempDir
	Path folder;

	private String home;
	private Path own;
	private Path shared;
	private Path model;

	@BeforeEach
	void moveHome() throws IOException {
		// Java's settings stay where they are.
		Preferences.userRoot();
		home = System.getProperty("user.home");
		System.setProperty("user.home", folder.resolve("home").toString());
		own = folder.resolve("home/.unet/models");
		shared = Files.createDirectories(folder.resolve("shared"));
		System.setProperty(InstalledModels.PROPERTY, shared.toString());
		model = folder.resolve("mine.zip");
		assertEquals(0, export(BundledModel.NAME, model, "Mine"));
	}

	private static int export(final String from, final Path to,
		final String name)
	{
		return UNet.run("export", "--model", from, "--output", to.toString(),
			"--name", name, "--overwrite");
	}

	@AfterEach
	void moveBack() {
		System.setProperty("user.home", home);
		System.clearProperty(InstalledModels.PROPERTY);
	}

	private static String said(final int code, final String... arguments) {
		final PrintStream out = System.out;
		final PrintStream err = System.err;
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (PrintStream ear = new PrintStream(bytes, true)) {
			System.setOut(ear);
			System.setErr(ear);
			assertEquals(code, UNet.run(arguments), bytes.toString());
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
		return bytes.toString();
	}

	@Test
	void whatIsInstalledIsListedAndUsedByItsName() throws IOException {
		final String installed = said(0, "models", "--install", model.toString());
		assertTrue(installed.contains("--model \"Mine\""), installed);
		Files.writeString(shared.resolve("damaged.zip"), "hello");
		final String list = said(0, "models");
		int at = 0;
		for (final String part : Arrays.asList(BundledModel.NAME, "comes along",
			"Mine\n", "class: foreground", "PQ 0.81", own.resolve("mine.zip")
				.toString(), "Cannot be used: damaged.zip is no zip archive",
			"Folders:", own.toString(), shared.toString()))
		{
			at = list.indexOf(part, at);
			assertTrue(at >= 0, part + " in " + list);
		}
		final Path again = folder.resolve("again.zip");
		assertEquals(0, export("Mine", again, "Again"));
		assertEquals("Again", ModelPackage.describe(again).name());
		said(UNet.WRONG_INPUT, "export", "--model", "", "--output", again
			.toString(), "--overwrite");
		segments();
	}

	private void segments() throws IOException {
		final Path results = folder.resolve("results");
		final String image = Paths.get(System.getProperty("unet.project.dir", "."),
			"data/cells/images/cells03.png").toString();
		said(0, "segment", "--model", "Mine", "--output", results.toString(),
			"--results", "labels", image);
		assertTrue(Files.exists(results.resolve("cells03_labels.tif")));
		assertTrue(Files.readString(results.resolve("unet-run.json")).contains(own
			.resolve("mine.zip").toString()), "the file is on record");
		final String missing = said(UNet.WRONG_INPUT, "segment", "--model",
			"Nobody's", "--output", results.toString(), image);
		assertTrue(missing.contains("Nobody's"), missing);
	}

	@Test
	void anotherOneIsReplacedOnWish() throws IOException {
		said(0, "models", "--install", model.toString());
		assertTrue(said(0, "models", "--install", model.toString()).contains(
			"installed already"), "the same");
		assertEquals(0, export(BundledModel.NAME, model, "Others"));
		final String refused = said(UNet.WRONG_INPUT, "models", "--install", model
			.toString());
		assertTrue(refused.contains("'Mine'") && refused.contains("--overwrite"),
			refused);
		said(0, "models", "--install", model.toString(), "--overwrite");
		assertEquals("Others", ModelPackage.describe(own.resolve("mine.zip"))
			.name());
		final Path text = Files.writeString(folder.resolve("t.zip"), "hello");
		assertTrue(said(UNet.FAILED, "models", "--install", text.toString())
			.contains("t.zip is no zip archive"), "no model");
	}
}
