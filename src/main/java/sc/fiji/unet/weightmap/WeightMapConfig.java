
package sc.fiji.unet.weightmap;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * The values of the weight map. Immutable. The defaults are those of
 * Ronneberger et al. 2015.
 */
public final class WeightMapConfig implements Serializable {

	private static final long serialVersionUID = 1L;

	private final double w0;
	private final double sigma;
	private final boolean balanceClasses;
	private final int ridgeWidth;
	private final double[] spacing;

	private WeightMapConfig(final Builder b) {
		w0 = b.w0;
		sigma = b.sigma;
		balanceClasses = b.balanceClasses;
		ridgeWidth = b.ridgeWidth;
		spacing = b.spacing.clone();
		if (!(w0 >= 0 && w0 < Double.POSITIVE_INFINITY))
			throw new IllegalArgumentException("Border weight w0 " + w0 +
				" must be 0 (no border term) or more; 10 is usual.");
		if (!(sigma > 0 && sigma < Double.POSITIVE_INFINITY))
			throw new IllegalArgumentException("Border sigma " + sigma +
				" must be a positive number of pixels; 5 is usual.");
		if (ridgeWidth < 0) throw new IllegalArgumentException("Ridge width " +
			ridgeWidth + " must be 0 (no ridge) or more pixels.");
		for (final double s : spacing)
			if (!(s > 0 && s < Double.POSITIVE_INFINITY))
				throw new IllegalArgumentException("Pixel spacing " + Arrays.toString(
					spacing) + " must be positive along each axis.");
	}

	/** @return w0 10, sigma 5 px, balanced classes, ridge 1 px, spacing 1 */
	public static Builder builder() {
		return new Builder();
	}

	/** @return a builder that starts with these values */
	public Builder toBuilder() {
		final Builder b = new Builder();
		b.w0 = w0;
		b.sigma = sigma;
		b.balanceClasses = balanceClasses;
		b.ridgeWidth = ridgeWidth;
		b.spacing = spacing;
		return b;
	}

	/** @return height of the border term, dimensionless; 0 = none */
	public double w0() {
		return w0;
	}

	/**
	 * @return width of the border term in pixels, or in the unit of
	 *         {@link #spacing()}
	 */
	public double sigma() {
		return sigma;
	}

	/**
	 * @return whether background and objects get weights inverse to their pixel
	 *         counts, the more frequent one 1
	 */
	public boolean balanceClasses() {
		return balanceClasses;
	}

	/**
	 * @return width in pixels of the ridge of background that is cut between
	 *         touching objects first; 0 = none
	 */
	public int ridgeWidth() {
		return ridgeWidth;
	}

	/**
	 * @return distance between neighbouring pixels along x, y[, z], in the unit
	 *         of sigma; empty = 1; a copy
	 */
	public double[] spacing() {
		return spacing.clone();
	}

	@Override
	public boolean equals(final Object o) {
		if (!(o instanceof WeightMapConfig)) return false;
		final WeightMapConfig c = (WeightMapConfig) o;
		return w0 == c.w0 && sigma == c.sigma &&
			balanceClasses == c.balanceClasses && ridgeWidth == c.ridgeWidth && Arrays
				.equals(spacing, c.spacing);
	}

	@Override
	public int hashCode() {
		return Objects.hash(w0, sigma, balanceClasses, ridgeWidth, Arrays.hashCode(
			spacing));
	}

	/** Collects the values of a {@link WeightMapConfig}. Not thread-safe. */
	public static final class Builder {

		private double w0 = 10;
		private double sigma = 5;
		private boolean balanceClasses = true;
		private int ridgeWidth = 1;
		private double[] spacing = {};

		private Builder() {}

		/** @param value height of the border term, dimensionless; 0 = none */
		public Builder w0(final double value) {
			w0 = value;
			return this;
		}

		/** @param value width of the border term in pixels (unit of the spacing) */
		public Builder sigma(final double value) {
			sigma = value;
			return this;
		}

		/** @param value see {@link WeightMapConfig#balanceClasses()} */
		public Builder balanceClasses(final boolean value) {
			balanceClasses = value;
			return this;
		}

		/** @param value pixels; 0 leaves touching objects touching */
		public Builder ridgeWidth(final int value) {
			ridgeWidth = value;
			return this;
		}

		/**
		 * @param value distance between neighbouring pixels along x, y[, z] in the
		 *          unit of sigma; none = 1
		 */
		public Builder spacing(final double... value) {
			spacing = value.clone();
			return this;
		}

		/** @throws IllegalArgumentException if a value is out of range */
		public WeightMapConfig build() {
			return new WeightMapConfig(this);
		}
	}
}
