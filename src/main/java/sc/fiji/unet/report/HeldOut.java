
package sc.fiji.unet.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well the network does on the images held out, in pictures and numbers.
 */
final class HeldOut {

	/** Fewer images than these tell little. */
	private static final int FEW = 5;
	private static final int EACH = 2;

	private final List<ScoredImage> images;
	private final int count;
	private final String remark;

	/**
	 * @param images with scores; may be empty
	 * @param count number of images held out
	 * @param remark why images are missing; may be empty
	 */
	HeldOut(final List<ScoredImage> images, final int count,
		final String remark)
	{
		this.images = images;
		this.count = count;
		this.remark = remark;
	}

	void writeTo(final Html html) throws IOException {
		if (count == 0) html.element("p",
			"No image was held out, so nothing is known of how well the network does on images that it was not trained on. Segment some of those, and look.",
			"class", "caution");
		else html.element("p", caution(), "class", "caution");
		if (!remark.isEmpty()) html.element("p", remark);
		if (images.isEmpty()) return;
		writePictures(html);
		writeTable(html);
	}

	private String caution() {
		return (count < FEW ? "n = " + count + ", indicative only. " : "") +
			"The epoch that was kept was chosen on these images, so these scores are optimistic. To report how good the model is, evaluate it on images that it has never seen.";
	}

	private void writePictures(final Html html) throws IOException {
		final List<ScoredImage> shown = ScoredImage.bestAndWorst(images, EACH);
		for (int i = 0; i < shown.size(); i++) {
			final ScoredImage image = shown.get(i);
			if (image.pictures().isEmpty()) continue;
			html.open("div", "class", "example");
			html.element("h3", rank(i, shown.size()) + image.name() + " (" + scores(
				image) + ")");
			html.open("div", "class", "row");
			for (final Map.Entry<String, BufferedImage> picture : image.pictures()
				.entrySet())
			{
				html.open("figure").empty("img", "src", DataUri.of(picture.getValue()),
					"alt", picture.getKey() + " of " + image.name());
				html.element("figcaption", picture.getKey()).close();
			}
			html.close().close();
		}
	}

	private String rank(final int index, final int shown) {
		if (images.size() < 2) return "";
		final String[] places = { "Best", "Second best" };
		final String[] ends = { "Worst", "Second worst" };
		final int fromEnd = shown - 1 - index;
		if (index < fromEnd) return index < EACH ? places[index] + ": " : "";
		return index > fromEnd && fromEnd < EACH ? ends[fromEnd] + ": " : "";
	}

	private static String scores(final ScoredImage image) {
		final StringBuilder text = new StringBuilder();
		image.scores().forEach((name, value) -> text.append(text.length() == 0 ? ""
			: ", ").append(name).append(' ').append(number(value)));
		return text.toString();
	}

	private void writeTable(final Html html) {
		final ScoredImage first = images.get(0);
		final boolean remarks = images.stream().anyMatch(i -> !i.remark()
			.isEmpty());
		html.open("table").open("tr").element("th", "Image held out");
		first.scores().keySet().forEach(name -> html.element("th", name, "class",
			"number"));
		if (remarks) html.element("th", "Objects found / true", "class", "number");
		html.close();
		for (final ScoredImage image : images)
			writeRow(html, image.name(), image.scores(), remarks ? image.remark()
				: null);
		if (images.size() > 1) writeRow(html, "Mean of " + images.size(), means(),
			remarks ? "" : null);
		html.close();
		html.element("p", explanation(first.scores().containsKey("SEG")), "class",
			"small");
	}

	private static String explanation(final boolean objects) {
		return objects
			? "F1 (objects): harmonic mean of precision and recall; an object counts as found if its intersection over union with a true one exceeds 0.5. SEG: mean over the true objects of the intersection over union with the object that covers more than half of it, 0 without one. IoU (pixels): intersection over union of the foregrounds."
			: "IoU: intersection over union of the pixels of all foreground classes together, and of those of each class; - where a class is neither in the truth nor in the prediction.";
	}

	private Map<String, Double> means() {
		final Map<String, Double> means = new LinkedHashMap<>();
		images.get(0).scores().keySet().forEach(name -> means.put(name, images
			.stream().mapToDouble(i -> i.scores().get(name)).filter(v -> !Double
				.isNaN(v)).average().orElse(Double.NaN)));
		return means;
	}

	private static void writeRow(final Html html, final String name,
		final Map<String, Double> scores, final String remark)
	{
		html.open("tr").element("td", name);
		scores.values().forEach(value -> html.element("td", number(value), "class",
			"number"));
		if (remark != null) html.element("td", remark, "class", "number");
		html.close();
	}

	private static String number(final double value) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f",
			value);
	}
}
