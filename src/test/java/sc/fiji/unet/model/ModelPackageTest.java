
package sc.fiji.unet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.Calibration;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.ImageTrait;
import sc.fiji.unet.network.IntensityStatistics;
import sc.fiji.unet.network.ModelReference;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkException;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.TrainingTraits;
import sc.fiji.unet.network.UNetConfig;

class ModelPackageTest {

	private static final long SEED = 7;
	private static final Calibration CALIBRATION = new Calibration(1.25, 0.5, 0,
		-1.5);

	@TempDir
	Path folder;

	private final BoxFactory factory = new BoxFactory("CPU, 1 thread, float32");
	private Path exported;
	private Path zip;

	@BeforeEach
	void export() throws IOException {
		exported = folder.resolve("exported");
		BoxFactory.export(exported, SEED);
		zip = folder.resolve("cells.zip");
	}

	static ModelDescription description() {
		final UNetConfig network = UNetConfig.builder().axes(Axes.calibrated(
			"\u00b5m", 0.5, 0.25)).channelNames(Arrays.asList("DAPI 405", "2nd"))
			.classNames(Arrays.asList("background", "cell", "wall")).features(4, 8,
				16).padding(Padding.VALID).batchNormalization(false).dropout(0.5)
			.build();
		final Map<String, Double> scores = new LinkedHashMap<>();
		scores.put("F1 at IoU 0.5", 0.93);
		scores.put("tiny", 1e-7);
		return ModelDescription.builder("My cells, v2: no. 1", network).description(
			"Cells: \"touching\"\nand walls").authors(Arrays.asList("A. Author",
				"no")).license("CC-BY-4.0").tags(Arrays.asList("cells", "yes"))
			.preprocessing(Preprocessing.percentiles(2, 99)).postprocessing(
				new Postprocessing(0.4, 12, 2).withSeeds(0.8).withNeck(0.1))
			.calibration(CALIBRATION).statistics(Arrays.asList(statistics(3),
				statistics(5))).traits(traits()).trainingData("12 images of leaves")
			.scores(scores).created(Instant.parse("2026-02-03T04:05:06Z"))
			.tensorflowVersion("2.18.0").build();
	}

	private static TrainingTraits traits() {
		final Map<ImageTrait, double[]> first = new EnumMap<>(ImageTrait.class);
		for (final ImageTrait trait : ImageTrait.values())
			first.put(trait, new double[] { 1e-7 * trait.ordinal(), 0.3 });
		return new TrainingTraits(12, Arrays.asList(first, Collections.singletonMap(
			ImageTrait.LINES, new double[] { -0.5, -0.25 })));
	}

	private static IntensityStatistics statistics(final double mean) {
		return new IntensityStatistics(1L << 40, mean, 0.1, 0, 1, 2, 3, 4, 5, 6, 7,
			8, 9, 1e9);
	}

	private TestTensors test(final ModelDescription d) throws IOException {
		return TestTensors.compute(factory, d, exported, null, TestTensors.size(d
			.network()));
	}

	private void write(final ModelDescription d,
		final Map<String, Path> attachments) throws IOException
	{
		ModelPackage.write(zip, d, exported, test(d), attachments, false);
	}

	private void write() throws IOException {
		write(description(), Collections.emptyMap());
	}

	@Test
	void everyValueComesBack() throws IOException {
		write();
		final ModelDescription d = description();
		try (ModelPackage opened = ModelPackage.open(zip)) {
			assertSame(d, opened.description());
		}
		assertSame(d, ModelPackage.describe(zip));
	}

	private static void assertSame(final ModelDescription expected,
		final ModelDescription actual)
	{
		assertEquals(expected.name(), actual.name());
		assertEquals(expected.network(), actual.network());
		assertEquals(expected.description(), actual.description());
		assertEquals(expected.authors(), actual.authors());
		assertEquals(expected.license(), actual.license());
		assertEquals(expected.tags(), actual.tags());
		assertEquals(expected.citations(), actual.citations());
		assertEquals(expected.preprocessing(), actual.preprocessing());
		assertEquals(expected.postprocessing(), actual.postprocessing());
		assertEquals(expected.calibration(), actual.calibration());
		assertEquals(expected.trainingData(), actual.trainingData());
		assertEquals(expected.scores(), actual.scores());
		assertEquals(expected.created(), actual.created());
		assertEquals(expected.tensorflowVersion(), actual.tensorflowVersion());
		assertEquals(expected.statistics().size(), actual.statistics().size());
		for (int c = 0; c < expected.statistics().size(); c++) {
			final IntensityStatistics e = expected.statistics().get(c);
			final IntensityStatistics a = actual.statistics().get(c);
			assertEquals(e.count(), a.count());
			assertEquals(e.mean(), a.mean());
			assertEquals(e.standardDeviation(), a.standardDeviation());
			assertArrayEquals(e.percentiles(), a.percentiles());
		}
		assertEquals(expected.traits().isPresent(), actual.traits().isPresent());
		if (expected.traits().isPresent()) assertSame(expected.traits().get(),
			actual.traits().get());
	}

