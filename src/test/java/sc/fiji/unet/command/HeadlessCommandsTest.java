
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.job.TrainJob;
import sc.fiji.unet.job.TrainingImages;
import sc.fiji.unet.job.TrainingInput;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.tensorflow.TensorFlowFactory;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingPlan;

/**
 * The commands through SciJava, without windows, with a network that is hardly
 * trained: at threshold 0 everything is foreground.
 */
public class HeadlessCommandsTest {

	private static final String PLAN =
		"{ \"network\": { \"features\": [ 2, 4 ] }, \"patchSize\": [ 16 ], \"batchSize\": 1, \"updatesPerEpoch\": 2 }";
	private static final int SIZE = 32;

	@TempDir
	static Path folder;

	private static File model;
	/** Called back by a macro. */
	private static Callable<CommandModule> call;
	private static CommandModule called;

	@BeforeAll
	static void train() throws Exception {
		model = folder.resolve("model.zip").toFile();
		new TrainJob(TrainingInput.of(TrainingImages.of("cells", SampleFiles
			.samples("cells", stack("cells", 2), labels(2), ChannelSelection.all())))
			.withValidation("", 0), TrainingPlan.fromJson(PLAN).toBuilder().length(
				TrainingLength.updates(2)).build(), model.toPath(),
			new TensorFlowFactory()).run();
	}

	private static ImagePlus stack(final String title, final int slices) {
		final ImagePlus image = IJ.createHyperStack(title, SIZE, SIZE, 1, slices, 1,
			8);
		for (int i = 1; i <= slices; i++)
			image.getStack().setProcessor(boxes(200, 200), i);
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().setUnit("micron");
		return image;
	}

	static ImagePlus labels(final int slices) {
		final ImagePlus image = stack("labels", slices);
		for (int i = 1; i <= slices; i++)
			image.getStack().setProcessor(boxes(255, 255), i);
		return image;
	}

	private static ByteProcessor boxes(final int first, final int second) {
		final ByteProcessor boxes = new ByteProcessor(SIZE, SIZE);
		boxes.setValue(first);
		boxes.fillRect(3, 3, 10, 10);
		boxes.setValue(second);
		boxes.fillRect(16, 14, 12, 12);
		return boxes;
	}

	static CommandModule run(final Class<? extends UNetCommand> command,
		final Object... inputs) throws Exception
	{
		try (Context context = new Context()) {
			return context.getService(CommandService.class).run(command, true, inputs)
				.get();
		}
	}

	private static CommandModule segment(final ImagePlus image,
		final Object... more) throws Exception
	{
		final Object[] inputs = { "image", image, "model", model, "threshold", "0",
			"minsize", "0", "device", "cpu" };
		final Object[] all = Arrays.copyOf(inputs, inputs.length + more.length);
		System.arraycopy(more, 0, all, inputs.length, more.length);
		return run(SegmentImage.class, all);
	}

	static void assertDone(final CommandModule module) {
		assertFalse(module.isCanceled(), module.getCancelReason());
	}

	static void assertRefused(final CommandModule module, final String... parts) {
		assertTrue(module.isCanceled(), "it was done");
		for (final String part : parts)
			assertTrue(module.getCancelReason().contains(part), module
				.getCancelReason());
	}

	@Test
	void segmentsACalibratedStack() throws Exception {
		final ImagePlus image = stack("s", 3);
		final CommandModule module = segment(image, "probability", true);
		assertDone(module);
		final ImagePlus labels = (ImagePlus) module.getOutput("labelImage");
		final ImagePlus probability = (ImagePlus) module.getOutput(
			"probabilityImage");
		for (final ImagePlus result : new ImagePlus[] { labels, probability }) {
			assertArrayEquals(image.getDimensions(), result.getDimensions());
			assertEquals(0.25, result.getCalibration().pixelWidth);
			assertEquals("micron", result.getCalibration().getUnit());
		}
		assertEquals(1, labels.getStack().getProcessor(2).getf(0));
		final double p = probability.getStack().getProcessor(3).getf(5, 5);
		assertTrue(p > 0 && p < 1, "probability " + p);
		assertEquals(3, image.getOverlay().size());
		assertEquals(3, image.getOverlay().get(2).getPosition());
		assertEquals("foreground#1", image.getOverlay().get(2).getName());
	}

	@Test
	void joinsSlicesAndMeasuresWhatWasJoined() throws Exception {
		final ImagePlus image = stack("s", 3);
		image.getCalibration().pixelDepth = 2;
		final CommandModule[] joined = new CommandModule[1];
		final String said = said(() -> joined[0] = segment(image, "table", true,
			"linkz", true));
		assertDone(joined[0]);
		assertFalse(said.contains("counted in each slice"), said);
		final ResultsTable objects = (ResultsTable) joined[0].getOutput(
			"objectTable");
		assertEquals(3, objects.size());
		assertEquals("s", objects.getStringValue("Image", 2));
		assertEquals(SIZE * SIZE * 0.25, objects.getValue("Area", 2), 1e-9);
		assertEquals(3 * 2 * SIZE * SIZE * 0.25, objects.getValue("Volume", 2),
			1e-9);
		final ResultsTable summary = (ResultsTable) joined[0].getOutput(
			"summaryTable");
		assertEquals(1, summary.getValue("Objects", 0));
		assertEquals(3, summary.getValue("Slices", 0));
		assertEquals(100, summary.getValue("%Area", 0), 1e-9);
		assertTrue(said(() -> segment(image)).contains(
			"Objects are counted in each slice, not joined in Z"), "it is said");
	}

