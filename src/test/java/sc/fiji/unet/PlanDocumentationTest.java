
package sc.fiji.unet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.train.AutoSetting;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingPlan;

/**
 * What the documentation says of plans, their keys and presets is what the
 * program knows.
 */
class PlanDocumentationTest {

	@Test
	void everyPlanInTheDocumentationCanBeRead() {
		final List<String> plans = Document.REFERENCE.matches(
			"(?ms)^(    \\{$.*?^    \\})$");
		plans.addAll(Document.TUTORIAL.matches("`(\\{ \".*?\\})`"));
		assertEquals(2, plans.size(), plans.toString());
		plans.forEach(TrainingPlan::fromJson);
	}

	@Test
	void everyKeyOfAPlanIsListedAndNoOther() {
		final TreeSet<String> known = new TreeSet<>();
		known.addAll(knownKeys("", "{ \"?\": 1 }"));
		for (final String part : Arrays.asList("network", "optimizer",
			"preprocessing", "target", "startFrom"))
			known.addAll(knownKeys(part + ".", "{ \"" + part + "\": { \"?\": 1 } }"));
		known.removeAll(Arrays.asList("network", "optimizer", "preprocessing",
			"target", "startFrom"));
		final TreeSet<String> written = Document.REFERENCE.rows("### Plan keys")
			.stream().flatMap(row -> Document.matches("`([\\w.]+)`", row.get(0))
				.stream()).collect(Collectors.toCollection(TreeSet::new));
		assertEquals(known, written);
		assertEquals(knownKeys("", "{ \"augmentation\": { \"?\": 1 } }"),
			Document.REFERENCE.rows("### Augmentation").stream().map(row -> Document
				.plain(row.get(0))).collect(Collectors.toCollection(TreeSet::new)));
		for (final String key : knownKeys("",
			"{ \"augmentation\": { \"flip\": { \"?\": 1 } } }"))
			assertTrue(Document.REFERENCE.hasCode(key), key);
	}

	/** A plan with an unknown key is refused, and the known ones are listed. */
	private static TreeSet<String> knownKeys(final String prefix,
		final String json)
	{
		final String message = assertThrows(IllegalArgumentException.class,
			() -> TrainingPlan.fromJson(json)).getMessage();
		return Arrays.stream(Document.matches("known are (.*)\\.$", message).get(0)
			.split(", ")).map(key -> prefix + key).collect(Collectors.toCollection(
				TreeSet::new));
	}

	@Test
	void thePresetsHaveTheValuesThatAreListed() {
		final List<List<String>> rows = new ArrayList<>(Document.REFERENCE.rows(
			"### Presets"));
		Document.REFERENCE.rows("### Augmentation").forEach(row -> rows.add(Stream
			.concat(Stream.of("augmentation." + Document.plain(row.get(0))), row
				.stream().skip(2)).collect(Collectors.toList())));
		final List<Preset> listed = new ArrayList<>(Arrays.asList(Preset.values()));
		// As FAST but for what is derived.
		listed.remove(Preset.AUTO);
		for (final Preset preset : listed) {
			final int column = 1 + listed.indexOf(preset);
			final Map<String, String> expected = new LinkedHashMap<>();
			flatten("", JsonParser.parseString(preset.plan().toJson()), expected);
			final Map<String, String> written = new LinkedHashMap<>();
			for (final List<String> row : rows)
				if (!row.get(column).isEmpty()) written.put(Document.plain(row.get(0)),
					row.get(column));
			assertEquals(Document.lines(expected.entrySet()), Document.lines(written
				.entrySet()), preset.toString());
		}
	}

	@Test
	void everySettingThatIsDerivedIsListedAndNoOther() {
		final TreeSet<String> written = Document.REFERENCE.rows(
			"### Derived settings").stream().flatMap(row -> Document.matches(
				"`([\\w.]+)`", row.get(0)).stream()).collect(Collectors.toCollection(
					TreeSet::new));
		assertEquals(Preset.AUTO.plan().auto().stream().map(AutoSetting::key)
			.collect(Collectors.toCollection(TreeSet::new)), written);
	}

	/** Puts key by key, a transform as "probability; range". */
	private static void flatten(final String key, final JsonElement element,
		final Map<String, String> values)
	{
		if (element.isJsonArray()) {
			final List<String> texts = new ArrayList<>();
			element.getAsJsonArray().forEach(e -> texts.add(text(e)));
			values.put(key, String.join(", ", texts));
		}
		else if (!element.isJsonObject()) values.put(key, text(element));
		else {
			final JsonObject object = element.getAsJsonObject();
			if (object.has("range")) values.put(key, text(object.get("probability")) +
				"; " + text(object.get("range")));
			else object.entrySet().forEach(e -> flatten(key.isEmpty() ? e.getKey()
				: key + "." + e.getKey(), e.getValue(), values));
		}
	}

	private static String text(final JsonElement value) {
		return value.getAsJsonPrimitive().isNumber() ? Document.number(value
			.getAsString()) : value.getAsString();
	}
}
