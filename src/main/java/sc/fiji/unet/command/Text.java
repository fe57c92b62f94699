
package sc.fiji.unet.command;

/** Numbers in parameters that may also be a word. */
final class Text {

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

	private static IllegalArgumentException wrong(final String key,
		final String text, final String what, final Exception cause)
	{
		return new IllegalArgumentException(key + "=" + text + " is no " + what +
			"; write one, or leave " + key + " out.", cause);
	}
}
