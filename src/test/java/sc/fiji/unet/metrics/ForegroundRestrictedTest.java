
package sc.fiji.unet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sc.fiji.unet.metrics.PixelScoresTest.row;

import org.junit.jupiter.api.Test;

class ForegroundRestrictedTest {

	private static final double TOLERANCE = 1e-12;

	@Test
	void equalSegmentationsArePerfect() {
		final ForegroundRestricted score = ForegroundRestricted.of(row(1, 1, 0, 1,
			1, 1), row(1, 1, 0, 1, 1, 1));
		assertEquals(1, score.vRand(), TOLERANCE);
		assertEquals(1, score.vInfo(), TOLERANCE);
	}

	@Test
	void aMergeLowersBothScores() {
		// Shares: truth 2/4 and 2/4; result 1; pairs 2/4 and 2/4; no information.
		final ForegroundRestricted merged = ForegroundRestricted.of(row(1, 1, 0, 1,
			1), row(1, 1, 1, 1, 1));
		assertEquals(0.5 / (0.5 * 0.5 + 0.5 * 1), merged.vRand(), TOLERANCE);
		assertEquals(0, merged.vInfo(), TOLERANCE);
	}

	@Test
	void aSplitLowersBothScores() {
		// Truth: segments of 4 and 2 pixels; result: 2, 2 and 2, set apart by
		// labels.
		final ForegroundRestricted split = ForegroundRestricted.of(row(1, 1, 1, 1,
			0, 1, 1), row(1, 1, 2, 2, 0, 3, 3));
		assertEquals((4 + 4 + 4) / (0.5 * 12 + 0.5 * 20), split.vRand(), TOLERANCE);
		// The result determines the truth: the information is the truth's entropy.
		final double ofTruth = -(4 / 6. * Math.log(4 / 6.) + 2 / 6. * Math.log(2 /
			6.));
		assertEquals(2 * ofTruth / (ofTruth + Math.log(3)), split.vInfo(),
			TOLERANCE);
	}

	@Test
	void membraneOfTheResultGoesToTheNearestSegment() {
		final ForegroundRestricted thick = ForegroundRestricted.of(row(1, 1, 1, 0,
			1, 1, 1), row(1, 0, 0, 0, 0, 0, 1));
		assertEquals(1, thick.vRand(), TOLERANCE);
		assertEquals(1, thick.vInfo(), TOLERANCE);
	}

	@Test
	void membraneAndIgnoredPixelsOfTheTruthCountNowhere() {
		final ForegroundRestricted score = ForegroundRestricted.of(row(1, 1, 0, -1,
			-1, 0, 1, 1), row(1, 1, 0, 2, 3, 0, 4, 4));
		assertEquals(1, score.vRand(), TOLERANCE);
		assertEquals(1, score.vInfo(), TOLERANCE);
	}

	@Test
	void whatIsIgnoredJoinsNoCells() {
		final ForegroundRestricted score = ForegroundRestricted.of(row(1, 1, -1, 1,
			1), row(1, 1, 1, 1, 1));
		assertEquals(1, score.vRand(), TOLERANCE);
		assertEquals(1, score.vInfo(), TOLERANCE);
	}

	/** In rows a border of three pixels becomes one, whoever is nearer. */
	@Test
	void thinningKeepsTouchingObjectsApart() {
		for (final ForegroundRestricted score : new ForegroundRestricted[] {
			ForegroundRestricted.of(row(1, 1, 1, 2, 2, 2), row(5, 5, 5, 6, 6, 6)),
			ForegroundRestricted.ofThinned(row(1, 1, 1, 2, 2, 2), row(5, 5, 5, 6, 6,
				6)) })
			assertEquals(1, score.vRand(), TOLERANCE);
		assertTrue(ForegroundRestricted.ofThinned(row(1, 1, 1, 2, 2, 2), row(5, 5,
			5, 5, 5, 5)).vRand() < 0.7, "a merge stays one");
	}

	@Test
	void withoutAnySegmentTheResultIsOne() {
		final ForegroundRestricted empty = ForegroundRestricted.of(row(1, 1, 0, 1,
			1), row(0, 0, 0, 0, 0));
		assertEquals(0.5 / 0.75, empty.vRand(), TOLERANCE);
		assertEquals(0, empty.vInfo(), TOLERANCE);
	}

	@Test
	void oneSegmentAgainstOneIsPerfect() {
		final ForegroundRestricted one = ForegroundRestricted.of(row(1, 1), row(1,
			1));
		assertEquals(1, one.vRand(), TOLERANCE);
		assertEquals(1, one.vInfo(), TOLERANCE);
		final ForegroundRestricted none = ForegroundRestricted.of(row(0, 0), row(1,
			1));
		assertTrue(Double.isNaN(none.vRand()) && Double.isNaN(none.vInfo()),
			"nothing to find");
	}
}
