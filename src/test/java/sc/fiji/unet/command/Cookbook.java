
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The recipes of the cookbook, as they stand on the page. */
enum Cookbook {

		TRAIN("Train from ROIs"), SEGMENT("Segment the active image"), BATCH(
			"Batch a folder"), EVALUATE("Evaluate"), WEIGHT_MAP("Weight map");

	private static final Path PAGE = Paths.get(System.getProperty(
		"unet.project.dir", "."), "docs", "cookbook.md");

	private final String heading;

	Cookbook(final String heading) {
		this.heading = heading;
	}

	/**
	 * @param language of a fenced block of code: ijm, groovy, python or sh
	 * @return the one block of the recipe in this language
	 */
	String block(final String language) throws IOException {
		final List<String> blocks = blocks("## " + heading, language);
		assertEquals(1, blocks.size(), "blocks of " + language + " below " +
			heading);
		return blocks.get(0);
	}

	/** @return blocks of a language between a heading and the next one */
	static List<String> blocks(final String heading, final String language)
		throws IOException
	{
		final List<String> blocks = new ArrayList<>();
		final Matcher block = Pattern.compile("(?ms)^```" + language +
			"\n(.*?)^```$").matcher(section(heading));
		while (block.find())
			blocks.add(block.group(1));
		return blocks;
	}

	/** @return text between a heading and the next one that is not below it */
	static String section(final String heading) throws IOException {
		final String text = new String(Files.readAllBytes(PAGE),
			StandardCharsets.UTF_8);
		final String level = heading.substring(0, heading.indexOf(' '));
		final Matcher section = Pattern.compile("(?ms)^" + Pattern.quote(heading) +
			"$(.*?)(?=^#{2," + level.length() + "} |\\z)").matcher(text);
		assertEquals(true, section.find(), "heading " + heading);
		return section.group(1);
	}
}
