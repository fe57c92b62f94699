
package sc.fiji.unet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import sc.fiji.unet.labeling.TestImages;

import org.junit.jupiter.api.Test;

/** Scores of real labels, against those computed independently. */
class MetricsOracleTest {

	/** Ties between nearest segments may be broken otherwise. */
	private static final double TIES = 2e-4;
	private static final double EXACT = 1e-12;
	private static final double FOUR_DIGITS = 0.5e-4 + 1e-9;

	@Test
	void membraneScoresEqualTheOracle() throws IOException {
		final Iterable<JsonElement> cases = oracle().getAsJsonArray("membrane");
		assertFalse(!cases.iterator().hasNext(), "no cases");
		for (final JsonElement e : cases) {
			final JsonObject c = e.getAsJsonObject();
			final ArrayImg<IntType, IntArray> truth = labels(c, "truth");
			final ArrayImg<IntType, IntArray> proposal = labels(c, "proposal");
			final ForegroundRestricted score = ForegroundRestricted.of(truth,
				proposal);
			check(c, "pixel_error", PixelError.ofMasks(truth, proposal), EXACT);
			check(c, "V_rand", score.vRand(), TIES);
			check(c, "V_info", score.vInfo(), TIES);
		}
	}

	@Test
	void objectScoresEqualTheOracle() throws IOException {
		final Iterable<JsonElement> cases = oracle().getAsJsonArray("objects");
		assertFalse(!cases.iterator().hasNext(), "no cases");
		for (final JsonElement e : cases) {
			final JsonObject c = e.getAsJsonObject();
			final ArrayImg<IntType, IntArray> truth = labels(c, "truth");
			final ArrayImg<IntType, IntArray> result = labels(c, "result");
			final Seg seg = Seg.of(truth, result);
			final Detection detection = Detection.of(truth, result);
			check(c, "objects", seg.objects(), 0);
			check(c, "SEG", seg.score(), FOUR_DIGITS);
			check(c, "AP50", detection.averagePrecision(), FOUR_DIGITS);
			check(c, "F1_50", detection.f1(), FOUR_DIGITS);
			check(c, "foreground_IoU", IoU.ofMasks(truth, result), FOUR_DIGITS);
		}
	}

	private static JsonObject oracle() throws IOException {
		try (Reader in = Files.newBufferedReader(TestImages.path(
			"oracle/metrics.json")))
		{
			return JsonParser.parseReader(in).getAsJsonObject();
		}
	}

	private static ArrayImg<IntType, IntArray> labels(final JsonObject c,
		final String key)
	{
		return TestImages.labels(c.get(key).getAsString());
	}

	private static void check(final JsonObject c, final String key,
		final double actual, final double tolerance)
	{
		assertEquals(c.get(key).getAsDouble(), actual, tolerance, key + " of " + c
			.get("truth").getAsString());
	}
}
