
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.ModelReference;
import sc.fiji.unet.network.NetworkLostException;
import sc.fiji.unet.train.TrainingResult.Status;

/** A run that was killed and resumed equals one that was not, to the bit. */
class ResumeTest {

	@TempDir
	Path temporary;

	/** Eight updates of two batches, in epochs of three, three and two. */
	private final TrainingPlan plan = Fixture.plan().length(TrainingLength
		.updates(8)).updatesPerEpoch(3).build();

	/** Seconds that pass with every batch: some checkpoints fall in between. */
	private static final double BATCH_SECONDS = 11;

	private Trainer trainer(final FakeNetwork network, final Path folder) {
		return trainer(plan, network, folder);
	}

	private static Trainer trainer(final TrainingPlan plan,
		final FakeNetwork network, final Path folder)
	{
		final double[] seconds = { 0 };
		network.onLearn = () -> seconds[0] += BATCH_SECONDS;
		return new Trainer(plan, network, Fixture.data(), folder).clock(
			() -> (long) (seconds[0] * 1e9));
	}

	/** Everything about the outcome, times aside. */
	private static String outcome(final TrainingResult result,
		final FakeNetwork network) throws IOException
	{
		final List<String> lines = new ArrayList<>();
		lines.add(result.status() + " " + result.updates() + " " + result
			.message());
		lines.add("last " + network.state());
		for (final String line : result.history().toCsv().split("\n"))
			lines.add(line.replaceFirst("^(\\d+,\\d+),[^,]*,", "$1,"));
		network.restore(result.bestNetwork());
		lines.add("best " + network.state());
		return String.join("\n", lines);
	}

	private String undisturbed() throws IOException {
		final FakeNetwork network = new FakeNetwork(plan);
		return outcome(trainer(network, temporary.resolve("undisturbed")).run(),
			network);
	}

	@Test
	void killedAtAnyBatch() throws IOException {
		final String expected = undisturbed();
		for (int k = 1; k <= 16; k++) {
			final Path folder = temporary.resolve("batch" + k);
			final FakeNetwork killed = new FakeNetwork(plan);
			killed.killAtBatch = k;
			assertThrows(FakeNetwork.Killed.class, () -> trainer(killed, folder)
				.run());
			final FakeNetwork resumed = new FakeNetwork(plan);
			assertEquals(expected, outcome(trainer(resumed, folder).resume(),
				resumed), "killed at batch " + k);
			assertTrue(resumed.batches <= 16 - k + 1 + 3,
				"at most the batches since the last checkpoint are repeated; killed at " +
					k + ", then " + resumed.batches);
		}
	}

	@Test
	void killedAtAnySave() throws IOException {
		final String expected = undisturbed();
		for (int k = 1;; k++) {
			final Path folder = temporary.resolve("save" + k);
			final FakeNetwork killed = new FakeNetwork(plan);
			killed.killAtSave = k;
			try {
				trainer(killed, folder).run();
				assertTrue(k > 5, "there should be more saves than " + k);
				break;
			}
			catch (final FakeNetwork.Killed e) {
				final FakeNetwork resumed = new FakeNetwork(plan);
				assertEquals(expected, outcome(trainer(resumed, folder).resume(),
					resumed), "killed in save " + k);
			}
		}
	}

	@Test
	void interruptedInAnySave() throws IOException {
		final String expected = undisturbed();
		for (int k = 1;; k++) {
			final int save = k;
			final Path folder = temporary.resolve("interrupted" + k);
			final FakeNetwork network = new FakeNetwork(plan);
			network.onSave = () -> {
				if (network.saves == save - 1) Thread.currentThread().interrupt();
			};
			final TrainingResult result = trainer(network, folder).run();
			if (!Thread.interrupted()) {
				assertTrue(k > 5, "there should be more saves than " + k);
				break;
			}
			final FakeNetwork resumed = new FakeNetwork(plan);
			final TrainingResult end = result.status() == Status.CANCELLED ? trainer(
				resumed, folder).resume() : result;
			assertEquals(expected, outcome(end, end == result ? network : resumed),
				"interrupted in save " + k);
		}
	}

	@Test
	void killedAgainAndAgain() throws IOException {
		final String expected = undisturbed();
		final Path folder = temporary.resolve("again");
		for (int attempts = 1; attempts < 50; attempts++) {
			final FakeNetwork network = new FakeNetwork(plan);
			network.killAtBatch = 6;
			try {
				assertEquals(expected, outcome(trainer(network, folder).resume(),
					network), "after " + attempts + " attempts");
				assertTrue(attempts > 3, "attempts " + attempts);
				return;
			}
			catch (final FakeNetwork.Killed e) {
				assertTrue(Trainer.isResumable(folder));
			}
		}
		throw new AssertionError("The training makes no progress.");
	}

