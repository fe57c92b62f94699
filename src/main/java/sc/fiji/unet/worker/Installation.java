
package sc.fiji.unet.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What lies beside the plugin where it is installed. */
public final class Installation {

	private static final String DOCUMENTATION = "docs";

	private Installation() {}

	/**
	 * @return folder of the documentation's pages, in HTML; empty in a
	 *         development setup, or if somebody has removed them
	 */
	public static Optional<Path> documentation() {
		return Optional.ofNullable(new ClassPath().engineFolder()).map(
			libraries -> libraries.resolve(DOCUMENTATION)).filter(Files::isDirectory);
	}
}
