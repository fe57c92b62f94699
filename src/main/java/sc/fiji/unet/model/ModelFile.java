
package sc.fiji.unet.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model's file with what it says about itself. It is read once for as long as
 * the file keeps its size and its time of change, so that it may be asked for
 * at every key that is pressed. Thread-safe.
 */
public final class ModelFile {

	private static final Map<Path, ModelFile> KNOWN = new ConcurrentHashMap<>();

	private final Path path;
	/** Null where the file cannot be looked at. */
	private final BasicFileAttributes attributes;
	/** Null where it cannot be read. */
	private final ModelDescription description;
	/** Null where it can. */
	private final IOException problem;
	private String sha256;

	private ModelFile(final Path path, final BasicFileAttributes attributes,
		final ModelDescription description, final IOException problem)
	{
		this.path = path;
		this.attributes = attributes;
		this.description = description;
		this.problem = problem;
	}

	/**
	 * @param file which need not be there, nor be a model
	 * @return what is known about it; reads its description, but not its weights
	 */
	public static ModelFile of(final Path file) {
		final Path path = file.toAbsolutePath().normalize();
		final ModelFile known = KNOWN.get(path);
		if (known != null && known.isUnchanged()) return known;
		final ModelFile read = read(path);
		KNOWN.put(path, read);
		return read;
	}

	private static ModelFile read(final Path path) {
		BasicFileAttributes attributes = null;
		try {
			// First, so that a change while it is read is noticed.
			if (Files.exists(path)) attributes = attributes(path);
			return new ModelFile(path, attributes, ModelPackage.describe(path), null);
		}
		catch (final IOException e) {
			return new ModelFile(path, attributes, null, e);
		}
		catch (final IllegalArgumentException e) {
			// Java's words for names within an archive that it cannot read.
			return new ModelFile(path, attributes, null, new IOException(path
				.getFileName() + " is damaged: " + e.getMessage() +
				". Get the file again.", e));
		}
	}

	private static BasicFileAttributes attributes(final Path path)
		throws IOException
	{
		return Files.readAttributes(path, BasicFileAttributes.class);
	}

	/** @param reason why nothing is known about the file, or folder */
	static ModelFile unreadable(final Path path, final IOException reason) {
		return new ModelFile(path, null, null, reason);
	}

	private boolean isUnchanged() {
		if (attributes == null) return false;
		try {
			final BasicFileAttributes now = attributes(path);
			final FileTime changed = now.lastModifiedTime();
			return now.size() == attributes.size() && changed.equals(attributes
				.lastModifiedTime());
		}
		catch (final IOException e) {
			// It is gone, or out of reach: reading it anew says so.
			return false;
		}
	}

	/** @return absolute path of the file */
	public Path path() {
		return path;
	}

	/** @return what the model is called; of one that cannot be read its file */
	public String name() {
		return description == null ? stem() : description.name().trim();
	}

	/** @return name of the file without its extension */
	String stem() {
		return path.getFileName().toString().replaceFirst("(?i)\\.zip$", "");
	}

	/** @return what the model says about itself; empty if it cannot be read */
	public Optional<ModelDescription> description() {
		return Optional.ofNullable(description);
	}

	/** @return why it cannot be read; empty if it can */
	public Optional<IOException> problem() {
		return Optional.ofNullable(problem);
	}

	/** @return size in bytes; 0 where it is not known */
	long size() {
		return attributes == null ? 0 : attributes.size();
	}

	/**
	 * Reads the whole file at the first call.
	 *
	 * @return SHA-256, 64 hexadecimal digits in lower case
	 * @throws IOException if it cannot be read
	 */
	public synchronized String sha256() throws IOException {
		if (sha256 == null) sha256 = ModelPackage.sha256(path);
		return sha256;
	}
}
