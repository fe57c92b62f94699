
package sc.fiji.unet.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Copies a model into the user's own folder. */
final class Installer {

	/** Two at a time could take each other's place without a question. */
	private static final Object LOCK = new Object();

	private final InstalledModels models;

	Installer(final InstalledModels models) {
		this.models = models;
	}

	Installation install(final Path file, final boolean overwrite)
		throws IOException
	{
		synchronized (LOCK) {
			return installAlone(file, overwrite);
		}
	}

	private Installation installAlone(final Path file, final boolean overwrite)
		throws IOException
	{
		// All of it, against its checksums.
		ModelPackage.open(file).close();
		final ModelFile source = ModelFile.of(file);
		final Optional<InstalledModel> same = same(source);
		if (same.isPresent()) return new Installation(same.get(), false);
		checkNames(source);
		final Path target = target(file);
		final List<ModelFile> rivals = rivals(source, target);
		if (rivals.size() > 1) throw new IOException(refusal(rivals));
		if (!rivals.isEmpty() && !overwrite) throw new FileAlreadyExistsException(
			refusal(source, rivals.get(0)));
		copy(source, target);
		for (final ModelFile rival : rivals)
			if (!isSame(rival.path(), target)) Files.deleteIfExists(rival.path());
		return new Installation(find(target), true);
	}

	private static void checkNames(final ModelFile source) {
		if (source.name().equals(BundledModel.NAME))
			throw new IllegalArgumentException("The model in '" + source.path() +
				"' has the name of the one that comes along, '" + BundledModel.NAME +
				"', so that it could not be told from it; give it another one first (unet export --name).");
		if (source.path().getFileName().toString().startsWith("."))
			throw new IllegalArgumentException("The model's file '" + source.path() +
				"' has a name that begins with a dot, and such files are hidden; give it another one first.");
	}

	/**
	 * Where case does not count, as on macOS and Windows, cells.zip and Cells.zip
	 * are one file.
	 */
	private static boolean isSame(final Path file, final Path target)
		throws IOException
	{
		return file.equals(target) || Files.exists(file) && Files.exists(target) &&
			Files.isSameFile(file, target);
	}

	private InstalledModel find(final Path target) throws IOException {
		for (final InstalledModel model : models.list())
			if (isSame(model.file().path(), target)) return model;
		throw new IOException("The model " + target +
			" vanished as soon as it was there; install it again.");
	}

	private Path target(final Path file) {
		final String name = file.getFileName().toString();
		return models.own().resolve(name.toLowerCase(Locale.ROOT).endsWith(
			Zips.SUFFIX) ? name : name + Zips.SUFFIX);
	}

	/** @return the same bytes, wherever they are installed */
	private Optional<InstalledModel> same(final ModelFile source)
		throws IOException
	{
		for (final InstalledModel model : models.list()) {
			final ModelFile other = model.file();
			if (other.problem().isEmpty() && other.size() == source.size() && other
				.sha256().equals(source.sha256())) return Optional.of(model);
		}
		return Optional.empty();
	}

	/** @return what would have to go from the user's own folder */
	private List<ModelFile> rivals(final ModelFile source, final Path target)
		throws IOException
	{
		final List<ModelFile> rivals = new ArrayList<>();
		for (final InstalledModel model : models.list()) {
			final ModelFile other = model.file();
			if (model.folder().filter(models.own()::equals).isPresent() && (isSame(
				other.path(), target) || other.description().isPresent() && other.name()
					.equals(source.name()))) rivals.add(other);
		}
		return rivals;
	}

	/** Whoever allows that one is replaced may know of one alone. */
	private static String refusal(final List<ModelFile> rivals) {
		return "It would replace " + rivals.size() + " models, " + rivals.stream()
			.map(rival -> "'" + rival.name() + "' in " + rival.path()).collect(
				Collectors.joining(" and ")) +
			", so it is not installed. Give its file another name, or its card (unet export --name), so that it replaces one at most; or delete what is not needed any more.";
	}

	private static String refusal(final ModelFile source, final ModelFile rival) {
		final String what = rival.name().equals(source.name())
			? "A model of the name '" + source.name() + "' is installed already, as "
			: "Another model, '" + rival.name() + "', is installed already as ";
		return what + rival.path() +
			". To replace it, allow that (overwrite=true, --overwrite); to keep both, give this one's file and card other names (unet export --name).";
	}

	private static void makeFolder(final Path folder) throws IOException {
		try {
			Files.createDirectories(folder);
		}
		catch (final IOException e) {
			throw new IOException("The folder " + folder +
				" for models cannot be made: " + e +
				". Make it by hand, or put the model into one that " +
				InstalledModels.VARIABLE + " names.", e);
		}
	}

	/** Under another name first, so that nobody ever sees half a model. */
	private static void copy(final ModelFile source, final Path target)
		throws IOException
	{
		makeFolder(target.getParent());
		final Path part = target.resolveSibling("." + target.getFileName() + "." +
			UUID.randomUUID() + ".part");
		try {
			final MessageDigest digest = Zips.sha256();
			try (FileChannel channel = FileChannel.open(part,
				StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
					OutputStream out = new DigestOutputStream(Channels.newOutputStream(
						channel), digest))
			{
				Files.copy(source.path(), out);
				channel.force(true);
			}
			if (!Zips.hex(digest).equals(source.sha256())) throw new IOException(
				source.path() + " was changed while it was copied; install it again.");
			Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(part);
		}
	}
}
