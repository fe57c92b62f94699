
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.train.TrainingResult.Status;
import sc.fiji.unet.weightmap.WeightMapConfig;

class TrainerTest {

	@TempDir
	Path folder;

	private final Notes notes = new Notes();

	private Trainer trainer(final TrainingPlan plan, final FakeNetwork network) {
		return new Trainer(plan, network, Fixture.data(), folder).listener(notes);
	}

	@Test
	void learnsAndTellsHowItGoes() throws IOException {
		final TrainingPlan plan = Fixture.plan().length(TrainingLength.epochs(10))
			.build();
		final FakeNetwork network = new FakeNetwork(plan);
		final TrainingResult result = trainer(plan, network).run();
		assertEquals(Status.FINISHED, result.status(), result.message());
		assertEquals(40, result.updates());
		assertEquals(40, network.updates());
		assertEquals(80, network.batches, "two batches an update");
		assertEquals(40, notes.total);
		assertEquals(40, notes.updates.size());
		assertEquals(10, notes.rows.size());
		assertEquals(notes.rows, result.history().rows());
		assertEquals(result, notes.result);
		final History.Row first = notes.rows.get(0);
		final History.Row last = notes.rows.get(9);
		assertTrue(last.validationLoss() < 0.7 * first.validationLoss(),
			"validation loss " + first.validationLoss() + " -> " + last
				.validationLoss());
		assertTrue(last.scores()[2] > 0.8, "F1 " + last.scores()[2]);
		assertEquals(plan.schedule().rate(0.5, 39, 40), notes.rates.get(39), 1e-15);
		assertEquals(history(), result.history().toCsv());
		assertTrue(Files.exists(folder.resolve("plan.json")));
		assertEquals(0, patchThreads(), "threads that prepare batches");
	}

	private String history() throws IOException {
		return new String(Files.readAllBytes(folder.resolve("history.csv")));
	}

	@Test
	void bestCheckpointIsTheOneWithTheSmallestValidationLoss()
		throws IOException
	{
		// A rate at which the loss jumps up and down.
		final TrainingPlan plan = Fixture.plan().learningRate(25).schedule(
			Schedule.CONSTANT).length(TrainingLength.epochs(12)).optimizer(
				OptimizerConfig.sgd(0).withAverageDecay(0.1)).build();
		final FakeNetwork network = new FakeNetwork(plan);
		final List<String> states = new ArrayList<>();
		final TrainingResult result = trainer(plan, network).listener(
			new TrainingListener()
			{

				@Override
				public void epoch(final History.Row row) {
					states.add(network.state());
				}
			}).run();
		int best = 0;
		for (int i = 0; i < notes.rows.size(); i++)
			if (notes.rows.get(i).validationLoss() < notes.rows.get(best)
				.validationLoss()) best = i;
		assertNotEquals(11, best, "the last epoch should not be the best here");
		assertEquals(best + 1, result.bestEpoch().epoch());
		network.restore(result.bestNetwork());
		assertEquals(states.get(best), network.state(), "best network");
		network.restore(result.lastNetwork());
		assertEquals(states.get(11), network.state(), "last network");
	}

	@Test
	void bestCheckpointMayBeChosenByScore() throws IOException {
		final TrainingPlan plan = Fixture.plan().learningRate(25).schedule(
			Schedule.CONSTANT).length(TrainingLength.epochs(12)).optimizer(
				OptimizerConfig.sgd(0).withAverageDecay(0.1)).best(Criterion.SCORE)
			.build();
		final TrainingResult result = trainer(plan, new FakeNetwork(plan)).run();
		for (final History.Row row : notes.rows)
			assertTrue(row.scores()[0] <= result.bestEpoch().scores()[0],
				"IoU of epoch " + row.epoch() + " is " + row.scores()[0] +
					", of the best " + result.bestEpoch().scores()[0]);
	}

	@Test
	void earlyStoppingReallyStops() throws IOException {
		final TrainingPlan plan = Fixture.plan().learningRate(1e-30).length(
			TrainingLength.epochs(100)).patience(3).build();
		final FakeNetwork network = new FakeNetwork(plan);
		final TrainingResult result = trainer(plan, network).run();
		assertEquals(Status.EARLY_STOPPED, result.status());
		assertEquals(4, notes.rows.size(), "one epoch, and 3 of patience");
		assertEquals(1, result.bestEpoch().epoch());
		assertTrue(result.message().contains("3 epochs"), result.message());

		final FakeNetwork again = new FakeNetwork(plan);
		assertEquals(Status.EARLY_STOPPED, trainer(plan, again).resume().status());
		assertEquals(0, again.batches, "what has ended is not continued");
	}

	@Test
	void cancelEndsAfterTheBatchAndCanBeResumed() throws IOException {
		final TrainingPlan plan = Fixture.plan().build();
		final FakeNetwork network = new FakeNetwork(plan);
		final TrainingResult result = trainer(plan, network).cancelled(
			() -> network.batches == 5).run();
		assertEquals(Status.CANCELLED, result.status());
		assertEquals(5, network.batches);
		assertEquals(2, result.updates());
		assertTrue(Trainer.isResumable(folder));
		network.restore(result.lastNetwork());
		assertEquals(1, network.accumulated(), "in the middle of an update");
		assertEquals(Status.FINISHED, trainer(plan, new FakeNetwork(plan)).resume()
			.status());
	}

