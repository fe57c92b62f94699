
package sc.fiji.unet.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.Calibration;
import sc.fiji.unet.network.ImageTrait;
import sc.fiji.unet.network.IntensityStatistics;
import sc.fiji.unet.network.ModelReference;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.TrainingTraits;
import sc.fiji.unet.network.UNetConfig;

/**
 * The value classes of room network as YAML entries, both ways. The bioimage.io
 * format has no place for most of these; they stand below
 * {@code config.fiji_unet}.
 */
final class Settings {

	private static final String BORDER_CLASS = "border_class";
	private static final String SEED_THRESHOLD = "seed_threshold";
	private static final String NECK = "neck";

	private Settings() {}

	static Map<String, Object> of(final UNetConfig network) {
		final Map<String, Object> map = new LinkedHashMap<>();
		final Axes axes = network.axes();
		map.put("pixel_size", list(axes.pixelSize()));
		map.put("pixel_unit", axes.unit());
		map.put("channel_names", network.channelNames());
		map.put("class_names", network.classNames());
		map.put("features", list(network.features()));
		final List<List<Integer>> kernel = new ArrayList<>();
		for (int l = 0; l <= network.depth(); l++)
			kernel.add(list(network.kernel(l)));
		map.put("kernel", kernel);
		final List<List<Integer>> pooling = new ArrayList<>();
		for (int l = 0; l < network.depth(); l++)
			pooling.add(list(network.pooling(l)));
		map.put("pooling", pooling);
		map.put("padding", lower(network.padding()));
		map.put("batch_normalization", network.batchNormalization());
		map.put("dropout", network.dropout());
		final long[] size = network.outputSize();
		if (network.hasBorderClass()) map.put(BORDER_CLASS, true);
		if (size != null) map.put("output_size", Arrays.stream(size).boxed()
			.collect(Collectors.toList()));
		return map;
	}

	static UNetConfig network(final Section s) throws IOException {
		final UNetConfig.Builder builder = UNetConfig.builder().axes(Axes
			.calibrated(s.string("pixel_unit"), s.numbers("pixel_size")))
			.channelNames(s.strings("channel_names")).classNames(s.strings(
				"class_names")).features(Arrays.stream(s.integers("features")).mapToInt(
					Math::toIntExact).toArray()).kernel(s.table("kernel")).pooling(s
						.table("pooling")).padding(constant(s, "padding", Padding.values()))
			.batchNormalization(s.bool("batch_normalization")).dropout(s.number(
				"dropout"));
		if (s.has(BORDER_CLASS) && s.bool(BORDER_CLASS)) builder
			.objectsWithBorder();
		if (s.has("output_size")) builder.outputSize(s.integers("output_size"));
		return builder.build();
	}

	static Map<String, Object> of(final Preprocessing preprocessing) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("normalization", lower(preprocessing.normalization()));
		map.put("low_percentile", preprocessing.lowPercentile());
		map.put("high_percentile", preprocessing.highPercentile());
		return map;
	}

	static Preprocessing preprocessing(final Section s) throws IOException {
		switch (constant(s, "normalization", Preprocessing.Normalization
			.values())) {
			case PERCENTILES:
				return Preprocessing.percentiles(s.number("low_percentile"), s.number(
					"high_percentile"));
			case MIN_MAX:
				return Preprocessing.minMax();
			default:
				return Preprocessing.zScore();
		}
	}

	static Map<String, Object> of(final Calibration calibration) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("temperature", calibration.temperature());
		map.put("biases", list(calibration.biases()));
		return map;
	}

	static Calibration calibration(final Section s) throws IOException {
		return new Calibration(s.number("temperature"), s.numbers("biases"));
	}

	static Map<String, Object> of(final Postprocessing postprocessing) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("threshold", postprocessing.threshold());
		map.put("minimum_size", postprocessing.minimumSize());
		map.put("ridge_width", postprocessing.ridgeWidth());
		if (postprocessing.hasSeeds()) map.put(SEED_THRESHOLD, postprocessing
			.seedThreshold());
		if (postprocessing.neck() > 0) map.put(NECK, postprocessing.neck());
		return map;
	}

	static Postprocessing postprocessing(final Section s) throws IOException {
		final Postprocessing components = new Postprocessing(s.number("threshold"),
			s.integer("minimum_size"), Math.toIntExact(s.integer("ridge_width")));
		final Postprocessing seeds = s.has(SEED_THRESHOLD) ? components.withSeeds(s
			.number(SEED_THRESHOLD)) : components;
		return s.has(NECK) ? seeds.withNeck(s.number(NECK)) : seeds;
	}

	static Map<String, Object> of(final ModelReference model) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("name", model.name());
		map.put("sha256", model.sha256());
		return map;
	}

	static ModelReference reference(final Section s) throws IOException {
		return new ModelReference(s.string("name"), s.string("sha256"));
	}

	static Map<String, Object> of(final IntensityStatistics statistics) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("count", statistics.count());
		map.put("mean", statistics.mean());
		map.put("standard_deviation", statistics.standardDeviation());
		map.put("percentiles", list(statistics.percentiles()));
		return map;
	}

	static IntensityStatistics statistics(final Section s) throws IOException {
		return new IntensityStatistics(s.integer("count"), s.number("mean"), s
			.number("standard_deviation"), s.numbers("percentiles"));
	}

	static Map<String, Object> of(final TrainingTraits traits) {
		final List<Map<String, Object>> channels = new ArrayList<>();
		for (int c = 0; c < traits.channels(); c++) {
			final Map<String, Object> channel = new LinkedHashMap<>();
			traits.ranges(c).forEach((trait, range) -> channel.put(trait.key(), list(
				range)));
			channels.add(channel);
		}
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("images", traits.images());
		map.put("channels", channels);
		return map;
	}

	/** Traits of other versions are passed over. */
	static TrainingTraits traits(final Section s) throws IOException {
		final List<Map<ImageTrait, double[]>> channels = new ArrayList<>();
		for (final Section channel : s.sections("channels")) {
			final Map<ImageTrait, double[]> ranges = new EnumMap<>(ImageTrait.class);
			for (final ImageTrait trait : ImageTrait.values())
				if (channel.has(trait.key())) ranges.put(trait, channel.numbers(trait
					.key()));
			channels.add(ranges);
		}
		return new TrainingTraits(Math.toIntExact(s.integer("images")), channels);
	}

	private static <E extends Enum<E>> E constant(final Section s,
		final String key, final E[] constants) throws IOException
	{
		final String name = s.string(key);
		for (final E constant : constants)
			if (lower(constant).equals(name)) return constant;
		throw new IOException("The model's " + key + " is '" + name +
			"', which this program does not know; it knows " + Arrays.stream(
				constants).map(Settings::lower).collect(Collectors.joining(", ")) +
			".");
	}

	private static String lower(final Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private static List<Integer> list(final int[] values) {
		return Arrays.stream(values).boxed().collect(Collectors.toList());
	}

	private static List<Double> list(final double[] values) {
		return Arrays.stream(values).boxed().collect(Collectors.toList());
	}
}
