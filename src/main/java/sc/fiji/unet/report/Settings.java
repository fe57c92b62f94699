
package sc.fiji.unet.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingPlan;

/** The settings of a plan beside those of the preset that is nearest to it. */
final class Settings {

	private static final String PROBABILITY = ".probability";
	private static final String RANGE = ".range";
	/** Which images and labels there are is no choice of settings. */
	private static final List<String> OF_IMAGES = Arrays.asList(
		"network.channels", "network.classes", "target.kind", "target.classes");

	private final Map<String, String> values;
	private final Preset nearest;
	private final Map<String, String> preset;

	Settings(final TrainingPlan plan) {
		values = readable(plan);
		// A plan that was followed has nothing left open, as that of AUTO has.
		nearest = Arrays.stream(Preset.values()).filter(p -> p.plan().auto()
			.isEmpty()).min(Comparator.comparingInt(p -> differences(values, readable(
				p.plan())).size())).get();
		preset = readable(nearest.plan());
	}

	private static Map<String, String> readable(final TrainingPlan plan) {
		final Map<String, String> readable = new LinkedHashMap<>();
		final Map<String, String> settings = plan.settings();
		settings.replaceAll((key, value) -> value.replaceAll("(\\d)\\.0\\b", "$1"));
		settings.forEach((key, value) -> {
			if (key.endsWith(PROBABILITY)) {
				final String name = key.substring(0, key.length() - PROBABILITY
					.length());
				readable.put(name, "probability " + value + ", range " + settings
					.getOrDefault(name + RANGE, "0"));
			}
			else if (!key.endsWith(RANGE)) readable.put(key, value.replaceAll(
				"[\"\\[\\]]", "").replace(",", ", "));
		});
		return readable;
	}

	private static TreeSet<String> differences(final Map<String, String> a,
		final Map<String, String> b)
	{
		final TreeSet<String> keys = new TreeSet<>(a.keySet());
		keys.addAll(b.keySet());
		keys.removeIf(key -> OF_IMAGES.contains(key) || a.getOrDefault(key, "")
			.equals(b.getOrDefault(key, "")));
		return keys;
	}

	void writeTo(final Html html) {
		final TreeSet<String> different = differences(values, preset);
		html.element("p", "The settings are those of the preset \"" + nearest +
			"\"" + (different.isEmpty() ? "." : ", but for " + different.size() +
				", which are set off and marked with an arrow.") +
			" The names are those of a plan file.");
		html.open("table", "class", "settings");
		html.open("tr").element("th", "Setting").element("th", "Value").element(
			"th", "Preset \"" + nearest + "\"").close();
		final Map<String, String> all = new LinkedHashMap<>(values);
		different.forEach(key -> all.putIfAbsent(key, ""));
		all.forEach((key, value) -> {
			final boolean changed = different.contains(key);
			if (changed) html.open("tr", "class", "changed");
			else html.open("tr");
			html.element("td", (changed ? "\u2192 " : "") + key);
			html.element("td", value.isEmpty() ? "none" : value);
			html.element("td", changed ? preset.getOrDefault(key, "none") : "");
			html.close();
		});
		html.close();
	}
}
