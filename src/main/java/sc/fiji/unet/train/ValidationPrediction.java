
package sc.fiji.unet.train;

import java.util.Arrays;
import java.util.Optional;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;
import sc.fiji.unet.segment.InstanceLabels;
import sc.fiji.unet.segment.ProbabilitySink;

/**
 * What the network says about a validation image, or, of a large one, about the
 * part in its middle. The object is immutable, its pixels are shared and must
 * not be changed.
 */
public final class ValidationPrediction {

	/** Pixels that such a part has at most. */
	private static final double LARGEST = 1 << 20;

	private final Sample sample;
	private final ArrayImg<FloatType, FloatArray> probabilities;
	/** Null where labels are classes. */
	private final ArrayImg<IntType, IntArray> objects;

	private ValidationPrediction(final Sample sample,
		final ArrayImg<FloatType, FloatArray> probabilities,
		final ArrayImg<IntType, IntArray> objects)
	{
		this.sample = sample;
		this.probabilities = probabilities;
		this.objects = objects;
	}

	/**
	 * @param whole the image
	 * @param probabilities of all of it, order [class, x, y[, z]]; not kept
	 * @param readout how the output of the network is read
	 * @param postprocessing how probabilities become objects
	 */
	static ValidationPrediction of(final Sample whole,
		final float[] probabilities, final Readout readout,
		final Postprocessing postprocessing)
	{
		final int n = whole.dimensions();
		final Sample sample = whole.middle((long) Math.pow(LARGEST, 1.0 / n));
		final float[] part = part(whole.size(), probabilities, readout.channels(),
			sample.size());
		final long[] size = Arrays.copyOf(sample.size(), n + 1);
		size[n] = readout.foregrounds();
		final ArrayImg<FloatType, FloatArray> shown = ArrayImgs.floats(size);
		final Interval all = new FinalInterval(sample.size());
		new ProbabilitySink(shown, readout).accept(all, part);
		return new ValidationPrediction(sample, shown, readout.isMultiClass() ? null
			: InstanceLabels.of(part, sample.size(), readout, postprocessing));
	}

	/** @return a copy of the middle, order [class, x, y[, z]] */
	private static float[] part(final long[] size, final float[] probabilities,
		final int channels, final long[] partSize)
	{
		final int n = size.length;
		final long[] whole = new long[n + 1];
		final long[] min = new long[n + 1];
		final long[] max = new long[n + 1];
		whole[0] = channels;
		max[0] = channels - 1;
		for (int d = 0; d < n; d++) {
			whole[d + 1] = size[d];
			min[d + 1] = (size[d] - partSize[d]) / 2;
			max[d + 1] = min[d + 1] + partSize[d] - 1;
		}
		final float[] part = new float[(int) Intervals.numElements(
			new FinalInterval(min, max))];
		int i = 0;
		for (final FloatType value : Views.flatIterable(Views.interval(ArrayImgs
			.floats(probabilities, whole), min, max)))
			part[i++] = value.get();
		return part;
	}

	/** @return name of the image */
	public String name() {
		return sample.name();
	}

	/** @return normalised grey values (x, y[, z], c) */
	public ArrayImg<FloatType, FloatArray> image() {
		return sample.image();
	}

	/** @return true labels (x, y[, z]) as in a {@link Sample} */
	public ArrayImg<IntType, IntArray> labels() {
		return sample.labels();
	}

	/** @return probabilities (x, y[, z], foreground class), 0 to 1 */
	public ArrayImg<FloatType, FloatArray> probabilities() {
		return probabilities;
	}

	/**
	 * @return objects (x, y[, z]) as 1 to n, 0 = background; empty where labels
	 *         are classes
	 */
	public Optional<ArrayImg<IntType, IntArray>> objects() {
		return Optional.ofNullable(objects);
	}
}
