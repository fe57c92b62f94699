
package sc.fiji.unet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class ReliabilityTest {

	@Test
	void countsByHand() {
		final Reliability.Tally tally = new Reliability.Tally();
		tally.add(0, false);
		tally.add(0.04, false);
		tally.add(0.78, true);
		tally.add(0.82, false);
		tally.add(1, true);
		final Reliability r = tally.toReliability();
		tally.add(1, true);
		assertEquals(5, r.count(), "what comes later does not count");
		assertEquals(2, r.count(0));
		assertEquals(2, r.count(8));
		assertEquals(0.8, r.predicted(8), 1e-12);
		assertEquals(0.5, r.observed(8));
		assertEquals(0.8, Reliability.middle(8), 1e-12);
		assertTrue(Double.isNaN(r.observed(5)));
		// |0.04 - 0| + |1.6 - 1| + |1 - 1| over 5
		assertEquals(0.64 / 5, r.error(), 1e-12);
		assertTrue(Double.isNaN(new Reliability.Tally().toReliability().error()));
	}

	@Test
	void truthfulProbabilitiesHaveHardlyAnError() {
		final SplittableRandom random = new SplittableRandom(1);
		final Reliability.Tally honest = new Reliability.Tally();
		final Reliability.Tally bold = new Reliability.Tally();
		for (int i = 0; i < 200_000; i++) {
			final double p = random.nextDouble();
			final boolean isTrue = random.nextDouble() < p;
			honest.add(p, isTrue);
			bold.add(p < 0.5 ? 0 : 1, isTrue);
		}
		assertEquals(0, honest.toReliability().error(), 0.005);
		assertEquals(0.25, bold.toReliability().error(), 0.005);
	}
}
