
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.PatchSampler;
import sc.fiji.unet.data.Targets;
import sc.fiji.unet.network.Batch;
import sc.fiji.unet.train.RateRangeResult.End;

/** Rates, losses and ends, and that nothing is left of a test. */
class RateRangeTestTest {

	@TempDir
	Path folder;

	private final TrainingPlan plan = Fixture.plan().build();
	private final FakeNetwork network = new FakeNetwork(plan);
	private final RateRange range = new RateRange(1e-3, 10, 20);
	private String before;
	/** Last checkpoint of the training. */
	private Path saved;

	/** A network in the middle of its life: velocities, averages, counters. */
	@BeforeEach
	void train() throws IOException {
		new Trainer(plan, network, Fixture.data(), folder).run();
		network.rates.clear();
		network.batches = 0;
		before = network.state();
		saved = network.saved;
	}

	@AfterEach
	void nothingIsLeft() {
		assertEquals(before, network.state());
		assertEquals(12, network.updates());
		assertTrue(saved.equals(network.saved) || !Files.exists(network.saved),
			"left behind: " + network.saved);
	}

	private RateRangeTest test() {
		return test(range);
	}

	private RateRangeTest test(final RateRange rates) {
		return new RateRangeTest(plan, network, Fixture.data(), rates);
	}

	@Test
	void theRatesThatAreToldAreThoseOfTheUpdates() throws IOException {
		final List<Double> told = new ArrayList<>();
		final RateRangeResult result = test().progress((update, total, rate,
			loss) -> {
			assertEquals(told.size() + 1, update);
			assertEquals(20, total);
			told.add(rate);
		}).run();
		assertEquals(End.COMPLETE, result.end(), result.message());
		assertEquals(20, told.size());
		assertEquals(network.rates, told);
		final double[] rates = result.curve().rates();
		assertArrayEquals(told.stream().mapToDouble(r -> r).toArray(), rates);
		assertEquals(1e-3, rates[0]);
		assertEquals(10, rates[19]);
		for (int i = 1; i < rates.length; i++)
			assertEquals(Math.pow(10, 4.0 / 19), rates[i] / rates[i - 1], 1e-12);
		assertEquals(40, network.batches, "two batches an update");
	}

	/** Against the same by hand, without queue and threads. */
	@Test
	void theLossesAreThoseOfTheFirstBatchesOfTheTraining() throws IOException {
		final FakeNetwork twin = new FakeNetwork(plan);
		final Path copy = Files.createDirectory(folder.resolve("copy"));
		network.save(copy);
		twin.restore(copy);
		final PatchSampler patches = new PatchSampler(Fixture.data().training(),
			plan.patch(), Targets.of(plan.target(), Fixture.data().training()), plan
				.augmentation(), plan.seed());
		final double[] expected = new double[range.updates()];
		final Batch batch = patches.newBatch(plan.batchSize());
		for (int i = 0; i < 2 * expected.length; i++) {
			for (int slot = 0; slot < plan.batchSize(); slot++)
				patches.fill((long) i * plan.batchSize() + slot, batch, slot);
			expected[i / 2] += twin.accumulate(batch) / 2;
			if (i % 2 == 1) twin.apply(1e-3 * Math.pow(1e4, i / 2 / 19.0));
		}
		assertArrayEquals(expected, test().run().curve().losses(), 1e-9);
	}

	@Test
	void aLossThatIsNoNumberEndsTheTest() throws IOException {
		for (final double loss : new double[] { Double.NaN,
			Double.POSITIVE_INFINITY })
		{
			network.failAtUpdate = 12 + 7;
			network.failure = loss;
			final RateRangeResult result = test().run();
			assertEquals(End.NOT_FINITE, result.end());
			assertEquals(7, result.curve().updates());
			assertTrue(result.message().contains("ended after 7 of 20 updates"),
				result.message());
		}
	}

