
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScheduleTest {

	@Test
	void constantIsThePeakThroughout() {
		for (int i = 0; i < 7; i++)
			assertEquals(0.01, Schedule.CONSTANT.rate(0.01, i, 7), 0,
				"rate of update " + i);
	}

	@Test
	void cosineRisesLinearlyOverFivePercentThenFallsToNearlyZero() {
		final double peak = 3e-3;
		assertEquals(peak * 0.5 / 50, Schedule.COSINE.rate(peak, 0, 1000), 1e-15,
			"first update: the middle of the first of 50 steps up");
		assertEquals(peak * 24.5 / 50, Schedule.COSINE.rate(peak, 24, 1000), 1e-15,
			"half way up");
		assertEquals(peak, Schedule.COSINE.rate(peak, 50, 1000), 1e-5 * peak,
			"top");
		assertEquals(peak / 2, Schedule.COSINE.rate(peak, 525, 1000), 1e-3 * peak,
			"half way down: 5 % and half of the rest");
		final double last = Schedule.COSINE.rate(peak, 999, 1000);
		assertTrue(last > 0 && last < 1e-5 * peak, "last rate " + last +
			" must be above 0 and below " + 1e-5 * peak);
	}

	@Test
	void everyRateOfEveryLengthIsPositiveAndAtMostThePeak() {
		for (int n = 1; n < 60; n++)
			for (int i = 0; i < n; i++) {
				final double rate = Schedule.COSINE.rate(2, i, n);
				assertTrue(rate > 0 && rate <= 2, "rate of update " + i + " of " + n +
					" is " + rate + ", not in (0, 2]");
			}
	}

	@Test
	void updatesThatDoNotExistAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> Schedule.COSINE.rate(1,
			10, 10));
		assertThrows(IllegalArgumentException.class, () -> Schedule.CONSTANT.rate(1,
			-1, 10));
	}
}
