
package sc.fiji.unet.train;

import com.google.gson.JsonObject;

import sc.fiji.unet.data.AugmentationConfig;
import sc.fiji.unet.data.Transform;

/**
 * The augmentation's part of a plan: a key a transform. A transform that is not
 * there is not made.
 */
final class AugmentationJson {

	private AugmentationJson() {}

	static JsonObject write(final AugmentationConfig config) {
		final JsonObject json = new JsonObject();
		for (final Transform transform : Transform.values()) {
			if (config.probability(transform) == 0) continue;
			final JsonObject values = new JsonObject();
			values.addProperty("probability", config.probability(transform));
			values.addProperty("range", config.range(transform));
			json.add(key(transform), values);
		}
		if (config.oneOfProbability() > 0) json.addProperty("oneOf", config
			.oneOfProbability());
		if (config.isJoint()) json.addProperty("joint", true);
		if (config.probability(Transform.ELASTIC_GRID) > 0) json.addProperty(
			"gridPoints", config.gridPoints());
		if (config.probability(Transform.ELASTIC_DENSE) > 0) json.addProperty(
			"smoothing", config.smoothing());
		return json;
	}

	static AugmentationConfig read(final JsonFields json) {
		final AugmentationConfig none = AugmentationConfig.none();
		final AugmentationConfig.Builder b = none.toBuilder();
		for (final Transform transform : Transform.values())
			if (json.has(key(transform))) read(json.object(key(transform)), transform,
				b);
		b.oneOf(json.number("oneOf", none.oneOfProbability()));
		b.joint(json.bool("joint", none.isJoint()));
		b.gridPoints(json.integer("gridPoints", none.gridPoints()));
		b.smoothing(json.number("smoothing", none.smoothing()));
		json.refuseOthers();
		return b.build();
	}

	private static void read(final JsonFields json, final Transform transform,
		final AugmentationConfig.Builder b)
	{
		b.with(transform, json.number("probability", 1), json.number("range", 0));
		json.refuseOthers();
	}

	/** ELASTIC_GRID becomes elasticGrid. */
	private static String key(final Transform transform) {
		final StringBuilder key = new StringBuilder();
		boolean upper = false;
		for (final char c : transform.name().toCharArray()) {
			if (c != '_') key.append(upper ? c : Character.toLowerCase(c));
			upper = c == '_';
		}
		return key.toString();
	}
}
