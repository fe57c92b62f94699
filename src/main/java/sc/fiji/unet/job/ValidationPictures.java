
package sc.fiji.unet.job;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;
import sc.fiji.unet.segment.InstanceLabels;
import sc.fiji.unet.segment.ProbabilitySink;

/**
 * Compares what a network predicts with the truth, image by image. Holds one
 * prediction at a time.
 */
public final class ValidationPictures {

	private final Network network;
	private final LabelKind kind;
	private final Postprocessing postprocessing;

	/**
	 * @param network with the weights to use; stays the caller's
	 * @param set what it was trained on: says what labels mean
	 * @param postprocessing how probabilities become objects, such as those of
	 *          the model
	 */
	public ValidationPictures(final Network network, final TrainingSet set,
		final Postprocessing postprocessing)
	{
		this(network, set.labels().kind(), postprocessing);
	}

	/** @param kind what labels mean: mask, instances or classes */
	ValidationPictures(final Network network, final LabelKind kind,
		final Postprocessing postprocessing)
	{
		this.network = network;
		this.kind = kind;
		this.postprocessing = postprocessing;
	}

	/**
	 * @return whether there can be pictures: not of a network that resizes its
	 *         output, as its tiles do not fit together
	 */
	public static boolean arePossible(final Network network) {
		return network.config().outputSize() == null;
	}

	/**
	 * Predicts images one after the other; blocks until done.
	 *
	 * @param samples normalised images, such as the validation images of the set
	 * @param cancelled asked for each tile
	 * @param receiver gets the comparisons, in order
	 * @throws java.util.concurrent.CancellationException if {@code cancelled}
	 *           says so
	 */
	public void each(final List<Sample> samples, final BooleanSupplier cancelled,
		final Consumer<Comparison> receiver)
	{
		for (final Sample sample : samples)
			receiver.accept(compare(sample, cancelled));
	}

	/** As {@link #each}, of one image. */
	public Comparison compare(final Sample sample,
		final BooleanSupplier cancelled)
	{
		return compare(sample, ValidationPredictions.predict(network, sample,
			cancelled));
	}

	/** @param probabilities that the network gave, order [class, x, y] */
	Comparison compare(final Sample sample, final float[] probabilities) {
		final long[] size = sample.size();
		final Readout readout = Readout.of(network.config());
		final ArrayImg<FloatType, FloatArray> foreground = ArrayImgs.floats(size[0],
			size[1], readout.foregrounds());
		new ProbabilitySink(foreground, readout).accept(sample.labels(),
			probabilities);
		if (kind == LabelKind.CLASSES) return Comparison.of(sample.name(), sample
			.image(), sample.labels(), foreground, kind, postprocessing)
			.withClassNames(network.config().classNames());
		return Comparison.ofObjects(sample.name(), sample.image(), sample.labels(),
			foreground, InstanceLabels.of(probabilities, size, readout,
				postprocessing), kind, postprocessing.threshold());
	}
}
