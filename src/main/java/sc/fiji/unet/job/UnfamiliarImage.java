
package sc.fiji.unet.job;

import java.util.Locale;
import java.util.Optional;

import sc.fiji.unet.data.ImageTraits;
import sc.fiji.unet.data.TraitDeviation;
import sc.fiji.unet.network.ImageTrait;
import sc.fiji.unet.network.TrainingTraits;

/** Says in what an image is not like those that a model was trained on. */
final class UnfamiliarImage {

	private static final String TRAINED =
		" the images that the model was trained on";

	private UnfamiliarImage() {}

	/**
	 * @param training traits of the images trained on
	 * @param image traits of an image
	 * @return a sentence that names what deviates most, and what to do; empty if
	 *         nothing deviates more than is to be expected
	 */
	static Optional<String> sentence(final TrainingTraits training,
		final ImageTraits image)
	{
		return TraitDeviation.of(training, image).map(found -> {
			final String subject = training.channels() == 1 ? "this image"
				: "channel " + (found.channel() + 1) + " of this image";
			return "Warning: " + subject + " " + words(found) + ".";
		});
	}

	private static String words(final TraitDeviation found) {
		final boolean above = found.isAbove();
		switch (found.trait()) {
			case NOISE:
				return "is much " + (above ? "noisier" : "smoother") + " than" +
					TRAINED + " (noise " + numbers(found, " of the contrast") + "); " +
					(above ? "" : "it may be out of focus or have been filtered; ") +
					check();
			case DETAIL:
				return (above ? "has much more fine detail" : "is much blurrier") +
					" than" + TRAINED + " (finest over coarser details " + numbers(found,
						"") + "); " + (above
							? "it may have been taken at a lower magnification, or have noise; "
							: "it may be out of focus, or have been enlarged or filtered; ") +
					check();
			case SIZE:
				return "has much " + (above ? "larger" : "smaller") +
					" structures than" + TRAINED + " (typically " + numbers(found,
						" pixels") +
					"); give the diameter of its objects (diameter, Object diameter), so that it is scaled, or " +
					check();
			case LEVEL:
				return found.isInverted() ? inverted("median grey value", found)
					: "is mostly " + (above ? "brighter" : "darker") + " than" + TRAINED +
						" (median grey value " + numbers(found,
							" of the way from dark to bright") + "); " + check();
			case LINES:
				return found.isInverted() ? inverted("brightness of lines and rims",
					found) : "has lines and rims " + (above ? "brighter" : "darker") +
						" than in" + TRAINED + " (" + numbers(found,
							" on a scale from -1 to 1") + "); " + check();
			default:
				return clipped(found);
		}
	}

	private static String inverted(final String what,
		final TraitDeviation found)
	{
		return "looks inverted beside" + TRAINED +
			": what is bright there may be dark here (" + what + " " + numbers(found,
				"") + "); if so, invert it (Edit > Invert), or " + check();
	}

	private static String clipped(final TraitDeviation found) {
		if (found.value() == 1)
			return "is blank: all of its pixels have the same grey value; check whether it is the right one";
		final boolean bright = found.trait() == ImageTrait.BRIGHTEST;
		return (bright ? "is overexposed" : "is cut off in the dark") + ": " +
			number(100 * found.value()) + " % of its pixels have the " + (bright
				? "highest" : "lowest") + " grey value (in training up to " + number(
					100 * found.high()) + " %), and details are lost there; " + check();
	}

	private static String check() {
		return "check the result, or train on such images, too";
	}

	private static String numbers(final TraitDeviation found, final String unit) {
		final String low = number(found.low());
		final String high = number(found.high());
		return number(found.value()) + unit + ", in training " + (low.equals(high)
			? low : low + " to " + high);
	}

	/** To two digits, but not beyond thousandths. */
	private static String number(final double value) {
		final double size = Math.abs(value);
		return String.format(Locale.ROOT, size >= 10 ? "%.0f" : size >= 0.995
			? "%.1f" : size >= 0.0995 ? "%.2f" : "%.3f", value);
	}
}
