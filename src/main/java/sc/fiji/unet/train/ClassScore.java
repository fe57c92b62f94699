
package sc.fiji.unet.train;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import sc.fiji.unet.metrics.ClassScores;
import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.UNetConfig;

/**
 * How well exclusive classes are told apart, pixel by pixel, counted over all
 * validation images together: the mean IoU of the classes but the background,
 * the scores of the foreground, whatever its class, and the IoU of every class,
 * {@code IoU_} with its name. A pixel is of its most probable class. A class
 * that occurs neither in truth nor in result has no score, NaN. Immutable.
 */
final class ClassScore implements ValidationScore {

	private final ForegroundScore foreground;
	private final List<String> names = new ArrayList<>();
	private final int classes;

	/** @param network of two classes or more, background first */
	ClassScore(final UNetConfig network) {
		final List<String> classNames = network.classNames();
		foreground = new ForegroundScore(network);
		classes = classNames.size();
		names.add("mean_IoU");
		names.addAll(foreground.names());
		// The history is a table separated by commas, a line an epoch.
		classNames.forEach(name -> names.add("IoU_" + name.replaceAll("[,\\s]+",
			" ").trim()));
	}

	@Override
	public List<String> names() {
		return Collections.unmodifiableList(names);
	}

	@Override
	public Tally start() {
		return new Counts();
	}

	private final class Counts implements Tally {

		private final Tally foregroundCounts = foreground.start();
		private final long[][] counts = new long[classes][classes];

		@Override
		public void add(final Batch batch, final FloatBuffer probabilities,
			final int channels)
		{
			foregroundCounts.add(batch, probabilities, channels);
			final int pixels = batch.weights().capacity();
			for (int i = 0; i < pixels; i++)
				if (batch.weights().get(i) != 0) counts[batch.targets().get(
					i)][mostProbable(probabilities, i * channels)]++;
		}

		private int mostProbable(final FloatBuffer probabilities, final int first) {
			int best = 0;
			for (int c = 1; c < classes; c++)
				if (probabilities.get(first + c) > probabilities.get(first + best))
					best = c;
			return best;
		}

		@Override
		public double[] values() {
			final ClassScores scores = ClassScores.of(counts);
			final double[] values = new double[names.size()];
			// Nothing to find and nothing found is perfect.
			values[0] = Double.isNaN(scores.meanIoU()) ? 1 : scores.meanIoU();
			final double[] ofForeground = foregroundCounts.values();
			System.arraycopy(ofForeground, 0, values, 1, ofForeground.length);
			for (int c = 0; c < classes; c++)
				values[1 + ofForeground.length + c] = scores.iou(c);
			return values;
		}
	}
}
