
package sc.fiji.unet.model;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The models that can be chosen by name: the bundled one, and those whose files
 * lie in a folder for models. Of two that have the same name the first counts,
 * in the order of the folders. Folders are read anew at each call, and but for
 * {@link #install} nothing is ever written to one, so that they may be shared
 * and read-only. Immutable.
 */
public final class InstalledModels {

	/** Property of Java with more folders, as in a class path. */
	public static final String PROPERTY = "unet.models";
	/** Environment variable with them, where the property is not set. */
	public static final String VARIABLE = "UNET_MODELS";

	/** Below the home folder; Keras and Cellpose keep theirs likewise. */
	private static final Path OWN = Paths.get(".unet", "models");
	/** Below the folder of Fiji or ImageJ. */
	private static final Path OF_IMAGEJ = Paths.get("models", "unet");
	/** Where jars lie below the folder of Fiji or ImageJ. */
	private static final List<String> FOLDERS_OF_JARS = Arrays.asList("plugins",
		"jars");
	private static final String EXTENSION = ".zip";

	private final List<Path> folders;

	private InstalledModels(final List<Path> folders) {
		this.folders = folders;
	}

	/**
	 * @param folders that of the user, to which models are installed, then
	 *          others; none need exist
	 */
	public static InstalledModels in(final List<Path> folders) {
		final Set<Path> different = folders.stream().map(folder -> folder
			.toAbsolutePath().normalize()).collect(Collectors.toCollection(
				LinkedHashSet::new));
		return new InstalledModels(Collections.unmodifiableList(new ArrayList<>(
			different)));
	}

	/**
	 * @return the models of this user on this machine: in {@code .unet/models} of
	 *         the home folder, in {@code models/unet} of the Fiji or ImageJ that
	 *         this program is installed in, and in the folders that
	 *         {@value #PROPERTY} or {@value #VARIABLE} name
	 */
	public static InstalledModels here() {
		final List<Path> folders = new ArrayList<>();
		folders.add(Paths.get(System.getProperty("user.home")).resolve(OWN));
		imageJ().map(folder -> folder.resolve(OF_IMAGEJ)).ifPresent(folders::add);
		final String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
		if (named != null) for (final String folder : named.split(
			File.pathSeparator))
			if (!folder.trim().isEmpty()) folders.add(folder(folder.trim()));
		return in(folders);
	}

	private static Path folder(final String name) {
		try {
			return Paths.get(name);
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException("The folder '" + name + "' in " +
				VARIABLE + " (" + PROPERTY +
				") has a name that none can have; write folders with " +
				File.pathSeparator + " between them.", e);
		}
	}

	/** @return the Fiji or ImageJ that this program's jar lies in */
	private static Optional<Path> imageJ() {
		try {
			final Path jar = Paths.get(InstalledModels.class.getProtectionDomain()
				.getCodeSource().getLocation().toURI());
			if (!Files.isRegularFile(jar)) return Optional.empty();
			for (Path folder = jar.getParent(); folder != null && folder
				.getFileName() != null; folder = folder.getParent())
				if (FOLDERS_OF_JARS.contains(folder.getFileName().toString()))
					return Optional.ofNullable(folder.getParent());
			return Optional.empty();
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(
				"The place of the plugin has an odd name.", e);
		}
	}

	/** @return the user's own folder, to which models are installed */
	public Path own() {
		return folders.get(0);
	}

	/** @return all folders, the user's own first; some may not exist */
	public List<Path> folders() {
		return folders;
	}

	/**
	 * @return the bundled model, then those of each folder by the names of their
	 *         files; what cannot be read is among them, with the reason
	 * @throws IOException if the bundled model cannot be copied to the folder for
	 *           temporary files
	 */
	public List<InstalledModel> list() throws IOException {
		final List<InstalledModel> all = new ArrayList<>();
		all.add(new InstalledModel(ModelFile.of(BundledModel.file()), null, true));
		all.addAll(installed());
		return all;
	}

	private List<InstalledModel> installed() {
		final Set<String> names = new TreeSet<>(Collections.singleton(
			BundledModel.NAME));
		final List<InstalledModel> found = new ArrayList<>();
		for (final Path folder : folders)
			for (final ModelFile file : files(folder))
				found.add(new InstalledModel(file, folder, file.description()
					.isPresent() && names.add(file.name()) && isKept(file.name())));
		return found;
	}

	/** A name with slashes may become another one in a field for a file. */
	private static boolean isKept(final String name) {
		return new File(name).getPath().equals(name);
	}

	private static List<ModelFile> files(final Path folder) {
		if (!Files.isDirectory(folder)) return Collections.emptyList();
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(InstalledModels::isMeantAsModel).sorted().map(
				ModelFile::of).collect(Collectors.toList());
		}
		catch (final IOException e) {
			return Collections.singletonList(ModelFile.unreadable(folder, e));
		}
	}

	private static boolean isMeantAsModel(final Path file) {
		final String name = file.getFileName().toString();
		return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).endsWith(
			EXTENSION) && Files.isRegularFile(file);
	}

	/**
	 * @param entered what stands in a field for a model; may be null
	 * @return whether that means the bundled model: nothing, or its name
	 */
	public static boolean isBundled(final File entered) {
		return entered == null || entered.getPath().trim().isEmpty() || entered
			.getPath().trim().equals(BundledModel.NAME);
	}

	/**
	 * @param entered what stands in a field for a model; may be null
	 * @return the bundled model where that is nothing or its name; else the file
	 *         of this path; else the installed model of this name, or in a file
	 *         of this name, with or without extension; one that cannot be read
	 *         only where no other fits
	 * @throws IllegalArgumentException if there is none; the message names the
	 *           models that there are, and the folders
	 * @throws IOException if the bundled model cannot be copied to the folder for
	 *           temporary files
	 */
	public ModelFile find(final File entered) throws IOException {
		if (isBundled(entered)) return ModelFile.of(BundledModel.file());
		final File file = trimmed(entered);
		return ModelFile.of(lookUp(file).orElseThrow(
			() -> new IllegalArgumentException(missing(file.getPath()))));
	}

	/**
	 * As {@link #find}, where a model must be named.
	 *
	 * @throws IllegalArgumentException also if nothing is entered
	 */
	public ModelFile findNamed(final File entered) throws IOException {
		if (entered.getPath().trim().isEmpty()) throw new IllegalArgumentException(
			"No model is named; give its file or its name, such as '" +
				BundledModel.NAME + "'.");
		return find(entered);
	}

	/**
	 * @param entered what stands in a field for a model, but not the bundled one
	 * @return the file that {@link #find} finds; empty if there is none
	 */
	public Optional<Path> lookUp(final File entered) {
		final File file = trimmed(entered);
		if (file.isFile()) return Optional.of(file.toPath());
		final String name = file.getPath();
		// What is damaged comes last, for the reason to be said if nothing else
		// fits.
		final List<ModelFile> all = installed().stream().map(InstalledModel::file)
			.sorted(Comparator.comparing(model -> model.problem().isPresent()))
			.collect(Collectors.toList());
		final List<Function<ModelFile, String>> names = Arrays.asList(model -> model
			.description().map(card -> model.name()).orElse(null), ModelFile::stem,
			model -> model.path().getFileName().toString());
		return names.stream().flatMap(way -> all.stream().filter(model -> name
			.equals(way.apply(model)))).findFirst().map(ModelFile::path);
	}

	private static File trimmed(final File entered) {
		return new File(entered.getPath().trim());
	}

	private String missing(final String name) {
		final String names = Stream.concat(Stream.of(BundledModel.NAME), installed()
			.stream().map(model -> model.file().name())).distinct().collect(Collectors
				.joining(", "));
		return "There is no model '" + name +
			"': no file has this path, and no installed model this name. Installed are: " +
			names + ". Models were looked for in " + folders.stream().map(
				Path::toString).collect(Collectors.joining(", ")) +
			". Name a file that exists, or install the model (Plugins > U-Net > Install Model, unet models --install).";
	}

	/**
	 * Copies a model into the user's own folder, whole or not at all, after all
	 * of it has been checked. What is installed already, in whatever folder, is
	 * left as it is. Blocks until done.
	 *
	 * @param overwrite whether another model of the same name, or in a file of
	 *          the same name, may be replaced in the user's own folder
	 * @throws IOException if it is no model of this program, or damaged; as
	 *           {@link java.nio.file.FileAlreadyExistsException} if it would
	 *           replace another one and may not; if it would replace several; or
	 *           if it cannot be copied
	 * @throws IllegalArgumentException if it has the name of the bundled model,
	 *           or its file that of a hidden one
	 */
	public Installation install(final Path file, final boolean overwrite)
		throws IOException
	{
		if (!Files.isRegularFile(file)) throw new NoSuchFileException(
			"There is no file '" + file + "' to install; check its name.");
		return new Installer(this).install(file, overwrite);
	}
}
