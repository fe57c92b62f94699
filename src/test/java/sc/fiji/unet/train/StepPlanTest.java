
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StepPlanTest {

	@Test
	void progressOfAPlanKnownFromTheBeginningIsTheShareOfUpdates() {
		final StepPlan plan = StepPlan.of(10, 40);
		assertEquals(40, plan.total());
		assertEquals(0.5 / 40, plan.progress(0), 1e-15);
		assertEquals(39.5 / 40, plan.progress(39), 1e-15);
	}

	@Test
	void progressGrowsWithoutJumpsAcrossRevisionsAndEndsBelowOne() {
		final StepPlan plan = StepPlan.provisional(10, 1000).revised(8, 400, 10)
			.revised(100, 300, 10).revised(180, 500, 10);
		double before = 0;
		for (long i = 0; i < plan.total(); i++) {
			final double step = plan.progress(i) - before;
			assertTrue(step > 0 && step < 0.01, "progress grows by " + step +
				" at update " + i);
			before = plan.progress(i);
		}
		assertEquals(1, before, 0.002, "progress of the last of " + plan.total() +
			" updates");
		assertTrue(before < 1);
	}

	@Test
	void revisionChangesNothingBeforeIt() {
		final StepPlan plan = StepPlan.of(10, 100);
		final StepPlan revised = plan.revised(30, 70, 20);
		for (long i = 0; i < 30; i++)
			assertEquals(plan.progress(i), revised.progress(i), 0, "update " + i);
		assertEquals(70, revised.total());
		assertEquals(20, revised.updatesPerEpoch());
	}

	@Test
	void provisionalPlanHasNoEnd() {
		final StepPlan plan = StepPlan.provisional(10, 1000);
		assertTrue(plan.isProvisional());
		assertEquals(Long.MAX_VALUE, plan.total());
		assertFalse(plan.revised(5, 50, 10).isProvisional());
	}
}
