
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;

import picocli.CommandLine;

import sc.fiji.unet.command.SegmentFolder;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ResultKind;
import sc.fiji.unet.job.Existing;
import sc.fiji.unet.job.FolderTask;
import sc.fiji.unet.job.SegmentSettings;
import sc.fiji.unet.job.TrainJob;
import sc.fiji.unet.job.TrainingImages;
import sc.fiji.unet.job.TrainingInput;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Precision;
import sc.fiji.unet.segment.Averaging;
import sc.fiji.unet.tensorflow.TensorFlowFactory;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingPlan;

/** Folders on the command line, and the line that the dialog copies. */
class SegmentFolderLineTest {

	private static final String PLAN =
		"{ \"network\": { \"features\": [ 2, 4 ] }, \"patchSize\": [ 16 ], \"batchSize\": 1, \"updatesPerEpoch\": 2 }";
	private static final int SIZE = 32;

	@TempDir
	static Path folder;

	private static Path model;

	private Path images;

	@BeforeAll
	static void train() throws Exception {
		model = folder.resolve("model.zip");
		new TrainJob(TrainingInput.of(TrainingImages.of("cells", SampleFiles
			.samples("cells", boxes(200, 0), boxes(255, 0), ChannelSelection.all())))
			.withValidation("", 0), TrainingPlan.fromJson(PLAN).toBuilder().length(
				TrainingLength.updates(2)).build(), model, new TensorFlowFactory())
			.run();
	}

	private static ImagePlus boxes(final int value, final int shift) {
		final ByteProcessor boxes = new ByteProcessor(SIZE, SIZE);
		boxes.setValue(value);
		boxes.fillRect(3 + shift, 3, 10, 10);
		boxes.fillRect(16, 14 + shift, 12, 12);
		return new ImagePlus("cells", boxes);
	}

	@BeforeEach
	void save(@TempDir final Path own) throws Exception {
		images = Files.createDirectories(own.resolve("Anna's images"));
		Files.createDirectory(images.resolve("b"));
		for (final String name : Arrays.asList("a1.tif", "a2.tif", "b/a3.tif",
			"x.tif"))
			IJ.saveAsTiff(boxes(180, name.charAt(1) % 4), images.resolve(name)
				.toString());
		Files.move(images.resolve("a2.tif"), images.resolve("a2.TIF"));
		Files.write(images.resolve("a4.tif"), new byte[0]);
	}

	/** Words of a line, as a shell sees them. */
	private static List<String> words(final String line) throws Exception {
		final Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " +
			line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		final String text = new String(shell.getInputStream().readAllBytes(),
			StandardCharsets.UTF_8);
		assertEquals(0, shell.waitFor(), line);
		return new ArrayList<>(Arrays.asList(text.split("\n")));
	}

	/** @return what the command line makes of a line */
	private static FolderTask parsed(final String line) throws Exception {
		final List<String> words = words(line);
		assertEquals("bin/unet", words.remove(0));
		return ((SegmentCommand) new CommandLine(UNet.class)
			.setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words.toArray(
				new String[0])).subcommand().commandSpec().userObject()).task();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void theLineMeansTheSameTask() throws Exception {
		final FolderTask.Builder usual = FolderTask.of(Collections.singletonList(
			Paths.get("/in")), Paths.get("/out"));
		assertEquals(usual.build().description(), parsed(usual.build()
			.commandLine()).description());
		final FolderTask.Builder all = FolderTask.of(Arrays.asList(images, Paths
			.get("/a \"b\" $HOME *")), Paths.get("/my out")).model(model.toFile())
			.pattern("-[ab]?{1,2} 'x'.*").subfolders(true).settings(SegmentSettings
				.ofModel().withChannels(ChannelSelection.parse("3,1")).withDiameter(
					1e-3).withThreshold(0.1 + 0.2).withMinimumSize(0L).withAveraging(
						Averaging.ROTATIONS)).results(Arrays.asList(ResultKind.CLASSES,
							ResultKind.OVERLAY)).execution(new ExecutionConfig("gpu:2",
								Precision.BFLOAT16, 5));
		for (final Existing existing : Existing.values()) {
			final FolderTask task = all.existing(existing).build();
			assertEquals(task.description(), parsed(task.commandLine())
				.description());
		}
	}

	private Map<String, byte[]> bytes(final Path output) throws Exception {
		final Map<String, byte[]> bytes = new TreeMap<>();
		try (Stream<Path> files = Files.walk(output)) {
			for (final Path file : files.filter(f -> Files.isRegularFile(f) && !f
				.getFileName().toString().startsWith("unet-")).collect(Collectors
					.toList()))
				bytes.put(output.relativize(file).toString(), Files.readAllBytes(file));
		}
		return bytes;
	}

