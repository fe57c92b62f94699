
package sc.fiji.unet.network;

import java.io.Serializable;
import java.util.Objects;

/**
 * How probabilities become objects. Immutable. Thresholds, sizes and necks are
 * values of the model; what is done about holes and the edge of the image is
 * decided for each run and not stored with a model.
 */
public final class Postprocessing implements Serializable {

	private static final long serialVersionUID = 1L;

	private static final double NONE = Double.NaN;

	private final double threshold;
	private final long minimumSize;
	private final int ridgeWidth;
	private final double seedThreshold;
	private final double neck;
	private final boolean fillsHoles;
	private final boolean dropsEdgeObjects;

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
		this(threshold, minimumSize, ridgeWidth, NONE, 0, false, false);
	}

	private Postprocessing(final double threshold, final long minimumSize,
		final int ridgeWidth, final double seedThreshold, final double neck,
		final boolean fillsHoles, final boolean dropsEdgeObjects)
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
		this.fillsHoles = fillsHoles;
		this.dropsEdgeObjects = dropsEdgeObjects;
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
		return new Postprocessing(threshold, minimumSize, ridgeWidth, value, neck,
			fillsHoles, dropsEdgeObjects);
	}

	/**
	 * @param value share (0 to below 1) by which foreground must be narrower
	 *          between two middles than around the smaller one, so that seeds, or
	 *          without seeds the foreground itself, are parted there, see
	 *          {@link sc.fiji.unet.labeling.NeckParts}; 0 parts none
	 * @throws IllegalArgumentException if it is out of range
	 */
	public Postprocessing withNeck(final double value) {
		return new Postprocessing(threshold, minimumSize, ridgeWidth, seedThreshold,
			value, fillsHoles, dropsEdgeObjects);
	}

	/** @return the same without seeds: objects are what hangs together */
	public Postprocessing withoutSeeds() {
		return new Postprocessing(threshold, minimumSize, ridgeWidth, NONE, 0,
			fillsHoles, dropsEdgeObjects);
	}

	/** @param value probability (0 to 1) from which on a pixel is foreground */
	public Postprocessing withThreshold(final double value) {
		return new Postprocessing(value, minimumSize, ridgeWidth, seedThreshold,
			neck, fillsHoles, dropsEdgeObjects);
	}

	/** @param pixels size of the smallest object that is kept */
	public Postprocessing withMinimumSize(final long pixels) {
		return new Postprocessing(threshold, pixels, ridgeWidth, seedThreshold,
			neck, fillsHoles, dropsEdgeObjects);
	}

	/**
	 * @param value whether background that one object encloses by the sides of
	 *          pixels becomes part of it; not unless set
	 */
	public Postprocessing withFilledHoles(final boolean value) {
		return new Postprocessing(threshold, minimumSize, ridgeWidth, seedThreshold,
			neck, value, dropsEdgeObjects);
	}

	/**
	 * @param value whether objects that touch the edge in x or y of what is
	 *          segmented are dropped; not unless set
	 */
	public Postprocessing withoutEdgeObjects(final boolean value) {
		return new Postprocessing(threshold, minimumSize, ridgeWidth, seedThreshold,
			neck, fillsHoles, value);
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

	/** @return whether background that one object encloses becomes part of it */
	public boolean fillsHoles() {
		return fillsHoles;
	}

	/** @return whether objects that touch the edge in x or y are dropped */
	public boolean dropsEdgeObjects() {
		return dropsEdgeObjects;
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
				p.seedThreshold) == 0 && neck == p.neck && fillsHoles == p.fillsHoles &&
			dropsEdgeObjects == p.dropsEdgeObjects;
	}

	@Override
	public int hashCode() {
		return Objects.hash(threshold, minimumSize, ridgeWidth, seedThreshold, neck,
			fillsHoles, dropsEdgeObjects);
	}
}