	@Test
	void cancelIsHeardDuringValidation() throws IOException {
		final TrainingPlan plan = Fixture.plan().build();
		final FakeNetwork network = new FakeNetwork(plan);
		final TrainingResult result = trainer(plan, network).cancelled(
			() -> network.evaluations == 1).run();
		assertEquals(Status.CANCELLED, result.status());
		assertEquals(1, network.evaluations);
		assertEquals(0, notes.rows.size(), "the epoch has not ended");
	}

	@Test
	void interruptedThreadCancelsAndStaysInterrupted() throws IOException {
		final TrainingPlan plan = Fixture.plan().build();
		final FakeNetwork network = new FakeNetwork(plan);
		network.onLearn = () -> {
			if (network.batches == 3) Thread.currentThread().interrupt();
		};
		final TrainingResult result = trainer(plan, network).run();
		assertTrue(Thread.interrupted(), "the thread's flag should be set");
		assertEquals(Status.CANCELLED, result.status());
		assertEquals(3, network.batches);
	}

	@Test
	void interruptionCancelsWhereACheckpointIsDueAsWell() throws IOException {
		final TrainingPlan plan = Fixture.plan().build();
		final FakeNetwork network = new FakeNetwork(plan);
		// Every batch takes so long that a checkpoint follows it.
		final long[] nanos = { 0 };
		network.onLearn = () -> {
			nanos[0] += 40_000_000_000L;
			if (network.batches == 3) Thread.currentThread().interrupt();
		};
		final TrainingResult result = trainer(plan, network).clock(() -> nanos[0])
			.run();
		assertTrue(Thread.interrupted(), "the thread's flag should be set");
		assertEquals(Status.CANCELLED, result.status());
		network.restore(result.lastNetwork());
		assertEquals(1, network.accumulated(), "the third batch is kept");
	}

	@Test
	void withoutValidationImagesTheLastCheckpointIsTheBest() throws IOException {
		final TrainingPlan plan = Fixture.plan().patience(1).build();
		final FakeNetwork network = new FakeNetwork(plan);
		final TrainingResult result = new Trainer(plan, network, new TrainingData(
			Fixture.samples(2, 1), Collections.emptyList()), folder).listener(notes)
			.run();
		assertEquals(Status.FINISHED, result.status());
		assertEquals(0, network.evaluations);
		assertEquals(result.lastNetwork(), result.bestNetwork());
		assertTrue(Double.isNaN(notes.rows.get(0).validationLoss()));
		assertTrue(notes.messages.get(0).contains("No image is held out"),
			notes.messages.toString());
	}

	@Test
	void failingNetworkEndsTheTrainingAndUnlocksTheFolder() throws IOException {
		final TrainingPlan plan = Fixture.plan().build();
		final FakeNetwork network = new FakeNetwork(plan);
		network.killAtBatch = 4;
		assertThrows(FakeNetwork.Killed.class, () -> trainer(plan, network).run());
		Checkpoints.open(folder).close();
		assertEquals(0, patchThreads(), "threads that prepare batches");
	}

	/** Threads that still live after up to a second. */
	private static long patchThreads() {
		long count = 0;
		for (int i = 0; i < 100; i++) {
			count = Thread.getAllStackTraces().keySet().stream().filter(t -> t
				.getName().equals("U-Net patches")).count();
			if (count == 0) return 0;
			LockSupport.parkNanos(10_000_000);
		}
		return count;
	}

	@Test
	void patchThatCannotBeMadeEndsTheTraining() {
		final TrainingPlan plan = Fixture.plan().target(new TargetConfig(
			LabelKind.CLASSES, 2, WeightMapConfig.builder().w0(0).balanceClasses(
				false).ridgeWidth(0).build())).build();
		final TrainingData data = Fixture.data();
		final TrainingListener spoilsTheLabels = new TrainingListener() {

			@Override
			public void started(final TrainingStart start) {
				for (final Sample sample : data.training())
					Arrays.fill(sample.labels().update(null).getCurrentStorageArray(), 7);
			}
		};
		final FakeNetwork network = new FakeNetwork(plan);
		final IllegalStateException e = assertThrows(IllegalStateException.class,
			() -> new Trainer(plan, network, data, folder).listener(spoilsTheLabels)
				.run());
		assertTrue(e.getMessage().contains("patch could not be made"), e
			.getMessage());
		assertEquals(0, patchThreads(), "threads that prepare batches");
	}

	@Test
	void aSecondTrainingIsNotStartedInTheSameFolder() throws IOException {
		final TrainingPlan plan = Fixture.plan().build();
		trainer(plan, new FakeNetwork(plan)).run();
		final IOException e = assertThrows(IOException.class, () -> trainer(plan,
			new FakeNetwork(plan)).run());
		assertTrue(e.getMessage().contains("resume") && e.getMessage().contains(
			folder.toString()), e.getMessage());
		Trainer.discard(folder);
		assertFalse(Trainer.isResumable(folder));
		trainer(plan, new FakeNetwork(plan)).run();
	}

