
package sc.fiji.unet.command;

import ij.plugin.frame.Recorder;

import java.util.Locale;

/**
 * A value as ImageJ's recorder is to be given it, so that the line that it
 * writes gives the value back.
 */
final class RecordedText {

	private RecordedText() {}

	/**
	 * @return text for the options of a recorded command, which stand in
	 *         quotation marks
	 */
	static String of(final String value) {
		final String quoted = MacroOptions.quote(value);
		final boolean blank = value.indexOf(' ') >= 0;
		// The recorder itself puts brackets around what has a blank.
		if (blank && quoted.startsWith("[")) return latin(Recorder.fixString(
			value));
		return latin(Recorder.fixString(quoted)).replace(" ", "\\040");
	}

	/**
	 * The recorder writes a warning below lines with umlauts and the like, with
	 * which they would be no macro any more. Macros know the numbers of those
	 * that have one of a byte.
	 */
	private static String latin(final String text) {
		final StringBuilder latin = new StringBuilder();
		for (final char c : text.toCharArray())
			if (c > 0x7e && c < 0x100) latin.append(String.format(Locale.ROOT,
				"\\%03o", (int) c));
			else latin.append(c);
		return latin.toString();
	}
}
