
package sc.fiji.unet.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.network.ModelReference;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.Preprocessing.Normalization;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.weightmap.WeightMapConfig;

/** The JSON form of a {@link TrainingPlan}, both ways. */
final class PlanJson {

	private static final Gson GSON = new GsonBuilder().setPrettyPrinting()
		.disableHtmlEscaping().create();
	/** Names the settings that are left open. */
	static final String AUTO = "auto";
	/** An object or array without another inside. */
	private static final Pattern INNERMOST = Pattern.compile(
		"\\{[^{}\\[\\]]*}|\\[[^{}\\[\\]]*]");

	private PlanJson() {}

	static String write(final TrainingPlan plan) {
		return compact(GSON.toJson(toObject(plan))) + "\n";
	}

	/** Brings what holds nothing but plain values onto one line. */
	private static String compact(final String json) {
		final Matcher matcher = INNERMOST.matcher(json);
		final StringBuffer result = new StringBuffer();
		while (matcher.find())
			matcher.appendReplacement(result, Matcher.quoteReplacement(matcher.group()
				.replaceAll("\n\\s*", " ")));
		return matcher.appendTail(result).toString();
	}

	static JsonObject toObject(final TrainingPlan plan) {
		final JsonObject json = new JsonObject();
		json.add("network", NetworkJson.write(plan.network()));
		json.add("patchSize", GSON.toJsonTree(plan.patchSize()));
		json.addProperty("batchSize", plan.batchSize());
		json.addProperty("accumulation", plan.accumulation());
		json.add("optimizer", write(plan.optimizer()));
		json.addProperty("learningRate", plan.learningRate());
		json.addProperty("schedule", plan.schedule().toString());
		LengthJson.write(plan.length(), json);
		json.addProperty("updatesPerEpoch", plan.updatesPerEpoch());
		json.addProperty("patience", plan.patience());
		json.addProperty("best", name(plan.best()));
		json.add("preprocessing", write(plan.preprocessing()));
		json.add("augmentation", AugmentationJson.write(plan.augmentation()));
		json.add("target", write(plan.target()));
		json.addProperty("precision", name(plan.precision()));
		json.addProperty("seed", plan.seed());
		if (!plan.auto().isEmpty()) json.add(AUTO, GSON.toJsonTree(plan.auto()
			.stream().map(AutoSetting::key).toArray()));
		plan.startFrom().ifPresent(model -> json.add("startFrom", write(model)));
		return json;
	}

	private static JsonObject write(final ModelReference model) {
		final JsonObject json = new JsonObject();
		json.addProperty("name", model.name());
		json.addProperty("sha256", model.sha256());
		return json;
	}

