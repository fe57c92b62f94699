
package sc.fiji.unet.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds series in file names: what differs in a running number alone, such as
 * frames of a movie or sites of a well, has the name before that number in
 * common.
 */
final class NameSeries {

	/** The running number, also as in "cells (2)". */
	private static final Pattern NUMBER = Pattern.compile(
		"[ _.\\-]*\\(?[0-9]+\\)?$");
	/** What the number counts, where it is said; no part of a series' name. */
	private static final Pattern COUNTED = Pattern.compile(
		"(^|[ _.\\-]+)(t|z|c|ch|s|f|fov|pos|site|field|time|frame|slice|img|image)$",
		Pattern.CASE_INSENSITIVE);
	/** Further numbers in the same name, such as t in t003_z12. */
	private static final Pattern TIME_OR_DEPTH = Pattern.compile(
		"(^|[ _.\\-]+)(t|z|time|frame|slice)[ _.\\-]*[0-9]+$",
		Pattern.CASE_INSENSITIVE);
	/** A word without a number at the end, such as a dye or "crop". */
	private static final Pattern LAST_WORD = Pattern.compile(
		"[ _.\\-]+[^ _.\\-0-9]+$");

	private NameSeries() {}

	/**
	 * @param names of files, each once
	 * @return name of each to the name of its series, in the order given; of a
	 *         name without a running number that name. May be empty
	 */
	static Map<String, String> of(final List<String> names) {
		List<String> shortened = names.stream().map(FilePairs::keyOf).collect(
			Collectors.toList());
		for (String word = commonLastWord(shortened); !word.isEmpty(); word =
			commonLastWord(shortened))
		{
			final int length = word.length();
			shortened = shortened.stream().map(n -> n.substring(0, n.length() -
				length)).collect(Collectors.toList());
		}
		final Map<String, String> series = new LinkedHashMap<>();
		for (int i = 0; i < names.size(); i++)
			series.put(names.get(i), series(shortened.get(i)));
		return series;
	}

	/** @return a word that all names end with; empty if there is none */
	private static String commonLastWord(final List<String> names) {
		if (names.isEmpty()) return "";
		final Matcher word = LAST_WORD.matcher(names.get(0));
		if (!word.find() || word.start() == 0) return "";
		final String end = word.group();
		return names.stream().allMatch(n -> n.endsWith(end) && n.length() > end
			.length()) ? end : "";
	}

	private static String series(final String name) {
		final Matcher number = NUMBER.matcher(name);
		if (!number.find()) return name;
		String rest = name.substring(0, number.start());
		rest = COUNTED.matcher(rest).replaceFirst("");
		for (String before = ""; !before.equals(rest);) {
			before = rest;
			rest = TIME_OR_DEPTH.matcher(rest).replaceFirst("");
		}
		return rest;
	}
}
