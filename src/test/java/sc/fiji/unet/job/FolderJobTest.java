
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import ij.ImagePlus;
import ij.process.FloatProcessor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.ResultKind;
import sc.fiji.unet.network.NetworkLostException;

/** Folders of images, with an engine that knows the answer. */
class FolderJobTest extends FolderFixture {

	private void breakFive() throws IOException {
		Files.write(images.resolve("cell003.tif"), new byte[0]);
		final byte[] whole = Files.readAllBytes(images.resolve("cell050.tif"));
		Files.write(images.resolve("cell050.tif"), Arrays.copyOf(whole,
			whole.length - 300));
		Files.write(images.resolve("cell100.tif"), "no picture".getBytes(
			StandardCharsets.UTF_8));
		final ImagePlus colours = new ImagePlus("rgb", image(150).getProcessor()
			.convertToRGB());
		colours.getProcessor().set(0, 0x102030);
		save(colours, images.resolve("cell150.tif"));
		final FloatProcessor holes = image(199).getProcessor()
			.convertToFloatProcessor();
		holes.setf(5, Float.NaN);
		save(new ImagePlus("nan", holes), images.resolve("cell199.tif"));
	}

	@Test
	void brokenFilesStopNothingAndAreNamed() throws IOException {
		images(200);
		breakFive();
		final FolderResult result = run(task(results).results(LABELS));
		assertEquals(195, result.segmented());
		assertEquals("195 images segmented, 5 failed.", result.sentence());
		final Map<String, String> reasons = new LinkedHashMap<>();
		reasons.put("cell003.tif", "it is empty");
		reasons.put("cell050.tif", "cut off, 300 bytes are missing");
		reasons.put("cell100.tif", "not an image");
		reasons.put("cell150.tif", "has 3 channels");
		reasons.put("cell199.tif", "finite");
		assertEquals(reasons.keySet(), result.failures().keySet());
		reasons.forEach((image, reason) -> {
			assertTrue(result.failures().get(image).contains(reason), result
				.failures().get(image));
			assertTrue(result.message().contains("\n- " + image + ": "), result
				.message());
		});
		assertEquals(1, engine.opened, "networks");
		assertEquals(195, bytes(results).size(), "results");
		assertTrue(progress.contains("12/200 cell011.tif 1/1"), progress
			.toString());
		assertReport(reasons);
	}

	private void assertReport(final Map<String, String> reasons)
		throws IOException
	{
		final JsonObject report = report();
		assertEquals("finished", report.get("status").getAsString());
		assertEquals(200, report.get("images").getAsInt());
		assertEquals(195, report.get("segmented").getAsInt());
		assertEquals(5, report.get("failed").getAsInt());
		assertEquals("CPU, 1 thread, float32", report.get("device").getAsString());
		assertTrue(report.getAsJsonObject("settings").get("modelSha256")
			.getAsString().matches("[0-9a-f]{64}"), report.toString());
		int failed = 0;
		for (final JsonElement element : report.getAsJsonArray("files")) {
			final JsonObject file = element.getAsJsonObject();
			final String name = file.get("file").getAsString();
			if (file.get("status").getAsString().equals("segmented")) {
				assertEquals(1, file.get("objects").getAsInt(), name);
				assertTrue(file.get("seconds").getAsDouble() >= 0, name);
				continue;
			}
			failed++;
			assertTrue(file.get("reason").getAsString().contains(reasons.get(name)),
				file.toString());
		}
		assertEquals(5, failed);
	}

	@Test
	void resultsAreThoseOfTheImages() throws IOException {
		images(3);
		run(task(results).results(LABELS));
		assertEquals(Arrays.asList("cell000_labels.tif", "cell001_labels.tif",
			"cell002_labels.tif"), new ArrayList<>(bytes(results).keySet()));
		final ImagePlus labels = ImageFiles.open(results.resolve(
			"cell002_labels.tif"));
		assertTrue(said.contains("cell002.tif: 1 object"), said.toString());
		final ImagePlus grey = image(2);
		for (int i = 0; i < SIZE * SIZE; i++)
			assertEquals(grey.getProcessor().get(i) > 100 ? 1 : 0, labels
				.getProcessor().get(i), "pixel " + i);
	}

