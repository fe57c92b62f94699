
package sc.fiji.unet.cli;

import java.io.Console;
import java.io.PrintStream;

/**
 * One line of progress on the console: rewritten in place on a terminal, a
 * plain line now and then where output goes to a file. Not thread-safe.
 */
final class ConsoleProgress {

	private static final int BAR = 24;
	private static final long TERMINAL_INTERVAL = 200_000_000L;
	private static final long PLAIN_INTERVAL = 10_000_000_000L;

	private final PrintStream out;
	private final boolean terminal;
	private long lastTime = Long.MIN_VALUE;
	private int lastLength;

	ConsoleProgress(final PrintStream out, final boolean terminal) {
		this.out = out;
		this.terminal = terminal;
	}

	/** @return progress on standard output */
	static ConsoleProgress onStandardOutput() {
		return new ConsoleProgress(System.out, isTerminal(System.console()));
	}

	/**
	 * @param console null before Java 22 where there is no terminal; since then
	 *          there always is one, and it tells
	 */
	static boolean isTerminal(final Console console) {
		if (console == null) return false;
		try {
			return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (final NoSuchMethodException e) {
			return true;
		}
		catch (final ReflectiveOperationException e) {
			return false;
		}
	}

	/**
	 * @param what is going on
	 * @param done of {@code total}
	 * @param total 0 while it is unknown
	 * @param rest what else to say
	 */
	void update(final String what, final long done, final long total,
		final String rest)
	{
		final long now = System.nanoTime();
		final long interval = terminal ? TERMINAL_INTERVAL : PLAIN_INTERVAL;
		if (lastTime != Long.MIN_VALUE && now - lastTime < interval &&
			done != total) return;
		lastTime = now;
		final String line = what + " " + (terminal && total > 0 ? bar(done, total) +
			" " : "") + done + (total > 0 ? "/" + total : "") + (rest.isEmpty() ? ""
				: "  " + rest);
		if (!terminal) {
			out.println(line);
			return;
		}
		out.print("\r" + padded(line));
		out.flush();
		lastLength = line.length();
	}

	/** Prints a line that stays, above the progress. */
	void line(final String text) {
		if (terminal && lastLength > 0) out.print("\r" + padded("") + "\r");
		out.println(text);
		lastLength = 0;
	}

	private String padded(final String line) {
		final StringBuilder padded = new StringBuilder(line);
		while (padded.length() < lastLength)
			padded.append(' ');
		return padded.toString();
	}

	private static String bar(final long done, final long total) {
		final int filled = (int) Math.min(BAR, BAR * done / total);
		final StringBuilder bar = new StringBuilder("[");
		for (int i = 0; i < BAR; i++)
			bar.append(i < filled ? '=' : ' ');
		return bar.append(']').toString();
	}
}
