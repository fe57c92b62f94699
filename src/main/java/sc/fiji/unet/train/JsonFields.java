
package sc.fiji.unet.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The fields of a JSON object, read one by one; what nobody asked for is
 * refused in the end. Not thread-safe.
 */
final class JsonFields {

	private final String name;
	private final JsonObject object;
	/** Keys that somebody asked for, in that order. */
	private final List<String> known = new ArrayList<>();

	/**
	 * @param name what messages call the object: empty for the outermost
	 * @param element what should be an object
	 */
	JsonFields(final String name, final JsonElement element) {
		if (!element.isJsonObject()) throw new IllegalArgumentException((name
			.isEmpty() ? "A plan" : "The value of '" + name + "'") +
			" must be a JSON object { ... }, not " + element + ".");
		this.name = name;
		object = element.getAsJsonObject();
	}

	boolean has(final String key) {
		known.add(key);
		return object.has(key);
	}

	JsonFields object(final String key) {
		known.add(key);
		return new JsonFields(path(key), object.get(key));
	}

	/** A list of objects. */
	List<JsonFields> objects(final String key) {
		final List<JsonFields> objects = new ArrayList<>();
		for (final JsonElement e : value(key, Collections.<JsonElement> emptyList(),
			"a list of objects", JsonFields::list))
			objects.add(new JsonFields(path(key) + "[" + objects.size() + "]", e));
		return objects;
	}

	double number(final String key, final double otherwise) {
		return value(key, otherwise, "a number", JsonElement::getAsDouble);
	}

	int integer(final String key, final int otherwise) {
		return value(key, otherwise, "a whole number", e -> e.getAsBigDecimal()
			.intValueExact());
	}

	/** @throws IllegalArgumentException if it is missing */
	long integer(final String key) {
		checkThere(key);
		return integer(key, 0L);
	}

	/** @throws IllegalArgumentException if it is missing */
	int wholeInt(final String key) {
		checkThere(key);
		return integer(key, 0);
	}

	private void checkThere(final String key) {
		if (!has(key)) throw new IllegalArgumentException("The key '" + path(key) +
			"' is missing; give it a whole number.");
	}

	long integer(final String key, final long otherwise) {
		return value(key, otherwise, "a whole number", e -> e.getAsBigDecimal()
			.longValueExact());
	}

	boolean bool(final String key, final boolean otherwise) {
		return value(key, otherwise, "true or false", e -> {
			if (!e.getAsJsonPrimitive().isBoolean())
				throw new IllegalStateException();
			return e.getAsBoolean();
		});
	}

	String text(final String key, final String otherwise) {
		return value(key, otherwise, "a text", JsonElement::getAsString);
	}

	/** Constants are written in lower case. */
	<E extends Enum<E>> E constant(final String key, final E otherwise) {
		final Class<E> type = otherwise.getDeclaringClass();
		final String choices = Arrays.toString(type.getEnumConstants()).toLowerCase(
			Locale.ROOT);
		return value(key, otherwise, "one of " + choices, e -> Enum.valueOf(type, e
			.getAsString().toUpperCase(Locale.ROOT)));
	}

	/** A list of whole numbers; a single one may stand without brackets. */
	long[] integers(final String key, final long[] otherwise) {
		return value(key, otherwise, "a list of whole numbers", e -> {
			if (!e.isJsonArray()) return new long[] { e.getAsBigDecimal()
				.longValueExact() };
			return list(e).stream().mapToLong(i -> i.getAsBigDecimal()
				.longValueExact()).toArray();
		});
	}

	int[] ints(final String key, final int[] otherwise) {
		return value(key, otherwise, "a list of whole numbers", e -> list(e)
			.stream().mapToInt(i -> i.getAsBigDecimal().intValueExact()).toArray());
	}

	double[] numbers(final String key, final double[] otherwise) {
		return value(key, otherwise, "a list of numbers", e -> list(e).stream()
			.mapToDouble(JsonElement::getAsDouble).toArray());
	}

	/** A list of lists of whole numbers. */
	int[][] table(final String key, final int[][] otherwise) {
		return value(key, otherwise, "a list of lists of whole numbers", e -> list(
			e).stream().map(row -> list(row).stream().mapToInt(i -> i
				.getAsBigDecimal().intValueExact()).toArray()).toArray(int[][]::new));
	}

	List<String> texts(final String key, final List<String> otherwise) {
		return value(key, otherwise, "a list of texts", e -> {
			final List<String> texts = new ArrayList<>();
			list(e).forEach(t -> texts.add(t.getAsString()));
			return texts;
		});
	}

	private static List<JsonElement> list(final JsonElement element) {
		final JsonArray array = element.getAsJsonArray();
		final List<JsonElement> list = new ArrayList<>();
		array.forEach(list::add);
		return list;
	}

	private <T> T value(final String key, final T otherwise, final String rule,
		final Function<JsonElement, T> reader)
	{
		if (!has(key)) return otherwise;
		try {
			return reader.apply(object.get(key));
		}
		catch (IllegalArgumentException | IllegalStateException
				| ArithmeticException | UnsupportedOperationException e)
		{
			throw new IllegalArgumentException("The value " + object.get(key) +
				" of '" + path(key) + "' must be " + rule + ".", e);
		}
	}

	private String path(final String key) {
		return name.isEmpty() ? key : name + "." + key;
	}

	/** @throws IllegalArgumentException if a key is there that is not known */
	void refuseOthers() {
		final TreeSet<String> others = new TreeSet<>(object.keySet());
		others.removeAll(known);
		if (!others.isEmpty()) throw new IllegalArgumentException("Unknown key '" +
			String.join("', '", others) + "'" + (name.isEmpty() ? " in the plan"
				: " in '" + name + "'") + "; known are " + String.join(", ",
					new TreeSet<>(known)) + ".");
	}
}
