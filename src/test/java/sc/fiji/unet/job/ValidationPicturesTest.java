
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.Postprocessing;

/**
 * Predictions for validation images, by a network that finds what is bright.
 */
class ValidationPicturesTest {

	private final TrainingSet set = TrainJobTest.input(Arrays.asList(TrainJobTest
		.sample("a"), TrainJobTest.sample("b"), TrainJobTest.sample("c")), "b,c")
		.prepare(TrainJobTest.plan());
	private final Network network = new BrightEngine().create(set.plan()
		.network(), set.plan().optimizer(), ExecutionConfig.auto(), 1);

	@Test
	void eachImageIsPredictedAndScored() {
		final List<Comparison> found = new ArrayList<>();
		new ValidationPictures(network, set, Postprocessing.plain()).each(set
			.samples().validation(), () -> false, found::add);
		assertEquals(2, found.size());
		assertEquals("c", found.get(1).name());
		assertEquals(1, found.get(0).iou(), "bright is foreground");
		assertEquals(0, found.get(0).pixelError());
		assertTrue(found.get(0).probabilities().getAt(12, 12, 0).get() > 0.9);
		assertTrue(found.get(0).probabilities().getAt(2, 2, 0).get() < 0.1);
	}

	@Test
	void canBeCancelled() {
		assertThrows(CancellationException.class, () -> new ValidationPictures(
			network, set, Postprocessing.plain()).each(set.samples().validation(),
				() -> true, c -> {}));
	}
}
