
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

/** A probability is how often a transform is made. */
class AugmentationFrequencyTest {

	private static final int DRAWS = 5000;
	private static final long[] PATCH = { 9, 9 };
	private static final double[] CENTRE = { 4, 4 };

	/** Five standard deviations. */
	private static double tolerance(final double probability) {
		return 1e-9 + 5 * Math.sqrt(probability * (1 - probability) / DRAWS);
	}

	/** Sources of the corners (0, 0) and (8, 0), rounded. */
	private static String corners(final AugmentationConfig config,
		final long seed)
	{
		final double[][] line = GeometricAugmentation.draw(config, PATCH, CENTRE,
			new SeededRandom(seed, 0)).on(PatchGrid.ofInput(PatchSize.of(PATCH,
				PATCH))).source(0);
		final double[] values = { line[0][0], line[1][0], line[0][8], line[1][8] };
		final boolean onPixels = Arrays.stream(values).allMatch(v -> Math.abs(v -
			Math.rint(v)) < 1e-12);
		return onPixels ? Arrays.toString(Arrays.stream(values).mapToLong(
			Math::round).toArray()) : "between pixels";
	}

	private static Map<String, Double> frequencies(
		final AugmentationConfig config)
	{
		final Map<String, Double> result = new TreeMap<>();
		for (int seed = 0; seed < DRAWS; seed++)
			result.merge(corners(config, seed), 1.0 / DRAWS, Double::sum);
		return result;
	}

	private static double changed(final AugmentationConfig config) {
		return 1 - frequencies(config).getOrDefault("[0, 0, 8, 0]", 0.0);
	}

	private static double brightened(final AugmentationConfig config) {
		double changed = 0;
		for (int seed = 0; seed < DRAWS; seed++) {
			final float[] v = { 0.1f, 0.4f, 0.5f, 1 };
			final float[] before = v.clone();
			new IntensityAugmentation(config, new SeededRandom(seed, 0)).apply(v, 1);
			if (!Arrays.equals(before, v)) changed++;
		}
		return changed / DRAWS;
	}

	@Test
	void everyTransformIsMadeAsOftenAsItsProbabilitySays() {
		for (final Transform t : Transform.values())
			for (final double p : new double[] { 0, 0.3, 0.95, 1 }) {
				final AugmentationConfig config = AugmentationConfig.none().toBuilder()
					.with(t, p, t == Transform.ROTATE ? 40 : 0.5).build();
				double expected = p;
				// Along either axis; one of four turns is none.
				if (t == Transform.FLIP) expected = 1 - (1 - p) * (1 - p);
				if (t == Transform.QUARTER_TURN) expected = 0.75 * p;
				assertEquals(expected, t.isGeometric() ? changed(config) : brightened(
					config), tolerance(expected), t + " with probability " + p);
			}
	}

	@Test
	void theNotebookAlwaysMakesOneOfItsFiveRigidTransforms() {
		final AugmentationConfig rigid = AugmentationConfig.notebook().toBuilder()
			.with(Transform.AFFINE, 0, 0).with(Transform.ELASTIC_DENSE, 0, 0).build();
		final Map<String, Double> expected = new TreeMap<>();
		expected.put("[0, 0, 8, 0]", 0.2 / 4);
		expected.put("[8, 0, 0, 0]", 0.2);
		expected.put("[0, 8, 8, 8]", 0.2);
		expected.put("[0, 0, 0, 8]", 0.2);
		expected.put("[8, 0, 8, 8]", 0.2 / 4);
		expected.put("[8, 8, 0, 8]", 0.2 / 4);
		expected.put("[0, 8, 0, 0]", 0.2 / 4);
		expected.put("between pixels", 0.2);
		final Map<String, Double> actual = frequencies(rigid);
		assertEquals(expected.keySet(), actual.keySet());
		expected.forEach((corners, p) -> assertEquals(p, actual.get(corners),
			tolerance(p), corners));
	}

	@Test
	void jointTransformsAreMadeTogether() {
		final AugmentationConfig.Builder b = AugmentationConfig.none().toBuilder()
			.with(Transform.AFFINE, 0.5, 3).with(Transform.ELASTIC_DENSE, 0.5, 35)
			.with(Transform.CONTRAST, 0.5, 0.1).with(Transform.BRIGHTNESS, 0.5, 0.1);
		assertEquals(0.75, changed(b.build()), tolerance(0.75));
		assertEquals(0.75, brightened(b.build()), tolerance(0.75));
		assertEquals(0.5, changed(b.joint(true).build()), tolerance(0.5));
		assertEquals(0.5, brightened(b.build()), tolerance(0.5));
		final String message = assertThrows(IllegalArgumentException.class, () -> b
			.with(Transform.AFFINE, 0.4, 3).build()).getMessage();
		assertTrue(message.contains("AFFINE") && message.contains("0.4"), message);
	}

	@Test
	void
		elasticAndAffineOfTheNotebookAreOneTransformAsAreBrightnessAndContrast()
	{
		assertTrue(AugmentationConfig.notebook().isJoint());
		final AugmentationConfig.Builder elastic = AugmentationConfig.notebook()
			.toBuilder().oneOf(0);
		final AugmentationConfig.Builder light = AugmentationConfig.notebook()
			.toBuilder();
		for (final Transform t : Transform.values()) {
			if (t != Transform.AFFINE && t != Transform.ELASTIC_DENSE) elastic.with(t,
				0, 0);
			if (t != Transform.BRIGHTNESS && t != Transform.CONTRAST) light.with(t, 0,
				0);
		}
		assertEquals(0.95, changed(elastic.build()), tolerance(0.95));
		assertEquals(0.95, brightened(light.build()), tolerance(0.95));
	}
}
