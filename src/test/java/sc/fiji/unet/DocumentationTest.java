
package sc.fiji.unet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.Service;
import org.scijava.widget.Button;

import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import sc.fiji.unet.cli.AccuracyProtocol;
import sc.fiji.unet.cli.UNet;
import sc.fiji.unet.command.AddToTrainingSet;
import sc.fiji.unet.command.AdjustSegmentation;
import sc.fiji.unet.command.ComputeWeightMap;
import sc.fiji.unet.command.CrossValidate;
import sc.fiji.unet.command.EvaluateSegmentation;
import sc.fiji.unet.command.InstallModel;
import sc.fiji.unet.command.LabelsToRois;
import sc.fiji.unet.command.OpenSample;
import sc.fiji.unet.command.PredictionBesideTarget;
import sc.fiji.unet.command.PreviewTrainingData;
import sc.fiji.unet.command.RoisToLabels;
import sc.fiji.unet.command.SegmentFolder;
import sc.fiji.unet.command.SegmentImage;
import sc.fiji.unet.command.TestLearningRates;
import sc.fiji.unet.command.TrainUNet;
import sc.fiji.unet.data.FilePairs;
import sc.fiji.unet.imagej.ImageFormats;
import sc.fiji.unet.imagej.ResultFiles;
import sc.fiji.unet.imagej.TrainingFiles;
import sc.fiji.unet.job.EvaluateJob;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.train.ForegroundScore;
import sc.fiji.unet.train.History;

/**
 * What the documentation says of options, parameters, columns and files is what
 * the program knows, and every example in it is understood.
 */
class DocumentationTest {

	private static final List<Class<? extends Command>> COMMANDS = Arrays.asList(
		TrainUNet.class, CrossValidate.class, PreviewTrainingData.class,
		TestLearningRates.class, ComputeWeightMap.class, SegmentImage.class,
		AdjustSegmentation.class, SegmentFolder.class, PredictionBesideTarget.class,
		EvaluateSegmentation.class, AddToTrainingSet.class, LabelsToRois.class,
		RoisToLabels.class, InstallModel.class, OpenSample.class);
	private static final List<Document> EXAMPLES = Arrays.asList(Document.README,
		Document.TUTORIAL, Document.REFERENCE, Document.NOTEBOOK, Document.NUCLEI,
		Document.LESSON);
	private static final List<String> STANDARD = Arrays.asList("--help",
		"--version");
	/** Options of Fiji, Java and SLURM, which the cookbook names. */
	private static final List<String> OF_OTHERS = Arrays.asList("--headless",
		"--run", "--add-opens", "--job-name", "--cpus-per-task", "--mem", "--time",
		"--signal");

	@Test
	void everyParameterOfTheMenuIsListedWithLabelKeyAndDefault()
		throws ReflectiveOperationException
	{
		for (final Class<? extends Command> command : COMMANDS) {
			final List<List<String>> expected = new ArrayList<>();
			final Object instance = command.getConstructor().newInstance();
			for (final Field field : parameters(command)) {
				// ImageJ's macros know keys in lower case alone.
				assertEquals(field.getName().toLowerCase(Locale.ROOT), field.getName());
				field.setAccessible(true);
				expected.add(Arrays.asList(field.getAnnotation(Parameter.class).label(),
					"`" + field.getName() + "`", text(field.get(instance))));
			}
			final List<List<String>> written = Document.REFERENCE.rows("### " + title(
				command)).stream().map(row -> row.subList(0, 3)).collect(Collectors
					.toList());
			assertEquals(Document.lines(expected), Document.lines(written), title(
				command));
		}
	}

	@Test
	void everyOptionIsListedWithItsDefault() {
		final List<List<String>> shared = Document.REFERENCE.rows(
			"## Command line");
		commandLine().getSubcommands().forEach((name, command) -> {
			final CommandSpec spec = command.getCommandSpec();
			final List<List<String>> rows = new ArrayList<>(Document.REFERENCE.rows(
				"### " + name));
			if (spec.findOption("--device") != null) rows.addAll(shared);
			final Map<String, String> written = new LinkedHashMap<>();
			rows.forEach(row -> written.put(Document.plain(row.get(0)), Document
				.plain(row.get(1))));
			final Map<String, ArgSpec> arguments = arguments(spec);
			assertEquals(new TreeSet<>(arguments.keySet()), new TreeSet<>(written
				.keySet()), name);
			arguments.forEach((option, argument) -> {
				final String value = defaultOf(argument);
				if (value != null) assertEquals(value, written.get(option), name + " " +
					option);
			});
		});
	}

