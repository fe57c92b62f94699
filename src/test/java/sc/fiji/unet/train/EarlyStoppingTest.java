
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
		assertTrue(stopping.isNewBest(5, 1), "the first value is the best so far");
		assertFalse(stopping.isNewBest(5, 1), "an equal value is no improvement");
		assertFalse(stopping.shouldStop(), "one value of patience is left");
		assertFalse(stopping.isNewBest(6, 1));
		assertTrue(stopping.shouldStop(), "patience of 2 has run out");
		assertFalse(stopping.isNewBest(7, 1));
		assertTrue(stopping.shouldStop(), "and is not forgotten afterwards");
		assertEquals(5, stopping.best(), 0);
	}

	@Test
	void aNewBestGivesNewPatience() {
		final EarlyStopping stopping = new EarlyStopping(2);
		stopping.isNewBest(5, 1);
		stopping.isNewBest(6, 1);
		assertTrue(stopping.isNewBest(4, 1));
		stopping.isNewBest(4.5, 1);
		assertFalse(stopping.shouldStop(), "only one value since the best");
	}

	@Test
	void patienceZeroNeverStops() {
		final EarlyStopping stopping = new EarlyStopping(0);
		for (int i = 0; i < 1000; i++)
			stopping.isNewBest(i, 1);
		assertFalse(stopping.shouldStop());
		assertEquals(999, stopping.sinceBest());
	}

	@Test
	void nanIsNoImprovement() {
		final EarlyStopping stopping = new EarlyStopping(1);
		assertFalse(stopping.isNewBest(Double.NaN, 1));
		assertTrue(stopping.shouldStop());
	}

	@Test
	void goesOnFromWhatWasStored() {
		final EarlyStopping stopping = new EarlyStopping(3, 0.5, 1, 2);
		assertFalse(stopping.shouldStop());
		assertFalse(stopping.isNewBest(0.6, 1));
		assertTrue(stopping.shouldStop(), "the third value in a row");
	}

	@Test
	void negativePatienceIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(-1));
	}

	@Test
	void ofEqualValuesTheSecondDecides() {
		final EarlyStopping stopping = new EarlyStopping(2);
		assertTrue(stopping.isNewBest(-1, 0.3));
		assertTrue(stopping.isNewBest(-1, 0.2), "as good, with a smaller loss");
		assertFalse(stopping.isNewBest(-1, 0.25));
		assertFalse(stopping.isNewBest(-0.9, 0.1), "a worse value");
		assertTrue(stopping.shouldStop());
		assertTrue(stopping.isNewBest(-1.1, 0.9), "a better value");
		assertEquals(0.9, stopping.secondOfBest(), 0);
	}
}