	@Test
	void cancelledAfterAnyBatchOrEvaluation() throws IOException {
		final String expected = undisturbed();
		for (int k = 0; k < 22; k++) {
			final int limit = k;
			final Path folder = temporary.resolve("cancel" + k);
			final FakeNetwork network = new FakeNetwork(plan);
			assertEquals(Status.CANCELLED, trainer(network, folder).cancelled(
				() -> network.batches + network.evaluations >= limit).run().status());
			final FakeNetwork resumed = new FakeNetwork(plan);
			final TrainingResult result = trainer(resumed, folder).resume();
			assertEquals(expected, outcome(result, resumed), "cancelled at " + k);
			assertTrue(resumed.batches <= 16);
		}
	}

	@Test
	void aStepThatWasEndedByForceLosesNoMoreThanItsCheckpointHas()
		throws IOException
	{
		final String expected = undisturbed();
		final Path folder = temporary.resolve("forced");
		final FakeNetwork network = new FakeNetwork(plan);
		final Trainer trainer = trainer(network, folder);
		network.onLearn = () -> {
			if (network.batches == 13) throw new CancellationException();
		};
		final TrainingResult result = trainer.run();
		assertEquals(Status.CANCELLED, result.status());
		assertTrue(result.message().contains("can be resumed from update"), result
			.message());
		final FakeNetwork resumed = new FakeNetwork(plan);
		assertEquals(expected, outcome(trainer(resumed, folder).resume(), resumed));
	}

	@Test
	void aLostNetworkTellsWhereTrainingCanGoOn() throws IOException {
		final String expected = undisturbed();
		final Path folder = temporary.resolve("lost");
		final FakeNetwork network = new FakeNetwork(plan);
		final Trainer trainer = trainer(network, folder);
		network.onLearn = () -> {
			if (network.batches == 13) throw new NetworkLostException(
				"The process was killed.");
		};
		final String message = assertThrows(NetworkLostException.class,
			trainer::run).getMessage();
		assertTrue(message.startsWith(
			"The process was killed. The training can be resumed from update "),
			message);
		final FakeNetwork resumed = new FakeNetwork(plan);
		assertEquals(expected, outcome(trainer(resumed, folder).resume(), resumed));
	}

	@Test
	void withoutAccumulationToo() throws IOException {
		final TrainingPlan single = plan.toBuilder().accumulation(1).patience(2)
			.build();
		final FakeNetwork network = new FakeNetwork(single);
		final String expected = outcome(trainer(single, network, temporary.resolve(
			"single")).run(), network);
		for (int k = 1; k <= 8; k++) {
			final Path folder = temporary.resolve("single" + k);
			final FakeNetwork killed = new FakeNetwork(single);
			killed.killAtBatch = k;
			assertThrows(FakeNetwork.Killed.class, () -> trainer(single, killed,
				folder).run());
			final FakeNetwork resumed = new FakeNetwork(single);
			assertEquals(expected, outcome(trainer(single, resumed, folder).resume(),
				resumed), "killed at batch " + k);
		}
	}

	@Test
	void historyRowsAfterTheCheckpointAreDropped() throws IOException {
		final Path folder = temporary.resolve("rows");
		final FakeNetwork killed = new FakeNetwork(plan);
		killed.killAtBatch = 15;
		assertThrows(FakeNetwork.Killed.class, () -> trainer(killed, folder).run());
		final Path csv = folder.resolve("history.csv");
		Files.write(csv, "9,99,1,1,1,1,1,1,1,1,1\n".getBytes(),
			StandardOpenOption.APPEND);
		final FakeNetwork resumed = new FakeNetwork(plan);
		trainer(resumed, folder).resume();
		final History history = History.read(csv);
		assertEquals(3, history.rows().size(), history.toCsv());
		for (int i = 0; i < 3; i++)
			assertEquals(i + 1, history.rows().get(i).epoch());
	}

	@Test
	void finishedTrainingIsNotContinued() throws IOException {
		final Path folder = temporary.resolve("done");
		final FakeNetwork network = new FakeNetwork(plan);
		final TrainingResult done = trainer(network, folder).run();
		final FakeNetwork again = new FakeNetwork(plan);
		final TrainingResult result = trainer(again, folder).resume();
		assertEquals(Status.FINISHED, result.status());
		assertEquals(0, again.batches);
		assertEquals(done.bestNetwork(), result.bestNetwork());
		assertEquals(network.state(), again.state());
	}

	@Test
	void nothingToResumeBeginsAndSaysSo() throws IOException {
		final List<String> messages = new ArrayList<>();
		final FakeNetwork network = new FakeNetwork(plan);
		final TrainingResult result = trainer(network, temporary.resolve("none"))
			.listener(new TrainingListener()
			{

				@Override
				public void message(final String sentence) {
					messages.add(sentence);
				}
			}).resume();
		assertEquals(Status.FINISHED, result.status());
		assertTrue(messages.get(0).contains("nothing to resume"), messages
			.toString());
	}

