
package sc.fiji.unet.data;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which random changes are made to a patch, each with its probability and
 * range. Immutable; default: none.
 */
public final class AugmentationConfig implements Serializable {

	private static final long serialVersionUID = 1L;

	/** Grey levels of an 8-bit image, which the notebook's noise refers to. */
	private static final double LEVELS = 255;

	private final EnumMap<Transform, Double> probabilities;
	private final EnumMap<Transform, Double> ranges;
	private final double oneOfProbability;
	private final boolean joint;
	private final int gridPoints;
	private final double smoothing;

	private AugmentationConfig(final Builder b) {
		probabilities = new EnumMap<>(b.probabilities);
		ranges = new EnumMap<>(b.ranges);
		oneOfProbability = b.oneOfProbability;
		joint = b.joint;
		gridPoints = b.gridPoints;
		smoothing = b.smoothing;
		if (joint) {
			checkEqual(Transform.AFFINE, Transform.ELASTIC_DENSE);
			checkEqual(Transform.BRIGHTNESS, Transform.CONTRAST);
		}
	}

	private void checkEqual(final Transform a, final Transform b) {
		if (probability(a) != probability(b)) throw new IllegalArgumentException(
			"Joint transforms " + a + " and " + b + " have the probabilities " +
				probability(a) + " and " + probability(b) +
				"; make them equal, or draw each on its own.");
	}

	/** @return patches as they are */
	public static AugmentationConfig none() {
		return new Builder().build();
	}

	/**
	 * The notebook that this project starts from. Its grey-level ranges are those
	 * of 8-bit images; here 255 levels are taken as 1 on the normalised scale.
	 *
	 * @return always exactly one of flip along x, flip along y, transpose,
	 *         quarter turn and (shift 6.25 %, scale 10 %, rotate 45 degrees
	 *         together); and each with probability 0.95: gaussian noise (variance
	 *         up to 20 squared grey levels); multiplicative noise (10 %); elastic
	 *         (35 px, sigma 5 px) together with affine 3 px; brightness together
	 *         with contrast (15 %)
	 */
	public static AugmentationConfig notebook() {
		final double p = 0.95;
		return new Builder().oneOf(1).joint(true).with(Transform.FLIP, 1, 0).with(
			Transform.TRANSPOSE, 1, 0).with(Transform.QUARTER_TURN, 1, 0).with(
				Transform.SHIFT, 1, 0.0625).with(Transform.SCALE, 1, 0.1).with(
					Transform.ROTATE, 1, 45).with(Transform.AFFINE, p, 3).with(
						Transform.ELASTIC_DENSE, p, 35).smoothing(5).with(Transform.NOISE,
							p, Math.sqrt(20) / LEVELS).with(Transform.MULTIPLICATIVE_NOISE, p,
								0.1).with(Transform.BRIGHTNESS, p, 0.15).with(
									Transform.CONTRAST, p, 0.15).build();
	}

	/**
	 * Ronneberger et al. 2015, section 3.1: "shift and rotation invariance as
	 * well as robustness to deformations and gray value variations", the
	 * deformation by a 3x3 grid with deviation 10 px. The paper gives no ranges
	 * for the others.
	 *
	 * @return any rotation, shift, the 3x3 grid, brightness and contrast
	 */
	public static AugmentationConfig paper() {
		return new Builder().with(Transform.ROTATE, 1, 180).with(Transform.SHIFT, 1,
			0.0625).with(Transform.ELASTIC_GRID, 1, 10).gridPoints(3).with(
				Transform.BRIGHTNESS, 0.5, 0.15).with(Transform.LOG_CONTRAST, 0.5, 0.15)
			.build();
	}

	/**
	 * The recipe for few images and little time.
	 *
	 * @return flips, transposition, any rotation, scale 10 %, a 5x5 grid with
	 *         deviation 10 px, log-contrast and log-gamma 0.3, noise
	 */
	public static AugmentationConfig fast() {
		return new Builder().with(Transform.FLIP, 0.5, 0).with(Transform.TRANSPOSE,
			0.5, 0).with(Transform.ROTATE, 1, 180).with(Transform.SCALE, 1, 0.1).with(
				Transform.ELASTIC_GRID, 1, 10).gridPoints(5).with(
					Transform.LOG_CONTRAST, 1, 0.3).with(Transform.LOG_GAMMA, 1, 0.3)
			.with(Transform.NOISE, 0.5, 0.05).build();
	}

	/** @return a builder that starts from this configuration */
	public Builder toBuilder() {
		final Builder b = new Builder();
		b.probabilities.putAll(probabilities);
		b.ranges.putAll(ranges);
		b.oneOfProbability = oneOfProbability;
		b.joint = joint;
		b.gridPoints = gridPoints;
		b.smoothing = smoothing;
		return b;
	}

