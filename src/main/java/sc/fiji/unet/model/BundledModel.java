
package sc.fiji.unet.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The model that comes along with the program, for who has none yet. */
public final class BundledModel {

	/** What users call it. */
	public static final String NAME = "Nuclei (fluorescence)";

	private static final String RESOURCE = "/models/nuclei-fluorescence.zip";

	/** Copy that lives as long as the program; null until it is wanted. */
	private static Path copy;

	private BundledModel() {}

	/**
	 * @return the bundled model as a file, which must not be changed; it vanishes
	 *         when the program ends
	 * @throws IOException if it cannot be copied to the folder for temporary
	 *           files
	 */
	public static synchronized Path file() throws IOException {
		if (copy != null && Files.exists(copy)) return copy;
		try (InputStream in = BundledModel.class.getResourceAsStream(RESOURCE)) {
			if (in == null) throw new IOException("The model '" + NAME +
				"' is missing in this installation; install the plugin again, or name another model.");
			final Path folder = Files.createTempDirectory("unet-bundled-");
			folder.toFile().deleteOnExit();
			final Path file = folder.resolve("nuclei-fluorescence.zip");
			file.toFile().deleteOnExit();
			Files.copy(in, file);
			copy = file;
			return copy;
		}
	}
}
