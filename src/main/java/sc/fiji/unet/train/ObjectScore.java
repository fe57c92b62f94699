
package sc.fiji.unet.train;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.segment.InstanceLabels;

/**
 * How good the objects are that whole validation images are segmented into, as
 * {@link TaskQuality} judges them, and the scores of the foreground. Weights
 * shift probabilities while a network learns, so that several thresholds are
 * tried, and the best one counts. Immutable.
 */
final class ObjectScore implements ValidationScore {

	/** A finer choice is made once, in the end. */
	private static final double[] THRESHOLDS = { 0.35, 0.5, 0.65 };

	private final ForegroundScore foreground;
	private final Readout readout;
	private final LabelKind kind;
	private final Postprocessing postprocessing;
	private final List<String> names = new ArrayList<>();

	/**
	 * @param network whose output is judged
	 * @param kind MASK or INSTANCES
	 * @param postprocessing how probabilities become objects, but for the
	 *          threshold
	 */
	ObjectScore(final UNetConfig network, final LabelKind kind,
		final Postprocessing postprocessing)
	{
		foreground = new ForegroundScore(network);
		readout = Readout.of(network);
		this.kind = kind;
		this.postprocessing = postprocessing;
		names.add(TaskQuality.name(kind));
		names.addAll(foreground.names());
	}

	@Override
	public List<String> names() {
		return Collections.unmodifiableList(names);
	}

	@Override
	public Tally start() {
		return new Objects();
	}

	private final class Objects implements Tally {

		private final Tally foregroundCounts = foreground.start();
		private final TaskQuality[] qualities = new TaskQuality[THRESHOLDS.length];

		private Objects() {
			Arrays.setAll(qualities, i -> TaskQuality.of(kind));
		}

		@Override
		public void add(final Batch batch, final FloatBuffer probabilities,
			final int classes)
		{
			foregroundCounts.add(batch, probabilities, classes);
		}

		@Override
		public void add(final Sample sample, final float[] probabilities) {
			for (int i = 0; i < THRESHOLDS.length; i++) {
				final ArrayImg<IntType, IntArray> labels = InstanceLabels.of(
					probabilities, sample.size(), readout, candidate(THRESHOLDS[i]));
				qualities[i].add(sample.labels(), labels);
			}
		}

		/** Of a border class, what counts is where the inside of objects begins. */
		private Postprocessing candidate(final double threshold) {
			return readout.hasBorder() ? postprocessing.withSeeds(threshold)
				: postprocessing.withThreshold(threshold);
		}

		@Override
		public double[] values() {
			final double[] ofForeground = foregroundCounts.values();
			final double[] values = new double[1 + ofForeground.length];
			values[0] = Arrays.stream(qualities).mapToDouble(TaskQuality::value).max()
				.getAsDouble();
			System.arraycopy(ofForeground, 0, values, 1, ofForeground.length);
			return values;
		}
	}
}