	@Test
	void everyOptionThatIsMentionedExists() {
		final TreeSet<String> known = new TreeSet<>(STANDARD);
		// Of ImageJ's updater.
		known.addAll(Arrays.asList("--update", "--simulate"));
		for (final CommandLine command : commandLine().getSubcommands().values())
			known.addAll(arguments(command.getCommandSpec()).keySet());
		known.addAll(arguments(CommandSpec.forAnnotatedObject(
			new AccuracyProtocol())).keySet());
		for (final Document file : Document.values()) {
			final TreeSet<String> unknown = new TreeSet<>(file.matches(
				"(?<![-\\w])(--[a-z][-a-z0-9]*)"));
			unknown.removeAll(known);
			if (file == Document.COOKBOOK) unknown.removeAll(OF_OTHERS);
			assertEquals(Collections.emptySet(), unknown, file.toString());
		}
	}

	@Test
	void everyCommandInTheDocumentationIsUnderstood() {
		int commands = 0;
		for (final Document file : EXAMPLES)
			for (final String start : Arrays.asList("-Dexec\\.args=\"([^\"]*)\"",
				"(?m)^    bin/unet (.*)$"))
				for (final String arguments : file.matches(start)) {
					commandLine().parseArgs(words(arguments));
					commands++;
				}
		assertTrue(commands >= 5, commands + " commands found");
	}

	/** Words with blanks stand in quotation marks. */
	private static String[] words(final String line) {
		return Document.matches("((?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+)", line)
			.stream().map(word -> word.replaceAll("[\"']", "")).toArray(
				String[]::new);
	}

	@Test
	void everyMacroInTheDocumentationIsUnderstood() {
		for (final Document file : EXAMPLES) {
			final List<String> runs = file.matches(
				"\\brun\\((\"[^\"]+\",\\s*\"[^\"]*\")\\)");
			assertFalse(runs.isEmpty(), "no macro found in " + file);
			for (final String run : runs) {
				final String[] quoted = run.split("\"");
				final List<String> keys = checkMacro(quoted[1], quoted[3]);
				// The tutorial shows every key that there is.
				if (file == Document.TUTORIAL) assertEquals(keys(quoted[1]),
					new TreeSet<>(keys), run);
			}
		}
	}

	/** @return keys of the options */
	private static List<String> checkMacro(final String title,
		final String options)
	{
		final Map<String, Field> fields = new LinkedHashMap<>();
		parameters(command(title)).forEach(f -> fields.put(f.getName(), f));
		final Matcher option = Pattern.compile(
			"(\\w+)=(\\[[^\\]]*\\]|[^\\s\\[]\\S*)(?:\\s+|$)").matcher(options);
		final List<String> keys = new ArrayList<>();
		int end = 0;
		while (option.find() && option.start() == end) {
			end = option.end();
			keys.add(option.group(1));
			assertTrue(fields.containsKey(option.group(1)), title + " has no key " +
				option.group(1));
			checkValue(fields.get(option.group(1)), option.group(2).replaceAll(
				"^\\[|\\]$", ""));
		}
		assertEquals(options.length(), end, "understood of: " + options);
		return keys;
	}

	private static void checkValue(final Field field, final String value) {
		final List<String> choices = Arrays.asList(field.getAnnotation(
			Parameter.class).choices());
		assertTrue(choices.isEmpty() || choices.contains(value), field + ": " +
			value);
		if (field.getType() == boolean.class) assertTrue(value.matches(
			"true|false"), field + ": " + value);
		if (field.getType() == double.class || field.getType() == int.class || field
			.getType() == long.class) assertFalse(new BigDecimal(value).signum() < 0,
				field + ": " + value);
	}

