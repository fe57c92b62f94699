
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.LengthUnit;

/**
 * The pixel size that a network is trained at, and what is odd about it.
 * Immutable.
 */
public final class PixelSizes {

	/** Sizes of which one is less than so many times the other are equal. */
	public static final double TOLERANCE = 1.05;

	private final Axes axes;
	private final List<String> sentences = new ArrayList<>();

	/**
	 * @param planned axes that the plan of the training has; they count where
	 *          images have no pixel size
	 * @param samples images to train on
	 */
	public PixelSizes(final Axes planned, final List<RawSample> samples) {
		final List<Axes> known = samples.stream().map(RawSample::axes).filter(
			Axes::isCalibrated).collect(Collectors.toList());
		if (known.size() == samples.size()) {
			axes = rank(known, 0.5);
			describe(known);
			if (planned.isCalibrated() && differ(planned, axes)) sentences.add(
				"Warning: the plan has pixels of " + planned.pixelText() +
					"; those of the images count.");
			return;
		}
		axes = planned;
		if (!known.isEmpty()) sentences.add("Warning: " + known.size() + " of " +
			samples.size() + " images have a pixel size and the others none, so " +
			(planned.isCalibrated() ? "that of the plan counts, " + planned
				.pixelText() : "the model gets none") +
			"; set it in all of them (Image > Properties) if Segment is to scale images by it.");
	}

	private void describe(final List<Axes> known) {
		final Axes first = known.get(0);
		if (known.stream().noneMatch(other -> differ(first, other))) sentences.add(
			"The images have pixels of " + axes.pixelText() + ".");
		else sentences.add("Warning: the images have pixels of different sizes, " +
			rank(known, 0).pixelText() + " to " + rank(known, 1).pixelText() +
			"; the model gets the middle one, " + axes.pixelText() +
			". If that is not meant, scale them to one pixel size before training.");
	}

	/** @return along each axis, in the unit of the first */
	private static Axes rank(final List<Axes> known, final double share) {
		final LengthUnit unit = LengthUnit.of(known.get(0).unit()).get();
		final double[] sizes = known.get(0).pixelSize();
		for (int d = 0; d < sizes.length; d++) {
			final int axis = d;
			final double[] sorted = known.stream().mapToDouble(a -> a.in(unit)
				.pixelSize()[axis]).sorted().toArray();
			sizes[d] = sorted[(int) (share * (sorted.length - 1))];
		}
		return Axes.calibrated(unit.symbol(), sizes);
	}

	/** @return whether two calibrated pixel sizes differ along x or y */
	private static boolean differ(final Axes a, final Axes b) {
		final double[] one = a.in(LengthUnit.MICROMETRE).pixelSize();
		final double[] other = b.in(LengthUnit.MICROMETRE).pixelSize();
		for (int d = 0; d < 2; d++)
			if (Math.abs(Math.log(one[d] / other[d])) > Math.log(TOLERANCE))
				return true;
		return false;
	}

	/** @return axes with the pixel size of the model */
	public Axes axes() {
		return axes;
	}

	/** @return what the user should know; none where nothing has a pixel size */
	public List<String> sentences() {
		return Collections.unmodifiableList(sentences);
	}
}
