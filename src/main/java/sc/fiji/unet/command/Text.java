
package sc.fiji.unet.command;

import java.util.OptionalInt;

/** Numbers in parameters that may also be a word. */
final class Text {

	/** What stands for no value. */
	static final String NONE = "none";

	/** Characters that a line of a message may have. */
	private static final int LINE = 90;

	private Text() {}

	/**
	 * @param key of the parameter
	 * @throws IllegalArgumentException if the text is no finite number
	 */
	static double number(final String key, final String text) {
		try {
			final double number = Double.parseDouble(text.trim());
			if (Double.isFinite(number)) return number;
		}
		catch (final NumberFormatException e) {
			throw wrong(key, text, "number", e);
		}
		throw wrong(key, text, "number", null);
	}

	/**
	 * @param key of the parameter
	 * @throws IllegalArgumentException if the text is no whole number of up to
	 *           nine digits or so, as Java's int has
	 */
	static int whole(final String key, final String text) {
		try {
			return Integer.parseInt(text.trim());
		}
		catch (final NumberFormatException e) {
			throw wrong(key, text, "whole number", e);
		}
	}

	/**
	 * @param key of the parameter
	 * @return the number; empty if the text is {@value #NONE} or empty
	 * @throws IllegalArgumentException if it is neither
	 */
	static OptionalInt valueOrNone(final String key, final String text) {
		final String value = text.trim();
		return value.isEmpty() || value.equalsIgnoreCase(NONE) ? OptionalInt.empty()
			: OptionalInt.of(whole(key, value));
	}

	/**
	 * @return the same text in lines of at most {@value #LINE} characters, longer
	 *         words aside: ImageJ makes a message as wide as its longest line,
	 *         wider than the screen if need be
	 */
	static String inLines(final String text) {
		return inLines(text, LINE);
	}

	/**
	 * @param longest number of characters that a line may have
	 * @return the same text in lines, as {@link #inLines(String)}
	 */
	static String inLines(final String text, final int longest) {
		final StringBuilder lines = new StringBuilder();
		for (final String paragraph : text.split("\n", -1)) {
			int length = 0;
			for (final String word : paragraph.split(" ")) {
				final boolean fits = length + 1 + word.length() <= longest;
				if (length > 0) lines.append(fits ? ' ' : '\n');
				length = length > 0 && fits ? length + 1 + word.length() : word
					.length();
				lines.append(word);
			}
			lines.append('\n');
		}
		return lines.substring(0, lines.length() - 1);
	}

	private static IllegalArgumentException wrong(final String key,
		final String text, final String what, final Exception cause)
	{
		return new IllegalArgumentException(key + "=" + text + " is no " + what +
			"; write one, with a point for decimals, or nothing.", cause);
	}
}