	private static void assertSame(final TrainingTraits expected,
		final TrainingTraits actual)
	{
		assertEquals(expected.images(), actual.images());
		assertEquals(expected.channels(), actual.channels());
		for (int c = 0; c < expected.channels(); c++) {
			final Map<ImageTrait, double[]> ranges = actual.ranges(c);
			assertEquals(expected.ranges(c).keySet(), ranges.keySet());
			expected.ranges(c).forEach((trait, range) -> assertArrayEquals(range,
				ranges.get(trait), trait.name()));
		}
	}

	@Test
	void traitsOfOtherChannelsAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> ModelDescription.builder(
			"x", UNetConfig.builder().channels(3).build()).traits(traits()).build());
		assertThrows(IllegalArgumentException.class, () -> new TrainingTraits(1,
			Collections.singletonList(Collections.singletonMap(ImageTrait.SIZE,
				new double[] { 2, 1 }))), "low above high");
		assertThrows(IllegalArgumentException.class, () -> new TrainingTraits(0,
			Collections.singletonList(Collections.emptyMap())));
	}

	@Test
	void theModelThatATrainingStartedFromIsNamed() throws IOException {
		write();
		assertFalse(ModelPackage.describe(zip).parent().isPresent());
		Files.delete(zip);
		final ModelReference nuclei = new ModelReference("Nuclei: \"all\"", String
			.join("", Collections.nCopies(8, "0123abcd")));
		final ModelDescription d = ModelDescription.builder("x", description()
			.network()).parent(nuclei).build();
		write(d, Collections.emptyMap());
		final ModelDescription read = ModelPackage.describe(zip);
		assertEquals(nuclei, read.parent().get());
		assertEquals(Collections.emptyList(), read.authors(),
			"nothing else is its parent's");
		try (ZipFile file = Zips.open(zip)) {
			final String readme = new String(Zips.read(file, "README.md"),
				StandardCharsets.UTF_8);
			assertTrue(readme.contains(nuclei.name()) && readme.contains(nuclei
				.sha256()), readme);
		}
	}

	/** As sha256sum prints it. */
	@Test
	void theChecksumIsThatOfTheFile() throws IOException {
		Files.writeString(zip, "abc");
		assertEquals(
			"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
			ModelPackage.sha256(zip));
	}

	@Test
	void valuesLeftOpenStayOpen() throws IOException {
		final ModelDescription d = ModelDescription.builder("x", UNetConfig
			.builder().features(2, 4).outputSize(24, 16).build()).preprocessing(
				Preprocessing.zScore()).build();
		ModelPackage.write(zip, d, exported, new TestTensors(new long[] { 24, 16 },
			new float[24 * 16], new float[24 * 16]), Collections.emptyMap(), false);
		assertSame(d, ModelPackage.describe(zip));
	}

	@Test
	void attachedFilesAndFoldersComeBack() throws IOException {
		final Path plan = Files.writeString(folder.resolve("p"), "{}");
		final Path state = Files.createDirectories(folder.resolve("s/deep"));
		Files.writeString(state.resolve("adam.bin"), "moments");
		final Map<String, Path> attachments = new LinkedHashMap<>();
		attachments.put(ModelPackage.PLAN, plan);
		attachments.put(ModelPackage.TRAINING_STATE, folder.resolve("s"));
		write(description(), attachments);
		final Path unpacked;
		try (ModelPackage opened = ModelPackage.open(zip)) {
			assertEquals(attachments.keySet(), opened.attachments().keySet());
			assertEquals("{}", Files.readString(opened.attachments().get(
				ModelPackage.PLAN)));
			assertEquals("moments", Files.readString(opened.attachments().get(
				ModelPackage.TRAINING_STATE).resolve("deep/adam.bin")));
			assertEquals(Long.toString(SEED), Files.readString(opened.exported()
				.resolve(BoxFactory.WEIGHTS)));
			unpacked = opened.exported();
		}
		assertFalse(Files.exists(unpacked), unpacked + " should be deleted");
	}

	@Test
	void loadedNetworkHasPassedItsTest() throws IOException {
		write();
		try (ModelPackage opened = ModelPackage.open(zip);
				Network network = opened.load(factory, ExecutionConfig.cpu()))
		{
			assertEquals(description().network(), network.config());
			assertTrue(opened.test().difference(network) > 0.01,
				"it is calibrated, the test is not");
			assertEquals(0, opened.test().difference(factory.last()), 0);
		}
	}

	@Test
	void modelsFromBeforeAreNotCalibrated() throws IOException {
		write();
		DamagedPackageTest.replace(zip, Rdf.FILE, s -> s.replace(
			"    calibration:\n", "    other:\n"));
		assertEquals(Calibration.identity(), ModelPackage.describe(zip)
			.calibration());
		try (ModelPackage opened = ModelPackage.open(zip);
				Network network = opened.load(factory, ExecutionConfig.cpu()))
		{
			assertEquals(0, opened.test().difference(network), 0);
		}
	}

	@Test
	void aCalibrationOfOtherClassesIsNamed() throws IOException {
		write();
		DamagedPackageTest.replace(zip, Rdf.FILE, s -> s.replaceFirst(
			"biases:\\s+- 0\\.5", "biases:"));
		DamagedPackageTest.assertMessage("The calibration has 2 biases", zip);
	}

	@Test
	void othersCanReadHowToCalibrate() throws IOException {
		write();
		try (ZipFile file = Zips.open(zip)) {
			final String text = new String(Zips.read(file, Rdf.DOCUMENTATION),
				StandardCharsets.UTF_8);
			assertTrue(text.contains(
				"softmax((ln(p) + b) / T) with b = [0.5, 0.0, -1.5] and T = 1.25, then take"),
				text);
		}
	}

	@Test
	void networkThatAnswersOtherwiseIsRefusedAndClosed() throws IOException {
		BoxFactory.export(exported, SEED);
		final TestTensors test = test(description());
		BoxFactory.export(exported, SEED + 1);
		ModelPackage.write(zip, description(), exported, test, Collections
			.emptyMap(), false);
		try (ModelPackage opened = ModelPackage.open(zip)) {
			final String message = assertThrows(NetworkException.class, () -> opened
				.load(factory, ExecutionConfig.cpu())).getMessage();
			assertTrue(message.matches(
				"(?s).*probabilities differ by [\\d.E-]+ in the root mean square, allowed are 1.0E-4.*"),
				message);
			assertTrue(factory.last().isClosed(), "network must be closed");
		}
	}

	@Test
	void toleranceFollowsPrecisionAndDevice() {
		assertEquals(1e-4, ModelPackage.tolerance("CPU, 8 threads, float32"));
		assertEquals(1e-4, ModelPackage.tolerance("CPU, 8 threads, float64"));
		assertEquals(5e-3, ModelPackage.tolerance("GPU:0, float32"));
		assertEquals(2e-2, ModelPackage.tolerance("CPU, 8 threads, bfloat16"));
	}

	@Test
	void existingFileIsKeptUnlessOverwritingIsAllowed() throws IOException {
		Files.writeString(zip, "precious");
		final TestTensors test = test(description());
		assertThrows(FileAlreadyExistsException.class, () -> write());
		assertEquals("precious", Files.readString(zip));
		ModelPackage.write(zip, description(), exported, test, Collections
			.emptyMap(), true);
		ModelPackage.describe(zip);
	}

	@Test
	void failedWriteLeavesNothingBehind() throws IOException {
		final Map<String, Path> missing = Collections.singletonMap("plan.json",
			folder.resolve("missing"));
		assertThrows(NoSuchFileException.class, () -> write(description(),
			missing));
		try (Stream<Path> files = Files.list(folder)) {
			assertArrayEquals(new Object[] { exported }, files.toArray());
		}
	}

	@Test
	void failedOverwriteKeepsTheOldFile() throws IOException {
		Files.writeString(zip, "precious");
		final TestTensors test = test(description());
		assertThrows(NoSuchFileException.class, () -> ModelPackage.write(zip,
			description(), exported, test, Collections.singletonMap("plan.json",
				folder.resolve("missing")), true));
		assertEquals("precious", Files.readString(zip));
	}

	@Test
	void equalContentGivesEqualFiles() throws IOException {
		write();
		final byte[] first = Files.readAllBytes(zip);
		Files.delete(zip);
		write();
		assertArrayEquals(first, Files.readAllBytes(zip));
	}

	@Test
	void namesThatWouldReplaceOwnFilesAreRefused() {
		for (final String name : new String[] { "rdf.yaml", "../x", "a/b",
			".hidden", "weights", "exported", "folders", "" })
			assertThrows(IllegalArgumentException.class, () -> write(description(),
				Collections.singletonMap(name, exported)), name);
	}
}
