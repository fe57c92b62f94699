
package sc.fiji.unet.data;

import java.io.Serializable;
import java.util.Objects;

import sc.fiji.unet.network.UNetConfig;
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
	private final double maskW0;
	private final double border;

	/**
	 * Masks get the same border term as instances.
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
		this(kind, classes, weights, weights.w0(), 0);
	}

	private TargetConfig(final LabelKind kind, final int classes,
		final WeightMapConfig weights, final double maskW0, final double border)
	{
		this.kind = Objects.requireNonNull(kind);
		this.classes = classes;
		this.maskW0 = maskW0;
		this.border = border;
		this.weights = Objects.requireNonNull(weights);
		if (kind == LabelKind.AUTO) throw new IllegalArgumentException(
			"Targets need to know what label values mean: mask, instances or classes.");
		if (!(maskW0 >= 0) || Double.isInfinite(maskW0))
			throw new IllegalArgumentException("Border weight w0 of masks " + maskW0 +
				" must be 0 (none) or a positive number.");
		if (!(border >= 0 && border < 1)) throw new IllegalArgumentException(
			"Border of instances " + border +
				", the outer share of their depth, must be 0 (none) to below 1.");
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
		return new TargetConfig(labels.kind(), labels.classes(), weights, maskW0,
			border);
	}

	/**
	 * @param value height of the border term for masks, in the place of the one
	 *          for instances: a mask shows gaps that were drawn, where no more
	 *          than a little emphasis is needed
	 * @throws IllegalArgumentException if it is negative or not finite
	 */
	public TargetConfig withMaskW0(final double value) {
		return new TargetConfig(kind, classes, weights, value, border);
	}

	/**
	 * @param value share (0 to below 1) of the depth of an instance that becomes
	 *          a class of its own, its border, see
	 *          {@link sc.fiji.unet.labeling.ObjectBorder}; 0 for none. With it,
	 *          neither ridge nor border term are needed nor made
	 * @throws IllegalArgumentException if it is out of range
	 */
	public TargetConfig withBorder(final double value) {
		return new TargetConfig(kind, classes, weights, maskW0, value);
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

	/** @return height of the border term for masks */
	public double maskW0() {
		return maskW0;
	}

	/** @return share of the depth of an instance that is border */
	public double border() {
		return border;
	}

	/**
	 * @return whether targets are 0 = background, 1 = inside and 2 = border of
	 *         instances
	 */
	public boolean hasBorderClass() {
		return kind == LabelKind.INSTANCES && border > 0;
	}

	/**
	 * @param network an architecture
	 * @return the same with the classes that these targets need; as it is where
	 *         it tells several kinds of foreground apart
	 */
	public UNetConfig answeredBy(final UNetConfig network) {
		if (network.isMultiClass() || network.hasBorderClass() == hasBorderClass())
			return network;
		return hasBorderClass() ? network.toBuilder().objectsWithBorder().build()
			: network.toBuilder().classes(1).build();
	}

	/** Number of different targets. */
	int targets() {
		return hasBorderClass() ? 3 : classes;
	}

	/** @return height of the border term for labels of this kind; 0 = none */
	public double w0() {
		return kind == LabelKind.CLASSES || hasBorderClass() ? 0
			: kind == LabelKind.MASK ? maskW0 : weights.w0();
	}

	/** @return whether background between objects gets additional weight */
	public boolean hasBorderTerm() {
		return w0() > 0;
	}

	/**
	 * @return whether touching objects are set apart by background; regions of a
	 *         mask are apart
	 */
	public boolean hasRidge() {
		return kind == LabelKind.INSTANCES && !hasBorderClass() && weights
			.ridgeWidth() > 0;
	}

	@Override
	public boolean equals(final Object o) {
		if (!(o instanceof TargetConfig)) return false;
		final TargetConfig t = (TargetConfig) o;
		return kind == t.kind && classes == t.classes && weights.equals(
			t.weights) && maskW0 == t.maskW0 && border == t.border;
	}

	@Override
	public int hashCode() {
		return Objects.hash(kind, classes, weights, maskW0, border);
	}
}
