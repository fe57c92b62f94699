
package sc.fiji.unet.train;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.UNetConfig;

/**
 * How well foreground is told from background, pixel by pixel: IoU = TP / (TP +
 * FP + FN) and F1 = 2 TP / (2 TP + FP + FN), counted over all validation images
 * together. Foreground is where its probability is at least 0.5, or, with
 * several kinds of foreground, where the background is not the most probable.
 * Where there is no foreground in truth and result, both are 1. Immutable.
 */
public final class ForegroundScore implements ValidationScore {

	private static final float THRESHOLD = 0.5f;

	/** Whether the second of three classes is the border of objects. */
	private final boolean border;

	/** @param network whose output is judged */
	public ForegroundScore(final UNetConfig network) {
		border = network.hasBorderClass();
	}

	@Override
	public List<String> names() {
		return Arrays.asList("IoU", "F1");
	}

	@Override
	public Tally start() {
		return new Counts();
	}

	private final class Counts implements Tally {

		private long truePositives;
		private long falsePositives;
		private long falseNegatives;

		@Override
		public void add(final Batch batch, final FloatBuffer probabilities,
			final int classes)
		{
			final int pixels = batch.weights().capacity();
			for (int i = 0; i < pixels; i++) {
				if (batch.weights().get(i) == 0) continue;
				final boolean truth = batch.targets().get(i) > 0;
				final boolean result = isForeground(probabilities, i * classes,
					classes);
				if (truth && result) truePositives++;
				else if (truth) falseNegatives++;
				else if (result) falsePositives++;
			}
		}

		private boolean isForeground(final FloatBuffer probabilities,
			final int first, final int classes)
		{
			if (classes == 1) return probabilities.get(first) >= THRESHOLD;
			if (border) return 1 - probabilities.get(first) >= THRESHOLD;
			for (int c = 1; c < classes; c++)
				if (probabilities.get(first + c) > probabilities.get(first))
					return true;
			return false;
		}

		@Override
		public double[] values() {
			final long wrong = falsePositives + falseNegatives;
			if (truePositives + wrong == 0) return new double[] { 1, 1 };
			return new double[] { (double) truePositives / (truePositives + wrong),
				2.0 * truePositives / (2 * truePositives + wrong) };
		}
	}
}
