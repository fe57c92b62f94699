
package sc.fiji.unet.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people write about a model: its name, who made it, under which licence,
 * what it is good for, and what to cite. What is not written stays as it is.
 * Immutable.
 */
public final class ModelCard {

	private static final String KEYS =
		"name, author, licence, description and cite";
	private static final Pattern SPDX = Pattern.compile("[A-Za-z0-9][\\w.+-]*");
	private static final Pattern REFERENCE = Pattern.compile(
		"(?:doi:\\s*|https?://(?:dx\\.)?doi\\.org/)?(10\\.\\d{4,9}/\\S+)|https?://\\S+");

	/** Null where nothing is written. */
	private final String name;
	private final List<String> authors;
	private final String licence;
	private final String description;
	private final Map<String, String> citations;

	private ModelCard(final String name, final List<String> authors,
		final String licence, final String description,
		final Map<String, String> citations)
	{
		this.name = name;
		this.authors = authors;
		this.licence = licence;
		this.description = description;
		this.citations = citations;
	}

	/** @return a card on which nothing is written */
	public static ModelCard empty() {
		return new ModelCard(null, Collections.emptyList(), null, null, Collections
			.emptyMap());
	}

	/**
	 * @param text entries "key: value" with semicolons between them; keys are
	 *          name, author, licence, description and cite; author and cite may
	 *          come several times
	 * @throws IllegalArgumentException if a key is unknown or a value impossible
	 */
	public static ModelCard parse(final String text) {
		ModelCard card = empty();
		for (final String entry : text.split(";")) {
			if (entry.trim().isEmpty()) continue;
			final int colon = entry.indexOf(':');
			if (colon < 0) throw new IllegalArgumentException("\"" + entry.trim() +
				"\" is no entry of a model card; write name: Cells; author: Jane Doe; licence: CC-BY-4.0.");
			card = card.with(entry.substring(0, colon).trim(), entry.substring(colon +
				1).trim());
		}
		return card;
	}

	private ModelCard with(final String key, final String value) {
		switch (key.toLowerCase(Locale.ROOT)) {
			case "name":
				return withName(value);
			case "author":
				return withAuthor(value);
			case "licence":
			case "license":
				return withLicence(value);
			case "description":
				return withDescription(value);
			case "cite":
				return withCitation(value);
			default:
				throw new IllegalArgumentException("A model card has no entry \"" +
					key + "\"; it has " + KEYS + ".");
		}
	}

	/** @param value what the model is called */
	public ModelCard withName(final String value) {
		return new ModelCard(filled("name", value), authors, licence, description,
			citations);
	}

	/**
	 * @param value one more author
	 * @throws IllegalArgumentException if the name is empty or has a slash
	 */
	public ModelCard withAuthor(final String value) {
		if (value.matches(".*[/\\\\].*")) throw new IllegalArgumentException(
			"Author '" + value +
				"' has a slash, which the model format forbids; leave it out.");
		final List<String> more = new ArrayList<>(authors);
		more.add(filled("author", value));
		return new ModelCard(name, Collections.unmodifiableList(more), licence,
			description, citations);
	}

	/**
	 * @param spdx identifier, such as "CC-BY-4.0"
	 * @throws IllegalArgumentException if it does not look like one
	 */
	public ModelCard withLicence(final String spdx) {
		if (!SPDX.matcher(spdx).matches()) throw new IllegalArgumentException(
			"Licence '" + spdx +
				"' must be an SPDX identifier (spdx.org/licenses), such as CC-BY-4.0, CC0-1.0 or BSD-2-Clause.");
		return new ModelCard(name, authors, spdx, description, citations);
	}

	/**
	 * @param value what the model is good for, at most 1024 characters
	 * @throws IllegalArgumentException if it is empty or longer
	 */
	public ModelCard withDescription(final String value) {
		if (value.trim().length() > ModelDescription.LONGEST_DESCRIPTION)
			throw new IllegalArgumentException("The description has " + value.trim()
				.length() + " characters; use at most " +
				ModelDescription.LONGEST_DESCRIPTION + ".");
		return new ModelCard(name, authors, licence, filled("description", value),
			citations);
	}

	/**
	 * @param value one more work to cite, with its DOI or web address, which must
	 *          stand at the end
	 * @throws IllegalArgumentException if it has neither
	 */
	public ModelCard withCitation(final String value) {
		final String reference = reference(value);
		if (reference == null) throw new IllegalArgumentException("Citation '" +
			value +
			"' needs a DOI or a web address at its end, such as \"Doe et al. 2026, doi:10.1234/abcd\".");
		final String text = value.substring(0, value.lastIndexOf(reference))
			.replaceFirst("(?:doi:\\s*|https?://(?:dx\\.)?doi\\.org/)$", "")
			.replaceFirst("[\\s,:;(]+$", "");
		final Map<String, String> more = new LinkedHashMap<>(citations);
		more.put(text.isEmpty() ? reference : text, reference);
		return new ModelCard(name, authors, licence, description, Collections
			.unmodifiableMap(more));
	}

	/** @return the last DOI or address in a text; null without one */
	private static String reference(final String text) {
		final Matcher matcher = REFERENCE.matcher(text.replaceFirst(
			"[\\s.,;)\\]]+$", ""));
		String last = null;
		while (matcher.find())
			last = matcher.group(1) != null ? matcher.group(1) : matcher.group();
		return last;
	}

	private static String filled(final String what, final String value) {
		if (value.trim().isEmpty()) throw new IllegalArgumentException("The " +
			what + " of the model is empty; write it, or leave it out.");
		return value.trim();
	}

	/**
	 * @param model description of a model
	 * @return the same with what is written on this card; citations come besides
	 *         those that are there
	 * @throws IllegalArgumentException if the format does not take an entry
	 */
	public ModelDescription applyTo(final ModelDescription model) {
		return Rdf.withCard(model, this);
	}

	/**
	 * @param model description of a model
	 * @return what its card says, in one line: name, authors, licence
	 */
	public static String line(final ModelDescription model) {
		return "Model '" + model.name() + "'" + (model.authors().isEmpty() ? ""
			: " by " + String.join(", ", model.authors())) + (model.license() == null
				? "" : ", licence " + model.license());
	}

	/** @return null where it is not written */
	String name() {
		return name;
	}

	/** @return names; empty where none is written */
	List<String> authors() {
		return authors;
	}

	/** @return SPDX identifier; null where it is not written */
	String licence() {
		return licence;
	}

	/** @return null where it is not written */
	String description() {
		return description;
	}

	/** @return text to DOI or web address */
	Map<String, String> citations() {
		return citations;
	}
}