	@Test
	void networkThatIsNotTheStatesIsRefused() throws IOException {
		for (final int accumulation : new int[] { 1, 2 }) {
			final TrainingPlan p = plan.toBuilder().accumulation(accumulation)
				.build();
			final Path folder = temporary.resolve("mixed" + accumulation);
			final FakeNetwork network = new FakeNetwork(p);
			final TrainingResult result = trainer(p, network, folder).cancelled(
				() -> network.updates() == 4).run();
			new FakeNetwork(p).save(result.lastNetwork());
			final String message = assertThrows(IOException.class, () -> trainer(p,
				new FakeNetwork(p), folder).resume()).getMessage();
			assertTrue(message.contains("disagree"), message);
		}
	}

	@Test
	void networkThatHasLearntBeforeGoesOnToo() throws IOException {
		final FakeNetwork network = new FakeNetwork(plan);
		trainer(network, temporary.resolve("before")).run();
		final Path folder = temporary.resolve("after");
		trainer(network, folder).cancelled(() -> network.updates() == 11).run();
		final FakeNetwork resumed = new FakeNetwork(plan);
		assertEquals(8, trainer(resumed, folder).resume().updates());
		assertEquals(16, resumed.updates());
	}

	@Test
	void otherPlanIsRefusedWithItsKeys() throws IOException {
		final Path folder = temporary.resolve("plan");
		final FakeNetwork network = new FakeNetwork(plan);
		trainer(network, folder).cancelled(() -> network.batches == 3).run();
		final TrainingPlan other = plan.toBuilder().learningRate(0.1).seed(8)
			.build();
		final IllegalArgumentException e = assertThrows(
			IllegalArgumentException.class, () -> trainer(other, new FakeNetwork(
				other), folder).resume());
		assertTrue(e.getMessage().contains("learningRate, seed"), e.getMessage());
		trainer(new FakeNetwork(plan), folder).resume();
	}

	@Test
	void anotherStartIsRefusedWithBothModels() throws IOException {
		final TrainingPlan cells = plan.toBuilder().startFrom(new ModelReference(
			"cells", sha256('a'))).build();
		final TrainingPlan nuclei = plan.toBuilder().startFrom(new ModelReference(
			"nuclei", sha256('b'))).build();
		final Path folder = temporary.resolve("start");
		final FakeNetwork network = new FakeNetwork(cells);
		trainer(cells, network, folder).cancelled(() -> network.batches == 3).run();
		final String[] expected = { "not from the model 'nuclei' (SHA-256 bbbb",
			"not from scratch" };
		final TrainingPlan[] others = { nuclei, plan };
		for (int i = 0; i < 2; i++) {
			final TrainingPlan other = others[i];
			final String message = assertThrows(IllegalArgumentException.class,
				() -> trainer(other, new FakeNetwork(other), folder).resume())
				.getMessage();
			assertTrue(message.contains(
				"started from the model 'cells' (SHA-256 aaaa") && message.contains(
					expected[i]) && message.contains("--from"), message);
		}
		assertEquals(Status.FINISHED, trainer(cells, new FakeNetwork(cells), folder)
			.resume().status());
	}

	private static String sha256(final char digit) {
		return String.join("", Collections.nCopies(64, "" + digit));
	}

	@Test
	void otherImagesAreRefused() throws IOException {
		final Path folder = temporary.resolve("images");
		final FakeNetwork network = new FakeNetwork(plan);
		trainer(network, folder).cancelled(() -> network.batches == 3).run();
		final List<Sample> changed = Fixture.samples(3, 1);
		changed.get(1).labels().update(null).getCurrentStorageArray()[5] ^= 1;
		for (final TrainingData other : Arrays.asList(new TrainingData(Fixture
			.samples(2, 1), Fixture.samples(2, 100)), new TrainingData(Fixture
				.samples(3, 1), Collections.emptyList()), new TrainingData(changed,
					Fixture.samples(2, 100))))
		{
			final IllegalArgumentException e = assertThrows(
				IllegalArgumentException.class, () -> new Trainer(plan, new FakeNetwork(
					plan), other, folder).resume());
			assertTrue(e.getMessage().contains("other images"), e.getMessage());
		}
	}

	@Test
	void timedTrainingGoesOnWithItsPlanAndTheTimeThatIsLeft() throws IOException {
		final TrainingPlan timed = Fixture.plan().length(TrainingLength.minutes(10))
			.build();
		final Path folder = temporary.resolve("timed");
		final List<Double> rates = new ArrayList<>();
		final FakeNetwork killed = new FakeNetwork(timed);
		killed.killAtBatch = 30;
		assertThrows(FakeNetwork.Killed.class, () -> trainer(timed, killed, folder)
			.run());
		final FakeNetwork resumed = new FakeNetwork(timed);
		final TrainingResult result = trainer(timed, resumed, folder).listener(
			new TrainingListener()
			{

				@Override
				public void step(final long update, final long total, final double loss,
					final double rate, final double secondsLeft)
			{
					rates.add(rate);
				}
			}).resume();
		assertEquals(Status.FINISHED, result.status());
		assertEquals(600, result.seconds(), 30, "seconds in all");
		assertEquals(600 / (2 * BATCH_SECONDS), result.updates(), 2, "updates");
		assertTrue(rates.get(rates.size() - 1) < 0.05 * timed.learningRate(),
			"rate at the end " + rates.get(rates.size() - 1));
	}
}
