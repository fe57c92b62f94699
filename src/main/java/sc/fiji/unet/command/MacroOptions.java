
package sc.fiji.unet.command;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The second argument of {@code run("Segment", "model=[my model.zip]
 * overlay=true")}: blank-separated {@code key=value}, as SciJava commands read
 * it in Fiji. A value with blanks, or with a bracket in front, stands in
 * [brackets]; one whose own brackets are not in pairs in 'apostrophes'.
 */
final class MacroOptions {

	private final String text;
	private int position;

	private MacroOptions(final String text) {
		this.text = text;
	}

	/**
	 * @return value of each key, in the order of the text
	 * @throws IllegalArgumentException if a word has no value, a bracket is not
	 *           closed, or a key is given twice
	 */
	static Map<String, String> parse(final String text) {
		final MacroOptions options = new MacroOptions(text);
		final Map<String, String> values = new LinkedHashMap<>();
		for (options.skipBlanks(); options.position < text.length(); options
			.skipBlanks())
		{
			final String key = options.key();
			if (values.put(key, options.value(key)) != null)
				throw new IllegalArgumentException("\"" + key +
					"\" is given twice. Write it once.");
		}
		return values;
	}

	private void skipBlanks() {
		while (position < text.length() && Character.isWhitespace(text.charAt(
			position)))
			position++;
	}

	private String key() {
		final int start = position;
		while (position < text.length() && text.charAt(position) != '=' &&
			!Character.isWhitespace(text.charAt(position)))
			position++;
		final String key = text.substring(start, position);
		if (position == text.length() || text.charAt(position) != '=')
			throw new IllegalArgumentException("\"" + key +
				"\" has no value. Write key=value, for example " + key +
				"=true; values with blanks stand in [brackets].");
		position++;
		return key;
	}

	private String value(final String key) {
		final int start = position;
		if (position < text.length() && text.charAt(position) == '[')
			return bracketed(key);
		if (position < text.length() && text.charAt(position) == '\'')
			return quoted(key);
		while (position < text.length() && !Character.isWhitespace(text.charAt(
			position)))
			position++;
		return text.substring(start, position);
	}

	private String bracketed(final String key) {
		final int start = position + 1;
		int depth = 0;
		for (; position < text.length(); position++) {
			if (text.charAt(position) == '[') depth++;
			if (text.charAt(position) == ']' && --depth == 0) return text.substring(
				start, position++);
		}
		throw new IllegalArgumentException("The bracket after \"" + key +
			"=\" is not closed. Write " + key + "=[value with blanks].");
	}

	private String quoted(final String key) {
		final int start = position + 1;
		final int end = text.indexOf('\'', start);
		if (end < 0) throw new IllegalArgumentException("The apostrophe after \"" +
			key + "=\" has no second one. Write " + key + "=[value].");
		position = end + 1;
		return text.substring(start, end);
	}

	/** @return the value as it stands after {@code key=} */
	static String quote(final String value) {
		if (isWord(value)) return value;
		return isPaired(value) ? "[" + value + "]" : "'" + value + "'";
	}

	/**
	 * @return whether {@link #quote} is understood; there is no way to write a
	 *         blank, an apostrophe and a single bracket in one value
	 */
	static boolean canQuote(final String value) {
		return isWord(value) || isPaired(value) || value.indexOf('\'') < 0;
	}

	private static boolean isWord(final String value) {
		return !value.startsWith("[") && !value.startsWith("'") && value.chars()
			.noneMatch(Character::isWhitespace);
	}

	/** @return whether every bracket has its other one */
	private static boolean isPaired(final String value) {
		int depth = 0;
		for (final char c : value.toCharArray()) {
			if (c == '[') depth++;
			if (c == ']' && --depth < 0) return false;
		}
		return depth == 0;
	}
}