	private static String said(final boolean errors, final Callable<?> test)
		throws Exception
	{
		final PrintStream before = errors ? System.err : System.out;
		final ByteArrayOutputStream said = new ByteArrayOutputStream();
		final PrintStream ear = new PrintStream(said, true);
		if (errors) System.setErr(ear);
		else System.setOut(ear);
		try {
			test.call();
		}
		finally {
			if (errors) System.setErr(before);
			else System.setOut(before);
		}
		return said.toString();
	}

	/** What the dialog does, and its line on a server, give the same files. */
	@Test
	@DisabledOnOs(OS.WINDOWS)
	void theDialogCopiesALineThatGivesTheSameResults() throws Exception {
		final Path output = folder.resolve("by mouse");
		final Object[] inputs = { "input", images.toFile(), "output", output
			.toFile(), "pattern", "A*", "subfolders", true, "model", model.toFile(),
			"threshold", "0.45", "minsize", "3", "averaging", "flips", "rois", true,
			"probability", true, "device", "cpu" };
		try (Context context = new Context()) {
			final CommandModule done = context.getService(CommandService.class).run(
				SegmentFolder.class, true, inputs).get();
			assertFalse(done.isCanceled(), done.getCancelReason());
			assertTrue(done.getOutput("summary").toString().startsWith(
				"3 images segmented, 1 failed.\n- a4.tif: "), done.getOutput("summary")
					.toString());
		}
		final List<String> words = words(copied(inputs));
		final Path again = folder.resolve("by line");
		words.set(words.indexOf(output.toString()), again.toString());
		assertEquals(UNet.FAILED, UNet.run(words.subList(1, words.size()).toArray(
			new String[0])));
		final Map<String, byte[]> expected = bytes(output);
		final Map<String, byte[]> actual = bytes(again);
		assertEquals(4 * 3, expected.size(), expected.keySet().toString());
		assertEquals(expected.keySet(), actual.keySet());
		expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name),
			name));
	}

	/** @return what the button of the dialog says in the log */
	private static String copied(final Object... inputs) throws Exception {
		try (Context context = new Context()) {
			final Module module = context.getService(ModuleService.class)
				.createModule(context.getService(CommandService.class).getCommand(
					SegmentFolder.class));
			for (int i = 0; i < inputs.length; i += 2)
				module.setInput((String) inputs[i], inputs[i + 1]);
			final ModuleItem<?> button = module.getInfo().getInput("copy");
			return said(false, () -> {
				button.callback(module);
				return null;
			}).trim();
		}
	}

	private static int segment(final Path output, final String... more) {
		final List<String> args = new ArrayList<>(Arrays.asList("segment",
			"--model", model.toString(), "--output", output.toString(), "--device",
			"cpu"));
		args.addAll(Arrays.asList(more));
		return UNet.run(args.toArray(new String[0]));
	}

	@Test
	void aFolderIsFinishedAndContinued() throws Exception {
		final Path output = folder.resolve("continued");
		final String errors = said(true, () -> {
			assertEquals(UNet.FAILED, segment(output, "--results", "labels,ROIS",
				images.toString()));
			return null;
		});
		assertTrue(errors.startsWith("Error: a4.tif: Cannot open ") && errors
			.contains("it is empty"), errors);
		assertEquals(6, bytes(output).size(), bytes(output).keySet().toString());
		Files.delete(images.resolve("a4.tif"));
		assertEquals(UNet.WRONG_INPUT, segment(output, images.toString()));
		final String said = said(false, () -> {
			assertEquals(0, segment(output, "--skip-existing", "--results",
				"labels,rois", images.toString()));
			return null;
		});
		assertTrue(said.contains("0 images segmented, 3 done before."), said);
		assertEquals(UNet.WRONG_INPUT, segment(output, "--skip-existing",
			"--threshold", "0.9", "--results", "labels,rois", images.toString()));
		assertEquals(0, segment(output, "--overwrite", "--threshold", "0.9",
			"--results", "labels,rois", "--subfolders", "--pattern", "*.tif", images
				.toString()));
		assertEquals(8, bytes(output).size(), bytes(output).keySet().toString());
		assertEquals(UNet.WRONG_INPUT, segment(output, "--overwrite",
			"--skip-existing", images.toString()));
		assertEquals(UNet.WRONG_INPUT, segment(output, "--overwrite", "--results",
			"pictures", images.toString()));
	}
}
