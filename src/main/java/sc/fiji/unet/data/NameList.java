
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.List;

/** Lists of image names as a user writes them: "02,07,12". */
public final class NameList {

	private NameList() {}

	/**
	 * @param list names without extension, separated by commas; spaces around a
	 *          name do not count; empty for none
	 * @param known names that exist
	 * @return the named ones, in the order of {@code known}
	 * @throws IllegalArgumentException if a name is not known; lists the known
	 *           ones
	 */
	public static List<String> parse(final String list,
		final List<String> known)
	{
		final List<String> named = new ArrayList<>();
		final List<String> unknown = new ArrayList<>();
		for (final String part : list.split(",")) {
			final String name = part.trim();
			if (!name.isEmpty()) (known.contains(name) ? named : unknown).add(name);
		}
		if (!unknown.isEmpty()) throw new IllegalArgumentException(
			"There is no image named " + String.join(", ", unknown) +
				"; the names (without extension) are: " + String.join(", ", known) +
				".");
		final List<String> ordered = new ArrayList<>(known);
		ordered.retainAll(named);
		return ordered;
	}
}
