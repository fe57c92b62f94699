
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How files are found to belong together: by a running number at the end of
 * their names, by beginnings that a user has written, or not at all. Immutable.
 */
public final class GroupRule {

	private static final String AUTO = "auto";
	private static final String NONE = "none";

	private final String text;
	/** Beginnings of names; empty unless a user has written them. */
	private final List<Pattern> beginnings;

	private GroupRule(final String text, final List<Pattern> beginnings) {
		this.text = text;
		this.beginnings = beginnings;
	}

	/** @return names that differ in a running number alone are of one group */
	public static GroupRule auto() {
		return new GroupRule(AUTO, Collections.emptyList());
	}

	/** @return every file is by itself */
	public static GroupRule none() {
		return new GroupRule(NONE, Collections.emptyList());
	}

	/**
	 * @param text auto; none; or beginnings of names, separated by commas, in
	 *          which # stands for a number and * for any characters, as few as
	 *          possible: "wt,ko", "mouse#", "*_"
	 * @throws IllegalArgumentException if there is nothing between two commas
	 */
	public static GroupRule parse(final String text) {
		final String trimmed = text.trim();
		if (trimmed.equalsIgnoreCase(AUTO)) return auto();
		if (trimmed.equalsIgnoreCase(NONE)) return none();
		final List<Pattern> beginnings = new ArrayList<>();
		for (final String beginning : trimmed.split(",", -1)) {
			if (beginning.trim().isEmpty()) throw new IllegalArgumentException(
				"Images cannot be grouped by '" + text +
					"'; write auto, none, or the beginnings of their names, separated by commas (# = a number, * = any characters), such as mouse1,mouse2 or mouse#.");
			beginnings.add(pattern(beginning.trim()));
		}
		return new GroupRule(trimmed, beginnings);
	}

	private static Pattern pattern(final String beginning) {
		final StringBuilder regex = new StringBuilder();
		for (final char c : beginning.toCharArray())
			regex.append(c == '#' ? "[0-9]+" : c == '*' ? ".*?" : Pattern.quote(String
				.valueOf(c)));
		return Pattern.compile(regex.toString());
	}

	/** @return whether files with several images may be of one group, too */
	boolean joinsStacks() {
		return !beginnings.isEmpty();
	}

	/**
	 * @param names of files, without extension, each once
	 * @return name of each to what its group has in common, in the order given
	 * @throws IllegalArgumentException if a name has none of the beginnings; all
	 *           such names are listed
	 */
	Map<String, String> keys(final List<String> names) {
		if (text.equals(AUTO)) return NameSeries.of(names);
		final Map<String, String> keys = new LinkedHashMap<>();
		final List<String> others = new ArrayList<>();
		for (final String name : names) {
			final String key = text.equals(NONE) ? name : longestBeginning(name);
			if (key == null) others.add(name);
			keys.put(name, key);
		}
		if (!others.isEmpty()) throw new IllegalArgumentException(
			"Images are to be grouped by '" + text +
				"', but these names do not begin like that: " + String.join(", ",
					others) +
				". Add a beginning for them (groupby=..., --group-by ...), or write auto or none.");
		return keys;
	}

	private String longestBeginning(final String name) {
		String longest = null;
		for (final Pattern beginning : beginnings) {
			final Matcher matcher = beginning.matcher(name);
			if (matcher.lookingAt() && (longest == null || matcher.end() > longest
				.length())) longest = matcher.group();
		}
		return longest;
	}

	/** @return as it can be parsed again */
	@Override
	public String toString() {
		return text;
	}
}
