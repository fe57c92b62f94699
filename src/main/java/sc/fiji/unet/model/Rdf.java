
package sc.fiji.unet.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

import sc.fiji.unet.network.IntensityStatistics;

/**
 * A package's {@code rdf.yaml}: the resource description of the bioimage.io
 * model format 0.5 (https://github.com/bioimage-io/spec-bioimage-io,
 * model/v0_5). What the format has no field for stands below
 * {@code config.fiji_unet}.
 */
final class Rdf {

	static final String FILE = "rdf.yaml";
	static final String WEIGHTS = "weights.zip";
	static final String TEST_INPUT = "test_input.npy";
	static final String TEST_OUTPUT = "test_output.npy";
	static final String DOCUMENTATION = "README.md";

	private static final String BIOIMAGEIO_VERSION = "0.5.4";
	private static final String WEIGHTS_FORMAT = "tensorflow_saved_model_bundle";
	/** What stands in for the author that the format demands. */
	private static final String UNKNOWN_AUTHOR = "not stated";

	private Rdf() {}

	/**
	 * @param d what to write
	 * @param checksums names of the package's files to their SHA-256
	 * @param attachments those of the files that the caller has attached
	 * @param folders those of the attachments that hold a zipped folder
	 * @return the file's content
	 */
	static String write(final ModelDescription d,
		final Map<String, String> checksums, final List<String> attachments,
		final List<String> folders)
	{
		final Map<String, Object> rdf = new LinkedHashMap<>();
		rdf.put("format_version", BIOIMAGEIO_VERSION);
		rdf.put("type", "model");
		rdf.put("name", formatName(d.name()));
		rdf.put("description", d.description());
		rdf.put("authors", authors(d.authors()));
		rdf.put("cite", citations(d.citations()));
		rdf.put("license", d.license());
		rdf.put("documentation", DOCUMENTATION);
		rdf.put("tags", d.tags());
		rdf.put("timestamp", d.created().toString());
		if (attachments.contains(ModelPackage.COVER)) rdf.put("covers", Collections
			.singletonList(ModelPackage.COVER));
		rdf.put("attachments", attachments.stream().map(name -> file(name,
			checksums)).collect(Collectors.toList()));
		rdf.put("inputs", Collections.singletonList(RdfTensors.input(d, file(
			TEST_INPUT, checksums))));
		rdf.put("outputs", Collections.singletonList(RdfTensors.output(d, file(
			TEST_OUTPUT, checksums))));
		final Map<String, Object> weights = file(WEIGHTS, checksums);
		weights.put("tensorflow_version", d.tensorflowVersion());
		rdf.put("weights", Collections.singletonMap(WEIGHTS_FORMAT, weights));
		rdf.put("config", Collections.singletonMap("fiji_unet", config(d,
			folders)));
		return yaml().dump(rdf);
	}