	/** @return dies once at each of some images, counted from 1 */
	private Runnable dyingAt(final Integer... numbers) {
		final List<Integer> deaths = new ArrayList<>(Arrays.asList(numbers));
		final int[] predictions = new int[1];
		return () -> {
			// The first of each network checks the model.
			final Integer image = ++predictions[0] - engine.opened;
			if (deaths.remove(image)) throw new NetworkLostException(
				"The process that computes was killed.");
		};
	}

	@Test
	void whenTheEngineDiesTheNextImageGetsANewOne() throws IOException {
		images(6);
		engine.onSegment = dyingAt(2, 4);
		final FolderResult result = run(task(results));
		assertEquals("4 images segmented, 2 failed.", result.sentence());
		assertEquals("[cell001.tif, cell003.tif]", result.failures().keySet()
			.toString());
		assertEquals(3, engine.opened, "networks");
		engine.onSegment = () -> {};
		assertEquals(2, run(task(results).existing(Existing.SKIP)).segmented());
	}

	@Test
	void whenTheEngineDiesTwiceInARowTheJobStops() throws IOException {
		images(6);
		Files.write(images.resolve("cell003.tif"), new byte[0]);
		engine.onSegment = dyingAt(3, 4);
		final String message = assertThrows(NetworkLostException.class, () -> run(
			task(results))).getMessage();
		assertTrue(message.contains(
			"at two images in a row, cell002.tif and cell004.tif") && message
				.contains("killed"), message);
		final JsonObject report = report();
		assertEquals("stopped", report.get("status").getAsString());
		assertEquals(message, report.get("reason").getAsString());
		assertEquals(2, report.get("segmented").getAsInt());
		assertEquals(3, report.get("failed").getAsInt());
		// Five of each image, and the two tables of all.
		assertEquals(12, bytes(results).size());
	}

	@Test
	void foldersWithinFoldersKeepTheirPlace() throws IOException {
		images(1);
		final Path deep = Files.createDirectories(images.resolve("plate 1/well"));
		save(image(5), deep.resolve("cell000.tif"));
		// ImageJ itself writes the extension in lower case.
		save(image(6), deep.resolve("CELL1.tif"));
		Files.move(deep.resolve("CELL1.tif"), deep.resolve("CELL1.TIF"));
		save(image(6), deep.resolve("other.tif"));
		save(image(6), deep.resolve("._cell9.tif"));
		Files.write(deep.resolve("cell.txt"), new byte[] { 1 });
		assertEquals(1, run(task(results)).segmented());
		final FolderTask.Builder all = task(results).subfolders(true).pattern(
			"cell*.{tif,txt}").results(LABELS).existing(Existing.OVERWRITE);
		assertEquals(3, run(all).segmented());
		assertTrue(Files.exists(results.resolve(
			"plate 1/well/cell000_labels.tif")));
		assertTrue(Files.exists(results.resolve("plate 1/well/CELL1_labels.tif")));
		assertFalse(Files.exists(results.resolve("plate 1/well/other_labels.tif")));
		assertEquals("[plate 1/well/CELL1.TIF, plate 1/well/cell000.tif]", report()
			.getAsJsonArray("files").asList().stream().map(f -> f.getAsJsonObject()
				.get("file").getAsString()).skip(1).collect(Collectors.toList())
			.toString());
		run(all.pattern("*"));
		assertTrue(said.contains("Passed over: 1 hidden file."), said.toString());
	}

