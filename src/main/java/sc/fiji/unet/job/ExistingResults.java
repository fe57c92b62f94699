
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import sc.fiji.unet.imagej.ResultFiles;
import sc.fiji.unet.imagej.ResultKind;
import sc.fiji.unet.imagej.SummaryFile;

/**
 * What lies already where results are to go, and what is to be done with it.
 * Results count as done if they are recorded, of this model and these settings,
 * of the image as it is now, and all that is wanted is there as it was written.
 * What is missing, or was begun and not ended, is made. Those of another model,
 * of other settings or of an unknown origin, and those that somebody has
 * changed, are never replaced unasked, nor joined by others.
 */
final class ExistingResults {

	/** What to do with an image. */
	enum Plan {
			/** To segment; nothing is there. */
			MAKE,
			/** To segment again; what is there may be replaced. */
			REPLACE,
			/** Nothing; all is there. */
			NONE
	}

	/** Problems that are listed one by one. */
	private static final int LISTED = 5;
	private static final String REMEDY =
		" Choose another folder, or have all results replaced (existing=overwrite, --overwrite).";

	private final ResultRecords records;
	private final Path output;
	private final Map<String, String> settings;
	private final Set<ResultKind> wanted;
	private final SummaryFile summary;
	private final Existing existing;
	private final Map<FolderImage, Plan> plans = new LinkedHashMap<>();
	private final List<String> conflicts = new ArrayList<>();
	private final List<String> incomplete = new ArrayList<>();
	private final List<String> left = new ArrayList<>();
	private final List<String> sentences = new ArrayList<>();

	/**
	 * @param images what is to be segmented
	 * @param records of the folder of the results
	 * @param output that folder
	 * @param settings model and settings of now
	 * @param wanted kinds of results
	 * @param summary table of all images; null where no tables are wanted
	 * @throws IllegalArgumentException if something is in the way; says what
	 */
	ExistingResults(final List<FolderImage> images, final ResultRecords records,
		final Path output, final Map<String, String> settings,
		final Set<ResultKind> wanted, final SummaryFile summary,
		final Existing existing) throws IOException
	{
		this.records = records;
		this.output = output;
		this.settings = settings;
		this.wanted = wanted;
		this.summary = summary;
		this.existing = existing;
		for (final FolderImage image : images)
			plans.put(image, plan(image));
		if (!conflicts.isEmpty()) throw new IllegalArgumentException(conflict());
		say(images);
	}

	/** @return what to do with each image, in order */
	Map<FolderImage, Plan> plans() {
		return plans;
	}

	/**
	 * Where what is there is to stay, what is whole is not written again:
	 * somebody may have corrected it, also since the plans were made, and the
	 * size of a label image does not tell.
	 *
	 * @return the kinds of results of an image that are to be written
	 */
	Set<ResultKind> missing(final FolderImage image) throws IOException {
		final ResultRecord record = records.get(image);
		if (record == null || existing != Existing.SKIP) return wanted;
		final Set<ResultKind> missing = EnumSet.noneOf(ResultKind.class);
		for (final ResultKind kind : wanted)
			if (!record.isWhole(kind, image.result(kind))) missing.add(kind);
		if (summary != null && !summary.has(image.shown())) missing.add(
			ResultKind.TABLE);
		return missing;
	}

	/** @return what people should know of what is there */
	List<String> sentences() {
		return sentences;
	}

	private Plan plan(final FolderImage image) throws IOException {
		final List<ResultKind> there = image.existing();
		if (there.isEmpty()) return Plan.MAKE;
		if (existing == Existing.STOP) throw new IllegalArgumentException(image
			.result(there.get(0)) +
			" exists already; write to another place, skip what is done (existing=skip, --skip-existing), or replace it (existing=overwrite, --overwrite).");
		if (existing == Existing.SKIP) return planToSkip(image, there);
		final ResultRecord record = records.get(image);
		for (final ResultKind kind : there)
			if (!wanted.contains(kind) && (record == null || !record.has(kind) ||
				!record.settings().equals(settings))) left.add(image.result(kind)
					.getFileName().toString());
		return Plan.REPLACE;
	}

	private Plan planToSkip(final FolderImage image, final List<ResultKind> there)
		throws IOException
	{
		final ResultRecord record = records.get(image);
		final String problem = problem(image, record, there);
		if (!problem.isEmpty()) {
			conflicts.add(image.name() + ": " + problem);
			return Plan.NONE;
		}
		if (missing(image).isEmpty()) return Plan.NONE;
		incomplete.add(image.name());
		return Plan.REPLACE;
	}

	/** @return why results cannot be kept; empty if they can */
	private String problem(final FolderImage image, final ResultRecord record,
		final List<ResultKind> there) throws IOException
	{
		if (record == null) return "it is not recorded of which model " + there.get(
			0) + " are";
		final String difference = difference(record.settings());
		if (!difference.isEmpty()) return difference;
		if (!record.isOf(image))
			return "its image has changed since, or is another one of the same name";
		for (final ResultKind kind : there) {
			if (!record.has(kind)) return "it is not recorded of which model " +
				kind + " are";
			if (wanted.contains(kind) && record.isChanged(kind, image.result(kind)))
				return kind +
					" were changed or cut off since they were written; delete them, or move them away";
		}
		return "";
	}

	/** @return first setting that is another one; empty if there is none */
	private String difference(final Map<String, String> before) {
		final Set<String> keys = new HashSet<>(before.keySet());
		keys.addAll(settings.keySet());
		return keys.stream().sorted().filter(key -> !value(before, key).equals(
			value(settings, key))).findFirst().map(key -> key + " was " + value(
				before, key) + ", is now " + value(settings, key)).orElse("");
	}

	private static String value(final Map<String, String> of, final String key) {
		return String.valueOf(of.get(key));
	}

	private String conflict() {
		return "The folder of the results has some that are neither replaced unasked nor mixed with new ones:\n- " +
			listed(conflicts, "\n- ") + "\n" + REMEDY.trim();
	}

	private static String listed(final List<String> items, final String between) {
		return items.stream().limit(LISTED).collect(Collectors.joining(between)) +
			(items.size() > LISTED ? between + "and " + (items.size() - LISTED) +
				" more" : "");
	}

	private void say(final List<FolderImage> images) {
		if (!incomplete.isEmpty()) sentences.add(
			"Results are missing or not whole, and are made: " + listed(incomplete,
				", ") + ".");
		if (!left.isEmpty()) sentences.add(
			"Warning: results that are not wanted now stay as they are, of other settings or of unknown origin: " +
				listed(left, ", ") + ".");
		final List<String> others = others(images);
		if (!others.isEmpty()) sentences.add(
			"Warning: the folder also has results of other images, made with another model or other settings: " +
				listed(others, ", ") + ".");
	}

	private List<String> others(final List<FolderImage> images) {
		final Set<String> names = images.stream().map(FolderImage::name).collect(
			Collectors.toSet());
		return records.all().stream().filter(record -> !names.contains(record
			.name()) && !difference(record.settings()).isEmpty() && isThere(record))
			.map(record -> record.name() + " (" + difference(record.settings()) + ")")
			.collect(Collectors.toList());
	}

	private boolean isThere(final ResultRecord record) {
		final Path name = output.resolve(record.name());
		return ResultFiles.of(name.getParent(), name.getFileName().toString())
			.stream().anyMatch(Files::exists);
	}
}