	/** @return how likely the transform is: 0 to 1 */
	public double probability(final Transform transform) {
		return probabilities.getOrDefault(transform, 0.0);
	}

	/** @return how far it goes, in the unit that {@link Transform} states */
	public double range(final Transform transform) {
		return ranges.getOrDefault(transform, 0.0);
	}

	/**
	 * @return 0: every transform is drawn on its own. Above 0: with this
	 *         probability exactly one of a flip along one axis, a transposition,
	 *         a quarter turn, and shift, scale and rotation together is made, all
	 *         being equally likely
	 */
	public double oneOfProbability() {
		return oneOfProbability;
	}

	/**
	 * @return whether {@link Transform#AFFINE} is made exactly where
	 *         {@link Transform#ELASTIC_DENSE} is, and
	 *         {@link Transform#BRIGHTNESS} where {@link Transform#CONTRAST} is;
	 *         else each is drawn on its own
	 */
	public boolean isJoint() {
		return joint;
	}

	/**
	 * @return number of nodes along each axis of {@link Transform#ELASTIC_GRID},
	 *         the outer ones on the border of the patch
	 */
	public int gridPoints() {
		return gridPoints;
	}

	/**
	 * @return sigma in pixels of the gaussian that smooths
	 *         {@link Transform#ELASTIC_DENSE}
	 */
	public double smoothing() {
		return smoothing;
	}

	@Override
	public boolean equals(final Object o) {
		if (!(o instanceof AugmentationConfig)) return false;
		final AugmentationConfig c = (AugmentationConfig) o;
		return probabilities.equals(c.probabilities) && ranges.equals(c.ranges) &&
			oneOfProbability == c.oneOfProbability && joint == c.joint &&
			gridPoints == c.gridPoints && smoothing == c.smoothing;
	}

	@Override
	public int hashCode() {
		return 31 * probabilities.hashCode() + ranges.hashCode();
	}

	/** Builds an {@link AugmentationConfig}. */
	public static final class Builder {

		private final Map<Transform, Double> probabilities = new EnumMap<>(
			Transform.class);
		private final Map<Transform, Double> ranges = new EnumMap<>(
			Transform.class);
		private double oneOfProbability;
		private boolean joint;
		private int gridPoints = 3;
		private double smoothing = 5;

		/**
		 * @param transform the transform to set
		 * @param probability 0 (never) to 1 (always)
		 * @param range how far it goes, in the unit that {@link Transform} states
		 * @throws IllegalArgumentException if a value is out of range
		 */
		public Builder with(final Transform transform, final double probability,
			final double range)
		{
			checkProbability(transform.name(), probability);
			final boolean factor = transform == Transform.SCALE ||
				transform == Transform.MULTIPLICATIVE_NOISE ||
				transform == Transform.CONTRAST;
			if (!(range >= 0) || Double.isInfinite(range) || factor && range >= 1)
				throw new IllegalArgumentException("Range " + range + " of " +
					transform + " must be 0 or more" + (factor
						? ", and below 1 since it is taken from a factor of 1." : "."));
			if (probability == 0) {
				probabilities.remove(transform);
				ranges.remove(transform);
			}
			else {
				probabilities.put(transform, probability);
				ranges.put(transform, range);
			}
			return this;
		}

		private static void checkProbability(final String name,
			final double probability)
		{
			if (!(probability >= 0 && probability <= 1))
				throw new IllegalArgumentException("Probability " + probability +
					" of " + name + " must lie between 0 and 1.");
		}

		/**
		 * @param probability see {@link AugmentationConfig#oneOfProbability()}
		 * @throws IllegalArgumentException if it is out of range
		 */
		public Builder oneOf(final double probability) {
			checkProbability("one of the rigid transforms", probability);
			oneOfProbability = probability;
			return this;
		}

		/** @param value see {@link AugmentationConfig#isJoint()} */
		public Builder joint(final boolean value) {
			joint = value;
			return this;
		}

		/**
		 * @param value see {@link AugmentationConfig#gridPoints()}
		 * @throws IllegalArgumentException if there are fewer than 2
		 */
		public Builder gridPoints(final int value) {
			if (value < 2) throw new IllegalArgumentException("An elastic grid of " +
				value + " points along an axis must have at least 2.");
			gridPoints = value;
			return this;
		}

		/**
		 * @param sigma see {@link AugmentationConfig#smoothing()}
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder smoothing(final double sigma) {
			if (!(sigma > 0) || sigma > 100) throw new IllegalArgumentException(
				"Smoothing " + sigma + " must be above 0 and at most 100 pixels.");
			smoothing = sigma;
			return this;
		}

		/**
		 * @throws IllegalArgumentException if joint transforms have different
		 *           probabilities
		 */
		public AugmentationConfig build() {
			return new AugmentationConfig(this);
		}
	}
}
