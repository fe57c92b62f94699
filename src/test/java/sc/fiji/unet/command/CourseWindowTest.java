
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.Screenshots;

/**
 * What the pages for beginners tell to do is done, in a plain ImageJ with the
 * plugin as the zip brings it.
 */
class CourseWindowTest {

	private static final Path PROJECT = Paths.get(System.getProperty(
		"unet.project.dir", "."));

	@TempDir
	Path folder;

	@Test
	void theFirstFiveMinutesEndWithASegmentedImage() throws Exception {
		final PlainImageJWindow window = PlainImageJWindow.in(folder).asInstalled()
			.with(EchoDialogMain.class);
		final PlainImageJWindow.Result run = window.run(FiveMinutesMain.class,
			Duration.ofMinutes(3), PROJECT.resolve(
				"target/screenshots/five-minutes-end.png"), Screenshots.file(
					"five-minutes").toAbsolutePath().getParent().toString());
		assertEquals(PlainImageJMain.DONE, run.exitCode, run.log);
		final Matcher found = Pattern.compile("slices 2, outlines (\\d+)").matcher(
			run.log);
		assertTrue(found.find(), run.log);
		assertTrue(Integer.parseInt(found.group(1)) > 50, found.group());
		assertFalse(run.log.contains("Exception"), run.log);
	}

	/** An administrator may take away the right to write there. */
	@Test
	void theMacroOfTheLessonRunsAndTheProgramFolderStaysAsItIs()
		throws Exception
	{
		final Path course = Files.createDirectories(folder.resolve("course"));
		final Path imagej = Files.createDirectories(folder.resolve("imagej"));
		final String macro = Files.readAllLines(PROJECT.resolve("docs/lesson.md"))
			.stream().filter(line -> line.startsWith("    ")).collect(Collectors
				.joining("\n")).replace("/home/me/course", course.toString()).replace(
					"minutes=3",
					"minutes=0 preset=fast settings=[epochs: 2, updatesPerEpoch: 5, target.border: 0.4, network.features: [4, 8, 16]]");
		final PlainImageJWindow window = PlainImageJWindow.in(imagej).asInstalled();
		final TreeMap<String, Long> before = files(imagej);
		final PlainImageJWindow.Result run = window.runMacro(macro, Duration
			.ofMinutes(3), PROJECT.resolve("target/screenshots/lesson.png"));
		assertEquals(PlainImageJMain.DONE, run.exitCode, run.log);
		assertTrue(run.log.contains(" cells\n"), run.log);
		assertTrue(Files.exists(course.resolve("cells-macro.zip")), run.log);
		assertEquals(before, files(imagej));
	}

	/** @return size of each file of the plugin */
	private static TreeMap<String, Long> files(final Path imagej)
		throws Exception
	{
		final TreeMap<String, Long> sizes = new TreeMap<>();
		for (final String part : new String[] { "plugins", "lib" }) {
			if (!Files.exists(imagej.resolve(part))) continue;
			try (Stream<Path> files = Files.walk(imagej.resolve(part))) {
				for (final Path file : files.filter(Files::isRegularFile).collect(
					Collectors.toList()))
					sizes.put(imagej.relativize(file).toString(), Files.size(file));
			}
		}
		return sizes;
	}

	/** Quoted as they are; numbers, and where they are put together, apart. */
	@Test
	void theSentencesOfTheFiveMinutesAreThoseOfTheProgram() throws Exception {
		final String page = Files.readString(PROJECT.resolve(
			"docs/five-minutes.md"));
		final StringBuilder sources = new StringBuilder();
		try (Stream<Path> files = Files.walk(PROJECT.resolve("src/main/java"))) {
			for (final Path file : files.filter(f -> f.toString().endsWith(".java"))
				.collect(Collectors.toList()))
				sources.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "")
					.replace("\\n", " "));
		}
		final TreeSet<String> unknown = new TreeSet<>();
		int parts = 0;
		final Matcher quoted = Pattern.compile("(?m)^\\| \\*[^|]*\\*").matcher(page
			.substring(page.indexOf("## If it does not work")));
		while (quoted.find())
			for (final String sentence : quoted.group().split("\\*"))
				for (final String part : sentence.split(
					"(?<=computes) |(?<=channels)| \\.\\.\\.|1\\.8|windows-x86_64|[13](?= |;)|700|'Nuclei \\(fluorescence\\)'"))
				{
					if (part.trim().length() < 12) continue;
					parts++;
					if (sources.indexOf(part.trim()) < 0) unknown.add(part.trim());
				}
		assertEquals(new TreeSet<>(), unknown);
		assertTrue(parts >= 12, parts + " parts");
	}
}
