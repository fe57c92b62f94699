
package sc.fiji.unet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkException;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;
import sc.fiji.unet.tensorflow.TensorFlowFactory;

/** Packages with weights of the real engine. */
class TensorFlowPackageTest {

	private static final UNetConfig CONFIG = UNetConfig.builder().baseAndDepth(4,
		2).channels(2).classes(3).build();
	private static final ModelDescription DESCRIPTION = ModelDescription.builder(
		"cells", CONFIG).build();

	@TempDir
	Path folder;

	private final TensorFlowFactory factory = new TensorFlowFactory();

	private Path export(final String name, final long seed) throws IOException {
		final Path exported = Files.createDirectory(folder.resolve(name));
		try (TrainableNetwork network = create(seed)) {
			network.export(exported);
		}
		return exported;
	}

	private Path write(final Path weights, final Path answers)
		throws IOException
	{
		final Path zip = folder.resolve("cells.zip");
		ModelPackage.write(zip, DESCRIPTION, weights, TestTensors.compute(factory,
			DESCRIPTION, answers, null, TestTensors.size(CONFIG)), Collections
				.emptyMap(), true);
		return zip;
	}

	@Test
	void networkOutlivesThePackage() throws IOException {
		final Path exported = export("a", 1);
		final Path zip = write(exported, exported);
		final Network network;
		final TestTensors test;
		try (ModelPackage opened = ModelPackage.open(zip)) {
			network = opened.load(factory, ExecutionConfig.cpu());
			test = opened.test();
		}
		try (Network n = network) {
			assertEquals(0, test.difference(n), ModelPackage.tolerance(n.device()));
		}
	}

	@Test
	void weightsOfAnotherModelAreRefused() throws IOException {
		final Path zip = write(export("a", 1), export("b", 2));
		try (ModelPackage opened = ModelPackage.open(zip)) {
			final String message = assertThrows(NetworkException.class, () -> opened
				.load(factory, ExecutionConfig.cpu())).getMessage();
			assertTrue(message.contains("does not give its recorded test result"),
				message);
		}
	}

	@Test
	void trainingGoesOnFromThePackage() throws IOException {
		final Path zip = folder.resolve("cells.zip");
		final Path exported = Files.createDirectory(folder.resolve("exported"));
		final Path state = Files.createDirectory(folder.resolve("state"));
		final long[] size = TestTensors.size(CONFIG);
		final Batch batch = new Batch(1, CONFIG.channels(), size, new UNetShape(
			CONFIG).output(size));
		for (int i = 0; i < batch.input().capacity(); i++)
			batch.input().put(i, i % 7);
		for (int i = 0; i < batch.weights().capacity(); i++)
			batch.weights().put(i, 1);
		final double expected;
		try (TrainableNetwork network = create(1)) {
			network.step(batch, 0.1);
			network.save(state);
			network.export(exported);
			ModelPackage.write(zip, DESCRIPTION, exported, TestTensors.compute(
				factory, DESCRIPTION, exported, null, TestTensors.size(CONFIG)),
				Collections.singletonMap(ModelPackage.TRAINING_STATE, state), false);
			network.step(batch, 0.1);
			expected = network.evaluate(batch, null);
		}
		try (ModelPackage opened = ModelPackage.open(zip);
				TrainableNetwork network = create(2))
		{
			network.restore(opened.attachments().get(ModelPackage.TRAINING_STATE));
			network.step(batch, 0.1);
			assertEquals(expected, network.evaluate(batch, null), 0,
				"as if it had never stopped");
		}
	}

	private TrainableNetwork create(final long seed) {
		return factory.create(CONFIG, OptimizerConfig.sgd(0.9), ExecutionConfig
			.cpu(), seed);
	}
}
