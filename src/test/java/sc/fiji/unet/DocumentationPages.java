
package sc.fiji.unet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * Makes the HTML pages of the documentation that are installed with the plugin:
 * one of the README and of each file in {@code docs}, which can be read without
 * a network, and one for each menu item, which leads to its section. A part of
 * the build: Maven runs it before the zip is made.
 */
public final class DocumentationPages {

	/** What the README is called as a page. */
	static final String START = "index.html";
	/** Folder of the pages that lead from a dialog to its section. */
	static final String HELP = "help";
	/** The page and the part of it with a section for each menu item. */
	private static final String REFERENCE = "docs/reference.md";
	private static final String MENU = "Menu and macro";

	private static final List<Extension> EXTENSIONS = Arrays.asList(
		TablesExtension.create(), HeadingAnchorExtension.create());
	private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS)
		.build();
	private static final HtmlRenderer HTML = HtmlRenderer.builder().extensions(
		EXTENSIONS).build();
	private static final TextContentRenderer TEXT = TextContentRenderer.builder()
		.build();

	private final Path project;
	private final Path target;
	/** Pages by the file that they are made of, relative to the project. */
	private final Map<String, Node> pages = new LinkedHashMap<>();

	private DocumentationPages(final Path project, final Path target) {
		this.project = project;
		this.target = target;
	}

	/** @param args folder of the project, folder to write to */
	public static void main(final String... args) throws IOException {
		write(Paths.get(args[0]), Paths.get(args[1]));
	}

	/**
	 * @param project folder with README.md and docs
	 * @param target folder to write to; what is there is replaced
	 * @throws IllegalStateException if a page links to what will not be there
	 */
	public static void write(final Path project, final Path target)
		throws IOException
	{
		new DocumentationPages(project, target).write();
	}

	private void write() throws IOException {
		read();
		copyPictures();
		Files.createDirectories(target.resolve(HELP));
		Files.copy(project.resolve("src/main/docs/style.css"), target.resolve(
			"style.css"), StandardCopyOption.REPLACE_EXISTING);
		writeHelp();
		for (final Map.Entry<String, Node> page : pages.entrySet()) {
			page.getValue().accept(new Links(page.getKey()));
			write(pageOf(page.getKey()), page(page.getKey(), page.getValue()));
		}
	}

	/** Reads the README and the pages that it names, in its order. */
	private void read() throws IOException {
		final Set<String> files = new LinkedHashSet<>(Arrays.asList("README.md"));
		files.addAll(Document.matches("\\]\\((docs/[-\\w]+\\.md)[)#]", text(
			"README.md").replaceFirst("(?s).*\n## Read on\n", "")));
		try (Stream<Path> all = Files.list(project.resolve("docs"))) {
			for (final Path file : all.sorted().collect(Collectors.toList()))
				if (file.toString().endsWith(".md") && !files.contains("docs/" + file
					.getFileName())) throw new IllegalStateException(
						"README.md does not name " + file + " at Read on.");
		}
		for (final String file : files)
			pages.put(file, PARSER.parse(text(file)));
	}

	private String text(final String file) throws IOException {
		return new String(Files.readAllBytes(project.resolve(file)),
			StandardCharsets.UTF_8);
	}

	private void copyPictures() throws IOException {
		final Path docs = project.resolve("docs");
		try (Stream<Path> files = Files.walk(docs)) {
			for (final Path file : files.filter(f -> f.toString().endsWith(".png"))
				.collect(Collectors.toList()))
			{
				final Path copy = target.resolve(docs.relativize(file).toString());
				Files.createDirectories(copy.getParent());
				Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

	/** One for each menu item. Not a link to it: browsers may lose the anchor. */
	private void writeHelp() throws IOException {
		final IdGenerator ids = IdGenerator.builder().build();
		boolean inMenu = false;
		for (Node node = pages.get(REFERENCE).getFirstChild(); node != null; node =
			node.getNext())
		{
			if (!(node instanceof Heading)) continue;
			final String title = plain(node);
			final String id = ids.generateId(title);
			final int level = ((Heading) node).getLevel();
			if (level == 2) inMenu = title.equals(MENU);
			else if (level == 3 && inMenu) write(HELP + "/" + id + ".html", leading(
				title, "../" + pageOf(REFERENCE) + "#" + id));
		}
	}

	private static String leading(final String title, final String to) {
		return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>" +
			title + "</title><meta http-equiv=\"refresh\" content=\"0; url=" + to +
			"\"></head>\n<body><a href=\"" + to + "\">" + title +
			"</a></body>\n</html>\n";
	}

	private String page(final String file, final Node content) {
		final StringBuilder navigation = new StringBuilder();
		for (final Map.Entry<String, Node> other : pages.entrySet()) {
			navigation.append("<a href=\"").append(pageOf(other.getKey())).append(
				other.getKey().equals(file) ? "\" aria-current=\"page\">" : "\">")
				.append(escaped(title(other.getValue()))).append("</a>\n");
		}
		return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" +
			"<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
			escaped(title(content)) +
			"</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n<nav>\n" +
			navigation + "</nav>\n<main>\n" + HTML.render(content) +
			"</main>\n</body>\n</html>\n";
	}

	private static String title(final Node page) {
		return plain(page.getFirstChild());
	}

	private static String plain(final Node heading) {
		final StringBuilder text = new StringBuilder();
		for (Node node = heading.getFirstChild(); node != null; node = node
			.getNext())
			text.append(TEXT.render(node));
		return text.toString();
	}

	private static String escaped(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;");
	}

	private void write(final String name, final String html) throws IOException {
		Files.write(target.resolve(name), html.getBytes(StandardCharsets.UTF_8));
	}

	/** @param file relative to the project */
	private static String pageOf(final String file) {
		return file.equals("README.md") ? START : file.replaceFirst("^docs/", "")
			.replaceFirst("\\.md$", ".html");
	}

	/** Has links between files lead to the pages that are made of them. */
	private final class Links extends AbstractVisitor {

		private final String file;

		Links(final String file) {
			this.file = file;
		}

		@Override
		public void visit(final Link link) {
			link.setDestination(moved(link.getDestination()));
			visitChildren(link);
		}

		@Override
		public void visit(final Image image) {
			image.setDestination(moved(image.getDestination()));
			visitChildren(image);
		}

		private String moved(final String destination) {
			if (destination.matches("(#|https?:|mailto:).*")) return destination;
			final String[] parts = destination.split("#", 2);
			final String other = Paths.get(file).resolveSibling(parts[0]).normalize()
				.toString().replace('\\', '/');
			if (!pages.containsKey(other) && !(other.startsWith("docs/") && other
				.endsWith(".png"))) throw new IllegalStateException(file +
					" links to " + destination + ", which is not installed.");
			return pageOf(other) + (parts.length > 1 ? "#" + parts[1] : "");
		}
	}
}
