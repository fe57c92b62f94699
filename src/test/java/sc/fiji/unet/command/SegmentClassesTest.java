
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

import java.awt.Color;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ClassColours;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.job.TrainJob;
import sc.fiji.unet.job.TrainingImages;
import sc.fiji.unet.job.TrainingInput;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.tensorflow.TensorFlowFactory;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingPlan;

/** Segment with a model of three classes, without windows. */
class SegmentClassesTest {

	private static final String PLAN =
		"{ \"network\": { \"features\": [ 8, 8 ], \"batchNormalization\": false }, \"patchSize\": [ 32 ]," +
			" \"batchSize\": 2, \"updatesPerEpoch\": 50, \"augmentation\": {}, \"optimizer\": { \"averageDecay\": 0 } }";
	private static final int SIZE = 32;
	private static final List<String> CLASSES = Arrays.asList("class 1",
		"class 2");

	@TempDir
	static Path folder;

	private static Path model;

	/** Grey and bright boxes are classes of their own. */
	@BeforeAll
	static void train() throws Exception {
		model = folder.resolve("classes.zip");
		final ImagePlus labels = stack(100, 200);
		new TrainJob(TrainingInput.of(TrainingImages.of("boxes", SampleFiles
			.samples("boxes", stack(110, 240), labels, ChannelSelection.all())))
			.withLabels(LabelKind.CLASSES, OptionalInt.empty()).withValidation("", 0),
			TrainingPlan.fromJson(PLAN).toBuilder().length(TrainingLength.updates(
				150)).learningRate(0.01).build(), model, new TensorFlowFactory()).run();
	}

	private static ImagePlus stack(final int first, final int second) {
		final ImagePlus image = IJ.createHyperStack("s", SIZE, SIZE, 1, 2, 1, 8);
		for (int i = 1; i <= 2; i++) {
			final ByteProcessor boxes = new ByteProcessor(SIZE, SIZE);
			boxes.setValue(first);
			boxes.fillRect(3, 3, 10, 10);
			boxes.setValue(second);
			boxes.fillRect(16, 14 + i, 12, 12);
			image.getStack().setProcessor(boxes, i);
		}
		image.getCalibration().pixelWidth = 0.25;
		return image;
	}

	private static CommandModule segment(final ImagePlus image,
		final Object... more) throws Exception
	{
		final Object[] inputs = { "image", image, "model", model.toFile(),
			"minsize", "0", "device", "cpu" };
		final Object[] all = Arrays.copyOf(inputs, inputs.length + more.length);
		System.arraycopy(more, 0, all, inputs.length, more.length);
		try (Context context = new Context()) {
			final CommandModule module = context.getService(CommandService.class).run(
				SegmentImage.class, true, all).get();
			assertFalse(module.isCanceled(), module.getCancelReason());
			return module;
		}
	}

	@Test
	void theMaskHasTheLabelValuesAndTheColoursOfTheClasses() throws Exception {
		final ImagePlus image = stack(110, 240);
		final CommandModule module = segment(image, "classes", true, "probability",
			true);
		final ImagePlus mask = (ImagePlus) module.getOutput("classImage");
		assertEquals("s classes", mask.getTitle());
		assertEquals(8, mask.getBitDepth());
		assertArrayEquals(image.getDimensions(), mask.getDimensions());
		assertEquals(0.25, mask.getCalibration().pixelWidth);
		assertEquals(100, mask.getStack().getProcessor(1).get(8, 8));
		assertEquals(200, mask.getStack().getProcessor(2).get(22, 22));
		assertEquals(new TreeSet<>(Arrays.asList(0, 100, 200)), values(mask));
		assertEquals(ClassColours.of(2), new Color(mask.getProcessor()
			.getColorModel().getRGB(200)));
		final CompositeImage probability = (CompositeImage) module.getOutput(
			"probabilityImage");
		assertEquals(IJ.COMPOSITE, probability.getMode());
		assertEquals("class 2", probability.getStack().getSliceLabel(2));
		assertEquals(ClassColours.of(2).getRGB(), probability.getChannelLut(2)
			.getRGB(255));
	}

	private static TreeSet<Integer> values(final ImagePlus mask) {
		final TreeSet<Integer> values = new TreeSet<>();
		for (int s = 1; s <= mask.getStackSize(); s++)
			for (int i = 0; i < SIZE * SIZE; i++)
				values.add(mask.getStack().getProcessor(s).get(i));
		return values;
	}

	@Test
	void outlinesHaveTheColourAndTheNameOfTheirClass() throws Exception {
		final ImagePlus image = stack(110, 240);
		final CommandModule module = segment(image);
		assertNull(module.getOutput("classImage"), "nobody asked for it");
		final TreeSet<String> seen = new TreeSet<>();
		for (final Roi roi : image.getOverlay()) {
			final String name = roi.getName().replaceAll("#\\d+$", "");
			assertEquals(ClassColours.of(1 + CLASSES.indexOf(name)), roi
				.getStrokeColor(), roi.getName());
			seen.add(name);
		}
		assertEquals(new TreeSet<>(CLASSES), seen);
	}

	@Test
	void tablesHaveTheClassesAndAllThatIsInTheImage() throws Exception {
		final ImagePlus image = stack(110, 240);
		final CommandModule module = segment(image, "table", true);
		final ResultsTable objects = (ResultsTable) module.getOutput("objectTable");
		final ResultsTable summary = (ResultsTable) module.getOutput(
			"summaryTable");
		assertEquals(image.getOverlay().size(), objects.size());
		for (int row = 0; row < objects.size(); row++) {
			final Roi roi = image.getOverlay().get(row);
			assertEquals(roi.getName(), objects.getStringValue("Class", row) + "#" +
				(int) objects.getValue("Object", row));
			assertEquals(roi.getPosition(), objects.getValue("Slice", row));
			final ImageProcessor plane = image.getStack().getProcessor(roi
				.getPosition());
			plane.setRoi(roi);
			assertEquals(plane.getStats().mean, objects.getValue("Mean", row), 1e-9);
			assertEquals(0.25 * plane.getStats().pixelCount, objects.getValue("Area",
				row), 1e-9);
		}
		assertEquals(1, summary.size());
		assertEquals(objects.size(), summary.getValue("Objects", 0));
		assertEquals(objects.size(), summary.getValue("Objects_class 1", 0) +
			summary.getValue("Objects_class 2", 0));
		assertEquals(ModelPackage.sha256(model), summary.getStringValue(
			"Model_SHA256", 0));
		assertTrue(summary.getStringValue("Remark", 0).contains(
			"counted in each slice"), summary.getStringValue("Remark", 0));
		assertNull(segment(image).getOutput("objectTable"), "nobody asked for it");
	}

	@Test
	void outsideOfTheSelectionTheMaskIsEmpty() throws Exception {
		final ImagePlus image = stack(110, 240);
		image.setRoi(4, 4, 6, 6);
		final ImagePlus mask = (ImagePlus) segment(image, "classes", true, "region",
			"selection", "labels", false, "overlay", false).getOutput("classImage");
		assertEquals(1, mask.getStackSize());
		assertEquals(100, mask.getProcessor().get(7, 7));
		assertEquals(0, mask.getProcessor().get(11, 11));
		assertNull(image.getOverlay());
	}
}
