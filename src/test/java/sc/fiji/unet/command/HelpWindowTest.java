
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.DocumentationPages;

/** The button Help in a real ImageJ window, with a browser that only writes. */
@EnabledOnOs(OS.LINUX)
class HelpWindowTest {

	private static final Path PROJECT = Paths.get(System.getProperty(
		"unet.project.dir", "."));
	private static final String[] ITEMS = { "Segment", "ROIs to Labels",
		"Train U-Net" };

	@TempDir
	Path folder;

	@Test
	void everyDialogOpensItsPage() throws Exception {
		final Path docs = folder.resolve("lib/unet/docs");
		DocumentationPages.write(PROJECT, docs);
		final Path opened = folder.resolve("opened");
		final Path broken = folder.resolve("broken");
		final PlainImageJWindow.Result result = PlainImageJWindow.in(folder)
			.asInstalled().programs(browser(opened, broken)).with(
				EchoDialogMain.class).run(HelpMain.class, Duration.ofMinutes(1), PROJECT
					.resolve("target/screenshots/help.png"), opened.toString(), broken
						.toString(), ITEMS[0], ITEMS[1], ITEMS[2]);
		assertEquals(PlainImageJMain.DONE, result.exitCode, result.log);
		final String[] names = { "segment", "rois-to-labels", "train-u-net" };
		for (int i = 0; i < names.length; i++) {
			final Path page = docs.resolve("help/" + names[i] + ".html");
			assertTrue(Files.exists(page), page.toString());
			assertTrue(result.log.contains(ITEMS[i] + ": " + page.toUri() + "\n"),
				page + " in " + result.log);
		}
		assertTrue(result.log.contains("Documentation: " + docs.resolve(
			"tutorial.html").toUri() + "\n"), result.log);
		assertTrue(result.log.contains(
			"Log: The page cannot be shown, since no browser was found. It is " + docs
				.resolve("help/segment.html")), result.log);
	}

	private Path browser(final Path opened, final Path broken) throws Exception {
		final Path programs = Files.createDirectories(folder.resolve("programs"));
		final Path browser = Files.writeString(programs.resolve("xdg-open"),
			"#!/bin/sh\n[ -e '" + broken + "' ] && exit 3\necho \"$1\" > '" + opened +
				"'\n");
		assertTrue(browser.toFile().setExecutable(true));
		return programs;
	}
}
