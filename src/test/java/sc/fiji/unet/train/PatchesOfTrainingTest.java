
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.NetworkView;
import sc.fiji.unet.data.PatchSampler;
import sc.fiji.unet.network.Batch;

/** What is shown before a training is what the network then learns from. */
class PatchesOfTrainingTest {

	@TempDir
	Path folder;

	@Test
	void theNetworkLearnsFromThePatchesThatWereShown() throws IOException {
		final TrainingPlan plan = Fixture.plan().build();
		final TrainingData data = Fixture.data();
		final List<float[]> inputs = new ArrayList<>();
		final List<float[]> weights = new ArrayList<>();
		final FakeNetwork network = new FakeNetwork(plan) {

			@Override
			public double accumulate(final Batch batch) {
				final int pixels = 8 * 8;
				for (int s = 0; s < batch.samples(); s++) {
					final float[] input = new float[pixels];
					final float[] weight = new float[batch.weights().capacity() / batch
						.samples()];
					for (int i = 0; i < pixels; i++)
						input[i] = batch.input().get(s * pixels + i);
					for (int i = 0; i < weight.length; i++)
						weight[i] = batch.weights().get(s * weight.length + i);
					inputs.add(input);
					weights.add(weight);
				}
				return super.accumulate(batch);
			}
		};
		new Trainer(plan, network, data, folder).run();
		final PatchSampler shown = data.patches(plan, data.targets(plan));
		for (int k = 0; k < 8; k++) {
			final NetworkView view = NetworkView.ofPatch(shown, k);
			assertArray(inputs.get(k), view.image().update(null)
				.getCurrentStorageArray());
			assertArray(weights.get(k), view.weights().update(null)
				.getCurrentStorageArray());
		}
	}

	private static void assertArray(final float[] expected,
		final float[] actual)
	{
		assertEquals(Arrays.toString(expected), Arrays.toString(actual));
	}
}