	/** @return keys that the recorder writes */
	private static TreeSet<String> keys(final String title) {
		return parameters(command(title)).stream().filter(f -> !f.getType()
			.getName().startsWith("ij.") && f.getAnnotation(Parameter.class)
				.visibility() != ItemVisibility.TRANSIENT).map(Field::getName).collect(
					Collectors.toCollection(TreeSet::new));
	}

	@Test
	void columnsEndingsAndFilesAreListed() {
		final List<String> names = new ArrayList<>(EvaluateJob.COLUMNS);
		names.addAll(Arrays.asList(new History(new ForegroundScore(UNetConfig
			.builder().build()).names()).toCsv().trim().split(",")));
		names.addAll(Arrays.asList("mean_IoU", "mean_F1", "IoU_NAME", "IoU_VALUE",
			"F1_VALUE", "pixel_error_VALUE", "NAME_errors.png"));
		names.addAll(FilePairs.SUFFIXES);
		for (final Path file : ResultFiles.of(Paths.get(""), "NAME"))
			names.add(file.getFileName().toString());
		for (final Path file : TrainingFiles.of(Paths.get("OUT.zip")))
			names.add(file.getFileName().toString());
		for (final String name : names)
			assertTrue(Document.REFERENCE.hasCode(name), name);
		assertEquals(ImageFormats.IMAGEJ, extensions(
			"the\\s+files with the extensions ([^;]*?) are\\s+taken"));
		assertEquals(ImageFormats.BIO_FORMATS, extensions(
			"- files with the extensions ([^;]*);"));
	}

	private static List<String> extensions(final String sentence) {
		return Document.matches("`([\\w.]+)`", Document.REFERENCE.matches(sentence)
			.get(0));
	}

	@Test
	void everyPictureIsShownAndThere() throws IOException {
		final TreeSet<String> shown = new TreeSet<>();
		for (final Document file : Document.values())
			shown.addAll(file.matches("\\]\\(images/([^)]+)\\)"));
		final Path images = Paths.get(System.getProperty("unet.project.dir", "."),
			"docs", "images");
		try (Stream<Path> files = Files.list(images)) {
			assertEquals(files.map(f -> f.getFileName().toString()).collect(Collectors
				.toCollection(TreeSet::new)), shown);
		}
	}

	private static CommandLine commandLine() {
		return new CommandLine(UNet.class).setCaseInsensitiveEnumValuesAllowed(
			true);
	}

	/** @return options by their long name, and positional parameters */
	private static Map<String, ArgSpec> arguments(final CommandSpec spec) {
		final Map<String, ArgSpec> arguments = new LinkedHashMap<>();
		for (final OptionSpec option : spec.options())
			if (!STANDARD.contains(option.longestName())) arguments.put(option
				.longestName(), option);
		spec.positionalParameters().forEach(p -> arguments.put(p.paramLabel(), p));
		return arguments;
	}

	/** @return as the reference writes it; null where it takes more words */
	private static String defaultOf(final ArgSpec argument) {
		if (argument.group() != null) return null;
		if (argument.required()) return "required";
		if (argument.type() == boolean.class) return "off";
		return "".equals(argument.defaultValue()) ? "none" : argument
			.defaultValue();
	}

	private static Class<? extends Command> command(final String title) {
		return COMMANDS.stream().filter(c -> title(c).equals(title)).findFirst()
			.orElseThrow(() -> new AssertionError("no menu item \"" + title + "\""));
	}

	private static String title(final Class<?> command) {
		return command.getAnnotation(Plugin.class).menuPath().replaceAll(".*>", "");
	}

	/** @return what a user may give, in the order of the dialog */
	private static List<Field> parameters(final Class<?> command) {
		final List<Field> fields = new ArrayList<>();
		for (Class<?> type = command; type != ContextCommand.class; type = type
			.getSuperclass())
			Arrays.stream(type.getDeclaredFields()).filter(field -> {
				final Parameter parameter = field.getAnnotation(Parameter.class);
				return parameter != null && parameter.type() != ItemIO.OUTPUT &&
					parameter.visibility() != ItemVisibility.MESSAGE && !Service.class
						.isAssignableFrom(field.getType()) && field
							.getType() != Button.class;
			}).forEach(fields::add);
		return fields;
	}

	private static String text(final Object value) {
		if (value == null) return "";
		return value instanceof Double ? Document.number(value.toString()) : value
			.toString();
	}
}
