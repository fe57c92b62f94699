
package sc.fiji.unet.job;

import java.util.Locale;

/** Durations for people. */
public final class Seconds {

	private Seconds() {}

	/**
	 * @param seconds a duration; may be NaN
	 * @return in words: "45 s", "3 min 20 s", "2 h 5 min"; "?" for NaN
	 */
	public static String inWords(final double seconds) {
		if (Double.isNaN(seconds)) return "?";
		final long s = Math.round(seconds);
		if (s < 60) return s + " s";
		if (s < 3600) return String.format(Locale.ROOT, "%d min %d s", s / 60, s %
			60);
		return String.format(Locale.ROOT, "%d h %d min", s / 3600, s % 3600 / 60);
	}
}
