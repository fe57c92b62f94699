
package sc.fiji.unet.network;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Objects;

/**
 * The spatial axes of the images that a network works on, with the physical
 * size of a pixel. Immutable.
 */
public final class Axes implements Serializable {

	private static final long serialVersionUID = 1L;
	private static final String NAMES = "xyz";

	private final double[] pixelSize;
	private final String unit;

	private Axes(final double[] pixelSize, final String unit) {
		this.pixelSize = pixelSize;
		this.unit = unit;
	}

	/**
	 * @param dimensions number of spatial axes: 2 or 3
	 * @return axes without calibration: pixel size 1, unit "pixel"
	 * @throws IllegalArgumentException if {@code dimensions} is neither 2 nor 3
	 */
	public static Axes uncalibrated(final int dimensions) {
		final double[] one = new double[Math.max(0, dimensions)];
		Arrays.fill(one, 1);
		return calibrated("pixel", one);
	}

	/**
	 * @param unit unit of the pixel sizes, for example "micrometer"
	 * @param pixelSize size of a pixel along x, y[, z], in {@code unit}
	 * @throws IllegalArgumentException if there are neither 2 nor 3 axes, or a
	 *           pixel size is not a positive number
	 */
	public static Axes calibrated(final String unit, final double... pixelSize) {
		if (pixelSize.length < 2 || pixelSize.length > 3)
			throw new IllegalArgumentException(
				"A network has 2 or 3 spatial axes, not " + pixelSize.length + ".");
		for (final double size : pixelSize)
			if (!(size > 0) || Double.isInfinite(size))
				throw new IllegalArgumentException("Pixel size " + Arrays.toString(
					pixelSize) + " must consist of positive numbers.");
		return new Axes(pixelSize.clone(), Objects.requireNonNull(unit));
	}

	/** @return number of spatial axes: 2 or 3 */
	public int dimensions() {
		return pixelSize.length;
	}

	/** @return the axes' letters in order: "xy" or "xyz" */
	public String names() {
		return NAMES.substring(0, dimensions());
	}

	/** @return size of a pixel along x, y[, z], in {@link #unit()}; a copy */
	public double[] pixelSize() {
		return pixelSize.clone();
	}

	/**
	 * @return unit of {@link #pixelSize()}; "pixel" where there is no calibration
	 */
	public String unit() {
		return unit;
	}

	/**
	 * @return whether the pixel size is a length, in one of {@link LengthUnit},
	 *         so that images can be compared by it
	 */
	public boolean isCalibrated() {
		return LengthUnit.of(unit).isPresent();
	}

	/**
	 * @param other unit to convert to
	 * @return the same axes with pixel sizes in that unit
	 * @throws IllegalStateException if these axes are not calibrated
	 */
	public Axes in(final LengthUnit other) {
		final LengthUnit own = LengthUnit.of(unit).orElseThrow(
			() -> new IllegalStateException("no length: " + this));
		return new Axes(Arrays.stream(pixelSize).map(size -> own.convert(size,
			other)).toArray(), other.symbol());
	}

	/**
	 * @return size of a pixel in the plane, to three digits: "0.325 µm", or where
	 *         x and y differ "0.325 x 0.65 µm"
	 */
	public String pixelText() {
		final String x = digits(pixelSize[0]);
		final String y = digits(pixelSize[1]);
		return (x.equals(y) ? x : x + " x " + y) + " " + unit;
	}

	private static String digits(final double value) {
		return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros()
			.toPlainString();
	}

	@Override
	public boolean equals(final Object o) {
		return o instanceof Axes && Arrays.equals(pixelSize,
			((Axes) o).pixelSize) && unit.equals(((Axes) o).unit);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(pixelSize) + unit.hashCode();
	}

	@Override
	public String toString() {
		return names() + " " + Arrays.toString(pixelSize) + " " + unit;
	}
}
