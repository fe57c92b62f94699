
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.measure.Calibration;

import java.util.Optional;

import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.LengthUnit;

/** The size of a pixel in the x, y plane, as an image's calibration says. */
public final class PixelSize {

	private PixelSize() {}

	/**
	 * @return the two axes of the plane; not calibrated where the unit is none of
	 *         {@link LengthUnit}, as "inch" and "cm" of pictures, or a size is no
	 *         positive number
	 */
	public static Axes of(final ImagePlus image) {
		final Calibration calibration = image.getCalibration();
		final Optional<LengthUnit> x = LengthUnit.of(calibration.getXUnit());
		final Optional<LengthUnit> y = LengthUnit.of(calibration.getYUnit());
		if (!x.isPresent() || !y.isPresent() || !isSize(calibration.pixelWidth) ||
			!isSize(calibration.pixelHeight)) return Axes.uncalibrated(2);
		return Axes.calibrated(x.get().symbol(), calibration.pixelWidth, y.get()
			.convert(calibration.pixelHeight, x.get()));
	}

	private static boolean isSize(final double size) {
		return size > 0 && !Double.isInfinite(size);
	}
}