	/**
	 * Goes by way of the file's content, so that nothing else can get lost.
	 *
	 * @throws IllegalArgumentException if the format does not take an entry
	 */
	static ModelDescription withCard(final ModelDescription model,
		final ModelCard card)
	{
		final Object content = yaml().load(write(model, Collections.emptyMap(),
			Collections.emptyList(), Collections.emptyList()));
		final Map<String, String> cite = new LinkedHashMap<>(model.citations());
		cite.putAll(card.citations());
		try {
			final ModelDescription.Builder builder = builder(card.name() == null
				? model.name() : card.name(), new Section(FILE, content)).citations(
					cite);
			if (card.description() != null) builder.description(card.description());
			if (!card.authors().isEmpty()) builder.authors(card.authors());
			if (card.licence() != null) builder.license(card.licence());
			return builder.build();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static Yaml yaml() {
		final DumperOptions options = new DumperOptions();
		options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
		options.setDereferenceAliases(true);
		return new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(
			options), options);
	}

	private static Map<String, Object> config(final ModelDescription d,
		final List<String> folders)
	{
		final Map<String, Object> config = new LinkedHashMap<>();
		config.put("format_version", ModelPackage.FORMAT_VERSION);
		config.put("name", d.name());
		config.put("network", Settings.of(d.network()));
		config.put("preprocessing", Settings.of(d.preprocessing()));
		config.put("calibration", Settings.of(d.calibration()));
		config.put("postprocessing", Settings.of(d.postprocessing()));
		config.put("class_values", Arrays.stream(d.classValues()).boxed().collect(
			Collectors.toList()));
		config.put("statistics", d.statistics().stream().map(Settings::of).collect(
			Collectors.toList()));
		d.traits().ifPresent(traits -> config.put("traits", Settings.of(traits)));
		config.put("training_data", d.trainingData());
		config.put("scores", d.scores());
		config.put("object_diameter", d.objectDiameter());
		config.put("folders", folders);
		// The format's own field "parent" is for models of its collection alone.
		d.parent().ifPresent(model -> config.put("parent", Settings.of(model)));
		return config;
	}

	private static Map<String, Object> file(final String name,
		final Map<String, String> checksums)
	{
		final Map<String, Object> file = new LinkedHashMap<>();
		file.put("source", name);
		file.put("sha256", checksums.get(name));
		return file;
	}

	private static List<Map<String, Object>> authors(final List<String> names) {
		return (names.isEmpty() ? Arrays.asList(UNKNOWN_AUTHOR) : names).stream()
			.map(name -> Collections.<String, Object> singletonMap("name", name))
			.collect(Collectors.toList());
	}

	private static List<Map<String, Object>> citations(
		final Map<String, String> citations)
	{
		final List<Map<String, Object>> list = new ArrayList<>();
		citations.forEach((text, reference) -> {
			final Map<String, Object> entry = new LinkedHashMap<>();
			entry.put("text", text);
			entry.put(reference.startsWith("10.") ? "doi" : "url", reference);
			list.add(entry);
		});
		return list;
	}

	/** A name as the format wants it: some characters only, at least five. */
	private static String formatName(final String name) {
		final String clean = name.replaceAll("[^A-Za-z0-9_+\\- ()]", "-");
		final String padded = clean.length() < 5 ? "U-Net " + clean : clean;
		return padded.substring(0, Math.min(128, padded.length()));
	}

	/** @return whether a description has what only this program writes */
	static boolean isOurs(final String content) {
		return content.contains("fiji_unet:");
	}

	/**
	 * @param content the file's content
	 * @param name name of the package, for messages
	 * @throws IOException if it is no such file, or was written by a newer
	 *           version of this program
	 */
	static Section parse(final String content, final String name)
		throws IOException
	{
		final Object parsed;
		try {
			parsed = yaml().load(content);
		}
		catch (final YAMLException e) {
			throw new IOException(name + ": " + FILE + " is damaged: " + e
				.getMessage(), e);
		}
		final Section rdf = new Section(FILE, parsed);
		if (!rdf.has("config") || !rdf.section("config").has("fiji_unet"))
			throw new IOException(name +
				" is a model of other software; only models trained by this program can be opened.");
		final long version = rdf.section("config").section("fiji_unet").integer(
			"format_version");
		if (version > ModelPackage.FORMAT_VERSION) throw new IOException(name +
			" was written by a newer version of this program (format " + version +
			"; this one reads up to " + ModelPackage.FORMAT_VERSION +
			"). Update the plugin.");
		return rdf;
	}

	/** @throws IOException if an entry is missing or has a wrong value */
	static ModelDescription description(final Section rdf) throws IOException {
		try {
			return read(rdf);
		}
		catch (final IllegalArgumentException e) {
			throw new IOException("The model's " + FILE +
				" has a value that is not admissible: " + e.getMessage(), e);
		}
	}

	private static ModelDescription read(final Section rdf) throws IOException {
		return builder(rdf.section("config").section("fiji_unet").string("name"),
			rdf).build();
	}

	private static ModelDescription.Builder builder(final String name,
		final Section rdf) throws IOException
	{
		final Section config = rdf.section("config").section("fiji_unet");
		final ModelDescription.Builder builder = ModelDescription.builder(name,
			Settings.network(config.section("network")));
		final List<IntensityStatistics> statistics = new ArrayList<>();
		for (final Section channel : config.sections("statistics"))
			statistics.add(Settings.statistics(channel));
		final Map<String, Double> scores = new LinkedHashMap<>();
		config.map("scores", Number.class).forEach((k, v) -> scores.put(k, v
			.doubleValue()));
		// Models of earlier versions lack them.
		if (config.has("class_values")) builder.classValues(Arrays.stream(config
			.integers("class_values")).mapToInt(Math::toIntExact).toArray());
		if (config.has("traits")) builder.traits(Settings.traits(config.section(
			"traits")));
		if (config.has("parent")) builder.parent(Settings.reference(config.section(
			"parent")));
		if (config.has("calibration")) builder.calibration(Settings.calibration(
			config.section("calibration")));
		if (config.has("object_diameter")) builder.objectDiameter(config.number(
			"object_diameter"));
		builder.description(rdf.string("description")).authors(readAuthors(rdf))
			.license(rdf.has("license") ? rdf.string("license") : null).tags(rdf
				.strings("tags")).citations(readCitations(rdf)).preprocessing(Settings
					.preprocessing(config.section("preprocessing"))).postprocessing(
						Settings.postprocessing(config.section("postprocessing")))
			.statistics(statistics).trainingData(config.string("training_data"))
			.scores(scores).created(created(rdf)).tensorflowVersion(weights(rdf)
				.string("tensorflow_version"));
		return builder;
	}

	static Section weights(final Section rdf) throws IOException {
		final Section weights = rdf.section("weights");
		if (!weights.has(WEIGHTS_FORMAT)) throw new IOException(
			"The model has no weights in the format " + WEIGHTS_FORMAT +
				", which this program needs.");
		return weights.section(WEIGHTS_FORMAT);
	}

	/** @return names of the files that the description refers to, to SHA-256 */
	static Map<String, String> checksums(final Section rdf) throws IOException {
		final List<Section> files = new ArrayList<>(rdf.sections("attachments"));
		files.add(weights(rdf));
		for (final String tensors : new String[] { "inputs", "outputs" })
			for (final Section tensor : rdf.sections(tensors))
				files.add(tensor.section("test_tensor"));
		final Map<String, String> checksums = new LinkedHashMap<>();
		for (final Section file : files)
			checksums.put(file.string("source"), file.string("sha256").toLowerCase(
				Locale.ROOT));
		return checksums;
	}

	private static List<String> readAuthors(final Section rdf)
		throws IOException
	{
		final List<String> names = new ArrayList<>();
		for (final Section author : rdf.sections("authors"))
			if (!author.string("name").equals(UNKNOWN_AUTHOR)) names.add(author
				.string("name"));
		return names;
	}

	private static Map<String, String> readCitations(final Section rdf)
		throws IOException
	{
		final Map<String, String> citations = new LinkedHashMap<>();
		for (final Section entry : rdf.sections("cite"))
			citations.put(entry.string("text"), entry.string(entry.has("doi") ? "doi"
				: "url"));
		return citations;
	}

	private static Instant created(final Section rdf) throws IOException {
		final String text = rdf.string("timestamp");
		try {
			return OffsetDateTime.parse(text).toInstant();
		}
		catch (final DateTimeException e) {
			throw new IOException(FILE + ".timestamp has the value '" + text +
				"', which should be a time such as 2026-01-31T12:00:00Z.", e);
		}
	}
}