	@Test
	void segmentsTheSliceThatWasShownWhenItBegan() throws Exception {
		final ImagePlus image = new ImagePlus("s", stack("s", 5).getStack()) {

			/** Somebody goes on as soon as it is known. */
			@Override
			public int getCurrentSlice() {
				final int slice = super.getCurrentSlice();
				if (slice == 2) setSlice(5);
				return slice;
			}
		};
		image.setSlice(2);
		final Roi mine = new Roi(1, 1, 4, 4);
		image.setOverlay(new Overlay(mine));
		final CommandModule module = segment(image, "region", "slice");
		assertDone(module);
		final ImagePlus labels = (ImagePlus) module.getOutput("labelImage");
		assertEquals(1, labels.getStackSize());
		assertEquals(1, labels.getProcessor().getf(9, 9));
		assertNull(module.getOutput("probabilityImage"));
		assertEquals(2, image.getOverlay().size());
		assertEquals(mine, image.getOverlay().get(0));
		assertEquals(2, image.getOverlay().get(1).getPosition());
	}

	@Test
	void segmentsASelection() throws Exception {
		final ImagePlus image = stack("s", 1);
		image.setRoi(4, 6, 10, 12);
		final CommandModule module = segment(image, "region", "selection");
		assertDone(module);
		final ImagePlus labels = (ImagePlus) module.getOutput("labelImage");
		for (int y = 0; y < SIZE; y++)
			for (int x = 0; x < SIZE; x++)
				assertEquals(x >= 4 && x < 14 && y >= 6 && y < 18 ? 1 : 0, labels
					.getProcessor().getf(x, y), x + ", " + y);
		assertEquals(0, image.getOverlay().get(0).getPosition());
		image.deleteRoi();
		assertRefused(segment(image, "region", "selection"), "no selection",
			"region=all");
	}

	@Test
	void valuesAreCheckedWhereverTheyComeFrom() throws Exception {
		final ImagePlus image = stack("s", 1);
		assertRefused(segment(image, "averaging", "both"), "averaging=both",
			"none, flips, symmetries, rotations");
		assertRefused(segment(image, "region", "some"), "all, slice, selection");
		assertRefused(segment(image, "minsize", "NaN"), "minsize=NaN",
			"whole number");
		assertRefused(segment(image, "minsize", "10.7"), "minsize=10.7");
		assertRefused(segment(image, "threshold", "NaN"), "threshold=NaN");
		assertRefused(segment(image, "threshold", "1.5"), "between 0 and 1");
		assertRefused(run(ComputeWeightMap.class, "image", labels(1), "sigma", 0.0),
			"sigma=0", "0.01 or more");
		assertRefused(run(ComputeWeightMap.class, "image", labels(1), "w0",
			Double.NaN), "w0=NaN", "must be a number");
		assertRefused(run(ComputeWeightMap.class, "image", labels(1), "labelkind",
			"classes"), "auto, mask, instances");
		assertNull(image.getOverlay(), "nothing was done");
	}

	@Test
	void averagingIsKnownInTurkishToo() throws Exception {
		final Locale before = Locale.getDefault();
		Locale.setDefault(new Locale("tr"));
		try {
			for (final String averaging : Arrays.asList("flips", "symmetries",
				"rotations"))
				assertDone(segment(stack("s", 1), "averaging", averaging));
		}
		finally {
			Locale.setDefault(before);
		}
	}

	/** What a macro hands over: titles of images that need not have a window. */
	public static String callBack() throws Exception {
		called = call.call();
		return "";
	}

	@Test
	void trainsOnOpenStacks() throws Exception {
		final Path plan = Files.write(folder.resolve("plan.json"), PLAN.getBytes(
			StandardCharsets.UTF_8));
		final File target = folder.resolve("open.zip").toFile();
		final ImagePlus[] open = { stack("my cells", 3), labels(3) };
		call = () -> {
			for (final ImagePlus image : open)
				image.show();
			try {
				return run(TrainUNet.class, "data", "Open stacks", "images", new File(
					"my cells"), "labels", new File("labels"), "model", target, "plan",
					plan.toFile(), "minutes", 0.02, "device", "cpu");
			}
			finally {
				for (final ImagePlus image : open)
					image.close();
			}
		};
		final String said = said(() -> IJ.runMacro("setBatchMode(true); call('" +
			getClass().getName() + ".callBack'); setBatchMode(false);"));
		WindowManager.setTempCurrentImage(null);
		assertNotNull(called, said);
		assertDone(called);
		assertTrue(target.exists(), said);
		assertTrue(said.contains("2 images are trained on, 1 held out"), said);
		assertTrue(said.contains("Model saved: "), said);
		assertTrue(called.getOutput("result").toString().contains("finished"),
			"result " + called.getOutput("result"));
		final ImagePlus predictions = (ImagePlus) called.getOutput("predictions");
		assertEquals("open predictions", predictions.getTitle());
		assertEquals(1, predictions.getStackSize(), "one image was held out");
		assertEquals(4 * 512 + 5 * 8, predictions.getWidth());
		assertFalse(said.contains("Exception"), said);
	}

