
package sc.fiji.unet.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes XHTML element by element: every text is escaped, every element closed,
 * so that browsers and XML parsers read it. Not thread-safe.
 */
final class Html {

	private final StringBuilder out = new StringBuilder();
	private final Deque<String> open = new ArrayDeque<>();

	/**
	 * @param attributes names and values in turn
	 */
	Html open(final String tag, final String... attributes) {
		start(tag, attributes);
		out.append('>');
		open.push(tag);
		return this;
	}

	/** Closes the element that was opened last. */
	Html close() {
		out.append("</").append(open.pop()).append(">\n");
		return this;
	}

	/** Adds an element that holds nothing. */
	Html empty(final String tag, final String... attributes) {
		start(tag, attributes);
		out.append("/>");
		return this;
	}

	private void start(final String tag, final String... attributes) {
		out.append('<').append(tag);
		for (int i = 0; i < attributes.length; i += 2)
			out.append(' ').append(attributes[i]).append("=\"").append(escape(
				attributes[i + 1])).append('"');
	}

	Html text(final String text) {
		out.append(escape(text));
		return this;
	}

	/** Adds an element with a text in it. */
	Html element(final String tag, final String text,
		final String... attributes)
	{
		return open(tag, attributes).text(text).close();
	}

	/** @return the page; all elements must be closed */
	@Override
	public String toString() {
		if (!open.isEmpty()) throw new IllegalStateException("Not closed: " + open);
		return out.toString();
	}

	/** What XML cannot hold, such as control characters, becomes U+FFFD. */
	static String escape(final String text) {
		final StringBuilder escaped = new StringBuilder();
		text.codePoints().forEach(c -> {
			switch (c) {
				case '&':
					escaped.append("&amp;");
					break;
				case '<':
					escaped.append("&lt;");
					break;
				case '>':
					escaped.append("&gt;");
					break;
				case '"':
					escaped.append("&quot;");
					break;
				default:
					escaped.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
			}
		});
		return escaped.toString();
	}

	/** XML 1.0, production 2. */
	private static boolean isAllowed(final int c) {
		return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xD7FF ||
			c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
	}
}
