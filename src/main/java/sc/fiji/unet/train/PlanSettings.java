
package sc.fiji.unet.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Single settings that overrule those of a plan, by the keys of its JSON form:
 * {@code learningRate=0.01, target.border=0}.
 */
final class PlanSettings {

	/** Lists with an entry a level, which another depth makes void. */
	private static final List<String> PER_LEVEL = Arrays.asList("kernel",
		"pooling");

	private PlanSettings() {}

	/** @see TrainingPlan#with(String) */
	static TrainingPlan apply(final TrainingPlan plan, final String text) {
		final JsonObject settings = parse(text);
		final JsonObject json = PlanJson.toObject(plan);
		settings.entrySet().forEach(setting -> makeRoom(json, setting.getKey()));
		if (!settings.has(PlanJson.AUTO)) json.add(PlanJson.AUTO, stillOpen(plan,
			settings));
		for (final Map.Entry<String, JsonElement> setting : settings.entrySet())
			put(json, setting.getKey(), setting.getValue());
		final boolean fit = !settings.has("patchSize") && settings.keySet().stream()
			.anyMatch(key -> key.startsWith("network."));
		return PlanJson.read(json, fit);
	}

	/** What is given is no longer derived. */
	private static JsonArray stillOpen(final TrainingPlan plan,
		final JsonObject settings)
	{
		final JsonArray keys = new JsonArray();
		for (final AutoSetting setting : plan.auto())
			if (settings.keySet().stream().noneMatch(key -> AutoSetting.decidedBy(key)
				.contains(setting))) keys.add(setting.key());
		return keys;
	}

	private static JsonObject parse(final String text) {
		try {
			final JsonObject settings = JsonParser.parseString("{" + text + "}")
				.getAsJsonObject();
			if (settings.has("preset")) throw new IllegalArgumentException(
				"The setting 'preset' cannot overrule a plan; choose the preset where the plan is chosen.");
			return settings;
		}
		catch (final JsonParseException e) {
			throw new IllegalArgumentException("Settings '" + text +
				"' cannot be read; write key=value and commas between several, such as learningRate=0.01, target.border=0.",
				e);
		}
	}

	/** Takes away what the setting replaces under another key. */
	private static void makeRoom(final JsonObject json, final String key) {
		if (LengthJson.KEYS.contains(key)) {
			LengthJson.KEYS.forEach(json::remove);
			json.remove("stop");
		}
		if (key.equals("network.base") || key.equals("network.depth")) {
			final JsonObject network = json.getAsJsonObject("network");
			final int features = network.has("features") ? network.getAsJsonArray(
				"features").size() : 0;
			if (features == 0) return;
			network.add("base", network.getAsJsonArray("features").get(0));
			network.addProperty("depth", features - 1);
			network.remove("features");
			if (key.equals("network.depth")) PER_LEVEL.forEach(network::remove);
		}
	}

	private static void put(final JsonObject json, final String key,
		final JsonElement value)
	{
		final String[] names = key.split("\\.");
		JsonObject object = json;
		for (int i = 0; i + 1 < names.length; i++) {
			if (!object.has(names[i])) object.add(names[i], new JsonObject());
			if (!object.get(names[i]).isJsonObject())
				throw new IllegalArgumentException("Setting '" + key +
					"' does not exist: '" + names[i] + "' holds no further settings.");
			object = object.getAsJsonObject(names[i]);
		}
		object.add(names[names.length - 1], value);
	}
}
