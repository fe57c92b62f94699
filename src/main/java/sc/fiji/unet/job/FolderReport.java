
package sc.fiji.unet.job;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import sc.fiji.unet.imagej.ResultKind;
import sc.fiji.unet.imagej.Software;
import sc.fiji.unet.imagej.WholeFile;

/** What a {@link FolderJob} has done, for people and programs: a JSON file. */
final class FolderReport {

	/** Name of the file. */
	static final String FILE = "unet-run.json";

	private static final int FORMAT = 1;
	private static final Gson GSON = new GsonBuilder().setPrettyPrinting()
		.disableHtmlEscaping().create();

	private final Map<String, Object> head = new LinkedHashMap<>();
	private final List<Map<String, Object>> files = new ArrayList<>();
	private final Map<String, List<String>> warnings = new LinkedHashMap<>();
	private final Map<String, String> failures = new LinkedHashMap<>();
	private final int images;
	private int segmented;
	private int skipped;

	/**
	 * Begins the report: now is the start.
	 *
	 * @param task what was asked for
	 * @param settings model and settings
	 * @param wanted kinds of results
	 * @param images number of images
	 */
	FolderReport(final FolderTask task, final Map<String, String> settings,
		final Set<ResultKind> wanted, final int images)
	{
		this.images = images;
		head.put("formatVersion", FORMAT);
		head.put("status", "");
		head.put("start", now());
		head.put("end", "");
		head.put("software", Software.versions());
		head.put("task", task.description());
		head.put("settings", settings);
		head.put("results", wanted.stream().map(ResultKind::toString).collect(
			Collectors.toList()));
		head.put("device", "");
	}

	private static String now() {
		return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
	}

	/** @param words where the network computes */
	void device(final String words) {
		head.put("device", words);
	}

	/** Adds what people should know of an image. */
	void warning(final String image, final String sentence) {
		warnings.computeIfAbsent(image, key -> new ArrayList<>()).add(sentence);
	}

	/** Adds an image whose results were written. */
	void segmented(final String image, final double seconds, final int objects) {
		segmented++;
		final Map<String, Object> file = file(image, "segmented");
		file.put("seconds", seconds);
		file.put("objects", objects);
	}

	/**
	 * Adds an image whose results were there.
	 *
	 * @param seconds that it took then
	 */
	void skipped(final String image, final double seconds) {
		skipped++;
		file(image, "skipped").put("seconds", seconds);
	}

	/** Adds an image, or a folder, that could not be used. */
	void failed(final String image, final String reason) {
		failures.put(image, reason);
		file(image, "failed").put("reason", reason);
	}

	private Map<String, Object> file(final String image, final String status) {
		final Map<String, Object> file = new LinkedHashMap<>();
		file.put("file", image);
		file.put("status", status);
		if (warnings.containsKey(image)) file.put("warnings", warnings.get(image));
		files.add(file);
		return file;
	}

	/** @return what has become of the images so far */
	FolderResult result() {
		return new FolderResult(segmented, skipped, failures);
	}

	/**
	 * Writes the report whole, in the place of that of an earlier job.
	 *
	 * @param status how the job ended, in a word
	 * @param reason why, if it did not come to its end; may be empty
	 */
	void write(final Path folder, final String status, final String reason)
		throws IOException
	{
		final Map<String, Object> report = new LinkedHashMap<>(head);
		report.put("status", status);
		if (!reason.isEmpty()) report.put("reason", reason);
		report.put("end", now());
		report.put("images", images);
		report.put("segmented", segmented);
		report.put("skipped", skipped);
		report.put("failed", failures.size());
		report.put("files", files);
		final byte[] text = (GSON.toJson(report) + "\n").getBytes(
			StandardCharsets.UTF_8);
		WholeFile.write(folder.resolve(FILE), true, out -> out.write(text));
	}
}
