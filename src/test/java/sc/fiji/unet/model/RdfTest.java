
package sc.fiji.unet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;

/**
 * The description as other software reads it: each statement against the
 * bioimage.io model format 0.5.
 */
class RdfTest {

	@TempDir
	Path folder;

	private Map<String, Object> rdf(final UNetConfig network) throws Exception {
		final Path exported = folder.resolve("exported");
		BoxFactory.export(exported, 1);
		final Path cover = Files.writeString(folder.resolve("c"), "picture");
		final ModelDescription d = ModelDescription.builder("a/b", network).build();
		final Path zip = folder.resolve("model.zip");
		ModelPackage.write(zip, d, exported, TestTensors.compute(new BoxFactory(
			"CPU"), d, exported, null, TestTensors.size(network)), Collections
				.singletonMap(ModelPackage.COVER, cover), true);
		try (ZipFile file = Zips.open(zip)) {
			final Map<String, Object> rdf = new Yaml().load(new String(Zips.read(file,
				"rdf.yaml"), "UTF-8"));
			checkFiles(file, rdf);
			return rdf;
		}
	}

	/** Every file that is referred to is there, with the checksum stated. */
	private static void checkFiles(final ZipFile file, final Object node)
		throws Exception
	{
		if (node instanceof List) for (final Object o : (List<?>) node)
			checkFiles(file, o);
		if (!(node instanceof Map)) return;
		final Map<?, ?> map = (Map<?, ?>) node;
		for (final Object o : map.values())
			checkFiles(file, o);
		if (!map.containsKey("source")) return;
		final byte[] digest = MessageDigest.getInstance("SHA-256").digest(Zips.read(
			file, (String) map.get("source")));
		final StringBuilder hex = new StringBuilder();
		for (final byte b : digest)
			hex.append(String.format("%02x", b));
		assertEquals(hex.toString(), map.get("sha256"), map.toString());
	}

	private static UNetConfig valid() {
		return UNetConfig.builder().axes(Axes.calibrated("um", 0.5, 0.25))
			.channelNames(Arrays.asList("DAPI 405", "2nd")).features(2, 2, 2).classes(
				3).padding(Padding.VALID).build();
	}

	@Test
	void everyRequiredFieldIsThere() throws Exception {
		final Map<String, Object> rdf = rdf(valid());
		assertTrue(((String) rdf.get("format_version")).matches("0\\.5\\.\\d+"), rdf
			.get("format_version").toString());
		assertEquals("model", rdf.get("type"));
		assertEquals("U-Net a-b", rdf.get("name"));
		assertEquals("not stated", get(rdf, "authors", 0, "name"));
		assertEquals("10.1007/978-3-319-24574-4_28", get(rdf, "cite", 0, "doi"));
		assertTrue(get(rdf, "cite", 0, "text").toString().contains("Ronneberger"));
		assertEquals("README.md", rdf.get("documentation"));
		assertEquals(Arrays.asList("cover.png"), rdf.get("covers"));
		for (final String key : new String[] { "description", "license", "tags",
			"timestamp", "attachments", "inputs", "outputs", "weights", "config" })
			assertTrue(rdf.containsKey(key), key + " is missing");
		final Object weights = get(rdf, "weights", "tensorflow_saved_model_bundle");
		assertEquals("weights.zip", get(weights, "source"));
		assertEquals("2.18.0", get(weights, "tensorflow_version"));
		assertEquals("test_input.npy", get(rdf, "inputs", 0, "test_tensor",
			"source"));
		assertEquals("test_output.npy", get(rdf, "outputs", 0, "test_tensor",
			"source"));
		assertEquals(1, get(rdf, "config", "fiji_unet", "format_version"));
		assertEquals(Arrays.asList(0, 1, 2), get(rdf, "config", "fiji_unet",
			"class_values"));
	}

	@Test
	void axesOfAValidNetworkStateItsMargin() throws Exception {
		// levels 0, 1, 2 with two 3x3 convolutions: n = 4 b, margin 4 + 8 + 8 = 20
		final Map<String, Object> rdf = rdf(valid());
		final Object input = get(rdf, "inputs", 0, "axes");
		assertEquals("batch", get(input, 0, "type"));
		assertEquals("y", get(input, 1, "id"));
		assertEquals(0.25, get(input, 1, "scale"));
		assertEquals("x", get(input, 2, "id"));
		assertEquals(0.5, get(input, 2, "scale"));
		assertEquals("micrometer", get(input, 2, "unit"));
		assertEquals(44, get(input, 2, "size", "min"));
		assertEquals(4, get(input, 2, "size", "step"));
		assertEquals(Arrays.asList("DAPI_405", "_2nd"), get(input, 3,
			"channel_names"));
		final Object output = get(rdf, "outputs", 0, "axes");
		assertEquals("x", get(output, 2, "id"));
		assertEquals("input", get(output, 2, "size", "tensor_id"));
		assertEquals("x", get(output, 2, "size", "axis_id"));
		assertEquals(-40, get(output, 2, "size", "offset"));
		assertEquals(get(input, 2, "scale"), get(output, 2, "scale"));
		assertEquals(get(input, 2, "unit"), get(output, 2, "unit"));
		assertNull(get(output, 2, "halo"));
		assertEquals(Arrays.asList("background", "class_1", "class_2"), get(output,
			3, "channel_names"));
	}

	@Test
	void axesOfASameNetworkStateItsHalo() throws Exception {
		final Map<String, Object> rdf = rdf(UNetConfig.builder().axes(Axes
			.uncalibrated(3)).features(2, 2).pooling(new int[][] { { 2, 2, 1 } })
			.build());
		final Object input = get(rdf, "inputs", 0, "axes");
		final Object output = get(rdf, "outputs", 0, "axes");
		// reach along x: 4 + 4 = 8, a multiple of 2; along z 4 + 2 = 6
		assertEquals("z", get(output, 1, "id"));
		assertEquals(6, get(output, 1, "halo"));
		assertEquals("x", get(output, 3, "id"));
		assertEquals(8, get(output, 3, "halo"));
		assertEquals(0, get(output, 3, "size", "offset"));
		assertFalse(((Map<?, ?>) get(output, 3)).containsKey("unit"));
		// The format demands: smallest size - 2 halo is at least 1.
		assertEquals(18, get(input, 3, "size", "min"));
		assertEquals(2, get(input, 3, "size", "step"));
		assertEquals(13, get(input, 1, "size", "min"));
	}

	@Test
	void preprocessingIsPerChannelOverAllSpace() throws Exception {
		final Object steps = get(rdf(valid()), "inputs", 0, "preprocessing");
		assertEquals("ensure_dtype", get(steps, 0, "id"));
		assertEquals("scale_range", get(steps, 1, "id"));
		assertEquals(Arrays.asList("x", "y"), get(steps, 1, "kwargs", "axes"));
		assertEquals(1.0, get(steps, 1, "kwargs", "min_percentile"));
		assertEquals(99.8, get(steps, 1, "kwargs", "max_percentile"));
	}

	private static Object get(final Object node, final Object... path) {
		Object at = node;
		for (final Object key : path)
			at = key instanceof Integer ? ((List<?>) at).get((Integer) key)
				: ((Map<?, ?>) at).get(key);
		return at;
	}
}
