
package sc.fiji.unet.data;

/**
 * The random changes that augmentation can make to a patch, each with a
 * probability and a range. Geometric ones come first and turn, scale and deform
 * in the plane of x and y only; along z a patch is merely flipped and shifted.
 * Grey values are on the normalised scale, where 1 is the distance between the
 * two percentiles, or minimum and maximum, that became 0 and 1, or one standard
 * deviation for z-scores.
 */
public enum Transform {

		/** Mirrored, along each axis with the probability. No range. */
		FLIP(true),
		/** x and y exchanged. No range. */
		TRANSPOSE(true),
		/** Turned by 0, 90, 180 or 270 degrees. No range. */
		QUARTER_TURN(true),
		/**
		 * Shifted along each axis by at most the range, a fraction of the patch
		 * size.
		 */
		SHIFT(true),
		/** Scaled by a factor in 1 - range to 1 + range. */
		SCALE(true),
		/** Rotated by at most the range, in degrees. */
		ROTATE(true),
		/**
		 * Three corners of a square around the centre, a third of the patch from
		 * it, are each moved by at most the range, in pixels, and the plane with
		 * them.
		 */
		AFFINE(true),
		/**
		 * Deformed by a coarse grid of gaussian displacements with bicubic
		 * interpolation in between (Ronneberger et al. 2015, section 3.1). Range:
		 * standard deviation in pixels.
		 */
		ELASTIC_GRID(true),
		/**
		 * Deformed by a displacement drawn at every pixel, uniformly in -range to
		 * range pixels, and then smoothed (Simard et al. 2003). After smoothing
		 * with sigma 5 about 3 % of it are left.
		 */
		ELASTIC_DENSE(true),
		/**
		 * Gaussian noise, with a variance drawn between 0 and the square of the
		 * range.
		 */
		NOISE(false),
		/** Every value multiplied by a factor in 1 - range to 1 + range. */
		MULTIPLICATIVE_NOISE(false),
		/** A value in -range to range added to a channel. */
		BRIGHTNESS(false),
		/** A channel multiplied by a factor in 1 - range to 1 + range. */
		CONTRAST(false),
		/**
		 * A channel stretched about its mean by exp(u), u in -range to range.
		 */
		LOG_CONTRAST(false),
		/**
		 * A channel raised to the power exp(u), u in -range to range, after minimum
		 * and maximum of the patch have become 0 and 1; then taken back.
		 */
		LOG_GAMMA(false);

	private final boolean geometric;

	Transform(final boolean geometric) {
		this.geometric = geometric;
	}

	/** @return whether it moves pixels, of image and labels alike */
	public boolean isGeometric() {
		return geometric;
	}
}