	/** Auto is the default; fields of the dialog win over what it derives. */
	@Test
	void whatIsDerivedIsSaidAndWhatIsGivenWins() throws Exception {
		final Path images = Files.createDirectories(folder.resolve("auto/images"));
		final Path truth = Files.createDirectories(folder.resolve("auto/labels"));
		for (final String name : Arrays.asList("a.tif", "b.tif")) {
			IJ.saveAsTiff(stack("cells", 2), images.resolve(name).toString());
			IJ.saveAsTiff(labels(2), truth.resolve(name).toString());
		}
		final File target = folder.resolve("auto.zip").toFile();
		for (final String preset : Arrays.asList("", "auto")) {
			final Object[] inputs = { "images", images.toFile(), "labels", truth
				.toFile(), "model", target, "overwrite", true, "minutes", 0.0,
				"settings", "network.base: 2, batchSize: 1, updates: 2", "device",
				"cpu", "preset", preset };
			final String said = said(() -> called = run(TrainUNet.class, preset
				.isEmpty() ? Arrays.copyOf(inputs, inputs.length - 2) : inputs));
			assertDone(called);
			assertTrue(said.contains("so the network pools 3 times"), said);
			assertTrue(said.contains(
				"Given, and so not derived: network.base 2, batchSize 1."), said);
			final TrainingPlan plan = TrainingPlan.fromJson(ModelPackage.text(target
				.toPath(), ModelPackage.PLAN).get());
			assertArrayEquals(new int[] { 2, 4, 8, 16 }, plan.network().features());
			assertArrayEquals(new long[] { SIZE, SIZE }, plan.patchSize());
			assertEquals(1, plan.batchSize());
		}
	}

	@Test
	void predictionsStandBesideTheirTargets() throws Exception {
		final Path data = folder.resolve("compare");
		Files.createDirectories(data);
		IJ.saveAsTiff(stack("cells", 2), data.resolve("cells.tif").toString());
		IJ.saveAsTiff(labels(2), data.resolve("cells_mask.tif").toString());
		final CommandModule module = run(PredictionBesideTarget.class, "images",
			data.toFile(), "labels", data.toFile(), "model", model, "threshold", "0",
			"device", "cpu");
		assertDone(module);
		final ImagePlus predictions = (ImagePlus) module.getOutput("predictions");
		assertEquals("model predictions", predictions.getTitle());
		assertEquals(24, predictions.getBitDepth());
		// At threshold 0 everything is foreground: 244 of 1024 pixels are.
		assertEquals("cells-2: IoU 0.238, F1 0.385", predictions.getStack()
			.getSliceLabel(2));
		assertRefused(run(PredictionBesideTarget.class, "images", data.toFile(),
			"labels", data.toFile(), "model", model, "threshold", "high"),
			"threshold=high");
		assertRefused(run(PredictionBesideTarget.class, "images", data.toFile(),
			"labels", data.toFile(), "model", folder.resolve("none").toFile()),
			"none");
	}

	@Test
	void whatIsNotThereIsNamed() throws Exception {
		final File none = folder.resolve("none").toFile();
		final File target = folder.resolve("new.zip").toFile();
		assertRefused(run(TrainUNet.class, "data", "Open stacks", "images",
			new File("nothing"), "labels", new File("nothing"), "model", target),
			"no open image with the title 'nothing'");
		assertRefused(run(TrainUNet.class, "data", "Open stacks", "images",
			new File("nothing"), "labels", new File("nothing"), "model", target,
			"series", 2), "series=2 has no meaning for open images");
		assertRefused(run(TrainUNet.class, "images", none, "labels", none, "model",
			target, "plan", new File("no-plan.json")),
			"There is no plan file 'no-plan.json'");
		assertRefused(run(TrainUNet.class, "images", none, "labels", none, "model",
			target, "ignore", "2.5"), "ignore=2.5");
		assertRefused(segment(stack("s", 1), "model", none), "none");
	}

	static String said(final Callable<?> test) throws Exception {
		final PrintStream out = System.out;
		final ByteArrayOutputStream said = new ByteArrayOutputStream();
		System.setOut(new PrintStream(said, true));
		try {
			test.call();
		}
		finally {
			System.setOut(out);
		}
		return said.toString();
	}
}
