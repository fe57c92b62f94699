
package sc.fiji.unet.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.UNetConfig;

/** What the card of a model says of its scores. */
class ReadmeTest {

	private static String card(final Map<String, Double> scores) {
		return Readme.of(ModelDescription.builder("cells", UNetConfig.builder()
			.build()).scores(scores).build());
	}

	private static Map<String, Double> scores(final int images) {
		final Map<String, Double> scores = new LinkedHashMap<>();
		scores.put(ModelDescription.VALIDATION_IMAGES, (double) images);
		scores.put("validation IoU", 0.123456);
		return scores;
	}

	@Test
	void fewImagesAreCalledFewAndScoresOptimistic() {
		final String few = card(scores(3));
		assertTrue(few.contains("Scores on 3 held-out images (indicative only"),
			few);
		assertTrue(few.contains("- validation IoU: 0.1235\n"), few);
		assertTrue(few.contains("optimistic"), few);
		assertFalse(few.contains("validation images:"), few);
		assertTrue(card(scores(1)).contains("on 1 held-out image (indicative"));
		assertTrue(card(scores(5)).contains("Scores on 5 held-out images:"));
	}

	@Test
	void olderModelsDoNotSayHowManyThereWere() {
		assertTrue(card(Collections.singletonMap("validation IoU", 0.5)).contains(
			"Scores on held-out images:\n"));
		assertTrue(card(Collections.emptyMap()).contains("No scores"));
	}
}
