
package sc.fiji.unet.network;

import java.io.Serializable;
import java.util.Objects;

/** How probabilities become objects. Immutable; a value of the model. */
public final class Postprocessing implements Serializable {

	private static final long serialVersionUID = 1L;

	private static final double NONE = Double.NaN;

	private final double threshold;
	private final long minimumSize;
	private final int ridgeWidth;
	private final double seedThreshold;
	private final double neck;

	/**
	 * Objects are what hangs together at the threshold.
	 *
	 * @param threshold probability (0 to 1) from which on a pixel is foreground;
	 *          networks with several classes take the most probable class instead
	 * @param minimumSize objects with fewer pixels are dropped; 0 keeps all
	 * @param ridgeWidth distance in pixels over which objects grow back into the
	 *          background that separates them from a neighbour; 0 does not grow
	 * @throws IllegalArgumentException if a value is out of range
	 */
	public Postprocessing(final double threshold, final long minimumSize,
		final int ridgeWidth)
	{
		this(threshold, minimumSize, ridgeWidth, NONE, 0);
	}

	private Postprocessing(final double threshold, final long minimumSize,
		final int ridgeWidth, final double seedThreshold, final double neck)
	{
		if (!(threshold >= 0 && threshold <= 1)) throw new IllegalArgumentException(
			"Threshold " + threshold + " must lie between 0 and 1.");
		if (minimumSize < 0) throw new IllegalArgumentException("Minimum size " +
			minimumSize + " must be 0 pixels or more.");
		if (ridgeWidth < 0) throw new IllegalArgumentException("Ridge width " +
			ridgeWidth + " must be 0 pixels or more.");
		if (seedThreshold < 0 || seedThreshold > 1)
			throw new IllegalArgumentException("Seed threshold " + seedThreshold +
				" must lie between 0 and 1.");
		this.threshold = threshold;
		this.minimumSize = minimumSize;
		this.ridgeWidth = ridgeWidth;
		if (!(neck >= 0 && neck < 1)) throw new IllegalArgumentException("Neck " +
			neck + " must be 0 (nothing is parted) to below 1.");
		this.seedThreshold = seedThreshold;
		this.neck = neck;
	}

	/**
	 * @param value probability (0 to 1) from which on a pixel of the foreground
	 *          is part of a seed; of networks with a border class, the
	 *          probability of the inside of an object. What hangs together there
	 *          becomes one object each, which grows over the foreground;
	 *          foreground without a seed belongs to none
	 * @throws IllegalArgumentException if it is out of range
	 */
	public Postprocessing withSeeds(final double value) {
		if (Double.isNaN(value)) throw new IllegalArgumentException(
			"Seed threshold must be a number between 0 and 1.");
		return new Postprocessing(threshold, minimumSize, ridgeWidth, value, neck);
	}

	/**
	 * @param value share (0 to below 1) by which foreground must be narrower
	 *          between two middles than around the smaller one, so that seeds are
	 *          parted there, see {@link sc.fiji.unet.labeling.NeckParts}; 0 parts
	 *          none
	 * @throws IllegalArgumentException if it is out of range, or there are no
	 *           seeds to part
	 */
	public Postprocessing withNeck(final double value) {
		if (value > 0 && !hasSeeds()) throw new IllegalArgumentException(
			"Only seeds can be parted at necks; set a seed threshold.");
		return new Postprocessing(threshold, minimumSize, ridgeWidth, seedThreshold,
			value);
	}

	/** @return the same without seeds: objects are what hangs together */
	public Postprocessing withoutSeeds() {
		return new Postprocessing(threshold, minimumSize, ridgeWidth, NONE, 0);
	}

	/** @param value probability (0 to 1) from which on a pixel is foreground */
	public Postprocessing withThreshold(final double value) {
		return new Postprocessing(value, minimumSize, ridgeWidth, seedThreshold,
			neck);
	}

	/** @param pixels size of the smallest object that is kept */
	public Postprocessing withMinimumSize(final long pixels) {
		return new Postprocessing(threshold, pixels, ridgeWidth, seedThreshold,
			neck);
	}

	/** @return threshold 0.5, every object kept, nothing grown */
	public static Postprocessing plain() {
		return new Postprocessing(0.5, 0, 0);
	}

	/** @return probability (0 to 1) from which on a pixel is foreground */
	public double threshold() {
		return threshold;
	}

	/**
	 * @return probability from which on a pixel is part of a seed; NaN without
	 *         seeds
	 */
	public double seedThreshold() {
		return seedThreshold;
	}

	/** @return whether objects grow from seeds */
	public boolean hasSeeds() {
		return !Double.isNaN(seedThreshold);
	}

	/** @return share by which necks must be narrower; 0 parts nothing */
	public double neck() {
		return neck;
	}

	/** @return smallest object in pixels that is kept */
	public long minimumSize() {
		return minimumSize;
	}

	/**
	 * @return distance in pixels that objects grow back over a separating ridge
	 */
	public int ridgeWidth() {
		return ridgeWidth;
	}

	@Override
	public boolean equals(final Object o) {
		if (!(o instanceof Postprocessing)) return false;
		final Postprocessing p = (Postprocessing) o;
		return threshold == p.threshold && minimumSize == p.minimumSize &&
			ridgeWidth == p.ridgeWidth && Double.compare(seedThreshold,
				p.seedThreshold) == 0 && neck == p.neck;
	}

	@Override
	public int hashCode() {
		return Objects.hash(threshold, minimumSize, ridgeWidth, seedThreshold,
			neck);
	}
}
