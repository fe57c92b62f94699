
package sc.fiji.unet.job;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import sc.fiji.unet.imagej.ResultKind;
import sc.fiji.unet.imagej.SeriesSelection;
import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.model.InstalledModels;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.network.ExecutionConfig;

/**
 * Which images are to be segmented, with what and how, and which results go
 * where. Immutable.
 */
public final class FolderTask {

	/** Pattern that every file name matches. */
	public static final String ANY_NAME = "*";

	private final List<Path> inputs;
	private final Path output;
	private final String pattern;
	private final boolean subfolders;
	private final SeriesSelection series;
	/** Null: the bundled one. */
	private final File model;
	private final SegmentSettings settings;
	private final Set<ResultKind> results;
	private final Existing existing;
	private final ExecutionConfig execution;

	private FolderTask(final Builder builder) {
		inputs = builder.inputs;
		output = builder.output;
		pattern = builder.pattern;
		subfolders = builder.subfolders;
		series = builder.series;
		model = builder.model;
		settings = builder.settings;
		results = builder.results;
		existing = builder.existing;
		execution = builder.execution;
	}

	/**
	 * @param inputs images, or folders of images
	 * @param output folder for the results; made if need be
	 * @return a builder: the first series of every image of the folders, all
	 *         results of the bundled model, and nothing is replaced
	 */
	public static Builder of(final List<Path> inputs, final Path output) {
		return new Builder(inputs, output);
	}

	/** @return images, or folders of images */
	List<Path> inputs() {
		return inputs;
	}

	/** @return folder for the results, absolute */
	Path output() {
		return output;
	}

	/** @return what file names in folders have to match */
	String pattern() {
		return pattern;
	}

	/** @return whether folders within folders count, too */
	boolean subfolders() {
		return subfolders;
	}

	/** @return which series of each file */
	SeriesSelection series() {
		return series;
	}

	/** @return file of the model; null: the one that comes along */
	File model() {
		return model;
	}

	SegmentSettings settings() {
		return settings;
	}

	/** @return what is wanted, never nothing */
	Set<ResultKind> results(final ModelDescription opened) {
		if (!results.isEmpty()) return results;
		final Set<ResultKind> all = EnumSet.allOf(ResultKind.class);
		if (!opened.network().isMultiClass()) all.remove(ResultKind.CLASSES);
		return all;
	}

	/** @return what was asked for; empty: all that the model gives */
	Set<ResultKind> results() {
		return results;
	}

	Existing existing() {
		return existing;
	}

	ExecutionConfig execution() {
		return execution;
	}

	/** @return the number format asked for, in lower case */
	String precision() {
		return execution.precision().name().toLowerCase(Locale.ROOT);
	}

	/**
	 * @return name of everything that was asked for to its value: text, number,
	 *         truth value or list of texts
	 */
	public Map<String, Object> description() {
		final Map<String, Object> all = new LinkedHashMap<>();
		all.put("inputs", inputs.stream().map(Path::toString).collect(Collectors
			.toList()));
		all.put("pattern", pattern);
		all.put("subfolders", subfolders);
		all.put("series", series.toString());
		all.put("output", output.toString());
		all.put("model", model == null ? BundledModel.NAME : absolute(model
			.toPath()).toString());
		all.putAll(settings.texts());
		all.put("results", results.isEmpty() ? "all" : results.stream().map(
			ResultKind::toString).collect(Collectors.toList()));
		all.put("existing", existing.toString());
		all.put("device", execution.device());
		all.put("precision", precision());
		all.put("threads", execution.threads());
		return all;
	}

	/**
	 * @return the line for a POSIX shell that gives the same results, with
	 *         absolute paths
	 */
	public String commandLine() {
		return FolderCommandLine.of(this);
	}

	static Path absolute(final Path path) {
		return path.toAbsolutePath().normalize();
	}

	/** Makes a {@link FolderTask}. Not thread-safe. */
	public static final class Builder {

		private final List<Path> inputs;
		private final Path output;
		private String pattern = ANY_NAME;
		private boolean subfolders;
		private SeriesSelection series = SeriesSelection.first();
		private File model;
		private SegmentSettings settings = SegmentSettings.ofModel();
		private Set<ResultKind> results = Collections.emptySet();
		private Existing existing = Existing.STOP;
		private ExecutionConfig execution = ExecutionConfig.auto();

		private Builder(final List<Path> inputs, final Path output) {
			this.inputs = Collections.unmodifiableList(new ArrayList<>(inputs.stream()
				.map(FolderTask::absolute).collect(Collectors.toList())));
			this.output = absolute(output);
		}

		/**
		 * @param glob what the names of files in folders have to match, as
		 *          {@link java.nio.file.FileSystem#getPathMatcher} reads it, upper
		 *          and lower case alike; empty: any
		 */
		public Builder pattern(final String glob) {
			pattern = glob.trim().isEmpty() ? ANY_NAME : glob.trim();
			return this;
		}

		/**
		 * @param value whether to look into folders within folders, too; results
		 *          then lie in folders of the same names
		 */
		public Builder subfolders(final boolean value) {
			subfolders = value;
			return this;
		}

		/** @param value which series of each file */
		public Builder series(final SeriesSelection value) {
			series = Objects.requireNonNull(value);
			return this;
		}

		/**
		 * @param file model, or the name of an installed one; null, empty or its
		 *          name: the bundled one
		 */
		public Builder model(final File file) {
			model = InstalledModels.isBundled(file) ? null : InstalledModels.here()
				.lookUp(file).map(Path::toFile).orElse(file);
			return this;
		}

		/** @param value how to segment */
		public Builder settings(final SegmentSettings value) {
			settings = Objects.requireNonNull(value);
			return this;
		}

		/** @param kinds what to write; empty: all that the model gives */
		public Builder results(final Collection<ResultKind> kinds) {
			final Set<ResultKind> copy = EnumSet.noneOf(ResultKind.class);
			copy.addAll(kinds);
			results = Collections.unmodifiableSet(copy);
			return this;
		}

		/** @param value what to do where results are there already */
		public Builder existing(final Existing value) {
			existing = Objects.requireNonNull(value);
			return this;
		}

		/** @param value where to compute */
		public Builder execution(final ExecutionConfig value) {
			execution = Objects.requireNonNull(value);
			return this;
		}

		public FolderTask build() {
			return new FolderTask(this);
		}
	}
}
