
package sc.fiji.unet.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import sc.fiji.unet.imagej.ResultKind;
import sc.fiji.unet.network.Precision;

/** The line for a shell that does a {@link FolderTask}. */
final class FolderCommandLine {

	/** What no shell changes. */
	private static final Pattern PLAIN = Pattern.compile(
		"[\\p{L}\\p{N}_@%+=:,./-]+");

	private final List<String> words = new ArrayList<>();

	private FolderCommandLine() {}

	/** @return the line, quoted for a POSIX shell; what is usual is left out */
	static String of(final FolderTask task) {
		final FolderCommandLine line = new FolderCommandLine();
		line.words.add("bin/unet");
		line.words.add("segment");
		line.add(task);
		task.inputs().stream().map(Path::toString).map(FolderCommandLine::quoted)
			.forEach(line.words::add);
		return String.join(" ", line.words);
	}

	private void add(final FolderTask task) {
		if (task.model() != null) option("--model", FolderTask.absolute(task.model()
			.toPath()).toString());
		option("--output", task.output().toString());
		unless(FolderTask.ANY_NAME, "--pattern", task.pattern());
		if (task.subfolders()) words.add("--subfolders");
		unless("1", "--series", task.series().toString());
		addSettings(task.settings().texts());
		if (!task.results().isEmpty()) option("--results", task.results().stream()
			.map(ResultKind::toString).collect(Collectors.joining(",")));
		if (task.existing() == Existing.SKIP) words.add("--skip-existing");
		if (task.existing() == Existing.OVERWRITE) words.add("--overwrite");
		unless("auto", "--device", task.execution().device());
		unless(Precision.AUTO.name().toLowerCase(Locale.ROOT), "--precision", task
			.precision());
		unless("0", "--threads", "" + task.execution().threads());
	}

	private void addSettings(final Map<String, String> settings) {
		unless("all", "--channels", settings.get("channels"));
		unless("0", "--diameter", settings.get("diameter"));
		unless(SegmentSettings.OF_MODEL, "--threshold", settings.get("threshold"));
		unless(SegmentSettings.OF_MODEL, "--min-size", settings.get("minimumSize"));
		unless(SegmentSettings.OF_MODEL, "--split", settings.get("split"));
		if (Boolean.parseBoolean(settings.get("excludeEdges"))) words.add(
			"--exclude-edges");
		if (Boolean.parseBoolean(settings.get("fillHoles"))) words.add(
			"--fill-holes");
		unless("none", "--averaging", settings.get("averaging"));
		if (Boolean.parseBoolean(settings.get("joinSlices"))) words.add("--link-z");
	}

	private void unless(final String usual, final String name,
		final String value)
	{
		if (!value.equals(usual)) option(name, value);
	}

	/** By itself a value such as -a or @a would be taken for something else. */
	private void option(final String name, final String value) {
		if (value.startsWith("-") || value.startsWith("@")) words.add(name + "=" +
			quoted(value));
		else {
			words.add(name);
			words.add(quoted(value));
		}
	}

	private static String quoted(final String word) {
		return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'",
			"'\\''") + "'";
	}
}
