
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.ResultsTable;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import sc.fiji.unet.model.ModelPackage;

/** The jobs on the command line, on the sample images, with a tiny network. */
class CommandLineTest {

	private static final Path DATA = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");
	private static final String PLAN =
		"{ \"network\": { \"features\": [ 4, 8, 16 ] }, \"patchSize\": [ 64 ], \"batchSize\": 2, \"updatesPerEpoch\": 10 }";

	@TempDir
	Path folder;

	private Path plan;
	private Path model;

	@BeforeEach
	void writePlan() throws IOException {
		plan = Files.write(folder.resolve("plan.json"), PLAN.getBytes(
			StandardCharsets.UTF_8));
		model = folder.resolve("model.zip");
	}

	private List<String> training(final String... more) {
		final List<String> args = new ArrayList<>(Arrays.asList("train", "--images",
			DATA.resolve("images").toString(), "--labels", DATA.resolve("labels")
				.toString(), "--model", model.toString(), "--plan", plan.toString(),
			"--device", "cpu"));
		args.addAll(Arrays.asList(more));
		return args;
	}

	private static int run(final List<String> args) {
		return UNet.run(args.toArray(new String[0]));
	}

	@Test
	void trainsSegmentsAndEvaluates() throws IOException {
		assertEquals(0, run(training("--epochs", "20", "--exclude",
			"cells01,cells02")));
		assertTrue(Files.exists(model), "the model is there");
		assertFalse(Files.exists(folder.resolve("model.training")),
			"checkpoints are gone");
		final Path results = folder.resolve("results");
		final Path image = DATA.resolve("images/cells01.png");
		assertEquals(0, UNet.run("segment", "--model", model.toString(), "--output",
			results.toString(), "--device", "cpu", image.toString()));
		for (final String ending : Arrays.asList("_probability.tif", "_labels.tif",
			"_overlay.png", "_rois.zip", "_objects.csv"))
			assertTrue(Files.exists(results.resolve("cells01" + ending)), ending);
		final ImagePlus probability = IJ.openImage(results.resolve(
			"cells01_probability.tif").toString());
		assertEquals(32, probability.getBitDepth());
		assertEquals(256, probability.getWidth());
		final Path csv = folder.resolve("scores.csv");
		assertEquals(0, UNet.run("evaluate", "--truth", DATA.resolve("labels")
			.toString(), "--csv", csv.toString(), "--pictures", results.toString(),
			results.toString()));
		assertTrue(Files.exists(results.resolve("cells01_errors.png")), "picture");
		final List<String> lines = Files.readAllLines(csv);
		assertEquals(3, lines.size(), "header, one image, all: " + lines);
		assertTrue(lines.get(1).startsWith("cells01,"), lines.get(1));
		final double iou = Double.parseDouble(lines.get(1).split(",")[Arrays.asList(
			lines.get(0).split(",")).indexOf("IoU")]);
		assertTrue(iou > 0.3, "cells were found: IoU " + iou);
		final ImagePlus labels = IJ.openImage(results.resolve("cells01_labels.tif")
			.toString());
		assertTrue(labels.getStatistics().max > 5, "objects were numbered: " +
			labels.getStatistics().max);
		assertTables(results, (int) labels.getStatistics().max);
		segmentsIntoTheFolderOfTheImages(image);
		joinsSlices(image);
		comparesWithTheTruth();
	}

	private static void assertTables(final Path results, final int found)
		throws IOException
	{
		final ResultsTable objects = ResultsTable.open(results.resolve(
			"cells01_objects.csv").toString());
		assertEquals(found, objects.size());
		assertEquals("cells01.png", objects.getStringValue("Image", 0));
		assertTrue(objects.getValue("Area", 0) > 0, "area");
		final ResultsTable summary = ResultsTable.open(results.resolve(
			"summary.csv").toString());
		assertEquals(1, summary.size());
		assertEquals(found, summary.getValue("Objects", 0));
		assertEquals("model", summary.getStringValue("Model", 0));
	}

	private void joinsSlices(final Path image) throws IOException {
		final ImagePlus plane = IJ.openImage(image.toString());
		final ImageStack stack = new ImageStack();
		for (int i = 0; i < 3; i++)
			stack.addSlice(plane.getProcessor());
		final Path file = folder.resolve("stack.tif");
		IJ.saveAsTiff(new ImagePlus("stack", stack), file.toString());
		final Path results = folder.resolve("volumes");
		final String[] args = { "segment", "--model", model.toString(), "--output",
			results.toString(), "--overwrite", "--device", "cpu", file.toString(),
			"--link-z" };
		assertEquals(0, UNet.run(Arrays.copyOf(args, args.length - 1)));
		final ResultsTable apart = ResultsTable.open(results.resolve("summary.csv")
			.toString());
		assertTrue(apart.getStringValue("Remark", 0).contains(
			"Objects are counted in each slice"), apart.getRowAsString(0));
		assertEquals(0, UNet.run(args));
		final ResultsTable joined = ResultsTable.open(results.resolve("summary.csv")
			.toString());
		assertEquals(1, joined.size(), "the row was replaced");
		assertEquals(apart.getValue("Objects", 0), 3 * joined.getValue("Objects",
			0), "equal slices");
		final ResultsTable objects = ResultsTable.open(results.resolve(
			"stack_objects.csv").toString());
		assertEquals(3 * joined.getValue("Objects", 0), objects.size());
		assertEquals(3 * objects.getValue("Area", 0), objects.getValue("Volume", 0),
			1e-9);
		assertEquals(joined.getValue("Objects", 0), IJ.openImage(results.resolve(
			"stack_labels.tif").toString()).getStatistics().max);
	}

