
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;

import org.junit.jupiter.api.Test;

/** A simulated machine, whose speed may change while the training runs. */
class TimeBudgetTest {

	private static final double BUDGET = 600;

	private double elapsed;
	private StepPlan plan;
	private long updates;
	private double inValidation;

	/**
	 * @param secondsPerUpdate by elapsed seconds
	 * @param validation seconds of a validation
	 */
	private void simulate(final DoubleUnaryOperator secondsPerUpdate,
		final double validation)
	{
		simulate(secondsPerUpdate, validation, 3);
	}

	/** @param batches number of batches, which the first estimate goes by */
	private void simulate(final DoubleUnaryOperator secondsPerUpdate,
		final double validation, final int batches)
	{
		final Pace pace = new Pace(1, batches);
		final TimeBudget budget = new TimeBudget(BUDGET, pace, 100, 0);
		plan = StepPlan.provisional(100, TimeBudget.GUESS);
		long inEpoch = 0;
		while (updates < plan.total()) {
			final double seconds = secondsPerUpdate.applyAsDouble(elapsed) *
				(updates == 0 ? 10 : 1);
			elapsed += seconds;
			pace.update(seconds);
			updates++;
			plan = budget.revise(plan, updates, elapsed);
			if (++inEpoch < plan.updatesPerEpoch() && updates < plan.total())
				continue;
			inEpoch = 0;
			elapsed += validation + 0.1;
			inValidation += validation;
			pace.validation(validation);
			pace.checkpoint(0.1);
		}
	}

	private void assertEndsInTime() {
		assertEquals(BUDGET, elapsed, 0.05 * BUDGET,
			"seconds taken of a budget of " + BUDGET + " with " + updates +
				" updates");
		assertTrue(inValidation <= 0.12 * elapsed, "validation took " +
			inValidation + " s of " + elapsed);
	}

	private void assertScheduleWasUsed() {
		assertEquals(1, plan.progress(updates - 1), 0.05,
			"progress of the last update");
	}

	@Test
	void steadyMachineEndsInTimeWithTheScheduleAtItsEnd() {
		simulate(t -> 0.28, 0.4);
		assertEndsInTime();
		assertScheduleWasUsed();
		assertEquals(BUDGET / (0.28 + 0.5 / 100), updates, 30, "updates");
	}

	@Test
	void fastMachineEndsInTime() {
		simulate(t -> 0.005, 0.02);
		assertEndsInTime();
		assertScheduleWasUsed();
	}

	@Test
	void slowMachineEndsInTime() {
		simulate(t -> 9, 3);
		assertEndsInTime();
		assertTrue(updates > 50, "updates " + updates);
	}

	@Test
	void machineThatBecomesTwiceAsSlowEndsInTime() {
		simulate(t -> t < 300 ? 0.28 : 0.56, 0.4);
		assertEndsInTime();
		assertScheduleWasUsed();
	}

	@Test
	void machineThatBecomesTwiceAsSlowLateEndsInTime() {
		simulate(t -> t < 420 ? 0.28 : 0.56, 0.4);
		assertEndsInTime();
		assertScheduleWasUsed();
	}

	@Test
	void machineThatBecomesThreeTimesAsFastEndsInTime() {
		simulate(t -> t < 200 ? 0.3 : 0.1, 0.4);
		assertEndsInTime();
		assertScheduleWasUsed();
	}

	@Test
	void machineThatNearlyStopsAtTheEndIsCutOff() {
		simulate(t -> t < 575 ? 0.3 : 4, 0.4);
		assertEndsInTime();
	}

	@Test
	void validationThatTakesLongerThanForeseenMakesEpochsLonger() {
		// Foreseen are 0.1 s.
		simulate(t -> 0.1, 9);
		assertEquals(900, plan.updatesPerEpoch(), 1);
		assertEndsInTime();
	}

	@Test
	void validationThatTakesLessThanForeseenMakesEpochsShorterAgain() {
		// Foreseen are 10 s, and epochs of 1000 updates.
		simulate(t -> 0.1, 2, 300);
		assertEquals(200, plan.updatesPerEpoch(), 1);
		assertEndsInTime();
		assertScheduleWasUsed();
	}

	@Test
	void validationThatIsCheapDoesNotMakeEpochsShorterThanPlanned() {
		simulate(t -> 0.1, 0.01, 300);
		assertEquals(100, plan.updatesPerEpoch());
	}

	@Test
	void epochsStayAsTheyAreAfterAResumeUntilAValidationWasMeasured() {
		final Pace pace = new Pace(1, 3);
		for (int i = 0; i < 20; i++)
			pace.update(0.1);
		final StepPlan before = StepPlan.provisional(100, 1000).revised(8, 5000,
			900);
		final TimeBudget budget = new TimeBudget(BUDGET, pace, 100, 1);
		final StepPlan after = budget.revise(before, 2000, 0.26 * BUDGET);
		assertEquals(2, budget.reviews(), "a review was due");
		assertEquals(900, after.updatesPerEpoch());
	}

	@Test
	void validationTakesATenthOfTheTimeAtMostWhereItsCostCanBeForeseen() {
		// 3 batches of an evaluation at a third of an update each.
		final Pace pace = new Pace(1, 300);
		for (int i = 0; i < 8; i++)
			pace.update(0.1);
		final StepPlan first = new TimeBudget(BUDGET, pace, 100, 0).revise(StepPlan
			.provisional(100, 1000), 8, 0.8);
		assertEquals(1000, first.updatesPerEpoch(), 1,
			"10 s of validation need 100 s of training, 1000 updates");
	}

	@Test
	void firstThreeUpdatesDoNotCount() {
		final Pace pace = new Pace(1, 0);
		pace.update(100);
		pace.update(100);
		pace.update(100);
		assertEquals(0, pace.updates());
		pace.update(2);
		assertEquals(2, pace.secondsPerUpdate(), 1e-12);
	}

	@Test
	void budgetSmallerThanAnUpdateStillMakesOne() {
		simulate(t -> 700, 1);
		assertEquals(1, updates);
	}
}
