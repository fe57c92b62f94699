
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

	@Test
	void stopsAfterAsManyValuesWithoutImprovementAsThePatienceAndStaysStopped() {
		final EarlyStopping stopping = new EarlyStopping(2);
		assertTrue(stopping.isNewBest(5), "the first value is the best so far");
		assertFalse(stopping.isNewBest(5), "an equal value is no improvement");
		assertFalse(stopping.shouldStop(), "one value of patience is left");
		assertFalse(stopping.isNewBest(6));
		assertTrue(stopping.shouldStop(), "patience of 2 has run out");
		assertFalse(stopping.isNewBest(7));
		assertTrue(stopping.shouldStop(), "and is not forgotten afterwards");
		assertEquals(5, stopping.best(), 0);
	}

	@Test
	void aNewBestGivesNewPatience() {
		final EarlyStopping stopping = new EarlyStopping(2);
		stopping.isNewBest(5);
		stopping.isNewBest(6);
		assertTrue(stopping.isNewBest(4));
		stopping.isNewBest(4.5);
		assertFalse(stopping.shouldStop(), "only one value since the best");
	}

	@Test
	void patienceZeroNeverStops() {
		final EarlyStopping stopping = new EarlyStopping(0);
		for (int i = 0; i < 1000; i++)
			stopping.isNewBest(i);
		assertFalse(stopping.shouldStop());
		assertEquals(999, stopping.sinceBest());
	}

	@Test
	void nanIsNoImprovement() {
		final EarlyStopping stopping = new EarlyStopping(1);
		assertFalse(stopping.isNewBest(Double.NaN));
		assertTrue(stopping.shouldStop());
	}

	@Test
	void goesOnFromWhatWasStored() {
		final EarlyStopping stopping = new EarlyStopping(3, 0.5, 2);
		assertFalse(stopping.shouldStop());
		assertFalse(stopping.isNewBest(0.6));
		assertTrue(stopping.shouldStop(), "the third value in a row");
	}

	@Test
	void negativePatienceIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(-1));
	}
}
