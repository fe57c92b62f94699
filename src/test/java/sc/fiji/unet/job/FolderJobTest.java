
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.ResultKind;
import sc.fiji.unet.network.NetworkLostException;

/** Folders of images, with an engine that knows the answer. */
class FolderJobTest {

	private static final int SIZE = 32;
	private static final BooleanSupplier NEVER = () -> false;
	private static final List<ResultKind> LABELS = Arrays.asList(
		ResultKind.LABELS);
	private static final List<ResultKind> LABELS_AND_ROIS = Arrays.asList(
		ResultKind.LABELS, ResultKind.ROIS);

	@TempDir
	Path folder;

	private final BrightEngine engine = new BrightEngine();
	private final List<String> said = new ArrayList<>();
	private final List<String> progress = new ArrayList<>();
	private Path images;
	private Path results;
	private Path model;

	@BeforeEach
	void train() throws IOException {
		images = Files.createDirectory(folder.resolve("images"));
		results = folder.resolve("results");
		model = train("cells");
	}

	private Path train(final String name) throws IOException {
		final Path file = folder.resolve(name + ".zip");
		new TrainJob(TrainJobTest.input(Arrays.asList(TrainJobTest.sample("a"),
			TrainJobTest.sample("b")), ""), TrainJobTest.plan(), file, engine).run();
		engine.opened = 0;
		return file;
	}

	/** A dark image with a bright square; its place depends on the number. */
	private static ImagePlus image(final int number) {
		final ByteProcessor grey = new ByteProcessor(SIZE, SIZE);
		grey.setValue(10 + number % 7);
		grey.fill();
		grey.setValue(180 + number % 50);
		grey.fillRect(1 + number % 13, 2 + number % 11, 9, 8 + number % 5);
		return new ImagePlus("image", grey);
	}

	private static void save(final ImagePlus image, final Path file) {
		assertTrue(IJ.saveAsTiff(image, file.toString()), file.toString());
	}

	private void images(final int number) {
		for (int i = 0; i < number; i++)
			save(image(i), images.resolve(String.format(Locale.ROOT, "cell%03d.tif",
				i)));
	}

	private FolderTask.Builder task(final Path output) {
		return FolderTask.of(Collections.singletonList(images), output).model(model
			.toFile());
	}

	private FolderResult run(final FolderTask.Builder task) throws IOException {
		return run(task, NEVER);
	}

	private FolderResult run(final FolderTask.Builder task,
		final BooleanSupplier cancelled) throws IOException
	{
		said.clear();
		progress.clear();
		return new FolderJob(task.build(), engine).cancelled(cancelled).listener(
			new FolderListener()
			{

				@Override
				public void message(final String sentence) {
					said.add(sentence);
				}

				@Override
				public void message(final String image, final String sentence) {
					said.add(image + ": " + sentence);
				}

				@Override
				public void tiles(final String image, final int number, final int total,
					final long done, final long tiles)
			{
					progress.add(number + "/" + total + " " + image + " " + done + "/" +
						tiles);
				}
			}).run();
	}

	private static String refused(final Executable work) {
		return assertThrows(IllegalArgumentException.class, work::run).getMessage();
	}

	/** Something that should be refused. */
	private interface Executable {

		void run() throws IOException;
	}

	private JsonObject report() throws IOException {
		return JsonParser.parseString(new String(Files.readAllBytes(results.resolve(
			FolderReport.FILE)), StandardCharsets.UTF_8)).getAsJsonObject();
	}

	/** @return relative name of each result to its bytes */
	private static Map<String, byte[]> bytes(final Path output)
		throws IOException
	{
		final Map<String, byte[]> bytes = new TreeMap<>();
		try (Stream<Path> files = Files.walk(output)) {
			for (final Path file : files.filter(Files::isRegularFile).collect(
				Collectors.toList()))
				if (!file.getFileName().toString().startsWith("unet-")) bytes.put(output
					.relativize(file).toString(), Files.readAllBytes(file));
		}
		return bytes;
	}

