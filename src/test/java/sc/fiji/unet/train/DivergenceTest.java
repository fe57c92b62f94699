
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.train.TrainingResult.Status;

/** What is left of a training whose loss is not finite any more. */
class DivergenceTest {

	@TempDir
	Path folder;

	private final Notes notes = new Notes();

	private Trainer trainer(final TrainingPlan plan, final FakeNetwork network) {
		return new Trainer(plan, network, Fixture.data(), folder).listener(notes);
	}

	@Test
	void lossThatIsNotFiniteStopsAndKeepsTheLastGoodCheckpoint()
		throws IOException
	{
		for (final double failure : new double[] { Double.NaN,
			Double.POSITIVE_INFINITY })
		{
			Trainer.discard(folder);
			final TrainingPlan plan = Fixture.plan().learningRate(0.25).build();
			final FakeNetwork network = new FakeNetwork(plan);
			network.failAtUpdate = 9;
			network.failure = failure;
			final TrainingResult result = trainer(plan, network).run();
			assertEquals(Status.DIVERGED, result.status());
			assertEquals(9, result.updates());
			final String m = result.message();
			assertTrue(m.contains("after update 9") && m.contains(Double.isNaN(
				failure) ? "NaN" : "infinite") && m.contains("update 8 is kept") && m
					.contains("0.025"), m);
			network.restore(result.lastNetwork());
			assertEquals(8, network.updates());
		}
	}

	@Test
	void checkpointWithSpoiltWeightsIsNotKept() throws IOException {
		final TrainingPlan plan = Fixture.plan().accumulation(1).build();
		final FakeNetwork network = new FakeNetwork(plan);
		network.overflowAtUpdate = 6;
		// Every batch takes so long that a checkpoint follows it.
		final long[] nanos = { 0 };
		network.onLearn = () -> nanos[0] += 40_000_000_000L;
		final TrainingResult result = trainer(plan, network).clock(() -> nanos[0])
			.run();
		assertEquals(Status.DIVERGED, result.status());
		assertEquals(7, result.updates(),
			"the update with a finite loss and an infinite gradient is the 7th");
		network.restore(result.lastNetwork());
		assertEquals(6, network.updates());
		assertTrue(Double.isFinite(network.weights()[0]), "slope " + network
			.weights()[0]);
	}

	@Test
	void validationLossThatIsNotFiniteStops() throws IOException {
		final TrainingPlan plan = Fixture.plan().build();
		final FakeNetwork network = new FakeNetwork(plan);
		network.overflowAtUpdate = 7;
		final TrainingResult result = trainer(plan, network).run();
		assertEquals(Status.DIVERGED, result.status());
		assertTrue(result.message().contains("validation loss"), result.message());
		network.restore(result.bestNetwork());
		assertEquals(4, network.updates(), "the epoch before is kept");
		assertEquals(2, notes.rows.size(),
			"the row that shows why is kept as well");
		assertEquals(new String(Files.readAllBytes(folder.resolve("history.csv"))),
			result.history().toCsv());
		assertFalse(Double.isFinite(notes.rows.get(1).validationLoss()));
	}

	@Test
	void divergenceInTheFirstUpdateLeavesTheStart() throws IOException {
		final TrainingPlan plan = Fixture.plan().build();
		final FakeNetwork network = new FakeNetwork(plan);
		final String start = network.state();
		network.failAtUpdate = 0;
		final TrainingResult result = trainer(plan, network).run();
		assertEquals(Status.DIVERGED, result.status());
		assertNull(result.bestEpoch());
		network.restore(result.bestNetwork());
		assertEquals(start, network.state());
	}

}
