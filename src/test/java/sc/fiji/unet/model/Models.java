
package sc.fiji.unet.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

/** Small models for tests of what surrounds them. */
final class Models {

	private Models() {}

	/**
	 * @param zip to write; its folder is made
	 * @param name what the model is called
	 * @param seed models of other seeds have other weights
	 * @return the file
	 */
	static Path write(final Path zip, final String name, final long seed)
		throws IOException
	{
		final Path exported = Files.createTempDirectory("unet-exported-");
		try {
			BoxFactory.export(exported, seed);
			final ModelDescription d = ModelCard.empty().withName(name).applyTo(
				ModelPackageTest.description());
			ModelPackage.write(zip, d, exported, TestTensors.compute(new BoxFactory(
				"CPU, 1 thread, float32"), d, exported, null, TestTensors.size(d
					.network())), Collections.emptyMap(), true);
			return zip;
		}
		finally {
			Zips.deleteFolder(exported);
		}
	}
}