	private static String name(final Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private static JsonObject write(final OptimizerConfig optimizer) {
		final JsonObject json = new JsonObject();
		json.addProperty("method", name(optimizer.method()));
		json.addProperty("beta1", optimizer.beta1());
		json.addProperty("beta2", optimizer.beta2());
		json.addProperty("weightDecay", optimizer.weightDecay());
		json.addProperty("averageDecay", optimizer.averageDecay());
		return json;
	}

	private static JsonObject write(final Preprocessing preprocessing) {
		final JsonObject json = new JsonObject();
		json.addProperty("normalization", name(preprocessing.normalization()));
		if (preprocessing.normalization() == Normalization.PERCENTILES) {
			json.addProperty("low", preprocessing.lowPercentile());
			json.addProperty("high", preprocessing.highPercentile());
		}
		return json;
	}

	private static JsonObject write(final TargetConfig target) {
		final JsonObject json = new JsonObject();
		json.addProperty("kind", target.kind().toString());
		json.addProperty("classes", target.classes());
		json.addProperty("w0", target.weights().w0());
		json.addProperty("sigma", target.weights().sigma());
		json.addProperty("balanceClasses", target.weights().balanceClasses());
		json.addProperty("ridgeWidth", target.weights().ridgeWidth());
		json.addProperty("maskW0", target.maskW0());
		json.addProperty("border", target.border());
		if (target.weights().spacing().length > 0) json.add("spacing", GSON
			.toJsonTree(target.weights().spacing()));
		return json;
	}

	/** @param change what is done to the preset before the plan overrules it */
	static TrainingPlan read(final String text,
		final UnaryOperator<TrainingPlan> change)
	{
		final JsonElement element;
		try {
			element = JsonParser.parseString(text);
		}
		catch (final JsonParseException e) {
			throw new IllegalArgumentException("The plan is no valid JSON: " + e
				.getMessage(), e);
		}
		return read(element, false, change);
	}

	/**
	 * @param fit whether the patch size is made to fit the network
	 */
	static TrainingPlan read(final JsonElement element, final boolean fit) {
		return read(element, fit, UnaryOperator.identity());
	}

	private static TrainingPlan read(final JsonElement element, final boolean fit,
		final UnaryOperator<TrainingPlan> change)
	{
		final JsonFields json = new JsonFields("", element);
		final TrainingPlan preset = change.apply(Preset.of(json.text("preset",
			Preset.AUTO.toString())).plan());
		final PlanBuilder b = preset.toBuilder();
		readParts(json, preset, b);
		readValues(json, preset, b);
		b.auto(auto(json, preset, element.getAsJsonObject()));
		json.refuseOthers();
		return (fit ? b.fitPatchSize() : b).build();
	}

	/** What has a value is not open, unless the plan says so. */
	private static Set<AutoSetting> auto(final JsonFields json,
		final TrainingPlan preset, final JsonObject given)
	{
		final Set<AutoSetting> auto = EnumSet.noneOf(AutoSetting.class);
		if (json.has(AUTO)) {
			for (final String key : json.texts(AUTO, Collections.emptyList()))
				auto.add(AutoSetting.of(key));
			return auto;
		}
		auto.addAll(preset.auto());
		flatten("", given, (key, value) -> auto.removeAll(AutoSetting.decidedBy(
			key)));
		return auto;
	}

	private static void readParts(final JsonFields json,
		final TrainingPlan preset, final PlanBuilder b)
	{
		final UNetConfig network = json.has("network") ? NetworkJson.read(json
			.object("network"), preset.network()) : preset.network();
		final TargetConfig target = targetOf(network, preset.target());
		b.network(network);
		if (json.has("optimizer")) b.optimizer(optimizer(json.object("optimizer"),
			preset.optimizer()));
		if (json.has("preprocessing")) b.preprocessing(preprocessing(json.object(
			"preprocessing"), preset.preprocessing()));
		if (json.has("augmentation")) b.augmentation(AugmentationJson.read(json
			.object("augmentation")));
		b.target(json.has("target") ? target(json.object("target"), target)
			: target);
	}

	/** Classes that the network has names for need not be written twice. */
	private static TargetConfig targetOf(final UNetConfig network,
		final TargetConfig target)
	{
		if (!network.isMultiClass()) return target;
		return new TargetConfig(LabelKind.CLASSES, network.classes(), target
			.weights()).withMaskW0(target.maskW0()).withBorder(target.border());
	}

	private static void readValues(final JsonFields json,
		final TrainingPlan preset, final PlanBuilder b)
	{
		b.patchSize(json.integers("patchSize", preset.patchSize()));
		b.batchSize(json.integer("batchSize", preset.batchSize()));
		b.accumulation(json.integer("accumulation", preset.accumulation()));
		b.learningRate(json.number("learningRate", preset.learningRate()));
		b.schedule(json.constant("schedule", preset.schedule()));
		b.length(LengthJson.read(json, preset.length(), json.integer("accumulation",
			preset.accumulation())));
		b.updatesPerEpoch(json.integer("updatesPerEpoch", preset
			.updatesPerEpoch()));
		b.patience(json.integer("patience", preset.patience()));
		b.best(json.constant("best", preset.best()));
		b.precision(json.constant("precision", preset.precision()));
		b.seed(json.integer("seed", preset.seed()));
		if (json.has("startFrom")) b.startFrom(model(json.object("startFrom")));
	}

	private static ModelReference model(final JsonFields json) {
		final String name = json.text("name", "");
		final String sha256 = json.text("sha256", "");
		json.refuseOthers();
		return new ModelReference(name, sha256);
	}

	private static OptimizerConfig optimizer(final JsonFields json,
		final OptimizerConfig otherwise)
	{
		final double beta1 = json.number("beta1", otherwise.beta1());
		final double beta2 = json.number("beta2", otherwise.beta2());
		final OptimizerConfig.Method method = json.constant("method", otherwise
			.method());
		final OptimizerConfig result = method == OptimizerConfig.Method.SGD
			? OptimizerConfig.sgd(beta1) : OptimizerConfig.adam(beta1, beta2);
		final double weightDecay = json.number("weightDecay", otherwise
			.weightDecay());
		final double averageDecay = json.number("averageDecay", otherwise
			.averageDecay());
		json.refuseOthers();
		return result.withWeightDecay(weightDecay).withAverageDecay(averageDecay);
	}

	private static Preprocessing preprocessing(final JsonFields json,
		final Preprocessing otherwise)
	{
		final Normalization normalization = json.constant("normalization", otherwise
			.normalization());
		final double low = json.number("low", otherwise.lowPercentile());
		final double high = json.number("high", otherwise.highPercentile());
		json.refuseOthers();
		if (normalization == Normalization.Z_SCORE) return Preprocessing.zScore();
		if (normalization == Normalization.MIN_MAX) return Preprocessing.minMax();
		return Preprocessing.percentiles(low, high);
	}

	private static TargetConfig target(final JsonFields json,
		final TargetConfig otherwise)
	{
		final WeightMapConfig weights = otherwise.weights();
		final WeightMapConfig read = weights.toBuilder().w0(json.number("w0",
			weights.w0())).sigma(json.number("sigma", weights.sigma()))
			.balanceClasses(json.bool("balanceClasses", weights.balanceClasses()))
			.ridgeWidth(json.integer("ridgeWidth", weights.ridgeWidth())).spacing(json
				.numbers("spacing", weights.spacing())).build();
		final TargetConfig target = new TargetConfig(json.constant("kind", otherwise
			.kind()), json.integer("classes", otherwise.classes()), read).withMaskW0(
				json.number("maskW0", otherwise.maskW0())).withBorder(json.number(
					"border", otherwise.border()));
		json.refuseOthers();
		return target;
	}

	/** @return keys whose values differ between two plans, in order */
	static TreeSet<String> differences(final TrainingPlan a,
		final TrainingPlan b)
	{
		final Map<String, String> ofA = settings(a);
		final Map<String, String> ofB = settings(b);
		final TreeSet<String> keys = new TreeSet<>(ofA.keySet());
		keys.addAll(ofB.keySet());
		keys.removeIf(key -> ofA.containsKey(key) && ofA.get(key).equals(ofB.get(
			key)));
		return keys;
	}

	/** @return value of each setting, in order */
	static Map<String, String> settings(final TrainingPlan plan) {
		final Map<String, String> settings = new LinkedHashMap<>();
		flatten("", toObject(plan), (key, value) -> settings.put(key, value
			.toString()));
		return settings;
	}

	private static void flatten(final String path, final JsonElement element,
		final BiConsumer<String, JsonElement> receiver)
	{
		if (element.isJsonObject()) element.getAsJsonObject().entrySet().forEach(
			e -> flatten(path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e
				.getValue(), receiver));
		else receiver.accept(path, element);
	}
}
