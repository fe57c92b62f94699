
package sc.fiji.unet.data;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Order of file names in which numbers count as numbers: t2 before t10. Names
 * that differ only in leading zeros keep the order of their characters, so the
 * order is consistent with equals.
 */
public final class NaturalOrder implements Comparator<String> {

	public static final NaturalOrder INSTANCE = new NaturalOrder();

	private static final Pattern RUN = Pattern.compile("\\d+|\\D+");

	private NaturalOrder() {}

	@Override
	public int compare(final String a, final String b) {
		final Matcher runsOfA = RUN.matcher(a);
		final Matcher runsOfB = RUN.matcher(b);
		while (true) {
			final boolean more = runsOfA.find();
			if (!runsOfB.find()) return more ? 1 : a.compareTo(b);
			if (!more) return -1;
			final int order = compareRuns(runsOfA.group(), runsOfB.group());
			if (order != 0) return order;
		}
	}

	private static int compareRuns(final String a, final String b) {
		final boolean numbers = isDigit(a.charAt(0)) && isDigit(b.charAt(0));
		return numbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a
			.compareTo(b);
	}

	/** As the pattern: digits of other scripts count as letters. */
	private static boolean isDigit(final char c) {
		return c >= '0' && c <= '9';
	}
}
