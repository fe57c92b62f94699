
package sc.fiji.unet.segment;

import java.util.Arrays;

import sc.fiji.unet.network.Postprocessing;

/**
 * By how much an image is scaled in its plane before a network sees it: below 1
 * it becomes smaller. The corners of the first pixel and of its counterpart lie
 * on each other. Immutable.
 */
public final class Scale {

	/** Leaves images as they are. */
	public static final Scale NONE = new Scale(1, 1);

	/** Rounding errors of a factor shall not add a pixel. */
	private static final double ROUNDING = 1e-6;

	private final double[] factors;

	/**
	 * @param x factor along x
	 * @param y factor along y
	 * @throws IllegalArgumentException if one is not positive
	 */
	public Scale(final double x, final double y) {
		factors = new double[] { x, y };
		for (final double factor : factors)
			if (!(factor > 0) || Double.isInfinite(factor))
				throw new IllegalArgumentException("Scale factors " + Arrays.toString(
					factors) + " must be positive numbers.");
	}

	/** @return whether images stay as they are */
	public boolean isNone() {
		return factors[0] == 1 && factors[1] == 1;
	}

	/**
	 * @param axis 0 for x, 1 for y, 2 for z
	 * @return factor along the axis; 1 along z
	 */
	public double factor(final int axis) {
		return axis < factors.length ? factors[axis] : 1;
	}

	/** @return number of scaled pixels that cover so many pixels of the image */
	long length(final long pixels, final int axis) {
		return Math.max(1, (long) Math.ceil(pixels * factor(axis) - ROUNDING));
	}

	/** @return where the centre of a pixel comes to lie, in scaled pixels */
	double toScaled(final long pixel, final int axis) {
		return (pixel + 0.5) * factor(axis) - 0.5;
	}

	/** @return where the centre of a scaled pixel lies in the image */
	double toImage(final long scaled, final int axis) {
		return (scaled + 0.5) / factor(axis) - 0.5;
	}

	/**
	 * @param scaled sizes in pixels of the scaled image
	 * @return the same rule with sizes in pixels of the image, rounded
	 */
	public Postprocessing inImagePixels(final Postprocessing scaled) {
		if (isNone()) return scaled;
		final double area = factors[0] * factors[1];
		final long ridge = Math.round(scaled.ridgeWidth() / Math.sqrt(area));
		final Postprocessing converted = new Postprocessing(scaled.threshold(), Math
			.round(scaled.minimumSize() / area), scaled.ridgeWidth() == 0 ? 0
				: (int) Math.max(1, ridge));
		return (scaled.hasSeeds() ? converted.withSeeds(scaled.seedThreshold())
			: converted).withNeck(scaled.neck()).withFilledHoles(scaled.fillsHoles())
			.withoutEdgeObjects(scaled.dropsEdgeObjects());
	}
}
