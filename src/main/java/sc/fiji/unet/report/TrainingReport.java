
package sc.fiji.unet.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.train.CalibrationFit;
import sc.fiji.unet.train.History;
import sc.fiji.unet.train.TrainingData;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;

/**
 * What a training was and what came of it, as a page. Not thread-safe.
 */
public final class TrainingReport {

	/** Tells our pages from others. */
	private static final String MARK = "U-Net for Fiji: training report";
	/** The mark stands within so many bytes. */
	private static final int HEAD = 1024;
	/** Longer tables are folded up. */
	private static final int MANY = 20;

	/** Holds nothing that has to be escaped. */
	static final String STYLE =
		"body{font:15px/1.5 system-ui,'Segoe UI',Helvetica,Arial,sans-serif;color:#1d2733;background:#fff;max-width:60em;margin:2em auto;padding:0 1.5em}" +
			"h1{font-size:1.7em;margin-bottom:0}h2{font-size:1.25em;margin-top:2em;border-bottom:2px solid #d8e0e8;padding-bottom:.2em}h3{font-size:1em;margin:.8em 0 .3em}" +
			".subtitle{color:#5a6978;margin-top:.2em}.tiles{display:flex;flex-wrap:wrap;gap:.8em;margin:1.2em 0}" +
			".tile{border:1px solid #d8e0e8;border-radius:6px;padding:.5em 1em;min-width:7em}.tile b{display:block;font-size:1.4em}.tile span{color:#5a6978;font-size:.85em}" +
			"table{border-collapse:collapse;margin:.8em 0;font-size:.9em}th,td{text-align:left;padding:.25em .9em .25em 0;border-bottom:1px solid #e6ebf0;vertical-align:top}" +
			"th{color:#5a6978;font-weight:600}.number{text-align:right;font-variant-numeric:tabular-nums}.changed td{background:#fff6df;font-weight:600}" +
			".caution{border-left:4px solid #e69f00;padding:.3em .9em;background:#fffaf0}.small{font-size:.85em;color:#5a6978}" +
			".row{display:flex;gap:.6em}figure{margin:0;flex:1 1 0;min-width:0}figure img{width:100%;height:auto;display:block;background:#eee}figcaption{font-size:.85em;color:#5a6978;text-align:center}" +
			".example,.figure{break-inside:avoid;page-break-inside:avoid}.chart{width:100%;height:auto;display:block;margin:.6em 0}.chart text{font-size:12px;fill:#5a6978}.chart .title{font-size:13px;font-weight:600;fill:#1d2733}" +
			".chart .grid{stroke:#e6ebf0}.chart .mark{stroke:#8796a5;stroke-dasharray:4 3}" +
			"pre{background:#f4f7fa;border:1px solid #d8e0e8;border-radius:4px;padding:.7em .9em;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85em}" +
			"summary{cursor:pointer}.methods{background:#f4f7fa;padding:.8em 1em;border-radius:4px}@media print{body{margin:0;max-width:none}h2{break-after:avoid}}";

	private final Path model;
	private final TrainingPlan plan;
	private final TrainingResult result;
	private final TrainingData samples;
	private Provenance provenance = Provenance.memory();
	private String device = "";
	private ExecutionConfig execution = ExecutionConfig.auto();
	private List<String> sentences = Collections.emptyList();
	private List<String> reasons = Collections.emptyList();
	private Map<String, String> versions = Collections.emptyMap();
	private List<ScoredImage> images = Collections.emptyList();
	private ScoredImage all;
	private List<String> notes = Collections.emptyList();
	private String remark = "";
	private String sampleSize = "";
	private Postprocessing objects = Postprocessing.plain();
	/** Null where nothing is known of it. */
	private Calibrated calibration;
	private boolean calibrated;

	/**
	 * @param model the package that was written, ending in .zip
	 * @param plan what was asked for, complete
	 * @param result what came of it
	 * @param samples images trained on and held out
	 */
	public TrainingReport(final Path model, final TrainingPlan plan,
		final TrainingResult result, final TrainingData samples)
	{
		this.model = model;
		this.plan = plan;
		this.result = result;
		this.samples = samples;
	}

	/** @param value where the images came from */
	public TrainingReport provenance(final Provenance value) {
		provenance = value;
		return this;
	}

	/**
	 * @param words where it was computed, in the words of the network
	 * @param asked what had been asked for
	 */
	public TrainingReport device(final String words,
		final ExecutionConfig asked)
	{
		device = words;
		execution = asked;
		return this;
	}

	/** @param value what was found in the images */
	public TrainingReport sentences(final List<String> value) {
		sentences = value;
		return this;
	}

	/** @param value why derived settings are what they are */
	public TrainingReport reasons(final List<String> value) {
		reasons = value;
		return this;
	}

	/** @param value name of each program to its version */
	public TrainingReport versions(final Map<String, String> value) {
		versions = value;
		return this;
	}

	/**
	 * @param value images held out, with scores, and pictures of some
	 * @param about why some are missing; may be empty
	 */
	public TrainingReport images(final List<ScoredImage> value,
		final String about)
	{
		images = value;
		remark = about;
		return this;
	}

	/**
	 * @param together scores of all images held out; null if there are none
	 * @param about what the scores mean, in sentences
	 * @param size how many images those are, in a sentence
	 */
	public TrainingReport summary(final ScoredImage together,
		final List<String> about, final String size)
	{
		all = together;
		notes = about;
		sampleSize = size;
		return this;
	}

	/** @param value how the model makes objects */
	public TrainingReport objects(final Postprocessing value) {
		objects = value;
		return this;
	}

	/**
	 * @param value what was made of the network's probabilities
	 * @param about the same in words
	 */
	public TrainingReport calibration(final CalibrationFit value,
		final String about)
	{
		calibration = new Calibrated(value, about, plan.network());
		calibrated = !value.calibration().isIdentity();
		return this;
	}