	@Test
	void networkOfAnotherPlanIsRefused() {
		final TrainingPlan plan = Fixture.plan().build();
		final FakeNetwork other = new FakeNetwork(Fixture.plan().optimizer(
			OptimizerConfig.sgd(0.1)).build());
		assertThrows(IllegalArgumentException.class, () -> trainer(plan, other));
	}

	@Test
	void imagesThatDoNotFitAreRefusedBeforeAnythingIsWritten() {
		final TrainingPlan plan = Fixture.plan().network(UNetConfig.builder()
			.baseAndDepth(1, 1).channels(2).build()).build();
		final IllegalArgumentException e = assertThrows(
			IllegalArgumentException.class, () -> trainer(plan, new FakeNetwork(
				plan)));
		assertTrue(e.getMessage().contains("image1") && e.getMessage().contains(
			"1 channels"), e.getMessage());
		assertEquals(0, folder.toFile().list().length);
	}

	@Test
	void imagesHeldOutMustHaveACountedPixel() {
		final List<Sample> ignored = Fixture.samples(1, 1);
		Arrays.fill(ignored.get(0).labels().update(null).getCurrentStorageArray(),
			Sample.IGNORE);
		assertThrows(IllegalArgumentException.class, () -> new TrainingData(Fixture
			.samples(1, 2), ignored));
		assertThrows(IllegalArgumentException.class, () -> new TrainingData(
			Collections.emptyList(), ignored));
	}

	@Test
	void validationLossIsTheMeanOverAllCountedPixels() throws IOException {
		final TrainingPlan plan = Fixture.plan().learningRate(1e-30).length(
			TrainingLength.updates(1)).build();
		trainer(plan, new FakeNetwork(plan)).run();
		assertEquals(Math.log(2), notes.rows.get(0).validationLoss(), 1e-9,
			"slope and offset 0: probability 1/2 everywhere");
		int foreground = 0;
		int counted = 0;
		for (final Sample sample : Fixture.data().validation())
			for (final int label : sample.labels().update(null)
				.getCurrentStorageArray())
			{
				if (label > 0) foreground++;
				if (label >= 0) counted++;
			}
		assertEquals((double) foreground / counted, notes.rows.get(0).scores()[1],
			1e-12, "everything is called foreground: IoU is its share");
	}

	@Test
	void timeBudgetEndsInTimeAndItsRatesFollowFromTheStoredPlan()
		throws IOException
	{
		final TrainingPlan plan = Fixture.plan().length(TrainingLength.minutes(1))
			.updatesPerEpoch(20).build();
		final FakeNetwork network = new FakeNetwork(plan);
		final long[] nanos = { 0 };
		// Twice as slow after 30 s.
		network.onLearn = () -> nanos[0] += nanos[0] < 30e9 ? 40_000_000
			: 80_000_000;
		network.onEvaluate = () -> nanos[0] += 20_000_000;
		network.onSave = () -> nanos[0] += 50_000_000;
		final TrainingResult result = trainer(plan, network).clock(() -> nanos[0])
			.run();
		assertEquals(Status.FINISHED, result.status());
		assertEquals(60, result.seconds(), 3, "seconds");
		assertEquals(0, notes.total, "the number of updates is not yet known");
		assertTrue(notes.messages.toString().contains("there is time for about"),
			notes.messages.toString());
		final RunState state;
		try (Checkpoints checkpoints = Checkpoints.open(folder)) {
			state = checkpoints.readState(checkpoints.last());
		}
		assertEquals(state.steps.total(), notes.rates.size());
		for (int i = 0; i < notes.rates.size(); i++)
			assertEquals(0.5 * Schedule.COSINE.factor(state.steps.progress(i)),
				notes.rates.get(i), 0, "rate of update " + i);
		assertTrue(notes.rates.get(notes.rates.size() - 1) < 0.01,
			"the cosine has come down to " + notes.rates.get(notes.rates.size() - 1));
	}

	@Test
	void secondsSpentBeforehandCount() throws IOException {
		final TrainingPlan plan = Fixture.plan().length(TrainingLength.minutes(1))
			.updatesPerEpoch(20).build();
		final FakeNetwork network = new FakeNetwork(plan);
		final long[] nanos = { 0 };
		// As an engine that prepares itself in its first update.
		network.onLearn = () -> nanos[0] += nanos[0] == 0 ? 2_000_000_000
			: 50_000_000;
		final TrainingResult result = trainer(plan, network).clock(() -> nanos[0])
			.secondsSpent(20).run();
		assertEquals(Status.FINISHED, result.status());
		assertEquals(40, result.seconds(), 2, "of its own");
		assertEquals(40, nanos[0] * 1e-9, 2);
		// Two batches an update.
		assertTrue(notes.rates.size() > 350, notes.rates.size() + " updates");
	}
}
