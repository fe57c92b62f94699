
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.FloatBuffer;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.UNetConfig;

class ForegroundScoreTest {

	private static Batch batch(final int[] targets, final float[] weights) {
		final long[] size = { targets.length, 1 };
		final Batch batch = new Batch(1, 1, size, size);
		for (int i = 0; i < targets.length; i++) {
			batch.targets().put(i, targets[i]);
			batch.weights().put(i, weights[i]);
		}
		return batch;
	}

	private static double[] score(final Batch batch, final int classes,
		final float... probabilities)
	{
		final ValidationScore.Tally tally = new ForegroundScore(UNetConfig.builder()
			.build()).start();
		tally.add(batch, FloatBuffer.wrap(probabilities), classes);
		return tally.values();
	}

	@Test
	void countsTruePositivesFalsePositivesAndFalseNegatives() {
		final Batch batch = batch(new int[] { 1, 1, 1, 0, 0 }, new float[] { 1, 1,
			3, 1, 1 });
		assertArrayEquals(new double[] { 2.0 / 4, 4.0 / 6 }, score(batch, 1, 0.5f,
			0.9f, 0.49f, 0.7f, 0.1f), 1e-12, "TP 2, FN 1, FP 1");
	}

	@Test
	void pixelsOfWeightZeroAreNotCounted() {
		final Batch batch = batch(new int[] { 1, 0, 1 }, new float[] { 1, 0, 0 });
		assertArrayEquals(new double[] { 1, 1 }, score(batch, 1, 0.9f, 0.9f, 0f),
			0);
	}

	@Test
	void ofExclusiveClassesTheBackgroundMustNotBeTheMostProbable() {
		final Batch batch = batch(new int[] { 2, 1, 0 }, new float[] { 1, 1, 1 });
		assertArrayEquals(new double[] { 1.0 / 3, 0.5 }, score(batch, 3, 0.4f, 0.5f,
			0.1f, 0.5f, 0.3f, 0.2f, 0.3f, 0.3f, 0.4f), 1e-12,
			"TP 1 (of whatever class), FN 1, FP 1");
	}

	@Test
	void nothingToFindAndNothingFoundIsPerfect() {
		assertArrayEquals(new double[] { 1, 1 }, score(batch(new int[] { 0 },
			new float[] { 1 }), 1, 0.1f), 0);
	}
}