	private void comparesWithTheTruth() throws IOException {
		final String[] compare = { "compare", "--model", model.toString(),
			"--images", DATA.resolve("images").toString(), "--labels", DATA.resolve(
				"labels").toString(), "--exclude",
			"cells03,cells04,cells05,cells06,cells07,cells08,cells09,cells10",
			"--device", "cpu", "--output", folder.resolve("pictures").toString() };
		assertEquals(0, UNet.run(compare));
		assertEquals(4 * 512 + 5 * 8, IJ.openImage(folder.resolve(
			"pictures/cells02_comparison.png").toString()).getWidth());
		assertEquals(2, folder.resolve("pictures").toFile().list().length);
		assertEquals(UNet.WRONG_INPUT, UNet.run(compare), "pictures exist");
	}

	/** The results of the first run are no images of the second. */
	private void segmentsIntoTheFolderOfTheImages(final Path image)
		throws IOException
	{
		final Path own = Files.createDirectory(folder.resolve("own"));
		Files.copy(image, own.resolve("cells01.png"));
		for (int i = 0; i < 2; i++) {
			assertEquals(0, UNet.run("segment", "--model", model.toString(),
				"--output", own.toString(), "--overwrite", "--device", "cpu", own
					.toString()));
			try (Stream<Path> files = Files.list(own)) {
				// The image, five results, two tables, the report and the records.
				assertEquals(10, files.count(), "run " + i);
			}
		}
		assertEquals(UNet.WRONG_INPUT, UNet.run("segment", "--model", model
			.toString(), "--output", own.toString(), own.toString()));
	}

	@Test
	void aSummaryOfSomethingElseIsNotOverwritten() throws IOException {
		final Path other = folder.resolve("summary.csv");
		Files.writeString(other, "mine\n1\n");
		assertEquals(UNet.WRONG_INPUT, UNet.run("segment", "--output", folder
			.toString(), DATA.resolve("images/cells01.png").toString()));
		assertEquals("mine\n1\n", Files.readString(other));
	}

	private static String said(final List<String> args, final int code) {
		final PrintStream before = System.err;
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		System.setErr(new PrintStream(bytes, true));
		try {
			assertEquals(code, run(args));
		}
		finally {
			System.setErr(before);
		}
		return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
	}

	@Test
	void lengthsOfNothingAreRefused() {
		assertTrue(said(training("--epochs", "0"), UNet.WRONG_INPUT).contains(
			"Number of epochs 0 must be 1 or more"));
		assertTrue(said(training("--minutes", "0"), UNet.WRONG_INPUT).contains(
			"Training time 0.0 must be"));
	}

	@Test
	void aPlanThatIsNotThereIsNamed() {
		final List<String> args = training("--epochs", "1");
		args.set(args.indexOf(plan.toString()), "no-plan.json");
		final String message = said(args, UNet.WRONG_INPUT);
		assertTrue(message.contains("There is no plan file 'no-plan.json'"),
			message);
	}

	/** Fails as the option says. */
	@CommandLine.Command(name = "fail")
	static final class Fail implements Callable<Integer> {

		@CommandLine.Parameters
		private String how;

		@Override
		public Integer call() {
			switch (how) {
				case "memory":
					throw new OutOfMemoryError("Java heap space");
				case "state":
					throw new IllegalStateException("A batch could not be made.");
				case "file":
					throw new UncheckedIOException(new IOException("The disk is full."));
				default:
					throw new NullPointerException(how);
			}
		}
	}

	private static String failure(final String how) {
		final StringWriter said = new StringWriter();
		final CommandLine line = new CommandLine(UNet.class).addSubcommand(
			new Fail());
		line.setErr(new PrintWriter(said, true));
		assertEquals(UNet.FAILED, UNet.run(line, "fail", how));
		return said.toString();
	}

	@Test
	void failuresAreSentencesAndBugsHaveATrace() {
		assertEquals("Error: A batch could not be made.", failure("state").trim());
		assertEquals("Error: The disk is full.", failure("file").trim());
		assertTrue(failure("memory").startsWith("Error: The ") && failure("memory")
			.contains("-Xmx"), failure("memory"));
		assertTrue(failure("bug").contains("\tat "), failure("bug"));
	}

