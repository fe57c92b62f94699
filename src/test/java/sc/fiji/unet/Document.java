
package sc.fiji.unet;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page of the documentation, in Markdown. */
enum Document {

		README("README.md"), TUTORIAL("docs/tutorial.md"), REFERENCE(
			"docs/reference.md"), EXPLANATION("docs/explanation.md"), NOTEBOOK(
				"docs/notebook.md"), NUCLEI("docs/nuclei-model.md"), ACCURACY(
					"docs/accuracy.md"), FIVE_MINUTES("docs/five-minutes.md"), INSTALL(
						"docs/install.md"), LESSON("docs/lesson.md"), COOKBOOK(
							"docs/cookbook.md");

	private final String text;

	Document(final String file) {
		final Path path = Paths.get(System.getProperty("unet.project.dir", "."))
			.resolve(file);
		try {
			text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new AssertionError("cannot read " + path, e);
		}
	}

	/** @return whether the word stands somewhere as code */
	boolean hasCode(final String word) {
		return text.contains("`" + word + "`");
	}

	/** @return what the first group of the pattern matches, in order */
	List<String> matches(final String pattern) {
		return matches(pattern, text);
	}

	static List<String> matches(final String pattern, final String text) {
		final List<String> found = new ArrayList<>();
		final Matcher matcher = Pattern.compile(pattern).matcher(text);
		while (matcher.find())
			found.add(matcher.group(1));
		return found;
	}

	/** @return cells of the tables below a heading, down to the next heading */
	List<List<String>> rows(final String heading) {
		final List<List<String>> rows = new ArrayList<>();
		final List<String> all = Arrays.asList(text.split("\n"));
		final int start = all.indexOf(heading);
		assertTrue(start >= 0, "no heading " + heading + " in " + this);
		for (int i = start + 1; i < all.size() && !all.get(i).startsWith("#"); i++)
			if (all.get(i).startsWith("|---")) rows.remove(rows.size() - 1);
			else if (all.get(i).startsWith("|")) rows.add(cells(all.get(i)));
		assertFalse(rows.isEmpty(), "no table below " + heading + " in " + this);
		return rows;
	}

	private static List<String> cells(final String line) {
		return Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
			.map(String::trim).collect(Collectors.toList());
	}

	/** @return content of a cell without the marks of code */
	static String plain(final String cell) {
		return cell.replace("`", "");
	}

	/** @return four digits, and no more than are needed */
	static String number(final String text) {
		return new BigDecimal(text).round(new MathContext(4)).stripTrailingZeros()
			.toPlainString();
	}

	/** @return one a line, sorted, so that differences are easily seen */
	static String lines(final Iterable<?> items) {
		final TreeSet<String> lines = new TreeSet<>();
		items.forEach(item -> lines.add(item.toString()));
		return String.join("\n", lines);
	}
}
