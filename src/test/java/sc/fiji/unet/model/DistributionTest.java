
package sc.fiji.unet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;

/** Models without their training state, to be passed on. */
class DistributionTest {

	private static final int STATE_BYTES = 200_000;

	@TempDir
	Path folder;

	private final BoxFactory factory = new BoxFactory("CPU, 1 thread, float32");

	private Path whole() throws IOException {
		final Path exported = folder.resolve("exported");
		BoxFactory.export(exported, 7);
		final ModelDescription d = ModelDescription.builder("cells", UNetConfig
			.builder().features(1, 1).padding(Padding.VALID).build()).objectDiameter(
				20).build();
		final byte[] state = new byte[STATE_BYTES];
		new Random(1).nextBytes(state);
		final Path training = Files.createDirectory(folder.resolve("training"));
		Files.write(training.resolve("state"), state);
		final Map<String, Path> attachments = new LinkedHashMap<>();
		attachments.put(ModelPackage.PLAN, Files.writeString(folder.resolve("p"),
			"{}"));
		attachments.put(ModelPackage.TRAINING_STATE, training);
		final Path zip = folder.resolve("cells.zip");
		ModelPackage.write(zip, d, exported, TestTensors.compute(factory, d,
			exported, null, TestTensors.size(d.network())), attachments, false);
		return zip;
	}

	@Test
	void onlyTheTrainingStateIsLeftOut() throws IOException {
		final Path zip = whole();
		final Path small = folder.resolve("small.zip");
		try (ModelPackage pack = ModelPackage.open(zip)) {
			pack.writeForDistribution(small, ModelCard.empty().withName("Small"),
				false);
			assertThrows(FileAlreadyExistsException.class, () -> pack
				.writeForDistribution(small, ModelCard.empty(), false));
		}
		assertTrue(Files.size(small) < Files.size(zip) - STATE_BYTES / 2);
		try (ModelPackage pack = ModelPackage.open(small);
				Network network = pack.load(factory, ExecutionConfig.auto()))
		{
			assertEquals("Small", pack.description().name());
			assertEquals(20, pack.description().objectDiameter());
			assertEquals(Collections.singleton(ModelPackage.PLAN), pack.attachments()
				.keySet());
			assertEquals(pack.description().network(), network.config());
		}
	}
}
