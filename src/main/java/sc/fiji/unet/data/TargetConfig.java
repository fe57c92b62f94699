
package sc.fiji.unet.data;

import java.io.Serializable;
import java.util.Objects;

import sc.fiji.unet.weightmap.WeightMapConfig;

/**
 * How labels become what a network is to answer, and how much each pixel
 * weighs. Immutable.
 */
public final class TargetConfig implements Serializable {

	private static final long serialVersionUID = 1L;

	private final LabelKind kind;
	private final int classes;
	private final WeightMapConfig weights;
	private final boolean maskBorder;

	/**
	 * Masks get the border term, as instances do.
	 *
	 * @param kind MASK or INSTANCES: background or foreground, touching objects
	 *          set apart by background; CLASSES: the class index, without border
	 *          term and ridge
	 * @param classes number of classes, background included; 2 for masks and
	 *          instances
	 * @param weights class balance, border term and ridge; values that switch all
	 *          off make every weight 1
	 * @throws IllegalArgumentException if the kind is AUTO, or the number of
	 *           classes does not fit
	 */
	public TargetConfig(final LabelKind kind, final int classes,
		final WeightMapConfig weights)
	{
		this(kind, classes, weights, true);
	}

	private TargetConfig(final LabelKind kind, final int classes,
		final WeightMapConfig weights, final boolean maskBorder)
	{
		this.kind = Objects.requireNonNull(kind);
		this.classes = classes;
		this.maskBorder = maskBorder;
		this.weights = Objects.requireNonNull(weights);
		if (kind == LabelKind.AUTO) throw new IllegalArgumentException(
			"Targets need to know what label values mean: mask, instances or classes.");
		if (classes < 2 || kind != LabelKind.CLASSES && classes != 2)
			throw new IllegalArgumentException(classes +
				" classes do not fit labels of the kind " + kind +
				"; masks and instances have 2, background and foreground.");
	}

	/**
	 * @param labels what the labels of a data set mean
	 * @return the same weights for them
	 */
	public TargetConfig withLabels(final LabelValues labels) {
		return new TargetConfig(labels.kind(), labels.classes(), weights,
			maskBorder);
	}

	/**
	 * @param value whether the border term applies to masks; in a mask objects
	 *          are apart already, by background that was drawn
	 */
	public TargetConfig withMaskBorder(final boolean value) {
		return new TargetConfig(kind, classes, weights, value);
	}

	/** @return MASK, INSTANCES or CLASSES */
	public LabelKind kind() {
		return kind;
	}

	/** @return number of classes, background included */
	public int classes() {
		return classes;
	}

	/** @return class balance, border term and ridge */
	public WeightMapConfig weights() {
		return weights;
	}

	/** @return whether the border term applies to masks as to instances */
	public boolean maskBorder() {
		return maskBorder;
	}

	/** Whether background between objects gets additional weight. */
	boolean hasBorderTerm() {
		final boolean wanted = kind == LabelKind.INSTANCES ||
			kind == LabelKind.MASK && maskBorder;
		return wanted && weights.w0() > 0;
	}

	/** Whether touching objects are set apart. */
	boolean hasRidge() {
		return kind != LabelKind.CLASSES && weights.ridgeWidth() > 0;
	}

	@Override
	public boolean equals(final Object o) {
		if (!(o instanceof TargetConfig)) return false;
		final TargetConfig t = (TargetConfig) o;
		return kind == t.kind && classes == t.classes && weights.equals(
			t.weights) && maskBorder == t.maskBorder;
	}

	@Override
	public int hashCode() {
		return Objects.hash(kind, classes, weights, maskBorder);
	}
}
