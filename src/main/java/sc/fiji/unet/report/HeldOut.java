
package sc.fiji.unet.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well the network does on the images held out, in pictures and numbers.
 */
final class HeldOut {

	private static final int EACH = 2;

	private final List<ScoredImage> images;
	/** Null without images. */
	private final ScoredImage all;
	private final List<String> notes;
	private final String sampleSize;
	private final String remark;

	/**
	 * @param images with scores; may be empty
	 * @param all scores of all images together; null without images
	 * @param notes what the scores mean, in sentences
	 * @param sampleSize how many images are held out, in a sentence; empty for
	 *          none
	 * @param remark why images are missing; may be empty
	 */
	HeldOut(final List<ScoredImage> images, final ScoredImage all,
		final List<String> notes, final String sampleSize, final String remark)
	{
		this.images = images;
		this.all = all;
		this.notes = notes;
		this.sampleSize = sampleSize;
		this.remark = remark;
	}

	void writeTo(final Html html) throws IOException {
		if (sampleSize.isEmpty()) html.element("p",
			"No image was held out, so nothing is known of how well the network does on images that it was not trained on. Segment some of those, and look.",
			"class", "caution");
		else html.element("p", caution(), "class", "caution");
		if (!remark.isEmpty()) html.element("p", remark);
		if (images.isEmpty()) return;
		writePictures(html);
		writeTable(html);
	}

	private String caution() {
		return sampleSize +
			" These images have chosen what was kept: the epoch with the best weights, and whatever else was searched on images held out, such as a threshold. So scores on them are optimistic. To report how good the model is, segment images that had no part in the training and score them with Evaluate Segmentation.";
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
		final String counts = image.further().get(ScoredImage.COUNT_ERROR);
		return text + (counts == null ? "" : ", count error " + counts);
	}

	private void writeTable(final Html html) {
		final ScoredImage first = images.get(0);
		html.open("table", "class", "scores").open("tr").element("th",
			"Image held out");
		first.scores().keySet().forEach(name -> html.element("th", name, "class",
			"number"));
		first.further().keySet().forEach(name -> html.element("th", name, "class",
			"number"));
		html.close();
		images.forEach(image -> writeRow(html, image));
		if (images.size() > 1) writeRow(html, all);
		html.close();
		notes.forEach(note -> html.element("p", note, "class", "small note"));
	}

	private static void writeRow(final Html html, final ScoredImage image) {
		html.open("tr").element("td", image.name());
		image.scores().values().forEach(value -> html.element("td", number(value),
			"class", "number"));
		image.further().values().forEach(value -> html.element("td", value, "class",
			"number"));
		html.close();
	}

	private static String number(final double value) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f",
			value);
	}
}
