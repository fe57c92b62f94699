
package sc.fiji.unet.train;

import com.google.gson.Gson;
import com.google.gson.JsonObject;

import java.util.Locale;

import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.UNetConfig;

/**
 * The architecture's part of a plan. Channels, classes, pixel size, kernel and
 * pooling are only written where they differ from their defaults.
 */
final class NetworkJson {

	private static final Gson GSON = new Gson();

	private NetworkJson() {}

	static JsonObject write(final UNetConfig config) {
		final JsonObject json = new JsonObject();
		json.add("features", GSON.toJsonTree(config.features()));
		json.addProperty("padding", config.padding().name().toLowerCase(
			Locale.ROOT));
		json.addProperty("batchNormalization", config.batchNormalization());
		json.addProperty("dropout", config.dropout());
		addSpecial(json, config);
		return json;
	}

	private static void addSpecial(final JsonObject json,
		final UNetConfig config)
	{
		final UNetConfig usual = UNetConfig.builder().axes(config.axes()).features(
			config.features()).build();
		add(json, "kernel", kernel(config), kernel(usual));
		add(json, "pooling", pooling(config), pooling(usual));
		add(json, "outputSize", config.outputSize(), null);
		add(json, "channels", config.channelNames(), usual.channelNames());
		// The border class follows from the targets.
		if (!config.hasBorderClass()) add(json, "classes", config.classNames(),
			usual.classNames());
		final Axes axes = config.axes();
		if (axes.equals(UNetConfig.builder().build().axes())) return;
		json.add("pixelSize", GSON.toJsonTree(axes.pixelSize()));
		json.addProperty("unit", axes.unit());
	}

	private static void add(final JsonObject json, final String key,
		final Object value, final Object usual)
	{
		if (!GSON.toJson(value).equals(GSON.toJson(usual))) json.add(key, GSON
			.toJsonTree(value));
	}

	private static int[][] kernel(final UNetConfig config) {
		final int[][] kernel = new int[config.depth() + 1][];
		for (int l = 0; l < kernel.length; l++)
			kernel[l] = config.kernel(l);
		return kernel;
	}

	private static int[][] pooling(final UNetConfig config) {
		final int[][] pooling = new int[config.depth()][];
		for (int l = 0; l < pooling.length; l++)
			pooling[l] = config.pooling(l);
		return pooling;
	}

	static UNetConfig read(final JsonFields json, final UNetConfig otherwise) {
		final UNetConfig.Builder b = otherwise.toBuilder();
		readFeatures(json, otherwise, b);
		b.kernel(json.table("kernel", null));
		b.pooling(json.table("pooling", null));
		b.padding(json.constant("padding", otherwise.padding()));
		b.batchNormalization(json.bool("batchNormalization", otherwise
			.batchNormalization()));
		b.dropout(json.number("dropout", otherwise.dropout()));
		b.outputSize(json.integers("outputSize", otherwise.outputSize()));
		b.channelNames(json.texts("channels", otherwise.channelNames()));
		if (json.has("classes")) b.classNames(json.texts("classes", null));
		b.axes(Axes.calibrated(json.text("unit", otherwise.axes().unit()), json
			.numbers("pixelSize", otherwise.axes().pixelSize())));
		json.refuseOthers();
		return b.build();
	}

	private static void readFeatures(final JsonFields json,
		final UNetConfig otherwise, final UNetConfig.Builder b)
	{
		final boolean baseOrDepth = json.has("base") | json.has("depth");
		if (json.has("features") && baseOrDepth) throw new IllegalArgumentException(
			"The plan's network gives 'features' as well as 'base' or 'depth'; keep the one or the other.");
		if (baseOrDepth) b.baseAndDepth(json.integer("base", otherwise
			.features()[0]), json.integer("depth", otherwise.depth()));
		else b.features(json.ints("features", otherwise.features()));
	}
}
