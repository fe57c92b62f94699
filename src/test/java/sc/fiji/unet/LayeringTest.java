
package sc.fiji.unet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/**
 * Holds the rooms apart: which package may use which other, and which library.
 * A room that is not listed here does not exist.
 */
class LayeringTest {

	private static final String ROOT = "sc.fiji.unet.";
	private static final Pattern IMPORT = Pattern.compile(
		"^import\\s+(?:static\\s+)?([\\w.]+)");
	/** Fully qualified names in code, which need no import. */
	private static final Pattern QUALIFIED = Pattern.compile(
		"\\b(sc\\.fiji\\.unet\\.\\w+|org\\.tensorflow|org\\.bytedeco|ij\\.[A-Z]|ij\\.\\w+\\.[A-Z]|net\\.imglib2|org\\.scijava|picocli|com\\.sun\\.jna|com\\.google\\.gson|org\\.yaml)\\b");

	/** Room to the rooms it may use. */
	private static final Map<String, List<String>> ROOMS = new LinkedHashMap<>();
	/** Room to the libraries (prefixes) it may use besides the JDK. */
	private static final Map<String, List<String>> LIBRARIES =
		new LinkedHashMap<>();

	static {
		room("network", "");
		room("labeling", "", "net.imglib2");
		room("weightmap", "labeling", "net.imglib2");
		room("metrics", "labeling", "net.imglib2");
		room("data", "network labeling weightmap", "net.imglib2");
		room("segment", "network labeling data", "net.imglib2");
		// Judges a network by the objects that Segment would make.
		room("train", "network labeling weightmap metrics data segment",
			"net.imglib2", "com.google.gson");
		room("model", "network", "com.google.gson", "org.yaml");
		room("tensorflow", "network", "org.tensorflow", "org.bytedeco",
			"com.sun.jna");
		room("worker", "network tensorflow", "org.apposed.appose",
			"com.google.gson", "sun.misc");
		room("imagej",
			"network labeling weightmap metrics data train segment model", "ij",
			"net.imglib2");
		// A page of text and pictures: knows no windows, and no files but its own.
		room("report", "network metrics data train");
		room("job",
			"network labeling weightmap metrics data train segment model imagej report",
			"net.imglib2", "com.google.gson");
		room("cli",
			"network labeling weightmap metrics data train segment model worker imagej job report",
			"picocli", "net.imglib2");
		room("command",
			"network labeling weightmap metrics data train segment model worker imagej job report cli",
			"ij", "org.scijava", "net.imglib2");
	}

	private static void room(final String name, final String rooms,
		final String... libraries)
	{
		ROOMS.put(name, rooms.isEmpty() ? Collections.emptyList() : Arrays.asList(
			rooms.split(" ")));
		LIBRARIES.put(name, Arrays.asList(libraries));
	}

	@Test
	void everyRoomImportsOnlyWhatItMay() throws IOException {
		final Path sources = Paths.get(System.getProperty("unet.project.dir", "."),
			"src", "main", "java", "sc", "fiji", "unet");
		final List<String> problems = new ArrayList<>();
		int files = 0;
		try (Stream<Path> walk = Files.walk(sources)) {
			for (final Path file : walk.filter(f -> f.toString().endsWith(".java"))
				.collect(Collectors.toList()))
			{
				files++;
				check(sources.relativize(file), file, problems);
			}
		}
		assertFalse(files == 0, "no sources below " + sources);
		assertEquals(Collections.emptyList(), problems);
	}

	private static void check(final Path relative, final Path file,
		final List<String> problems) throws IOException
	{
		final String room = relative.getNameCount() > 1 ? relative.getName(0)
			.toString() : "";
		if (!ROOMS.containsKey(room)) {
			problems.add(relative + " lies in no room");
			return;
		}
		for (final String name : names(file))
			if (!isAllowed(room, name)) problems.add(relative + " uses " + name);
	}

	private static TreeSet<String> names(final Path file) throws IOException {
		final TreeSet<String> names = new TreeSet<>();
		for (final String line : Files.readAllLines(file)) {
			final String code = line.trim();
			if (code.startsWith("*") || code.startsWith("/") || code.startsWith(
				"package ")) continue;
			final Matcher imported = IMPORT.matcher(code);
			if (imported.find()) {
				names.add(imported.group(1));
				continue;
			}
			final Matcher qualified = QUALIFIED.matcher(code.replaceAll("\"[^\"]*\"",
				"\"\""));
			while (qualified.find())
				names.add(qualified.group(1));
		}
		return names;
	}

	private static boolean isAllowed(final String room, final String name) {
		if (name.startsWith("java.") || name.startsWith("javax."))
			return isAllowedJdk(room, name);
		if (name.startsWith(ROOT)) {
			final String other = name.substring(ROOT.length()).split("\\.")[0];
			return other.equals(room) || ROOMS.get(room).contains(other);
		}
		return LIBRARIES.get(room).stream().anyMatch(l -> name.equals(l) || name
			.startsWith(l + "."));
	}

	/**
	 * Windows belong to imagej and command; pictures without a window may be
	 * drawn anywhere above the pure rooms.
	 */
	private static boolean isAllowedJdk(final String room, final String name) {
		final boolean faces = Arrays.asList("imagej", "report", "job", "command",
			"cli").contains(room);
		return faces || !(name.startsWith("java.awt") || name.startsWith(
			"javax.swing"));
	}
}
