
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import sc.fiji.unet.metrics.ClassScores;
import sc.fiji.unet.metrics.Detection;
import sc.fiji.unet.metrics.ForegroundRestricted;

/** What has to be known to read scores rightly, in sentences. */
final class ScoreRemarks {

	/** Fewer images than these tell little. */
	static final int FEW = 5;

	private ScoreRemarks() {}

	/**
	 * @param slices number of images or slices that were scored
	 * @param files number of files that they are from
	 * @return how many there are, and whether that is enough
	 */
	static String sampleSize(final int slices, final int files) {
		final String n = "n = " + slices;
		if (slices < FEW) return n + ", indicative only.";
		if (files < FEW && files < slices) return n + " slices of " + count(files,
			"file") +
			"; slices of one file are alike, so the scores are indicative only.";
		return n + " images.";
	}

	/**
	 * @param table of at least one image
	 * @return how far scores differ from image to image; empty for one image
	 */
	static List<String> spread(final ObjectTable table) {
		if (table.images().size() < 2) return new ArrayList<>();
		final List<String> ranges = new ArrayList<>();
		ranges.add("SEG " + range(table.images(), i -> i.seg().score(), false));
		ranges.add("F1 " + range(table.images(), i -> i.detection().f1(), false));
		ranges.add("pixel error " + range(table.images(), ObjectScores::pixelError,
			true));
		if (table.topologies().stream().anyMatch(t -> !Double.isNaN(t.vRand())))
			ranges.add("V_rand " + range(table.topologies(),
				ForegroundRestricted::vRand, false));
		return List.of("From the worst to the best image: " + String.join(", ",
			ranges) + ".");
	}

	/**
	 * @param lowIsGood whether the highest value is the worst
	 * @return worst and best value, such as "0.712 to 0.934"
	 */
	static <T> String range(final List<T> images, final ToDoubleFunction<T> value,
		final boolean lowIsGood)
	{
		final double[] values = images.stream().mapToDouble(value).filter(
			v -> !Double.isNaN(v)).sorted().toArray();
		if (values.length == 0) return "-";
		final double low = values[0];
		final double high = values[values.length - 1];
		return String.format(Locale.ROOT, "%.3f to %.3f", lowIsGood ? high : low,
			lowIsGood ? low : high);
	}

	/**
	 * @return how far the number of objects is off, of all images together and
	 *         image by image
	 */
	static String countError(final ObjectTable table) {
		final Detection all = table.detections();
		if (all.trueObjects() == 0) return "There are no true objects; " + all
			.foundObjects() + (all.foundObjects() == 1 ? " was" : " were") +
			" found.";
		final StringBuilder text = new StringBuilder("Count error: ").append(
			percent(100 * all.relativeCountError())).append(" of all true objects");
		if (table.images().size() > 1) text.append(String.format(Locale.ROOT,
			"; %.1f %% per image on average, whichever sign", 100 * table.mean(
				ScoreRemarks::absoluteCountError)));
		final List<Detection> without = table.images().stream().map(
			ObjectScores::detection).filter(d -> Double.isNaN(d.relativeCountError()))
			.collect(Collectors.toList());
		if (!without.isEmpty()) text.append(", without ").append(count(without
			.size(), "image")).append(" that ").append(without.size() == 1 ? "has"
				: "have").append(" no true objects, but ").append(without.stream()
					.mapToInt(Detection::foundObjects).sum()).append(" found");
		return text.append('.').toString();
	}

	/** @return of an image, 0 or more; NaN if there is none */
	static double absoluteCountError(final ObjectScores image) {
		return Math.abs(image.detection().relativeCountError());
	}

	/** @return such as "+4.2 %" */
	static String percent(final double value) {
		return String.format(Locale.ROOT, value == 0 ? "%.1f %%" : "%+.1f %%",
			value);
	}

	/** @return what the pixel error has to be compared with */
	static List<String> trivial(final ObjectTable table) {
		final double trivial = table.mean(table::trivialError);
		if (Double.isNaN(trivial)) return new ArrayList<>();
		return List.of(trivial(table.isMostlyForeground()
			? "A result that calls everything foreground"
			: "A result without any object", trivial, table.mean(
				ObjectScores::pixelError)));
	}

	private static String trivial(final String answer, final double trivial,
		final double error)
	{
		return String.format(Locale.ROOT, "%s would have a pixel error of %.3f%s.",
			answer, trivial, error > 0 && error >= trivial ? "; this one is no better"
				: "");
	}

	/** @param table of at least one image */
	static List<String> ofClasses(final ClassTable table) {
		final List<String> remarks = new ArrayList<>();
		if (table.images().size() > 1) remarks.add(
			"From the worst to the best image: mean IoU " + range(table.images(),
				ClassScores::meanIoU, false) + ", pixel error " + range(table.images(),
					ClassScores::pixelError, true) + ".");
		remarks.addAll(trivial(table.all(), table.names()));
		remarks.addAll(ignored(table.ignored()));
		return remarks;
	}

	/**
	 * @param all of all images
	 * @param names of the classes
	 */
	static List<String> trivial(final ClassScores all, final List<String> names) {
		final double error = all.pixelErrorOfAll(all.mostFrequent());
		if (Double.isNaN(error)) return new ArrayList<>();
		return List.of(trivial("A result that gives every pixel the class " + names
			.get(all.mostFrequent()), error, all.pixelError()));
	}

	/**
	 * @param ignored share (0 to 1) of the pixels that is ignored
	 * @return what follows from it; empty if that is none
	 */
	static List<String> ignored(final double ignored) {
		if (ignored == 0) return new ArrayList<>();
		return List.of(String.format(Locale.ROOT,
			"%s of the pixels are ignored in the truth: false positives outside annotations not counted.",
			ignored < 0.001 ? "Less than 0.1 %" : String.format(Locale.ROOT,
				"%.1f %%", 100 * ignored)));
	}

	/** @return what the objects of masks are; empty if there are no masks */
	static List<String> masks(final ObjectTable table) {
		final long masks = table.images().stream().filter(table::isMask).count();
		if (masks == 0 || table.detections().trueObjects() == 0)
			return new ArrayList<>();
		return List.of((masks == table.images().size() ? "The truth is a mask"
			: "The truth of " + masks + " of " + table.images().size() +
				" images is a mask") +
			": cells that touch are one region in it. So SEG, F1 and counts are of regions, and there are no merges and splits, which would be of regions, not of cells.");
	}

	private static String count(final int number, final String of) {
		return number + " " + of + (number == 1 ? "" : "s");
	}
}
