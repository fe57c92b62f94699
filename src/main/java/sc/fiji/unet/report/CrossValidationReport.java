
package sc.fiji.unet.report;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a cross-validation has found, as a page for people. Not thread-safe.
 */
public final class CrossValidationReport {

	private final String summary;
	private final List<String> about;
	private final List<String> scores;
	private final Map<String, double[]> rows = new LinkedHashMap<>();
	private final Map<String, List<String>> folds = new LinkedHashMap<>();

	/**
	 * @param summary what came out, in a sentence
	 * @param about what to know of the images and folds, in sentences
	 * @param scores what the scores are called
	 */
	public CrossValidationReport(final String summary, final List<String> about,
		final Collection<String> scores)
	{
		this.summary = summary;
		this.about = about;
		this.scores = new ArrayList<>(scores);
	}

	/**
	 * Adds a row of the table.
	 *
	 * @param name number of the fold, "mean" or "sd"
	 * @param values as many as there are scores; NaN = there is none
	 */
	public void row(final String name, final double... values) {
		rows.put(name, values.clone());
	}

	/**
	 * Adds a fold, in order.
	 *
	 * @param model name of its model without extension; the report of its
	 *          training lies beside this page
	 * @param images names of the images tested on
	 */
	public void fold(final String model, final List<String> images) {
		folds.put(model, images);
	}

	/** @return the page, XHTML that is HTML 5 as well */
	public String toHtml() {
		final Html html = new Html();
		html.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
		html.open("head").empty("meta", "charset", "utf-8").empty("meta", "name",
			"viewport", "content", "width=device-width");
		html.element("title", "Cross-validation").element("style",
			TrainingReport.STYLE).close();
		html.open("body").element("h1", "Cross-validation").element("p",
			"U-Net for Fiji, " + ZonedDateTime.now().format(DateTimeFormatter
				.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH)), "class", "subtitle");
		html.element("p", signs(summary), "class", "methods");
		writeMeaning(html);
		html.element("h2", "Scores on images not seen");
		writeScores(html);
		html.element("h2", "What was tested");
		about.forEach(sentence -> html.element("p", sentence, "class", sentence
			.contains("too good") ? "caution" : "plain"));
		writeFolds(html);
		html.close().close();
		return "<!DOCTYPE html>\n" + html;
	}

	private static String signs(final String text) {
		return text.replace("+-", "\u00b1");
	}

	private void writeMeaning(final Html html) {
		html.element("p", "The images were parted into " + folds.size() +
			" folds. For each fold a network was trained on the images of the others, from which the images that chose its best epoch were drawn, too. Then it was tested on the fold. So every image was tested once, by a network that had not seen it.");
		html.element("p",
			"The mean says how good a model trained like this is on images like these. The standard deviation says how much that varies from fold to fold; it is no confidence interval. To work with, train one model on all images: it learns from more than each of these did, and is not worse as a rule.");
	}

	private void writeScores(final Html html) {
		html.open("table").open("tr").element("th", "Fold");
		scores.forEach(name -> html.element("th", name, "class", "number"));
		html.element("th", "Images", "class", "number").element("th", "Training")
			.close();
		final List<String> models = new ArrayList<>(folds.keySet());
		int fold = 0;
		for (final Map.Entry<String, double[]> row : rows.entrySet()) {
			final boolean isFold = fold < models.size();
			html.open("tr", "class", isFold ? "fold" : "changed").element("td", isFold
				? row.getKey() : row.getKey().equals("sd") ? "standard deviation" : row
					.getKey());
			Arrays.stream(row.getValue()).forEach(v -> html.element("td", Double
				.isNaN(v) ? "-" : String.format(Locale.ROOT, "%.3f", v), "class",
				"number"));
			html.element("td", isFold ? "" + folds.get(models.get(fold)).size() : "",
				"class", "number").open("td");
			if (isFold) html.element("a", models.get(fold), "href", models.get(fold) +
				".html");
			html.close().close();
			fold++;
		}
		html.close();
		html.element("p", scores.contains("SEG")
			? "F1: share of the objects that are right, found ones and true ones taken together; an object is found if its intersection over union with a true one exceeds 0.5. SEG: mean over the true objects of the intersection over union with the object that covers more than half of it, 0 without one; false positives do not lower it. AP: objects found over objects found, missed and invented. IoU: intersection over union of the foregrounds. Pixel error: share of the pixels whose foreground or background is wrong. Trivial error: the pixel error of calling everything background, or everything foreground where that is better. Count error: objects found minus true ones, over the true ones. In a fold F1, SEG, AP and counts are those of all its objects; the other scores are means over its images. Of masks, objects are regions, of which each may be several cells."
			: "Mean IoU and mean F1: means over the classes but the background. Pixel error: share of the pixels whose class is wrong. The table cross-validation.csv has the scores of each class.",
			"class", "small");
	}

	private void writeFolds(final Html html) {
		html.open("table").open("tr").element("th", "Fold").element("th",
			"Tested on").close();
		int number = 1;
		for (final List<String> images : folds.values())
			html.open("tr").element("td", "" + number++).element("td", String.join(
				", ", images)).close();
		html.close();
	}
}
