
package sc.fiji.unet.job;

import java.math.BigDecimal;
import java.math.MathContext;

import sc.fiji.unet.data.PixelSizes;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.LengthUnit;
import sc.fiji.unet.segment.Scale;

/**
 * By how much an image has to be scaled for a model, and why: by the diameter
 * of its objects if the user gives one, else by the pixel sizes where both are
 * known, else not at all. Immutable.
 */
final class ImageScale {

	/** More would leave nothing of the objects, or make no sense. */
	private static final double MOST = 16;

	private final Scale scale;
	/** How far and why, the end of a sentence about whether. */
	private final String words;

	private ImageScale(final Scale scale, final String words) {
		this.scale = scale;
		this.words = words;
	}

	/**
	 * @param pixels diameter of objects; 0: not given
	 * @throws IllegalArgumentException if it is negative or no number
	 */
	static void checkDiameter(final double pixels) {
		if (!(pixels >= 0) || Double.isInfinite(pixels))
			throw new IllegalArgumentException("Diameter " + pixels +
				" must be a number of pixels, or 0 if it is not known.");
	}

	/**
	 * @param image the image's plane
	 * @param diameter of the objects in the image in pixels; 0: not given
	 * @throws IllegalArgumentException if the image would have to be scaled by
	 *           less than 1/16 or more than 16, or a diameter is given and that
	 *           of the model is not known
	 */
	static ImageScale of(final ModelDescription model, final Axes image,
		final double diameter)
	{
		if (diameter > 0) return byDiameter(model, diameter);
		final Axes wanted = model.network().axes();
		if (image.isCalibrated() && wanted.isCalibrated()) return byPixelSize(image,
			wanted);
		return new ImageScale(Scale.NONE, (model.objectDiameter() > 0
			? "; the model knows objects of about " + text(model.objectDiameter()) +
				" pixels across. If these are much smaller or larger, give their diameter."
			: "."));
	}

	private static ImageScale byDiameter(final ModelDescription model,
		final double diameter)
	{
		final double own = model.objectDiameter();
		if (own == 0) throw new IllegalArgumentException("Diameter " + text(
			diameter) + " cannot be used, since the model '" + model.name() +
			"' does not say how large the objects of its training were; leave the diameter at 0.");
		final double factor = own / diameter;
		return of(factor, factor, "objects of " + text(diameter) + " pixels", text(
			own) + " pixels across",
			"Give the diameter of the objects in pixels of the image.");
	}

	private static ImageScale byPixelSize(final Axes image, final Axes wanted) {
		final LengthUnit unit = LengthUnit.of(image.unit()).get();
		final Axes model = wanted.in(unit);
		return of(image.pixelSize()[0] / model.pixelSize()[0], image
			.pixelSize()[1] / model.pixelSize()[1], image.in(unit).pixelText(), model
				.pixelText() + " a pixel",
			"Correct the pixel size in Image > Properties, or give the diameter of the objects.");
	}

	private static ImageScale of(final double x, final double y,
		final String from, final String to, final String remedy)
	{
		if (isBeyond(x, MOST) || isBeyond(y, MOST))
			throw new IllegalArgumentException("The image would be scaled by " +
				factor(x, y) + ", from " + from + " to " + to + ", but 1/16 to " +
				(int) MOST + " is possible. " + remedy);
		if (!isBeyond(x, PixelSizes.TOLERANCE) && !isBeyond(y,
			PixelSizes.TOLERANCE)) return new ImageScale(Scale.NONE,
				", as it has the scale of the model (" + to + ").");
		return new ImageScale(new Scale(x, y), " by " + factor(x, y) + ", from " +
			from + " to " + to + ".");
	}

	private static boolean isBeyond(final double factor, final double most) {
		return !(factor <= most && factor >= 1 / most);
	}

	private static String factor(final double x, final double y) {
		return x == y ? text(x) : text(x) + " along x and " + text(y) + " along y";
	}

	/** To three digits. */
	private static String text(final double value) {
		return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros()
			.toPlainString();
	}

	Scale scale() {
		return scale;
	}

	/** @return what was done with the image, in a sentence */
	String sentence() {
		return "The image was " + (scale.isNone() ? "not " : "") + "scaled" + words;
	}

	/** @return what will be done with the image, in a sentence */
	String intention() {
		return "The image will " + (scale.isNone() ? "not " : "") + "be scaled" +
			words;
	}
}
