
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * False and missed alarms on real images; see {@link UnfamiliarImagesTable}.
 */
class UnfamiliarRealImagesTest {

	private static final int SPLITS = 6;
	private static final List<String> CHANGES = Arrays.asList("", "inverted",
		"blurred, sigma 3 px", "brightest 20 % clipped");

	private static UnfamiliarImagesTable table;

	@BeforeAll
	static void measure() throws IOException {
		final String data = System.getProperty("unet.test.data", "");
		Assumptions.assumeFalse(data.isEmpty(),
			"-Dunet.test.data is not set: no real images");
		table = new UnfamiliarImagesTable(Paths.get(data), CHANGES);
	}

	private static void assertShare(final String what, final double low,
		final double high, final double share)
	{
		assertTrue(share >= low && share <= high, what + ": " + share +
			" of the images get a warning, not " + low + " to " + high);
	}

	@Test
	void imagesOfTheSameSetHardlyEverGetAWarning() {
		double sum = 0;
		for (final String set : UnfamiliarImagesTable.SETS) {
			assertShare("left out, " + set, 0, 0.05, table.leaveOneOut(set));
			assertShare("half, " + set, 0, 0.05, table.random(set, 0, SPLITS, false,
				""));
			sum += table.random(set, 5, SPLITS, false, "");
		}
		assertShare("5 images, mean of the sets", 0, 0.05, sum / 4);
	}

	@Test
	void imagesOfOtherSetsGetAWarning() {
		for (final String set : UnfamiliarImagesTable.SETS)
			assertShare("trained on " + set, 0.7, 1, table.random(set, 0, SPLITS,
				true, ""));
	}

	@Test
	void whatSpoilsASegmentationGetsAWarning() {
		for (final String set : UnfamiliarImagesTable.SETS)
			for (final String change : CHANGES.subList(1, CHANGES.size()))
				// Turned by 180 degrees, such images are inverted.
				if (!set.equals("dic-hela") || !change.equals("inverted")) assertShare(
					change + ", " + set, 0.4, 1, table.random(set, 0, SPLITS, false,
						change));
	}
}
