
package sc.fiji.unet.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.model.TestTensors;
import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

/**
 * The exported model in TensorFlow Java 0.5.0 (TensorFlow 2.10), in a Java
 * machine of its own and without this project's classes.
 */
class OtherTensorFlowTest {

	private static final Path PROJECT = Paths.get(System.getProperty(
		"unet.project.dir", "."));
	/** The build copies the libraries there. */
	private static final Path LIBRARIES = PROJECT.resolve(
		"target/tensorflow-0.5.0");

	@TempDir
	Path folder;

	@Test
	void samePaddingWithBatchNormalisation() throws IOException,
		InterruptedException
	{
		check(UNetConfig.builder().baseAndDepth(8, 3).build(), 64);
	}

	@Test
	void validPaddingWithSeveralClassesAndResizedOutput() throws IOException,
		InterruptedException
	{
		check(UNetConfig.builder().baseAndDepth(4, 2).classes(3).padding(
			Padding.VALID).batchNormalization(false).outputSize(40, 50).build(), 60);
	}

	@Test
	void packagedModelAnswersItsTest() throws IOException, InterruptedException {
		assumeTrue(Files.isDirectory(LIBRARIES),
			"TensorFlow Java 0.5.0 is copied by the build on linux-x86_64 only");
		final ModelDescription description = ModelDescription.builder("cells",
			UNetConfig.builder().baseAndDepth(4, 2).build()).build();
		final Path exported = Files.createDirectory(folder.resolve("exported"));
		final TensorFlowFactory factory = new TensorFlowFactory();
		try (TrainableNetwork network = factory.create(description.network(),
			OptimizerConfig.sgd(0.9), ExecutionConfig.cpu(), 1))
		{
			network.export(exported);
		}
		final Path zip = folder.resolve("cells.zip");
		ModelPackage.write(zip, description, exported, TestTensors.compute(factory,
			description, exported, null, TestTensors.size(description.network())),
			Collections.emptyMap(), false);
		try (ModelPackage opened = ModelPackage.open(zip)) {
			Files.write(folder.resolve("input"), bytes(FloatBuffer.wrap(opened.test()
				.input())));
			run(opened.exported());
			assertArrayEquals(opened.test().output(), output(), 1e-4f);
		}
	}

	private void check(final UNetConfig config, final long size)
		throws IOException, InterruptedException
	{
		assumeTrue(Files.isDirectory(LIBRARIES),
			"TensorFlow Java 0.5.0 is copied by the build on linux-x86_64 only");
		final Path model = Files.createDirectory(folder.resolve("model"));
		final Batch batch = EngineSteps.random(config, 1, size, size);
		final float[] expected;
		try (TrainableNetwork network = new TensorFlowFactory().create(config,
			OptimizerConfig.adam(0.9, 0.99).withAverageDecay(0.9), ExecutionConfig
				.cpu(), 1))
		{
			for (int i = 0; i < 3; i++)
				network.step(batch, 1e-2);
			network.export(model);
			final long[] output = new UNetShape(config).output(size, size);
			final FloatBuffer probabilities = TensorFlowNetworkTest.floats(output[0] *
				output[1] * config.classes());
			network.predict(1, new long[] { size, size }, batch.input(),
				probabilities);
			expected = new float[probabilities.capacity()];
			probabilities.get(expected);
		}
		Files.write(folder.resolve("input"), bytes(batch.input()));
		run(model);
		assertArrayEquals(expected, output(), 1e-4f);
	}

	private float[] output() throws IOException {
		final FloatBuffer result = ByteBuffer.wrap(Files.readAllBytes(folder
			.resolve("output"))).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
		final float[] actual = new float[result.remaining()];
		result.get(actual);
		return actual;
	}

	private static byte[] bytes(final FloatBuffer floats) {
		final ByteBuffer bytes = ByteBuffer.allocate(4 * floats.capacity()).order(
			ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(floats.duplicate());
		return bytes.array();
	}

	private void run(final Path model) throws IOException, InterruptedException {
		final Path program = PROJECT.resolve(
			"src/test/resources/other-tensorflow/PredictAlone.java");
		final Path log = folder.resolve("log");
		final Process process = new ProcessBuilder(Paths.get(System.getProperty(
			"java.home"), "bin", "java").toString(),
			"-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-cp", LIBRARIES + "/*",
			program.toString(), model.toString(), folder.resolve("input").toString(),
			folder.resolve("output").toString()).redirectErrorStream(true)
			.redirectOutput(log.toFile()).start();
		assertTrue(process.waitFor(180, TimeUnit.SECONDS),
			"ends within three minutes");
		final String output = new String(Files.readAllBytes(log),
			StandardCharsets.UTF_8);
		assertEquals(0, process.exitValue(), output);
		assertTrue(output.contains("TensorFlow 2.10"), output);
	}
}
