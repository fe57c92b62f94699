
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.train.TrainingResult.Status;

/** A training by the clock, made again without one, is the same to the bit. */
class ReplayTest {

	@TempDir
	Path temporary;

	/** A minute of epochs of twenty updates, at a rate where losses jump. */
	private static PlanBuilder timed() {
		return Fixture.plan().length(TrainingLength.minutes(1)).updatesPerEpoch(20)
			.learningRate(5).optimizer(OptimizerConfig.sgd(0.5).withAverageDecay(
				0.3));
	}

	/** What a training has come to, times aside. */
	private static final class Outcome {

		private final TrainingResult result;
		private final List<String> lines = new ArrayList<>();

		Outcome(final TrainingResult result, final FakeNetwork network)
			throws IOException
		{
			this.result = result;
			for (final String row : result.history().toCsv().split("\n"))
				lines.add(row.replaceFirst("^(\\d+,\\d+),[^,]*,", "$1,"));
			network.restore(result.bestNetwork());
			lines.add("best " + network.state());
			network.restore(result.lastNetwork());
			lines.add("last " + network.state());
		}

		@Override
		public String toString() {
			return String.join("\n", lines);
		}
	}

	private Outcome train(final TrainingPlan plan, final String name,
		final FakeNetwork network, final BooleanSupplier cancelled)
		throws IOException
	{
		return new Outcome(trainer(plan, name, network, new ArrayList<>(), 30e9)
			.cancelled(cancelled).run(), network);
	}

	/**
	 * On a machine that becomes twice as slow, where validation takes longer than
	 * foreseen.
	 */
	private Trainer trainer(final TrainingPlan plan, final String name,
		final FakeNetwork network, final List<Double> rates, final double slowFrom)
	{
		final long[] nanos = { 0 };
		final Runnable learns = network.onLearn;
		network.onLearn = () -> {
			nanos[0] += nanos[0] < slowFrom ? 40_000_000 : 80_000_000;
			learns.run();
		};
		network.onEvaluate = () -> nanos[0] += 300_000_000;
		network.onSave = () -> nanos[0] += 50_000_000;
		return new Trainer(plan, network, Fixture.data(), temporary.resolve(name))
			.clock(() -> nanos[0]).listener(new TrainingListener()
			{

				@Override
				public void step(final long update, final long total, final double loss,
					final double rate, final double secondsLeft)
			{
					rates.add(rate);
				}
			});
	}

	private static TrainingPlan read(final TrainingPlan plan) {
		return TrainingPlan.fromJson(plan.toJson());
	}

	@Test
	void aTimedTrainingIsMadeAgainOnAMachineOfAnotherPace() throws IOException {
		final TrainingPlan plan = timed().build();
		final List<Double> rates = new ArrayList<>();
		final FakeNetwork network = new FakeNetwork(plan);
		final Outcome first = new Outcome(trainer(plan, "first", network, rates,
			30e9).run(), network);
		final TrainingPlan replay = read(first.result.replay());
		assertTrue(replay.length().isReplay(), replay.toJson());
		assertTrue(replay.length().record().parts().size() > 3,
			"the plan was revised: " + replay.toJson());
		assertTrue(replay.length().record().parts().stream().mapToInt(
			StepPlan.Part::updatesPerEpoch).distinct().count() > 1,
			"and its epochs: " + replay.toJson());
		assertNotEquals(first.result.history().rows().size(), first.result
			.bestEpoch().epoch(), "the best epoch is not the last one");
		final List<Double> again = new ArrayList<>();
		final FakeNetwork other = new FakeNetwork(replay);
		final Outcome second = new Outcome(trainer(replay, "second", other, again,
			0).run(), other);
		assertEquals(rates, again);
		assertEquals(first.toString(), second.toString());
		assertEquals(first.result.updates(), replay.length().updates());
		assertNotEquals(first.result.seconds(), second.result.seconds());
		assertEquals(replay, second.result.replay(), "and so on");
		final FakeNetwork naive = new FakeNetwork(plan);
		assertNotEquals(first.toString(), new Outcome(trainer(plan, "naive", naive,
			again, 0).run(), naive).toString(),
			"by the clock, the slow machine trains otherwise");
	}