	/**
	 * @param file any file
	 * @return whether it is such a page, so that another one may replace it
	 * @throws IOException if it cannot be read
	 */
	public static boolean isReport(final Path file) throws IOException {
		if (!Files.isRegularFile(file)) return false;
		try (InputStream in = Files.newInputStream(file)) {
			return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).contains(
				MARK);
		}
	}

	/**
	 * @return the page, XHTML that is HTML 5 as well; with all its pictures
	 * @throws IOException if a picture cannot be encoded
	 */
	public String toHtml() throws IOException {
		final Html html = new Html();
		html.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
		writeHead(html);
		html.open("body");
		writeSummary(html);
		writeImages(html);
		html.element("h2", "How it learnt");
		new Curves(result.history(), result.bestEpoch() == null ? 0 : result
			.bestEpoch().epoch()).writeTo(html);
		html.element("h2", "How good it is");
		new HeldOut(images, all, notes, sampleSize, remark).writeTo(html);
		if (calibration != null) calibration.writeTo(html);
		writeMethods(html);
		writeRecipe(html);
		html.element("h2", "Settings");
		reasons.forEach(reason -> html.element("p", reason));
		new Settings(plan).writeTo(html);
		html.element("h2", "Software");
		writeVersions(html);
		html.close().close();
		return "<!DOCTYPE html>\n" + html;
	}

	private String name() {
		return model.getFileName().toString().replaceFirst("\\.zip$", "");
	}

	private void writeHead(final Html html) {
		html.open("head");
		html.empty("meta", "charset", "utf-8");
		html.empty("meta", "name", "generator", "content", MARK);
		html.empty("meta", "name", "viewport", "content", "width=device-width");
		html.element("title", name() + ": training report");
		html.element("style", STYLE).close();
	}

	private void writeSummary(final Html html) {
		html.element("h1", name());
		html.element("p", "Training report, " + ZonedDateTime.now().format(
			DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH)) +
			". Model: " + model.toAbsolutePath().normalize(), "class", "subtitle");
		html.open("div", "class", "tiles");
		tile(html, samples.training().size() + "", "images trained on");
		tile(html, samples.validation().size() + "", "images held out");
		tile(html, result.updates() + "", "updates of the weights");
		final History.Row best = result.bestEpoch();
		if (best != null) {
			tile(html, best.epoch() + " of " + result.history().rows().size(),
				"epoch that was kept");
			tile(html, String.format(Locale.ROOT, "%.3f", best.scores()[0]), result
				.history().scoreNames().get(0) + " on images held out");
		}
		html.close();
		html.element("p", result.message());
	}

	private static void tile(final Html html, final String value,
		final String meaning)
	{
		html.open("div", "class", "tile").element("b", value).element("span",
			meaning).close();
	}

	private void writeImages(final Html html) {
		html.element("h2", "What it was trained on");
		sentences.forEach(sentence -> html.element("p", sentence));
		final List<Sample> all = new ArrayList<>(samples.training());
		all.addAll(samples.validation());
		final boolean folded = all.size() > MANY;
		if (folded) html.open("details").element("summary", "All " + all.size() +
			" images");
		html.open("table").open("tr").element("th", "Image").element("th",
			"Size (px)").element("th", "Channels").element("th", "Used for").close();
		for (final Sample sample : all) {
			html.open("tr").element("td", sample.name()).element("td", Arrays.stream(
				sample.size()).mapToObj(Long::toString).collect(Collectors.joining(
					" x "))).element("td", sample.channels() + "");
			html.element("td", samples.validation().contains(sample) ? "held out"
				: "training").close();
		}
		html.close();
		if (folded) html.close();
	}

	private void writeMethods(final Html html) {
		final Methods methods = new Methods(plan, result, samples, device, versions)
			.objects(objects, calibrated);
		html.element("h2", "Methods");
		html.element("p", "To be pasted, and shortened, as needed:", "class",
			"small");
		html.element("p", methods.text(), "class", "methods");
		html.open("ul", "class", "small");
		methods.citations().forEach(work -> html.element("li", work));
		html.close();
	}

	private void writeRecipe(final Html html) {
		final Recipe recipe = new Recipe(provenance, model, plan.seed(), device,
			execution);
		html.element("h2", "The same training again");
		html.element("p",
			"The model holds the plan of its training with every step. " + start() +
				(recipe.isExact()
					? "The weights come out the same, to the last bit, if these are the same: images and labels, processor, number of threads, precision, the setting TF_ENABLE_ONEDNN_OPTS, and the versions below. "
					: "A GPU adds numbers in changing order, so the network comes out as good, not with the same weights. ") +
				"It was computed on: " + device + ".");
		writeCode(html, "Macro", recipe.macro().orElse(""), recipe.whyNoMacro());
		writeCode(html, "Command line", recipe.commandLine().orElse(""),
			"The command line trains on folders; these images were open in ImageJ, or in the memory of a program.");
	}

	private String start() {
		return plan.startFrom().map(
			model -> "It needs the model that the training started from, '" + model
				.name() + "', whose file has the SHA-256 " + model.sha256() + ". ")
			.orElse("");
	}

	private static void writeCode(final Html html, final String title,
		final String code, final String otherwise)
	{
		html.element("h3", title);
		if (code.isEmpty()) html.element("p", otherwise);
		else html.element("pre", code, "id", title.replace(' ', '-').toLowerCase(
			Locale.ROOT));
	}

	private void writeVersions(final Html html) {
		html.open("table");
		versions.forEach((program, version) -> html.open("tr").element("td",
			program).element("td", version).close());
		html.close();
	}
}
