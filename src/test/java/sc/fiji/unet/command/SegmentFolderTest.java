
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.job.TrainJob;
import sc.fiji.unet.job.TrainingImages;
import sc.fiji.unet.job.TrainingInput;
import sc.fiji.unet.tensorflow.TensorFlowFactory;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingPlan;

/** Segment Folder without windows, through SciJava and in plain ImageJ. */
class SegmentFolderTest {

	private static final String PLAN =
		"{ \"network\": { \"features\": [ 2, 4 ] }, \"patchSize\": [ 16 ], \"batchSize\": 1, \"updatesPerEpoch\": 2 }";

	@TempDir
	static Path folder;

	private static File model;

	private File images;
	private File results;
	private String threadName;

	@BeforeAll
	static void train() throws Exception {
		model = folder.resolve("my model.zip").toFile();
		new TrainJob(TrainingInput.of(TrainingImages.of("cells", SampleFiles
			.samples("cells", HeadlessCommandsTest.labels(2), HeadlessCommandsTest
				.labels(2), ChannelSelection.all()))).withValidation("", 0),
			TrainingPlan.fromJson(PLAN).toBuilder().length(TrainingLength.updates(2))
				.build(), model.toPath(), new TensorFlowFactory()).run();
	}

	@BeforeEach
	void save(@TempDir final Path own) throws Exception {
		threadName = Thread.currentThread().getName();
		images = Files.createDirectory(own.resolve("images")).toFile();
		results = own.resolve("results").toFile();
		for (final String name : Arrays.asList("a.tif", "b.tif", "c.png"))
			ImageFiles.save(new ImagePlus("cells", HeadlessCommandsTest.labels(2)
				.getStack().getProcessor(1)), images.toPath().resolve(name), false);
	}

	@AfterEach
	void leaveTheMacro() {
		Macro.setOptions(null);
		Thread.currentThread().setName(threadName);
	}

	private CommandModule run(final Object... more) throws Exception {
		final Object[] inputs = { "input", images, "output", results, "model",
			model, "device", "cpu" };
		final Object[] all = Arrays.copyOf(inputs, inputs.length + more.length);
		System.arraycopy(more, 0, all, inputs.length, more.length);
		return HeadlessCommandsTest.run(SegmentFolder.class, all);
	}

	private List<String> written() throws Exception {
		try (Stream<Path> files = Files.list(results.toPath())) {
			return files.map(f -> f.getFileName().toString()).sorted().collect(
				Collectors.toList());
		}
	}

	@Test
	void writesWhatIsWantedAndGoesOn() throws Exception {
		final CommandModule module = run("pattern", "*.tif", "rois", true,
			"overlay", false);
		HeadlessCommandsTest.assertDone(module);
		assertEquals("2 images segmented.", module.getOutput("summary"));
		assertEquals(Arrays.asList("a_labels.tif", "a_rois.zip", "b_labels.tif",
			"b_rois.zip", "unet-files.jsonl", "unet-run.json"), written());
		assertEquals("1 image segmented, 2 done before.", run("rois", true,
			"overlay", false).getOutput("summary"));
		assertEquals("0 images segmented, 3 done before.", run("overlay", false)
			.getOutput("summary"), "nothing is taken away");
		HeadlessCommandsTest.assertRefused(run("threshold", "0.9"),
			"threshold was model, is now 0.9", "existing=overwrite");
		assertEquals("3 images segmented.", run("threshold", "0.9", "existing",
			"overwrite").getOutput("summary"));
	}

	@Test
	void valuesAreCheckedBeforeAnythingStarts() throws Exception {
		HeadlessCommandsTest.assertRefused(run("existing", "ask"), "existing=ask",
			"skip, overwrite");
		HeadlessCommandsTest.assertRefused(run("threshold", "high"),
			"threshold=high");
		HeadlessCommandsTest.assertRefused(run("minsize", "1.5"), "minsize=1.5");
		HeadlessCommandsTest.assertRefused(run("overlay", false, "labels", false),
			"No result is wanted");
		HeadlessCommandsTest.assertRefused(run("input", new File(images, "a.tif")),
			"is not a folder");
		HeadlessCommandsTest.assertRefused(run("pattern", "*.jpg"),
			"matches '*.jpg'");
		assertFalse(results.exists(), "nothing was written");
	}

	@Test
	void whereNothingCouldBeSegmentedTheMacroEnds() throws Exception {
		for (final File file : images.listFiles())
			Files.write(file.toPath(), new byte[0]);
		HeadlessCommandsTest.assertRefused(run(),
			"0 images segmented, 3 failed.\n- a.tif: Cannot open ", "\n- c.png: ");
	}

	/** What ImageJ's recorder writes, read again, is the same job. */
	@Test
	void whatIsRecordedGivesTheSameTask() throws Exception {
		final Map<String, Object> given = new LinkedHashMap<>();
		given.put("input", images);
		given.put("output", results);
		given.put("model", model);
		given.put("pattern", "*.{tif,png} [a]");
		given.put("subfolders", true);
		given.put("existing", "overwrite");
		given.put("channels", "2,1");
		given.put("diameter", 12.5);
		given.put("threshold", "0.25");
		given.put("minsize", "7");
		given.put("overlay", false);
		given.put("rois", true);
		given.put("classes", true);
		given.put("averaging", "flips");
		given.put("device", "gpu:1");
		try (Context context = new Context()) {
			final Module dialog = module(context);
			given.forEach(dialog::setInput);
			final StringBuilder macro = new StringBuilder();
			for (final String[] text : new CommandInputs(dialog).texts())
				macro.append(text[0]).append('=').append(MacroOptions.quote(text[1]))
					.append(' ');
			final Module replayed = module(context);
			new CommandInputs(replayed).set(MacroOptions.parse(macro.toString()));
			final Map<String, Object> expected = ((SegmentFolder) dialog
				.getDelegateObject()).task().description();
			assertEquals(Arrays.asList("labels", "rois", "classes"), expected.get(
				"results"));
			assertEquals(expected, ((SegmentFolder) replayed.getDelegateObject())
				.task().description());
		}
	}

	private static Module module(final Context context) {
		return context.getService(ModuleService.class).createModule(context
			.getService(CommandService.class).getCommand(SegmentFolder.class));
	}

	@Test
	void aMacroInPlainImageJDoesTheSame() throws Exception {
		Thread.currentThread().setName("Run$_test");
		Macro.setOptions("input=[" + images + "] output=" + results + " model=[" +
			model + "] overlay=false labels=true device=cpu");
		new PlainImageJ().run(SegmentFolder.class.getName());
		assertNull(IJ.getErrorMessage());
		assertEquals(Arrays.asList("a_labels.tif", "b_labels.tif", "c_labels.tif",
			"unet-files.jsonl", "unet-run.json"), written());
	}

	@Test
	void aMacroRunsInAnImageJWithoutWindows(@TempDir final Path imagej)
		throws Exception
	{
		final PlainImageJWindow.Result result = PlainImageJWindow.in(imagej)
			.runHeadless("run('Segment Folder', 'input=[" + images + "] output=" +
				results + " model=[" + model +
				"] existing=skip device=cpu'); print('went on');", Duration.ofMinutes(
					5));
		assertTrue(result.log.contains("3 images segmented.") && result.log
			.contains("went on"), result.log);
		assertEquals(8, written().size(), written().toString());
	}
}
