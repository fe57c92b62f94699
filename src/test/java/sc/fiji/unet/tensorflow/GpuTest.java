
package sc.fiji.unet.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.FloatBuffer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;

/** The first GPU against the CPU. */
@Tag("gpu")
class GpuTest {

	private static final UNetConfig CONFIG = UNetConfig.builder().baseAndDepth(16,
		3).build();
	/** GPUs multiply float32 in TF32, with 10 bits of mantissa. */
	private static final float TOLERANCE = 1e-2f;

	@BeforeEach
	void needsAGpu() {
		assumeTrue(new TensorFlowFactory().devices().contains("gpu:0"),
			"there is no GPU that TensorFlow can use; found " +
				new TensorFlowFactory().devices());
	}

	private static TrainableNetwork create(final String device) {
		return new TensorFlowFactory().create(CONFIG, OptimizerConfig.adam(0.9,
			0.99), ExecutionConfig.auto().withDevice(device), 3);
	}

	@Test
	void predictsAsTheCpuDoes() {
		final Batch batch = EngineSteps.random(CONFIG, 2, 128, 128);
		final FloatBuffer onGpu = TensorFlowNetworkTest.floats(2 * 128 * 128);
		final FloatBuffer onCpu = TensorFlowNetworkTest.floats(2 * 128 * 128);
		try (TrainableNetwork gpu = create("gpu:0");
				TrainableNetwork cpu = create("cpu"))
		{
			gpu.predict(2, new long[] { 128, 128 }, batch.input(), onGpu);
			cpu.predict(2, new long[] { 128, 128 }, batch.input(), onCpu);
		}
		for (int i = 0; i < onCpu.capacity(); i++)
			assertEquals(onCpu.get(i), onGpu.get(i), TOLERANCE, "pixel " + i);
	}

	@Test
	void learns() {
		final Batch batch = EngineSteps.random(CONFIG, 2, 64, 64);
		try (TrainableNetwork gpu = create("gpu:0")) {
			final double before = gpu.evaluate(batch, null);
			for (int i = 0; i < 100; i++)
				gpu.step(batch, 1e-2);
			final double after = gpu.evaluate(batch, null);
			assertTrue(after < 0.5 * before, "loss fell from " + before + " to " +
				after);
		}
	}
}