	@Test
	void theEndIsKnownFromTheBeginning() throws IOException {
		final TrainingPlan plan = timed().build();
		final TrainingPlan replay = train(plan, "a", new FakeNetwork(plan),
			() -> false).result.replay();
		final Notes notes = new Notes();
		trainer(replay, "b", new FakeNetwork(replay), new ArrayList<>(), 0)
			.listener(notes).run();
		assertEquals(replay.length().updates(), notes.total);
		assertFalse(notes.messages.toString().contains("there is time for"),
			notes.messages.toString());
	}

	@Test
	void patienceRunsOutAgain() throws IOException {
		final TrainingPlan plan = timed().patience(2).learningRate(1e-30).build();
		final Outcome first = train(plan, "first", new FakeNetwork(plan),
			() -> false);
		assertEquals(Status.EARLY_STOPPED, first.result.status());
		final TrainingPlan replay = read(first.result.replay());
		final Outcome second = train(replay, "second", new FakeNetwork(replay),
			() -> false);
		assertEquals(Status.EARLY_STOPPED, second.result.status());
		assertEquals(first.toString(), second.toString());
		assertEquals(first.result.message(), second.result.message());
	}

	@Test
	void aTrainingThatWasStoppedIsMadeAgainUpToThere() throws IOException {
		final TrainingPlan byEpochs = Fixture.plan().length(TrainingLength.epochs(
			30)).updatesPerEpoch(5).build();
		for (final TrainingPlan plan : new TrainingPlan[] { timed().build(),
			byEpochs })
			for (final int batches : new int[] { 1, 7, 40, 41, 153 })
				assertStopIsReplayed(plan, batches, 0);
	}

	/** Just before a look at the validation images, within one, and after. */
	@Test
	void aStopAtTheEndOfAnEpochIsMadeAgainWithItsLookOrWithout()
		throws IOException
	{
		final TrainingPlan plan = Fixture.plan().length(TrainingLength.epochs(30))
			.updatesPerEpoch(5).build();
		for (int evaluations = 5; evaluations < 10; evaluations++)
			assertStopIsReplayed(plan, 20, evaluations);
	}

	private void assertStopIsReplayed(final TrainingPlan plan, final int batches,
		final int evaluations) throws IOException
	{
		final String name = plan.length().isTimed() + "-" + batches + "-" +
			evaluations;
		final FakeNetwork network = new FakeNetwork(plan);
		final Outcome first = train(plan, "first" + name, network,
			() -> network.batches >= batches && network.evaluations >= evaluations);
		assertEquals(Status.CANCELLED, first.result.status());
		final TrainingPlan replay = read(first.result.replay());
		final FakeNetwork again = new FakeNetwork(replay);
		final Outcome second = train(replay, "second" + name, again, () -> false);
		assertEquals(Status.FINISHED, second.result.status(), name);
		assertEquals(first.toString(), second.toString(), name);
		assertEquals(network.batches, again.batches, name);
		assertEquals(replay, second.result.replay(), name);
	}

	@Test
	void aStepThatWasEndedByForceIsLeftOut() throws IOException {
		final TrainingPlan plan = Fixture.plan().length(TrainingLength.updates(50))
			.updatesPerEpoch(3).build();
		final FakeNetwork network = new FakeNetwork(plan);
		network.onLearn = () -> {
			if (network.batches == 23) throw new CancellationException();
		};
		final Outcome first = train(plan, "first", network, () -> false);
		final TrainingPlan replay = read(first.result.replay());
		final Outcome second = train(replay, "second", new FakeNetwork(replay),
			() -> false);
		assertEquals(first.toString(), second.toString());
		assertEquals(9, second.result.updates(), "those of the last checkpoint");
		assertEquals(9, first.result.updates(), "no more are kept");
	}

	@Test
	void aReplayThatWasKilledGoesOn() throws IOException {
		final TrainingPlan plan = timed().build();
		final Outcome first = train(plan, "first", new FakeNetwork(plan),
			() -> false);
		final TrainingPlan replay = read(first.result.replay());
		for (final int batch : new int[] { 3, 17, 150, 900 }) {
			final FakeNetwork killed = new FakeNetwork(replay);
			killed.killAtBatch = batch;
			assertThrows(FakeNetwork.Killed.class, () -> train(replay, "k" + batch,
				killed, () -> false));
			final FakeNetwork resumed = new FakeNetwork(replay);
			assertEquals(first.toString(), new Outcome(trainer(replay, "k" + batch,
				resumed, new ArrayList<>(), 0).resume(), resumed).toString());
		}
	}

