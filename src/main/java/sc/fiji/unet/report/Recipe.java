
package sc.fiji.unet.report;

import java.io.File;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.report.Provenance.Place;

/**
 * The macro and the command line that make a training again, as far as each can
 * say what was done. Immutable.
 */
final class Recipe {

	private static final String ZIP = ".zip";
	private static final String AGAIN = "-again.zip";
	/** As networks describe their device. */
	private static final Pattern CPU = Pattern.compile(
		"CPU, (\\d+) threads?, (\\w+)");
	private static final Pattern GPU = Pattern.compile("(GPU:\\d+), (\\w+)");
	/** What no shell changes. */
	private static final Pattern PLAIN = Pattern.compile(
		"[\\p{L}\\p{N}_@%+=:,./-]+");

	private final Provenance images;
	private final Path model;
	private final long seed;
	private final String device;
	private final ExecutionConfig execution;

	/**
	 * @param model the model that was written; the new one gets another name
	 * @param seed of the training
	 * @param device in the words of the network
	 * @param execution what was asked for
	 */
	Recipe(final Provenance images, final Path model, final long seed,
		final String device, final ExecutionConfig execution)
	{
		this.images = images;
		this.model = model.toAbsolutePath().normalize();
		this.seed = seed;
		this.device = device;
		this.execution = execution;
	}

	private Path again() {
		final String name = model.getFileName().toString();
		return model.resolveSibling(name.substring(0, name.length() - ZIP
			.length()) + AGAIN);
	}

	/** @return a line for ImageJ; empty if no macro can say it */
	Optional<String> macro() {
		if (!whyNoMacro().isEmpty()) return Optional.empty();
		final List<String> options = new ArrayList<>();
		options.add("data=" + bracketed(place()));
		if (!images.images().isEmpty()) options.add("images=" + bracketed(images
			.images()));
		if (images.areRois()) {
			options.add("unannotated=" + images.unannotated());
			options.add("pointradius=" + number(images.pointRadius()));
		}
		else options.add("labels=" + bracketed(images.labels()));
		options.add("labelkind=" + kind());
		if (images.ignore().isPresent()) options.add("ignore=" + images.ignore()
			.getAsInt());
		if (!images.channels().equals("all")) options.add("channels=" + images
			.channels());
		if (images.series() > 1) options.add("series=" + images.series());
		options.add("validation=" + percent(images.share()));
		if (!images.groups().equals("auto")) options.add("groupby=" + bracketed(
			images.groups()));
		options.add("plan=" + bracketed(model.toString()));
		if (!images.start().isEmpty()) options.add("from=" + bracketed(images
			.start()));
		options.add("minutes=0");
		options.add("seed=" + seed);
		options.add("model=" + bracketed(again().toString()));
		options.add("device=" + deviceName());
		return Optional.of("run(\"Train U-Net\", \"" + String.join(" ", options)
			.replace("\\", "\\\\").replace("\"", "\\\"") + "\");");
	}

	private String place() {
		switch (images.place()) {
			case FOLDERS:
				return "Folder";
			case ROIS:
				return "Open images with ROIs";
			default:
				return "Open stacks";
		}
	}

	/** @return why there is no macro, in a sentence; empty if there is one */
	String whyNoMacro() {
		if (images.place() == Place.MEMORY)
			return "A program has handed the images over; run it again.";
		if (!images.exclude().isEmpty())
			return "A macro cannot leave images out, as was done here; use the command line, or move them to another folder.";
		if (!images.isDrawn())
			return "A macro cannot name the images held out, as was done here; use the command line.";
		if (execution.threads() > 0)
			return "A macro uses a thread for each core; " +
				"here the number of threads was given. Use the command line.";
		return hasLooseBracket()
			? "A macro cannot hold these names with their square brackets; rename the files."
			: "";
	}

	private boolean hasLooseBracket() {
		for (final String value : new String[] { images.images(), images.labels(),
			images.groups(), images.start(), model.toString() })
		{
			int depth = 0;
			for (final char c : value.toCharArray()) {
				if (c == '[') depth++;
				if (c == ']' && --depth < 0) return true;
			}
			if (depth != 0) return true;
		}
		return false;
	}

	private static String bracketed(final String value) {
		return value.startsWith("[") || value.chars().anyMatch(
			Character::isWhitespace) ? "[" + value + "]" : value;
	}

	/** @return a line for the shell; empty if no command can say it */
	Optional<String> commandLine() {
		if (images.place() != Place.FOLDERS) return Optional.empty();
		final StringBuilder line = new StringBuilder("bin/unet");
		for (final String argument : arguments())
			line.append(' ').append(quoted(argument));
		return Optional.of(line.toString());
	}

	private List<String> arguments() {
		final List<String> arguments = new ArrayList<>();
		arguments.add("train");
		option(arguments, "--images", images.images());
		if (images.areRois()) {
			option(arguments, "--unannotated", images.unannotated());
			option(arguments, "--point-radius", number(images.pointRadius()));
		}
		else option(arguments, "--labels", images.labels());
		option(arguments, "--label-kind", kind());
		if (images.ignore().isPresent()) arguments.add("--ignore=" + images.ignore()
			.getAsInt());
		if (!images.channels().equals("all")) option(arguments, "--channels", images
			.channels());
		if (images.series() > 1) option(arguments, "--series", "" + images
			.series());
		if (!images.exclude().isEmpty()) option(arguments, "--exclude", images
			.exclude());
		if (images.heldOut().isEmpty()) option(arguments, "--validation", "0");
		else option(arguments, "--validation-list", String.join(",", images
			.heldOut()));
		if (!images.groups().equals("auto")) option(arguments, "--group-by", images
			.groups());
		option(arguments, "--plan", model.toString());
		if (!images.start().isEmpty()) option(arguments, "--from", images.start());
		option(arguments, "--model", again().toString());
		option(arguments, "--device", deviceName());
		addPrecision(arguments);
		return arguments;
	}

	private static void option(final List<String> arguments, final String name,
		final String value)
	{
		arguments.add(name);
		arguments.add(value);
	}

	private void addPrecision(final List<String> arguments) {
		final Matcher cpu = CPU.matcher(device);
		final Matcher gpu = GPU.matcher(device);
		if (cpu.matches()) {
			option(arguments, "--precision", cpu.group(2));
			option(arguments, "--threads", cpu.group(1));
		}
		else if (gpu.matches()) option(arguments, "--precision", gpu.group(2));
	}

	private String deviceName() {
		final Matcher gpu = GPU.matcher(device);
		if (gpu.matches()) return gpu.group(1).toLowerCase(Locale.ROOT);
		return CPU.matcher(device).matches() ? "cpu" : "auto";
	}

	/** @return whether results can be the same to the bit */
	boolean isExact() {
		return !GPU.matcher(device).matches();
	}

	private String kind() {
		return images.kind().toString();
	}

	private static String percent(final double share) {
		return new BigDecimal(100 * share).round(new MathContext(10))
			.stripTrailingZeros().toPlainString();
	}

	/** Quoted for the shell of the system. */
	private static String quoted(final String argument) {
		if (PLAIN.matcher(argument).matches()) return argument;
		return File.separatorChar == '\\' ? "\"" + argument + "\"" : "'" + argument
			.replace("'", "'\\''") + "'";
	}

	/** 3 rather than 3.0, as people write it. */
	private static String number(final double value) {
		return new BigDecimal(Double.toString(value)).stripTrailingZeros()
			.toPlainString();
	}
}
