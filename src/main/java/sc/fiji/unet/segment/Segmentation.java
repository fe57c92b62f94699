
package sc.fiji.unet.segment;

import java.util.Optional;
import java.util.function.BooleanSupplier;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;

/** What segmenting an image gave. */
public final class Segmentation {

	private final RandomAccessibleInterval<IntType> labels;
	private final int objects;
	private final InstanceLabels instances;
	private final RandomAccessibleInterval<FloatType> probabilities;
	private final RandomAccessibleInterval<IntType> classes;

	Segmentation(final RandomAccessibleInterval<IntType> labels,
		final int objects, final InstanceLabels instances,
		final RandomAccessibleInterval<FloatType> probabilities,
		final RandomAccessibleInterval<IntType> classes)
	{
		this.labels = labels;
		this.objects = objects;
		this.instances = instances;
		this.probabilities = probabilities;
		this.classes = classes;
	}

	/**
	 * Finds objects in what a network has given; blocks until done.
	 *
	 * @param output of the network, whole
	 * @param readout how it is read
	 * @param postprocessing how probabilities become objects
	 * @param cancelled asked from time to time
	 * @return the same as when the network was asked, without probabilities and
	 *         classes
	 * @throws java.util.concurrent.CancellationException if {@code cancelled}
	 *           says so
	 */
	public static Segmentation of(final OutputSink output, final Readout readout,
		final Postprocessing postprocessing, final BooleanSupplier cancelled)
	{
		final RandomAccessibleInterval<IntType> labels = Views.translate(ArrayImgs
			.ints(output.region().dimensionsAsLongArray()), output.region()
				.minAsLongArray());
		final InstanceLabels instances = new InstanceLabels(labels, readout,
			postprocessing);
		instances.accept(labels, output.values());
		return new Segmentation(labels, instances.finish(cancelled), instances,
			null, null);
	}

	/**
	 * @return instance labels (x, y[, z]) in the image's coordinates: 0 =
	 *         background, 1 to {@link #objects()} in scan order
	 */
	public RandomAccessibleInterval<IntType> labels() {
		return labels;
	}

	/** @return number of objects */
	public int objects() {
		return objects;
	}

	/**
	 * @param label 1 to {@link #objects()}
	 * @return index of the object's class among the network's classes; 1 where
	 *         there is one
	 */
	public int classOf(final int label) {
		return instances.classOf(label);
	}

	/**
	 * @return probabilities (x, y[, z], foreground class), 0 to 1, in the image's
	 *         coordinates, if they were to be kept
	 */
	public Optional<RandomAccessibleInterval<FloatType>> probabilities() {
		return Optional.ofNullable(probabilities);
	}

	/**
	 * @return index of the class of each pixel (x, y[, z]), before objects below
	 *         the minimum size have vanished; 0 = background, in the image's
	 *         coordinates; if they were to be kept
	 */
	public Optional<RandomAccessibleInterval<IntType>> classes() {
		return Optional.ofNullable(classes);
	}
}