	@Test
	void whatCannotBeMeantIsSaidBeforeAnythingStarts() throws IOException {
		assertTrue(refused(() -> run(task(results))).contains(
			"holds no image that can be opened; folders within it"));
		images(2);
		assertTrue(refused(() -> run(task(results).pattern("*.png"))).contains(
			"matches '*.png'"));
		assertTrue(refused(() -> run(task(results).pattern("{a"))).contains(
			"cannot be read"));
		assertTrue(refused(() -> run(task(results).pattern("a/*.tif"))).contains(
			"slash"));
		assertTrue(refused(() -> run(task(results).settings(SegmentSettings
			.ofModel().withDiameter(1e-9)))).contains("diameter"));
		final Path twin = Files.copy(images.resolve("cell001.tif"), images.resolve(
			"cell001.tiff"));
		assertTrue(refused(() -> run(task(results))).contains(
			"Two images are called 'cell001'"));
		Files.delete(twin);
		final Path other = Files.copy(images.resolve("cell001.tif"), images.resolve(
			"CELL001.tiff"));
		assertTrue(refused(() -> run(task(results))).contains(
			"Two images are called '"), "of one name on Windows and macOS");
		Files.delete(other);
		Files.copy(images.resolve("cell001.tif"), images.resolve(
			"cell001_labels.tif"));
		final FolderTask.Builder list = FolderTask.of(Arrays.asList(images.resolve(
			"cell001.tif"), images.resolve("cell001_labels.tif")), images).model(model
				.toFile()).existing(Existing.OVERWRITE);
		assertTrue(refused(() -> run(list)).contains(
			"would overwrite the image '"));
		assertFalse(Files.exists(results), "nothing was written");
		assertEquals(0, engine.opened, "networks");
	}

	/** Wherever the results of an earlier job lie, they are no images. */
	@Test
	void resultsAreNoImages() throws IOException {
		images(2);
		final Path deep = Files.createDirectories(images.resolve("deep"));
		save(image(5), deep.resolve("cell.tif"));
		for (final Path output : Arrays.asList(images, images.resolve("out"), images
			.resolve("deep/out")))
			for (int i = 0; i < 2; i++)
				assertEquals(3, run(task(output).subfolders(true).results(Arrays.asList(
					ResultKind.LABELS, ResultKind.OVERLAY)).existing(Existing.OVERWRITE))
					.segmented(), output + ", run " + i);
	}

	@Test
	void severalClassesHaveAMaskOfThem() throws IOException {
		images(1);
		model = folder.resolve("classes.zip");
		new TrainJob(TrainingInput.of(TrainingImages.of("cells", Arrays.asList(
			TrainJobTest.sample("a")))).withLabels(LabelKind.CLASSES, OptionalInt
				.empty()).withValidation("", 0), TrainJobTest.plan(), model, engine)
			.run();
		assertEquals(1, run(task(results)).segmented());
		assertTrue(Files.exists(results.resolve("cell000_classes.tif")));
		assertTrue(refused(() -> run(task(results).settings(SegmentSettings
			.ofModel().withThreshold(0.5)).existing(Existing.OVERWRITE))).contains(
				"classes apart"));
	}

	@Test
	void whatMayNotBeReadIsNamed() throws IOException {
		images(2);
		final Path secret = images.resolve("cell001.tif");
		final Path closed = Files.createDirectory(images.resolve("closed"));
		assertTrue(secret.toFile().setReadable(false) && closed.toFile()
			.setReadable(false));
		// An administrator may read everything.
		final boolean all = Files.isReadable(secret);
		final FolderResult result = run(task(results).subfolders(true));
		closed.toFile().setReadable(true);
		if (all) {
			assertEquals(2, result.segmented());
			assertTrue(result.failures().isEmpty());
			return;
		}
		assertEquals(1, result.segmented());
		assertTrue(result.failures().get("cell001.tif").contains("denied"), result
			.message());
		assertTrue(result.failures().get("closed").contains("denied"), result
			.message());
	}
}
