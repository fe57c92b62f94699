
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.train.TrainingResult.Status;

/** A training in a process of its own, which is killed while it runs. */
class KilledProcessTest {

	private static final int KILLS = 4;

	@TempDir
	Path temporary;

	private static TrainingPlan plan() {
		return Fixture.plan().length(TrainingLength.updates(600)).updatesPerEpoch(
			10).learningRate(0.02).build();
	}

	/** Resumes the training in the folder that is the only argument. */
	public static void main(final String... args) throws IOException {
		final TrainingPlan plan = plan();
		new Trainer(plan, new FakeNetwork(plan), Fixture.data(), Paths.get(args[0]))
			.resume();
	}

	@Test
	void endsWithTheSameWeightsAsAnUndisturbedRun() throws IOException,
		InterruptedException
	{
		final TrainingPlan plan = plan();
		final FakeNetwork undisturbed = new FakeNetwork(plan);
		new Trainer(plan, undisturbed, Fixture.data(), temporary.resolve(
			"undisturbed")).run();

		final Path folder = temporary.resolve("killed");
		final Random random = new Random(3);
		for (int i = 0; i < KILLS; i++)
			killOnTheWay(folder, 20 + random.nextInt(300));

		final FakeNetwork resumed = new FakeNetwork(plan);
		final TrainingResult result = new Trainer(plan, resumed, Fixture.data(),
			folder).resume();
		assertEquals(Status.FINISHED, result.status(), result.message());
		assertTrue(resumed.batches > 0, "the kills came too late to matter");
		assertEquals(undisturbed.state(), resumed.state());
		assertEquals(60, result.history().rows().size());
	}

	private static void killOnTheWay(final Path folder, final int milliseconds)
		throws IOException, InterruptedException
	{
		final Process process = new ProcessBuilder(System.getProperty("java.home") +
			File.separator + "bin" + File.separator + "java", "-cp", System
				.getProperty("java.class.path"), KilledProcessTest.class.getName(),
			folder.toString()).inheritIO().start();
		try {
			for (int i = 0; i < 2000 && !Trainer.isResumable(folder); i++)
				LockSupport.parkNanos(10_000_000);
			assertTrue(Trainer.isResumable(folder), "the process does not train");
			LockSupport.parkNanos(milliseconds * 1_000_000L);
		}
		finally {
			process.destroyForcibly();
			assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the process lives on");
		}
	}
}
