
package sc.fiji.unet.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The JSON form of a {@link TrainingLength}, both ways. */
final class LengthJson {

	static final List<String> KEYS = Arrays.asList("minutes", "epochs", "updates",
		"steps");

	private LengthJson() {}

	/** Adds the keys of the length. */
	static void write(final TrainingLength length, final JsonObject json) {
		if (length.isReplay()) write(length.record(), json);
		else if (length.isTimed()) json.addProperty("minutes", length.minutes());
		else if (length.epochs() > 0) json.addProperty("epochs", length.epochs());
		else json.addProperty("updates", length.updates());
	}

	private static void write(final StepRecord record, final JsonObject json) {
		final JsonArray steps = new JsonArray();
		for (final StepPlan.Part part : record.parts()) {
			final JsonObject step = new JsonObject();
			step.addProperty("from", part.from());
			step.addProperty("total", part.total());
			step.addProperty("updatesPerEpoch", part.updatesPerEpoch());
			steps.add(step);
		}
		json.add("steps", steps);
		if (record.stop() == null) return;
		final JsonObject stop = new JsonObject();
		stop.addProperty("batches", record.stop().batches());
		stop.addProperty("epochs", record.stop().epochs());
		json.add("stop", stop);
	}

	/**
	 * @param otherwise length if the plan gives none
	 * @param accumulation batches in an update of the plan
	 */
	static TrainingLength read(final JsonFields json,
		final TrainingLength otherwise, final int accumulation)
	{
		final List<String> given = KEYS.stream().filter(json::has).collect(
			Collectors.toList());
		if (given.size() > 1) throw new IllegalArgumentException(
			"The plan gives several of 'minutes', 'epochs', 'updates' and 'steps', namely " +
				String.join(" and ", given) + "; keep the one that decides.");
		final boolean stop = json.has("stop");
		if (stop && !given.contains("steps")) throw new IllegalArgumentException(
			"The plan gives 'stop' without 'steps'; it says where these were stopped. Leave it out, or give 'updates' instead.");
		if (given.isEmpty()) return otherwise;
		switch (given.get(0)) {
			case "minutes":
				return TrainingLength.minutes(json.number("minutes", 0));
			case "epochs":
				return TrainingLength.epochs(json.integer("epochs", 0));
			case "updates":
				return TrainingLength.updates(json.integer("updates", 0L));
			default:
				return TrainingLength.replay(StepRecord.checked(steps(json),
					accumulation, stop ? stop(json.object("stop")) : null));
		}
	}

	private static List<StepPlan.Part> steps(final JsonFields json) {
		final List<StepPlan.Part> parts = new ArrayList<>();
		for (final JsonFields step : json.objects("steps")) {
			parts.add(new StepPlan.Part(step.integer("from"), step.integer("total"),
				step.wholeInt("updatesPerEpoch")));
			step.refuseOthers();
		}
		return parts;
	}

	private static StepRecord.Stop stop(final JsonFields json) {
		final StepRecord.Stop stop = new StepRecord.Stop(json.integer("batches"),
			json.wholeInt("epochs"));
		json.refuseOthers();
		return stop;
	}
}