	private static void assertSame(final Map<String, byte[]> expected,
		final Map<String, byte[]> actual)
	{
		assertEquals(expected.keySet(), actual.keySet());
		expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name),
			name));
	}

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

	/** @return asks for an end after some tiles */
	private BooleanSupplier afterTiles(final int tiles) {
		return () -> progress.stream().filter(p -> p.endsWith("1/1"))
			.count() >= tiles;
	}

	@Test
	void whatWasCancelledGoesOnWithoutDoingAnythingTwice() throws IOException {
		images(40);
		final int[] predictions = new int[1];
		engine.onSegment = () -> predictions[0]++;
		final Path undisturbed = folder.resolve("undisturbed");
		run(task(undisturbed).results(LABELS_AND_ROIS));
		// One to check the model.
		assertEquals(41, predictions[0]);
		assertThrows(CancellationException.class, () -> run(task(results).results(
			LABELS_AND_ROIS).existing(Existing.SKIP), afterTiles(17)));
		assertEquals("cancelled", report().get("status").getAsString());
		final Map<String, byte[]> half = bytes(results);
		// Of the 17th image there was a tile, but no result.
		assertEquals(2 * 16, half.size(), half.keySet().toString());
		final Path first = results.resolve("cell000_labels.tif");
		Files.setLastModifiedTime(first, FileTime.fromMillis(1000));
		predictions[0] = 0;
		final FolderTask.Builder rest = task(results).results(LABELS_AND_ROIS)
			.existing(Existing.SKIP);
		final FolderResult result = run(rest);
		assertEquals("24 images segmented, 16 done before.", result.sentence());
		assertEquals(25, predictions[0]);
		assertEquals(1000, Files.getLastModifiedTime(first).toMillis());
		assertSame(bytes(undisturbed), bytes(results));
		assertEquals(16, report().get("skipped").getAsInt());
		assertEquals("finished", report().get("status").getAsString());
		predictions[0] = 0;
		assertEquals(40, run(rest).skipped());
		assertEquals(0, predictions[0], "nothing is to be done");
	}

	@Test
	void anEndIsAskedForBetweenTilesAndLeavesNoPart() throws IOException {
		save(new ImagePlus("large", image(1).getProcessor().resize(3000, 2000)),
			images.resolve("large.tif"));
		assertThrows(CancellationException.class, () -> run(task(results),
			() -> progress.stream().anyMatch(p -> p.contains(" 1/"))));
		assertEquals(1, progress.stream().filter(p -> !p.contains(" 0/")).count(),
			progress.toString());
		assertEquals(Collections.emptyMap(), bytes(results));
	}

	@Test
	void resultsOfOtherSettingsAreNotMixedIn() throws IOException {
		images(8);
		final SegmentSettings high = SegmentSettings.ofModel().withThreshold(0.9);
		run(task(results));
		final Map<String, byte[]> before = bytes(results);
		final FolderTask.Builder other = task(results).settings(high).existing(
			Existing.SKIP);
		final String message = refused(() -> run(other));
		assertTrue(message.contains(
			"cell000: threshold was model, is now 0.9\n- cell001: ") && message
				.contains("and 3 more") && message.contains("existing=overwrite"),
			message);
		assertSame(before, bytes(results));
		assertEquals(8, run(other.existing(Existing.OVERWRITE)).segmented());
		assertTrue(refused(() -> run(task(results).existing(Existing.SKIP)))
			.contains("threshold was 0.9, is now model"));
		model = train("others");
		assertTrue(refused(() -> run(task(results).settings(high).existing(
			Existing.SKIP))).contains("model was cells, is now others"));
	}

	@Test
	void resultsOfUnknownOriginAndOfChangedImagesAreNotTaken()
		throws IOException
	{
		images(2);
		run(task(results));
		save(image(30), images.resolve("cell001.tif"));
		assertTrue(refused(() -> run(task(results).existing(Existing.SKIP)))
			.contains("cell001: its image has changed since"));
		Files.delete(results.resolve(ResultRecords.FILE));
		assertTrue(refused(() -> run(task(results).existing(Existing.SKIP)))
			.contains("cell000: it is not recorded of which model"));
		assertTrue(refused(() -> run(task(results))).contains("exists already"));
	}

	@Test
	void resultsOfOthersThatStayAreSaid() throws IOException {
		images(2);
		run(task(results));
		Files.delete(images.resolve("cell001.tif"));
		run(task(results).settings(SegmentSettings.ofModel().withThreshold(0.9))
			.results(LABELS).existing(Existing.OVERWRITE));
		final String all = String.join("\n", said);
		assertTrue(all.contains(
			"stay as they are, of other settings or of unknown origin: cell000_probability.tif, cell000_overlay.png, cell000_rois.zip, cell000_objects.csv."),
			all);
		assertTrue(all.contains("cell001 (threshold was model, is now 0.9)"), all);
	}

	@Test
	void whatIsMissingOrCutOffIsMadeAgain() throws IOException {
		images(6);
		run(task(results));
		final Map<String, byte[]> before = bytes(results);
		Files.delete(results.resolve("cell001_rois.zip"));
		final Path cut = results.resolve("cell004_labels.tif");
		Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 400));
		final FolderResult result = run(task(results).existing(Existing.SKIP));
		assertEquals("2 images segmented, 4 done before.", result.sentence());
		assertTrue(said.contains(
			"Results are missing or not whole, and made again: cell001, cell004."),
			said.toString());
		assertSame(before, bytes(results));
	}

	/** The records as a power cut may leave them. */
	@Test
	void whoeverIsKilledWhileWritingGoesOn() throws IOException {
		images(3);
		run(task(results));
		final Map<String, byte[]> before = bytes(results);
		final Path records = results.resolve(ResultRecords.FILE);
		final byte[] lines = Files.readAllBytes(records);
		Files.write(records, Arrays.copyOf(lines, lines.length - 20));
		Files.delete(results.resolve("cell002_rois.zip"));
		assertEquals(1, run(task(results).existing(Existing.SKIP)).segmented());
		assertSame(before, bytes(results));
		assertEquals(3, run(task(results).existing(Existing.SKIP)).skipped());
	}

	@Test
	void otherResultsCanBeAdded() throws IOException {
		images(2);
		run(task(results).results(LABELS));
		final FolderTask.Builder more = task(results).results(Arrays.asList(
			ResultKind.LABELS, ResultKind.ROIS)).existing(Existing.SKIP);
		assertEquals(2, run(more).segmented());
		assertEquals(4, bytes(results).size());
		assertEquals(2, run(more).skipped());
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
		// Five of each image, and the summary.
		assertEquals(11, bytes(results).size());
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
	void oneTableHasTheObjectsOfAllImages() throws IOException {
		images(3);
		run(task(results).results(EnumSet.of(ResultKind.TABLE)));
		final List<String> all = Files.readAllLines(results.resolve("objects.csv"));
		final List<String> expected = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			final List<String> own = Files.readAllLines(results.resolve("cell00" + i +
				"_objects.csv"));
			assertTrue(own.size() > 1 && own.get(1).startsWith("cell00" + i +
				".tif,"), own.toString());
			expected.addAll(i == 0 ? own : own.subList(1, own.size()));
		}
		assertEquals(expected, all);
		final Map<String, byte[]> whole = bytes(results);
		Files.delete(results.resolve("cell001_objects.csv"));
		assertEquals(1, run(task(results).results(EnumSet.of(ResultKind.TABLE))
			.existing(Existing.SKIP)).segmented());
		assertSame(whole, bytes(results));
		Files.writeString(results.resolve("objects.csv"), "mine\n1\n");
		assertTrue(refused(() -> run(task(results).results(EnumSet.of(
			ResultKind.TABLE)).existing(Existing.SKIP))).contains(
				"no table of segmented objects"));
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
