
package sc.fiji.unet.network;

import java.util.Locale;

/**
 * A property of a normalised image by which one that a network has not learnt
 * to read can be told. All are free of gain and offset of the camera. Two
 * values are compared by their difference, or where ratios count by that of
 * their logarithms.
 */
public enum ImageTrait {

		/**
		 * Standard deviation of the noise, as estimated from differences of
		 * neighbouring pixels; in units of the normalised image, so mostly of its
		 * contrast.
		 */
		NOISE(1.5, 0.004),
		/** Strength of the finest details over that of the coarser ones. */
		DETAIL(0.65, 0),
		/** Typical size of structures in pixels, the noise left out. */
		SIZE(0.4, 0),
		/**
		 * Where the median lies between the 1st (0) and the 99th (1) percentile of
		 * the grey values: low where bright objects lie on a dark background.
		 */
		LEVEL(0.05),
		/**
		 * Whether lines and rims are rather bright (up to 1) or dark (down to -1).
		 */
		LINES(0.1),
		/** Share (0 to 1) of the pixels that have the highest grey value. */
		BRIGHTEST(0.03),
		/** Share (0 to 1) of the pixels that have the lowest grey value. */
		DARKEST(0.03);

	private final double tolerance;
	/** Added before the logarithm is taken; negative: none is taken. */
	private final double floor;

	/** @param tolerance in factors of 2 */
	ImageTrait(final double tolerance, final double floor) {
		this.tolerance = tolerance;
		this.floor = floor;
	}

	ImageTrait(final double tolerance) {
		this(tolerance, -1);
	}

	/** @return the name in a model package */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * How far a value lies beyond those of some images, in units of what chance
	 * makes likely. The range of a few images is narrower than that of all there
	 * could be: one more lies on average beyond it by the range over one less
	 * than their number, and where there are few a tolerance is added that would
	 * be too wide for many. Fewer clipped pixels are never worth a word.
	 *
	 * @param value of an image
	 * @param low lowest value of the images compared with
	 * @param high highest value of these
	 * @param images their number, 1 or more
	 * @return 0 within the range; up to 1 is to be expected
	 */
	public double excess(final double value, final double low, final double high,
		final int images)
	{
		final double width = position(high) - position(low);
		final double margin = tolerance * (1 + 2.0 / images) + (images > 1 ? width /
			(images - 1) : 0);
		final boolean share = this == BRIGHTEST || this == DARKEST;
		final double below = share ? 0 : position(low) - position(value);
		return Math.max(0, Math.max(below, position(value) - position(high))) /
			margin;
	}

	private double position(final double value) {
		return floor < 0 ? value : Math.log(value + floor) / Math.log(2);
	}
}
