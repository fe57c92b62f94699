
package sc.fiji.unet.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.LengthUnit;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

/**
 * The tensors of an {@code rdf.yaml}: axes (batch[, z], y, x, channel), which
 * is the order of our buffers read slowest axis first.
 * <p>
 * What a {@code valid} network takes away at the border is the {@code offset}
 * of an output axis' size. A {@code same} network takes away nothing, but is
 * unreliable near the border: that is the axis' {@code halo}, which the format
 * wants cropped from both sides of the output.
 * </p>
 */
final class RdfTensors {

	private static final String INPUT = "input";
	private static final String OUTPUT = "output";

	private RdfTensors() {}

	static Map<String, Object> input(final ModelDescription d,
		final Map<String, Object> testTensor)
	{
		final UNetConfig network = d.network();
		final UNetShape shape = new UNetShape(network);
		final List<Object> axes = new ArrayList<>();
		axes.add(axis("batch", null));
		for (int i = network.dimensions() - 1; i >= 0; i--) {
			final Map<String, Object> size = new LinkedHashMap<>();
			size.put("min", TestTensors.smallestInput(shape, network, i));
			size.put("step", shape.granularity(i));
			axes.add(spaceAxis(network.axes(), i, size));
		}
		axes.add(channelAxis(network.channelNames()));
		final Map<String, Object> tensor = tensor(INPUT, axes, testTensor);
		tensor.put("data", Collections.singletonMap("type", "float32"));
		tensor.put("preprocessing", preprocessing(d));
		return tensor;
	}

	static Map<String, Object> output(final ModelDescription d,
		final Map<String, Object> testTensor)
	{
		final UNetConfig network = d.network();
		final List<Object> axes = new ArrayList<>();
		axes.add(axis("batch", null));
		for (int i = network.dimensions() - 1; i >= 0; i--)
			axes.add(outputAxis(network, i));
		axes.add(channelAxis(network.classNames()));
		final Map<String, Object> tensor = tensor(OUTPUT, axes, testTensor);
		final Map<String, Object> data = new LinkedHashMap<>();
		data.put("type", "float32");
		data.put("range", Arrays.asList(0.0, 1.0));
		tensor.put("data", data);
		return tensor;
	}

	private static Map<String, Object> tensor(final String id,
		final List<Object> axes, final Map<String, Object> testTensor)
	{
		final Map<String, Object> tensor = new LinkedHashMap<>();
		tensor.put("id", id);
		tensor.put("axes", axes);
		tensor.put("test_tensor", testTensor);
		return tensor;
	}

	private static Map<String, Object> outputAxis(final UNetConfig network,
		final int d)
	{
		final long[] fixed = network.outputSize();
		if (fixed != null) return spaceAxis(network.axes(), d, fixed[d]);
		final UNetShape shape = new UNetShape(network);
		final Map<String, Object> size = new LinkedHashMap<>();
		size.put("tensor_id", INPUT);
		size.put("axis_id", name(network.axes(), d));
		size.put("offset", -2 * shape.margin(d));
		final Map<String, Object> axis = spaceAxis(network.axes(), d, size);
		final long halo = TestTensors.halo(shape, d);
		if (network.padding() == Padding.SAME && halo > 0) axis.put("halo", halo);
		return axis;
	}

	private static Map<String, Object> spaceAxis(final Axes axes, final int d,
		final Object size)
	{
		final Map<String, Object> axis = axis("space", name(axes, d));
		axis.put("size", size);
		axis.put("scale", axes.pixelSize()[d]);
		final String unit = unit(axes.unit());
		if (unit != null) axis.put("unit", unit);
		return axis;
	}

	private static Map<String, Object> channelAxis(final List<String> names) {
		final Map<String, Object> axis = axis("channel", null);
		axis.put("channel_names", names.stream().map(RdfTensors::identifier)
			.collect(Collectors.toList()));
		return axis;
	}

	private static Map<String, Object> axis(final String type, final String id) {
		final Map<String, Object> axis = new LinkedHashMap<>();
		axis.put("type", type);
		if (id != null) axis.put("id", id);
		return axis;
	}

	private static String name(final Axes axes, final int d) {
		return axes.names().substring(d, d + 1);
	}

	/** The format wants names that could be names in a program. */
	private static String identifier(final String name) {
		final String clean = name.replaceAll("[^A-Za-z0-9_]", "_");
		return clean.matches("[A-Za-z_].*") ? clean : "_" + clean;
	}

	/** The unit in the format's words; null for pixels and what it lacks. */
	private static String unit(final String unit) {
		return LengthUnit.of(unit).map(known -> {
			switch (known) {
				case ANGSTROM:
					return "angstrom";
				case NANOMETRE:
					return "nanometer";
				case MICROMETRE:
					return "micrometer";
				default:
					return "millimeter";
			}
		}).orElse(null);
	}

	private static List<Object> preprocessing(final ModelDescription d) {
		final String names = d.network().axes().names();
		final Map<String, Object> kwargs = new LinkedHashMap<>();
		kwargs.put("axes", Arrays.asList(names.split("")));
		final Preprocessing p = d.preprocessing();
		final boolean zScore = p
			.normalization() == Preprocessing.Normalization.Z_SCORE;
		if (!zScore) {
			kwargs.put("min_percentile", p.lowPercentile());
			kwargs.put("max_percentile", p.highPercentile());
		}
		return Arrays.asList(ensureFloat(), step(zScore ? "zero_mean_unit_variance"
			: "scale_range", kwargs), ensureFloat());
	}

	private static Map<String, Object> ensureFloat() {
		return step("ensure_dtype", Collections.singletonMap("dtype", "float32"));
	}

	private static Map<String, Object> step(final String id,
		final Map<String, Object> kwargs)
	{
		final Map<String, Object> step = new LinkedHashMap<>();
		step.put("id", id);
		step.put("kwargs", kwargs);
		return step;
	}
}
