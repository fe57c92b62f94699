
package sc.fiji.unet.job;

import java.math.BigDecimal;
import java.util.Objects;

import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.network.Postprocessing;

/**
 * How objects are found in what a network gives: what can be changed without
 * asking the network again. Immutable.
 */
public final class ObjectSettings {

	/** What stands for a value of the model. */
	public static final String OF_MODEL = "model";

	/** Null: that of the model. */
	private final Double threshold;
	/** Null: that of the model. */
	private final Long minimumSize;
	/** Null: that of the model. */
	private final Double split;
	private final boolean excludesEdges;
	private final boolean fillsHoles;

	private ObjectSettings(final Double threshold, final Long minimumSize,
		final Double split, final boolean excludesEdges, final boolean fillsHoles)
	{
		this.threshold = threshold;
		this.minimumSize = minimumSize;
		this.split = split;
		this.excludesEdges = excludesEdges;
		this.fillsHoles = fillsHoles;
	}

	/**
	 * @return threshold, size and necks of the model; objects at the edge stay,
	 *         and so do holes
	 */
	public static ObjectSettings ofModel() {
		return new ObjectSettings(null, null, null, false, false);
	}

	/**
	 * @param value probability (0 to 1) from which on a pixel is foreground;
	 *          null: that of the model
	 * @throws IllegalArgumentException if it is out of range
	 */
	public ObjectSettings withThreshold(final Double value) {
		if (value != null) Postprocessing.plain().withThreshold(value);
		return new ObjectSettings(value, minimumSize, split, excludesEdges,
			fillsHoles);
	}

	/**
	 * @param pixels size of the smallest object in pixels of the image; null:
	 *          that of the model
	 * @throws IllegalArgumentException if it is negative
	 */
	public ObjectSettings withMinimumSize(final Long pixels) {
		if (pixels != null) Postprocessing.plain().withMinimumSize(pixels);
		return new ObjectSettings(threshold, pixels, split, excludesEdges,
			fillsHoles);
	}

	/**
	 * @param share by which foreground must be narrower between two middles than
	 *          around the smaller one to be parted there (0 to below 1), see
	 *          {@link Postprocessing#withNeck}; 0: nothing is parted; null: as
	 *          the model has it
	 * @throws IllegalArgumentException if it is out of range
	 */
	public ObjectSettings withSplit(final Double share) {
		if (share != null && !(share >= 0 && share < 1))
			throw new IllegalArgumentException("Split " + share +
				" must be 0 (nothing is parted) to below 1, such as 0.2.");
		return new ObjectSettings(threshold, minimumSize, share, excludesEdges,
			fillsHoles);
	}

	/**
	 * @param value whether objects that touch the edge in x or y of what is
	 *          segmented are dropped
	 */
	public ObjectSettings withExcludedEdges(final boolean value) {
		return new ObjectSettings(threshold, minimumSize, split, value, fillsHoles);
	}

	/** @param value whether holes become part of the object around them */
	public ObjectSettings withFilledHoles(final boolean value) {
		return new ObjectSettings(threshold, minimumSize, split, excludesEdges,
			value);
	}

	/**
	 * @throws IllegalArgumentException if something has no meaning for the model;
	 *           says what
	 */
	public void check(final ModelDescription model) {
		if (threshold != null) SegmentJob.checkThreshold(model, threshold);
	}

	/**
	 * @param ofModel what the model says, with sizes in pixels of the image
	 * @param joined whether slices are joined afterwards: what touches the edge
	 *          in one of them is then dropped as a whole, later
	 * @return what is done
	 */
	Postprocessing applyTo(final Postprocessing ofModel, final boolean joined) {
		Postprocessing result = ofModel.withFilledHoles(fillsHoles)
			.withoutEdgeObjects(excludesEdges && !joined);
		if (threshold != null) result = result.withThreshold(threshold);
		if (minimumSize != null) result = result.withMinimumSize(minimumSize);
		return split == null ? result : result.withNeck(split);
	}

	/** @return whether objects at the edge are dropped */
	public boolean excludesEdges() {
		return excludesEdges;
	}

	/** @return whether holes become part of the object around them */
	public boolean fillsHoles() {
		return fillsHoles;
	}

	/** @return threshold as people write it */
	public String threshold() {
		return text(threshold);
	}

	/** @return minimum size as people write it */
	public String minimumSize() {
		return minimumSize == null ? OF_MODEL : minimumSize.toString();
	}

	/** @return share of necks as people write it */
	public String split() {
		return text(split);
	}

	private static String text(final Double value) {
		return value == null ? OF_MODEL : text(value.doubleValue());
	}

	/** @return the shortest text that is read as the same number */
	static String text(final double value) {
		return value == 0 ? "0" : new BigDecimal(Double.toString(value))
			.stripTrailingZeros().toPlainString();
	}

	@Override
	public boolean equals(final Object o) {
		if (!(o instanceof ObjectSettings)) return false;
		final ObjectSettings s = (ObjectSettings) o;
		return Objects.equals(threshold, s.threshold) && Objects.equals(minimumSize,
			s.minimumSize) && Objects.equals(split, s.split) &&
			excludesEdges == s.excludesEdges && fillsHoles == s.fillsHoles;
	}

	@Override
	public int hashCode() {
		return Objects.hash(threshold, minimumSize, split, excludesEdges,
			fillsHoles);
	}
}
