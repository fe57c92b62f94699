
package sc.fiji.unet.segment;

import java.util.Optional;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

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
