
package sc.fiji.unet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;

/** The pages that are installed with the plugin. */
class DocumentationPagesTest {

	@TempDir
	static Path folder;

	@BeforeAll
	static void write() throws Exception {
		DocumentationPages.write(Paths.get(System.getProperty("unet.project.dir",
			".")), folder);
	}

	private static List<Path> pages() throws Exception {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(f -> f.toString().endsWith(".html")).collect(
				Collectors.toList());
		}
	}

	/** Pictures, style sheet, other pages and places within them. */
	@Test
	void everythingThatPagesReferToIsThere() throws Exception {
		final TreeSet<String> missing = new TreeSet<>();
		int references = 0;
		for (final Path page : pages())
			for (final String reference : Document.matches(
				"(?:href|src|url)=\"?([^\"\\s>]+)\"", Files.readString(page)))
			{
				if (reference.matches("(https?|mailto):.*")) continue;
				references++;
				if (!isThere(page, reference)) missing.add(page.getFileName() + ": " +
					reference);
			}
		assertEquals(new TreeSet<>(), missing);
		assertTrue(references > 400, references + " references");
	}

	private static boolean isThere(final Path page, final String reference)
		throws Exception
	{
		final String[] parts = reference.split("#", 2);
		final Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0])
			.normalize();
		if (!file.startsWith(folder) || !Files.isRegularFile(file)) return false;
		return parts.length == 1 || Files.readString(file).contains(" id=\"" +
			parts[1] + "\"");
	}

	@Test
	void everyMenuItemHasAPageThatLeadsToItsSection() throws Exception {
		int items = 0;
		try (Context context = new Context(CommandService.class)) {
			for (final CommandInfo command : context.getService(CommandService.class)
				.getCommands())
			{
				if (!command.getDelegateClassName().startsWith("sc.fiji.unet.") ||
					command.getTitle().equals("Echo")) continue;
				items++;
				final String id = command.getTitle().toLowerCase().replaceAll(
					"[^a-z0-9]+", "-");
				final String page = Files.readString(folder.resolve("help/" + id +
					".html"));
				assertTrue(page.contains("../reference.html#" + id + "\""), page);
				assertTrue(Files.readString(folder.resolve("reference.html")).contains(
					"<h3 id=\"" + id + "\">" + command.getTitle() + "</h3>"), id);
			}
		}
		assertTrue(items >= 14, items + " items");
	}

	@Test
	void tablesAndCodeLookLikeThemselves() throws Exception {
		final String reference = Files.readString(folder.resolve("reference.html"));
		assertTrue(reference.contains("<td><code>pointradius</code></td>"));
		assertTrue(reference.contains("<pre><code>run(&quot;Samples&quot;"));
		assertTrue(Files.readString(folder.resolve("index.html")).contains(
			"<img src=\"demo.png\""));
	}
}
