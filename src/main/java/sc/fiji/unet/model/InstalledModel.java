
package sc.fiji.unet.model;

import java.nio.file.Path;
import java.util.Optional;

/** A model in one of the folders for models, or the bundled one. Immutable. */
public final class InstalledModel {

	private final ModelFile file;
	/** Null: it comes along. */
	private final Path folder;
	private final boolean named;

	InstalledModel(final ModelFile file, final Path folder, final boolean named) {
		this.file = file;
		this.folder = folder;
		this.named = named;
	}

	/** @return its file, which may be unreadable */
	public ModelFile file() {
		return file;
	}

	/** @return where it was found; empty: it comes along */
	public Optional<Path> folder() {
		return Optional.ofNullable(folder);
	}

	/**
	 * @return what stands for it in a field for a model: its name, or where that
	 *         means another model, or it has none, its path
	 */
	public String entry() {
		return named ? file.name() : file.path().toString();
	}
}
