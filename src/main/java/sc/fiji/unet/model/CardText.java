
package sc.fiji.unet.model;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.UNetConfig;

/** A model's card in words, for whoever has to choose one. */
public final class CardText {

	/** Digits that tell models apart; the whole sum is on the full card. */
	private static final int DIGITS = 12;
	private static final String VALIDATION = "validation ";
	private static final List<String> NO_SCORES = Arrays.asList(
		ModelDescription.VALIDATION_IMAGES, VALIDATION + "loss");

	private CardText() {}

	/**
	 * @param file that can be read
	 * @return name and origin, what the model takes and finds, how good it is
	 * @throws IOException if the file cannot be read
	 */
	public static List<String> lines(final ModelFile file) throws IOException {
		final ModelDescription model = described(file);
		return Arrays.asList(ModelCard.line(model) + ", trained " + date(model) +
			".", capital(takes(model)) + ".", scores(model) + ". SHA-256 " + file
				.sha256().substring(0, DIGITS) + "...");
	}

	private static ModelDescription described(final ModelFile file)
		throws IOException
	{
		if (file.problem().isPresent()) throw file.problem().get();
		return file.description().get();
	}

	/** @return the day on which the model was trained, such as 2026-01-31 */
	public static String date(final ModelDescription model) {
		return model.created().atZone(ZoneOffset.UTC).toLocalDate().toString();
	}

	/** @return its foreground classes, separated by commas */
	public static String classes(final ModelDescription model) {
		return String.join(", ", model.network().foregroundNames());
	}

	private static String takes(final ModelDescription model) {
		final UNetConfig network = model.network();
		final List<String> parts = new ArrayList<>();
		parts.add(network.channels() + (network.channels() == 1 ? " channel"
			: " channels"));
		parts.add((network.isMultiClass() ? "classes: " : "class: ") + classes(
			model));
		parts.add(pixels(network.axes()));
		if (model.objectDiameter() > 0) parts.add("objects about " + Math.round(
			model.objectDiameter()) + " pixels across");
		return String.join("; ", parts);
	}

	private static String pixels(final Axes axes) {
		return axes.isCalibrated() ? axes.pixelText() + " a pixel"
			: "no pixel size";
	}

	private static String capital(final String text) {
		return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
	}

	/** @return the scores on held-out images, in a line without full stop */
	public static String scores(final ModelDescription model) {
		final List<String> scores = new ArrayList<>();
		for (final Map.Entry<String, Double> e : model.scores().entrySet())
			if (!NO_SCORES.contains(e.getKey())) scores.add(e.getKey().replaceFirst(
				"^" + VALIDATION, "") + String.format(Locale.ROOT, " %.2f", e
					.getValue()));
		if (scores.isEmpty()) return "No scores";
		final Double images = model.scores().get(
			ModelDescription.VALIDATION_IMAGES);
		return String.join(", ", scores) + (images == null ? "" : " (" + images
			.intValue() + " held-out " + (images == 1 ? "image)" : "images)"));
	}

	/** @return a path, with ~ for the home folder */
	public static String place(final Path path) {
		final Path home = Paths.get(System.getProperty("user.home"));
		return path.startsWith(home) ? Paths.get("~").resolve(home.relativize(path))
			.toString() : path.toString();
	}

	/**
	 * @param file that can be read
	 * @return the full card, a paragraph an entry
	 * @throws IOException if the file cannot be read
	 */
	public static String page(final ModelFile file) throws IOException {
		final ModelDescription model = described(file);
		final List<String> lines = new ArrayList<>();
		lines.add(ModelCard.line(model) + (model.license() == null
			? ", no licence given." : "."));
		if (!model.description().isEmpty()) lines.add(model.description());
		lines.add("Input: " + takes(model) + ". Channels: " + String.join(", ",
			model.network().channelNames()) + ".");
		lines.add("Trained " + date(model) + (model.trainingData().isEmpty() ? "."
			: " on: " + model.trainingData()));
		model.parent().ifPresent(parent -> lines.add("Started from: " + parent));
		lines.add("Held-out images: " + scores(model) + ".");
		lines.add("File: " + place(file.path()));
		lines.add("SHA-256: " + file.sha256());
		lines.add("Network: " + model.network() + ".");
		lines.add("Cite: " + model.citations().entrySet().stream().map(e -> e
			.getKey() + " " + e.getValue()).collect(Collectors.joining("; ")));
		return String.join("\n", lines);
	}
}