	@Test
	void aTrainingByTheClockThatWasKilledIsMadeAgainInOneGo() throws IOException {
		final TrainingPlan plan = timed().build();
		final FakeNetwork killed = new FakeNetwork(plan);
		killed.killAtBatch = 300;
		assertThrows(FakeNetwork.Killed.class, () -> train(plan, "first", killed,
			() -> false));
		final FakeNetwork resumed = new FakeNetwork(plan);
		final Outcome first = new Outcome(trainer(plan, "first", resumed,
			new ArrayList<>(), 1e9).resume(), resumed);
		final TrainingPlan replay = read(first.result.replay());
		assertEquals(first.toString(), train(replay, "second", new FakeNetwork(
			replay), () -> false).toString());
	}

	@Test
	void anotherLengthTakesThePlaceOfTheSteps() throws IOException {
		final TrainingPlan plan = timed().build();
		final TrainingPlan replay = train(plan, "first", new FakeNetwork(plan),
			() -> false).result.replay();
		assertEquals(plan, replay.toBuilder().length(plan.length()).build());
		assertEquals(plan.toBuilder().length(TrainingLength.epochs(3)).build(),
			replay.toBuilder().length(TrainingLength.epochs(3)).build());
	}

	@Test
	void aSingleSettingTakesThePlaceOfStepsAndStop() throws IOException {
		final TrainingPlan plan = timed().build();
		final FakeNetwork network = new FakeNetwork(plan);
		final TrainingPlan replay = train(plan, "first", network,
			() -> network.batches >= 40).result.replay();
		assertEquals(plan.toBuilder().length(TrainingLength.updates(7)).build(),
			replay.with("updates=7"));
		assertEquals(replay.length().record().stop().batches(), replay.with(
			"seed=3").length().record().stop().batches());
	}

	@Test
	void aTrainingByEpochsIsItsOwnReplay() throws IOException {
		final TrainingPlan plan = Fixture.plan().length(TrainingLength.epochs(3))
			.build();
		assertEquals(plan, train(plan, "a", new FakeNetwork(plan),
			() -> false).result.replay());
	}

	private static void assertRefused(final String json, final String... words) {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> TrainingPlan.fromJson("{" + json + "}"), json).getMessage();
		for (final String word : words)
			assertTrue(message.contains(word), "'" + message + "' should say '" +
				word + "'");
	}

	@Test
	void stepsThatContradictEachOtherAreRefused() {
		final String step = "{'from': 0, 'total': 50, 'updatesPerEpoch': 10}";
		assertEquals(50, TrainingPlan.fromJson("{'steps': [" + step + "]}").length()
			.updates());
		assertRefused("'steps': [" + step + "], 'minutes': 5", "minutes and steps");
		assertRefused("'stop': {'batches': 3, 'epochs': 0}", "'stop'", "'steps'");
		assertRefused("'steps': []", "'steps'", "empty");
		assertRefused("'steps': 5", "steps", "list of objects");
		assertRefused("'steps': [5]", "steps[0]", "object");
		assertRefused("'steps': [{'from': 0, 'total': 5}]",
			"steps[0].updatesPerEpoch", "missing");
		assertRefused("'steps': [{'from': 1, 'total': 5, 'updatesPerEpoch': 1}]",
			"steps[0].from", "must be 0");
		assertRefused("'steps': [" + step + ", " + step + "]", "steps[1].from",
			"above 0 and below 50");
		assertRefused("'steps': [" + step +
			", {'from': 60, 'total': 70, 'updatesPerEpoch': 10}]", "60", "below 50");
		assertRefused("'steps': [" + step +
			", {'from': 40, 'total': 30, 'updatesPerEpoch': 10}]", "steps[1].total",
			"40");
		assertRefused("'steps': [" + step +
			", {'from': 40, 'total': 60, 'updatesPerEpoch': 0}]",
			"steps[1].updatesPerEpoch");
		assertRefused("'steps': [{'from': 0, 'total': 0, 'updatesPerEpoch': 1}]",
			"no update");
		assertRefused("'steps': [" + step +
			"], 'stop': {'batches': 51, 'epochs': 0}", "stop.batches", "1 to 50");
		assertRefused("'steps': [" + step +
			"], 'stop': {'batches': 5, 'epochs': -1}", "stop.epochs");
		assertRefused("'steps': [" + step + "], 'stop': {'batches': 5}",
			"stop.epochs", "missing");
		assertRefused("'steps': [{'from': 0, 'end': 3}]", "steps[0]");
	}
}
