
package sc.fiji.unet.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A map of a parsed YAML file whose entries are read by type. What is missing
 * or of another type is named with its whole path.
 */
final class Section {

	private final String path;
	private final Map<?, ?> entries;

	/**
	 * @param path name of the file, or of the file and the keys down to here
	 * @param entries what YAML gave
	 * @throws IOException if this is not a map
	 */
	Section(final String path, final Object entries) throws IOException {
		if (!(entries instanceof Map)) throw new IOException(path +
			" must be a list of keys with values; the file is damaged.");
		this.path = path;
		this.entries = (Map<?, ?>) entries;
	}

	boolean has(final String key) {
		return entries.get(key) != null;
	}

	Section section(final String key) throws IOException {
		return new Section(path + "." + key, get(key, Map.class));
	}

	/** @return the sections of a list; empty if there is none */
	List<Section> sections(final String key) throws IOException {
		final List<Section> sections = new ArrayList<>();
		if (has(key)) for (final Object entry : list(key, Object.class))
			sections.add(new Section(path + "." + key, entry));
		return sections;
	}

	String string(final String key) throws IOException {
		return get(key, String.class);
	}

	boolean bool(final String key) throws IOException {
		return get(key, Boolean.class);
	}

	double number(final String key) throws IOException {
		return get(key, Number.class).doubleValue();
	}

	long integer(final String key) throws IOException {
		return get(key, Number.class).longValue();
	}

	/** @return the texts of a list; empty if there is none */
	List<String> strings(final String key) throws IOException {
		return has(key) ? list(key, String.class) : Collections.emptyList();
	}

	long[] integers(final String key) throws IOException {
		return list(key, Number.class).stream().mapToLong(Number::longValue)
			.toArray();
	}

	double[] numbers(final String key) throws IOException {
		return list(key, Number.class).stream().mapToDouble(Number::doubleValue)
			.toArray();
	}

	/** @return the rows of a list of lists of integers */
	int[][] table(final String key) throws IOException {
		final List<int[]> rows = new ArrayList<>();
		for (final Object row : list(key, List.class))
			rows.add(checked(key, (List<?>) row, Number.class).stream().mapToInt(
				Number::intValue).toArray());
		return rows.toArray(new int[0][]);
	}

	/** @return key to value in order; empty if there is no such entry */
	<T> Map<String, T> map(final String key, final Class<T> type)
		throws IOException
	{
		final Map<String, T> map = new LinkedHashMap<>();
		if (has(key)) for (final Map.Entry<?, ?> e : section(key).entries
			.entrySet())
			map.put(e.getKey().toString(), cast(key, e.getValue(), type));
		return map;
	}

	private <T> List<T> list(final String key, final Class<T> type)
		throws IOException
	{
		return checked(key, get(key, List.class), type);
	}

	private <T> List<T> checked(final String key, final List<?> list,
		final Class<T> type) throws IOException
	{
		final List<T> result = new ArrayList<>();
		for (final Object value : list)
			result.add(cast(key, value, type));
		return result;
	}

	private <T> T get(final String key, final Class<T> type) throws IOException {
		if (!has(key)) throw new IOException(path + " lacks the entry '" + key +
			"'; the file is damaged or was not written by this program.");
		return cast(key, entries.get(key), type);
	}

	private <T> T cast(final String key, final Object value, final Class<T> type)
		throws IOException
	{
		if (!type.isInstance(value)) throw new IOException(path + "." + key +
			" has the value '" + value + "', which should be a " + type
				.getSimpleName() + ".");
		return type.cast(value);
	}
}
