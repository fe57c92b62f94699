
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lists of image names as a user writes them: "02,07,12". */
public final class NameList {

	private NameList() {}

	/**
	 * @param list names without extension, separated by commas; spaces around a
	 *          name do not count; empty for none. A name may hold commas itself:
	 *          the longest known one counts
	 * @param known names that exist
	 * @return the named ones, in the order of {@code known}
	 * @throws IllegalArgumentException if a name is not known; lists the known
	 *           ones
	 */
	public static List<String> parse(final String list,
		final List<String> known)
	{
		final List<String> named = new ArrayList<>();
		final List<String> parts = Arrays.asList(list.split(","));
		for (int from = 0, to; from < parts.size(); from = to) {
			to = parts.size();
			while (to > from + 1 && !known.contains(name(parts, from, to)))
				to--;
			final String name = name(parts, from, to);
			if (!name.isEmpty()) named.add(name);
		}
		return choose(named, known);
	}

	private static String name(final List<String> parts, final int from,
		final int to)
	{
		return String.join(",", parts.subList(from, to)).trim();
	}

	/**
	 * @param names names of images
	 * @param known names that exist
	 * @return the named ones, in the order of {@code known}
	 * @throws IllegalArgumentException if a name is not known; lists the known
	 *           ones
	 */
	static List<String> choose(final List<String> names,
		final List<String> known)
	{
		final List<String> unknown = new ArrayList<>(names);
		unknown.removeAll(known);
		if (!unknown.isEmpty()) throw new IllegalArgumentException(
			"There is no image named " + String.join(", ", unknown) +
				"; the names (without extension) are: " + String.join(", ", known) +
				".");
		final List<String> ordered = new ArrayList<>(known);
		ordered.retainAll(names);
		return ordered;
	}
}