	@Test
	void aLossThatIsNoNumberFromTheBeginningIsToldToo() throws IOException {
		network.failAtUpdate = 0;
		final RateRangeResult result = test().run();
		assertEquals(End.NOT_FINITE, result.end());
		assertEquals(0, result.curve().updates());
		assertFalse(result.suggestion().isPresent());
		assertTrue(result.message().contains("before the first update"), result
			.message());
	}

	@Test
	void aLossFarAboveItsBestEndsTheTest() throws IOException {
		final RateRangeResult result = test(new RateRange(1e-3, 1e6, 40)).run();
		assertEquals(End.DIVERGED, result.end(), result.message());
		assertTrue(result.curve().updates() < 40, result.message());
		final double[] losses = result.curve().losses();
		assertTrue(losses[losses.length - 1] > 4 * losses[0], "last loss " +
			losses[losses.length - 1]);
	}

	@Test
	void aCancelKeepsWhatWasFound() throws IOException {
		// Between the two batches of an update.
		final RateRangeResult result = test().cancelled(() -> network.batches == 11)
			.run();
		assertEquals(End.CANCELLED, result.end());
		assertEquals(5, result.curve().updates());
		assertFalse(result.suggestion().isPresent(),
			"five updates do not allow one");
	}

	@Test
	void anInterruptionIsACancelAndStaysOne() throws IOException {
		network.onLearn = () -> {
			if (network.batches == 9) Thread.currentThread().interrupt();
		};
		final RateRangeResult result = test().run();
		assertTrue(Thread.interrupted(), "the thread knows of it");
		assertEquals(End.CANCELLED, result.end());
		assertEquals(4, result.curve().updates());
	}

	@Test
	void aFailureOfTheEngineIsPassedOn() {
		network.killAtBatch = 6;
		assertThrows(FakeNetwork.Killed.class, () -> test().run());
	}

	/** What a worker does that has to be killed to obey. */
	@Test
	void aCancelThatCostsTheNetworkKeepsWhatWasFound() throws IOException {
		final int[] restored = { 0 };
		final FakeNetwork lost = new FakeNetwork(plan) {

			@Override
			public void restore(final Path from) {
				restored[0]++;
			}
		};
		lost.onLearn = () -> {
			if (lost.batches == 8) throw new CancellationException();
		};
		final RateRangeResult result = new RateRangeTest(plan, lost, Fixture.data(),
			range).run();
		assertEquals(End.CANCELLED, result.end());
		assertEquals(3, result.curve().updates());
		assertEquals(0, restored[0], "there is nothing left to be restored");
	}

	@Test
	void aNetworkInTheMiddleOfAnUpdateIsRefused() throws IOException {
		final FakeNetwork half = new FakeNetwork(plan);
		final PatchSampler patches = new PatchSampler(Fixture.data().training(),
			plan.patch(), Targets.of(plan.target(), Fixture.data().training()), plan
				.augmentation(), plan.seed());
		final Batch batch = patches.newBatch(1);
		patches.fill(0, batch, 0);
		half.accumulate(batch);
		assertThrows(IllegalStateException.class, () -> new RateRangeTest(plan,
			half, Fixture.data(), range).run());
	}

	@Test
	void impossibleRangesAreRefused() {
		refused(0, 1, 50, "Lowest learning rate 0.0 must be a positive number");
		refused(Double.NaN, 1, 50, "Lowest learning rate NaN");
		refused(0.1, 0.1, 50, "Highest learning rate 0.1 must be a number above");
		refused(0.1, Double.POSITIVE_INFINITY, 50, "Highest learning rate Inf");
		refused(0.1, 1, 9, "Number of updates 9 must be 10 or more");
		assertEquals(50, RateRange.usual().updates());
		assertEquals(1e-6, RateRange.usual().rate(0));
		assertEquals(10, RateRange.usual().rate(49));
	}

	private static void refused(final double lowest, final double highest,
		final int updates, final String part)
	{
		final String message = assertThrows(IllegalArgumentException.class,
			() -> new RateRange(lowest, highest, updates)).getMessage();
		assertTrue(message.contains(part), message);
	}
}