	@Test
	void theSameSeedGivesTheSameModel() throws IOException {
		final List<byte[]> weights = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			assertEquals(0, run(training("--epochs", "1", "--overwrite")));
			weights.add(weights(model));
		}
		assertArrayEquals(weights.get(0), weights.get(1));
	}

	@Test
	void nothingIsOverwrittenUnasked() throws IOException {
		Files.write(model, new byte[] { 1, 2, 3 });
		assertEquals(UNet.WRONG_INPUT, run(training("--epochs", "1")));
		assertArrayEquals(new byte[] { 1, 2, 3 }, Files.readAllBytes(model));
		final Path map = Files.write(folder.resolve("map.tif"), new byte[] { 4 });
		assertEquals(UNet.WRONG_INPUT, UNet.run("weight-map", DATA.resolve(
			"labels/cells01.tif").toString(), "--output", map.toString()));
		assertArrayEquals(new byte[] { 4 }, Files.readAllBytes(map));
	}

	@Test
	void writesAWeightMap() {
		final Path map = folder.resolve("map.tif");
		assertEquals(0, UNet.run("weight-map", DATA.resolve("labels/cells01.tif")
			.toString(), "--output", map.toString(), "--w0", "7", "--no-balance"));
		final ImagePlus image = IJ.openImage(map.toString());
		assertEquals(32, image.getBitDepth());
		assertTrue(image.getStatistics().max > 5 && image.getStatistics().max <= 8,
			"1 + w0 at the most: " + image.getStatistics().max);
		assertEquals(1, image.getStatistics().min, 1e-4);
	}

	@Test
	void writesTheBorderAlone() {
		final String labels = DATA.resolve("labels/cells01.tif").toString();
		final Path border = folder.resolve("border.tif");
		assertEquals(0, UNet.run("weight-map", labels, "--border-output", border
			.toString(), "--bar"));
		final ImagePlus image = IJ.openImage(border.toString());
		assertEquals(0, image.getStatistics().min);
		assertTrue(image.getStatistics().max > 5 && image.getStatistics().max <= 10,
			"w0 at the most: " + image.getStatistics().max);
		assertTrue(image.getOverlay().size() > 4, "the bar is in the file");
		assertEquals(UNet.WRONG_INPUT, UNet.run("weight-map", labels),
			"nothing to write");
		final Path picture = folder.resolve("border.png");
		assertEquals(UNet.WRONG_INPUT, UNet.run("weight-map", labels, "--output",
			picture.toString()), "colours are no weights");
		assertFalse(Files.exists(picture));
		assertEquals(UNet.WRONG_INPUT, UNet.run("weight-map", labels, "--output",
			border.toString(), "--border-output", border.toString(), "--overwrite"),
			"one file for two");
	}

	@Test
	void wrongUseIsToldByTheExitCode() {
		assertEquals(UNet.WRONG_INPUT, UNet.run("train", "--images", "x"));
		assertEquals(UNet.WRONG_INPUT, run(training("--epochs", "1", "--label-kind",
			"blobs")));
		assertEquals(UNet.WRONG_INPUT, run(training("--epochs", "1", "--exclude",
			"nobody")));
		assertEquals(UNet.WRONG_INPUT, run(training("--epochs", "1", "--device",
			"gpu:99")));
		assertEquals(UNet.WRONG_INPUT, UNet.run("segment", "--model", folder
			.resolve("no.zip").toString(), "--output", folder.resolve("r").toString(),
			DATA.resolve("images").toString()));
		assertFalse(Files.exists(folder.resolve("r")), "no folder without a model");
		assertEquals(0, UNet.run("train", "--help"));
	}

	@Test
	void aKilledTrainingResumesToTheSameWeights() throws IOException,
		InterruptedException
	{
		assertEquals(0, run(training("--epochs", "6")));
		final byte[] undisturbed = weights(model);
		Files.delete(model);
		Files.delete(folder.resolve("model.html"));
		final Process process = start(training("--epochs", "6"));
		final Path history = folder.resolve("model.training/history.csv");
		final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
		while (!(Files.exists(history) && Files.readAllLines(history).size() > 2) &&
			System.nanoTime() < deadline && process.isAlive())
			Thread.sleep(20);
		process.destroyForcibly().waitFor();
		assertFalse(Files.exists(model), "killed before the end");
		assertEquals(UNet.WRONG_INPUT, run(training("--epochs", "6")),
			"an unfinished training is not replaced unasked");
		assertEquals(UNet.WRONG_INPUT, run(training("--epochs", "7", "--resume")),
			"another plan is refused");
		assertEquals(0, run(training("--epochs", "6", "--resume")));
		assertArrayEquals(undisturbed, weights(model));
	}

	private Process start(final List<String> args) throws IOException {
		final List<String> command = new ArrayList<>(Arrays.asList(Paths.get(System
			.getProperty("java.home"), "bin", "java").toString(), "-cp", System
				.getProperty("java.class.path"), UNet.class.getName()));
		command.addAll(args);
		final File log = folder.resolve("log").toFile();
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(
			log).start();
	}

	/** The values of all weights, as the package has them. */
	private static byte[] weights(final Path model) throws IOException {
		try (ModelPackage pack = ModelPackage.open(model)) {
			return Files.readAllBytes(pack.exported().resolve(
				"variables/variables.data-00000-of-00001"));
		}
	}
}
