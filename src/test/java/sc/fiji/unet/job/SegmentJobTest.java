
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

import net.imglib2.FinalInterval;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.MeasurementTable;
import sc.fiji.unet.imagej.ObjectMeasurements;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.ModelReference;
import sc.fiji.unet.segment.TileProgress;
import sc.fiji.unet.train.TrainingPlan;

/** From a training to labels, with an engine that knows the answer. */
class SegmentJobTest {

	private static final int SIZE = 32;

	@TempDir
	Path folder;

	private final BrightEngine engine = new BrightEngine();

	/** Two bright squares; kind: 0 grey, 1 the same as RGB, 2 as 3 channels. */
	private static ImagePlus image(final int kind) {
		final ByteProcessor grey = new ByteProcessor(SIZE, SIZE);
		grey.setValue(200);
		grey.fillRect(2, 2, 8, 8);
		grey.fillRect(16, 16, 10, 10);
		if (kind == 0) return new ImagePlus("grey", grey);
		if (kind == 1) return new ImagePlus("rgb", (ColorProcessor) grey
			.convertToRGB());
		final ImagePlus channels = IJ.createHyperStack("channels", SIZE, SIZE, 3, 1,
			1, 8);
		for (int c = 1; c <= 3; c++)
			channels.getStack().setProcessor(grey.duplicate(), c);
		return channels;
	}

	private static ImagePlus labels(final int secondValue) {
		final ByteProcessor labels = new ByteProcessor(SIZE, SIZE);
		labels.setValue(1);
		labels.fillRect(2, 2, 8, 8);
		labels.setValue(secondValue);
		labels.fillRect(16, 16, 10, 10);
		return new ImagePlus("labels", labels);
	}

	private Path train(final ImagePlus image, final LabelKind kind)
		throws IOException
	{
		final Path model = folder.resolve("cells.zip");
		new TrainJob(TrainingInput.of(TrainingImages.of("cells", SampleFiles
			.samples("cells", image, labels(2), ChannelSelection.all()))).withLabels(
				kind, OptionalInt.empty()).withValidation("", 0), plan(), model, engine)
			.overwrite(true).run();
		return model;
	}

	private static TrainingPlan plan() {
		return TrainJobTest.plan();
	}

	private SegmentJob open(final Path model) throws IOException {
		return SegmentJob.open(model, engine, ExecutionConfig.auto());
	}

	private static ImageInput input(final ImagePlus image) {
		return ImageInput.of(image, ChannelSelection.all());
	}

	private static int[] values(final SegmentResult result, final int slice) {
		return result.labels().get(slice).update(null).getCurrentStorageArray();
	}

	@Test
	void whatWasTrainedOnCanBeSegmentedWhateverItIsStoredAs() throws IOException {
		for (int stored = 0; stored < 3; stored++) {
			final Path model = train(image(stored), LabelKind.INSTANCES);
			for (int kind = 0; kind < 3; kind++)
				try (SegmentJob job = open(model)) {
					final String what = "trained on kind " + stored + ", kind " + kind;
					final SegmentResult all = job.run(input(image(kind)), () -> false,
						TileProgress.NONE);
					assertEquals(2, all.objects(), what);
					final SegmentResult slice = job.run(input(image(kind)), 1, 1, null,
						() -> false, TileProgress.NONE);
					assertArrayEquals(values(all, 0), values(slice, 0), what);
				}
		}
	}

	@Test
	void coloursAreRefusedByAModelOfOneChannel() throws IOException {
		final ImagePlus colours = image(1);
		colours.getProcessor().set(0, 0x102030);
		try (SegmentJob job = open(train(image(0), LabelKind.INSTANCES))) {
			final String message = assertThrows(IllegalArgumentException.class,
				() -> job.run(input(colours), () -> false, TileProgress.NONE))
				.getMessage();
			assertTrue(message.contains("3 channels"), message);
		}
	}

	@Test
	void probabilitiesAreKeptWhereTheyAreWanted() throws IOException {
		try (SegmentJob job = open(train(image(0), LabelKind.INSTANCES))) {
			assertTrue(job.run(input(image(0)), () -> false, TileProgress.NONE)
				.probabilities().isEmpty(), "nobody wants them");
			final SegmentResult result = job.probabilities(true).run(input(image(0)),
				1, 1, FinalInterval.createMinSize(0, 0, 12, 12), () -> false,
				TileProgress.NONE);
			assertEquals(1, result.probabilities().get(0).getAt(4, 4, 0).get(), 1e-3);
			assertEquals(0, result.probabilities().get(0).getAt(20, 20, 0).get(),
				"outside of the region");
		}
	}

	@Test
	void objectsHaveTheNameOfTheirClass() throws IOException {
		final ImagePlus image = image(0);
		image.getProcessor().setValue(100);
		image.getProcessor().fillRect(2, 2, 8, 8);
		try (SegmentJob job = open(train(image, LabelKind.CLASSES))) {
			final SegmentResult result = job.run(input(image), () -> false,
				TileProgress.NONE);
			assertEquals(job.foregroundClasses(), Arrays.asList(result.className(0,
				1), result.className(0, 2)));
		}
	}

	@Test
	void imageUnlikeThoseOfTheTrainingIsSaidAndSegmented() throws IOException {
		final ImagePlus inverted = image(0);
		inverted.getProcessor().invert();
		final ImagePlus stack = IJ.createHyperStack("s", SIZE, SIZE, 1, 2, 1, 8);
		stack.getStack().setProcessor(image(0).getProcessor(), 1);
		stack.getStack().setProcessor(inverted.getProcessor(), 2);
		final List<String> said = new ArrayList<>();
		try (SegmentJob job = open(train(image(0), LabelKind.INSTANCES)).warnings(
			said::add))
		{
			assertEquals(2, job.run(input(image(0)), () -> false, TileProgress.NONE)
				.objects());
			assertEquals(Arrays.asList(), said, "an image of the training");
			job.run(input(inverted), () -> false, TileProgress.NONE);
			assertEquals(1, said.size(), said.toString());
			assertTrue(said.get(0).contains("looks inverted"), said.toString());
			job.run(input(stack), 1, 1, null, () -> false, TileProgress.NONE);
			assertEquals(1, said.size(), "the slice is as usual: " + said);
			job.run(input(stack), 2, 1, null, () -> false, TileProgress.NONE);
			assertEquals(2, said.size(), "the slice is inverted: " + said);
		}
	}

	@Test
	void planesAreReadOneByOneWhenTheirTurnComes() throws IOException {
		final ImagePlus stack = IJ.createHyperStack("s", SIZE, SIZE, 1, 2, 3, 8);
		for (int i = 1; i <= 6; i++) {
			stack.getStack().getProcessor(i).setValue(200);
			stack.getStack().getProcessor(i).fillRect(2, 2, 2 + i, 8);
		}
		try (SegmentJob job = open(train(image(0), LabelKind.INSTANCES))) {
			final SegmentResult all = job.minimumSize(0).run(input(stack),
				() -> false, TileProgress.NONE);
			assertEquals(6, all.labels().size());
			for (int t = 1; t <= 3; t++)
				for (int z = 1; z <= 2; z++)
					assertArrayEquals(values(all, (t - 1) * 2 + z - 1), values(job.run(
						input(stack), z, t, null, () -> false, TileProgress.NONE), 0), z +
							", " + t);
		}
	}

	/** A square that grows, goes and comes back, beside one that stays. */
	private static ImagePlus volumes() {
		final ImagePlus stack = IJ.createHyperStack("v", SIZE, SIZE, 1, 4, 2, 8);
		for (int i = 1; i <= 8; i++) {
			final ImageProcessor plane = stack.getStack().getProcessor(i);
			plane.setValue(200);
			if (i != 3) plane.fillRect(2, 2, 4 + i, 8);
			plane.fillRect(20, 20, 9, 9);
		}
		return stack;
	}

	@Test
	void slicesAreJoinedFrameByFrameWhereThatIsWanted() throws IOException {
		final List<String> said = new ArrayList<>();
		try (SegmentJob job = open(train(image(0), LabelKind.INSTANCES)).warnings(
			said::add).minimumSize(0))
		{
			final SegmentResult apart = job.run(input(volumes()), () -> false,
				TileProgress.NONE);
			assertEquals(15, apart.objects());
			assertFalse(apart.isJoined());
			assertTrue(said.contains(SegmentJob.NOT_JOINED), said.toString());
			assertTrue(apart.remarks().contains(SegmentJob.NOT_JOINED), apart
				.remarks().toString());
			said.clear();
			final SegmentResult joined = job.joinSlices(true).run(input(volumes()),
				() -> false, TileProgress.NONE);
			assertFalse(said.contains(SegmentJob.NOT_JOINED), said.toString());
			assertTrue(joined.isJoined());
			assertEquals(5, joined.objects(), "three in frame 1, two in frame 2");
			for (int i = 0; i < 8; i++) {
				assertEquals(2, joined.labels().get(i).getAt(22, 22).get(), "slice " +
					i);
				assertEquals(i == 2 ? 0 : i == 3 ? 3 : 1, joined.labels().get(i).getAt(
					4, 4).get(), "slice " + i);
			}
			assertEquals("foreground", joined.className(3, 3));
			final MeasurementTable table = joined.measure("v").objects();
			assertEquals(15, table.size());
			assertEquals(4 * 81, table.numbers("Volume")[1]);
			assertEquals(5, joined.measure("v").summary(job.reference(), joined
				.remarks()).numbers("Objects")[0]);
		}
	}

	@Test
	void aSliceIsMeasuredWhereItLies() throws IOException {
		try (SegmentJob job = open(train(image(0), LabelKind.INSTANCES))
			.minimumSize(0))
		{
			final SegmentResult slice = job.run(input(volumes()), 3, 2, FinalInterval
				.createMinSize(18, 18, 12, 12), () -> false, TileProgress.NONE);
			final ObjectMeasurements measured = slice.measure("v");
			assertEquals(3, measured.objects().numbers("Slice")[0]);
			assertEquals(2, measured.objects().numbers("Frame")[0]);
			assertEquals(24.5, measured.objects().numbers("X")[0]);
			assertEquals(100 * 81.0 / 144, measured.summary(job.reference(), slice
				.remarks()).numbers("%Area")[0], 1e-9);
			assertFalse(slice.remarks().contains(SegmentJob.NOT_JOINED), "one slice");
		}
	}

	@Test
	void theModelIsKnownByTheChecksumOfItsFile() throws IOException {
		final Path model = train(image(0), LabelKind.INSTANCES);
		try (SegmentJob job = open(model)) {
			assertEquals(new ModelReference("cells", ModelPackage.sha256(model)), job
				.reference());
		}
	}

	private static ImagePlus calibrated(final ImagePlus image,
		final double pixelSize)
	{
		image.getCalibration().setUnit("micron");
		image.getCalibration().pixelWidth = pixelSize;
		image.getCalibration().pixelHeight = pixelSize;
		return image;
	}

	/** Twice as large as in training, and a square of 5 pixels of the model. */
	private static ImagePlus enlarged() {
		final ByteProcessor grey = new ByteProcessor(2 * SIZE, 2 * SIZE);
		grey.setValue(200);
		grey.fillRect(4, 4, 16, 16);
		grey.fillRect(32, 32, 20, 20);
		grey.fillRect(40, 4, 10, 10);
		return new ImagePlus("enlarged", grey);
	}

	@Test
	void trainingStoresPixelSizeAndObjectDiameter() throws IOException {
		final ModelDescription model = ModelPackage.describe(train(calibrated(image(
			0), 0.4), LabelKind.INSTANCES));
		assertEquals(Axes.calibrated("\u00b5m", 0.4, 0.4), model.network().axes());
		assertEquals(2 * Math.sqrt(100 / Math.PI), model.objectDiameter(), 1e-9);
	}

	@Test
	void imagesAreScaledByPixelSizeOrDiameter() throws IOException {
		final Path model = train(calibrated(image(0), 0.4), LabelKind.INSTANCES);
		try (SegmentJob job = open(model)) {
			final ImageInput plain = input(enlarged());
			assertEquals(3, job.run(plain, () -> false, TileProgress.NONE).objects(),
				"as it is");
			final ImageInput same = input(calibrated(enlarged(), 0.2));
			assertTrue(job.scaling(same).contains("by 0.5, from 0.2 \u00b5m"), job
				.scaling(same));
			final SegmentResult bySize = job.probabilities(true).run(same,
				() -> false, TileProgress.NONE);
			assertEquals(2, bySize.objects(), "the third has less than 32 pixels");
			assertArrayEquals(new long[] { 64, 64, 1 }, bySize.probabilities().get(0)
				.dimensionsAsLongArray());
			assertEquals(1, bySize.probabilities().get(0).getAt(42, 42, 0).get(),
				1e-3);
			assertEquals(656, count(values(bySize, 0)), 16, "pixels of two squares");
			final SegmentResult part = job.run(same, 1, 1, FinalInterval
				.createMinSize(30, 30, 30, 30), () -> false, TileProgress.NONE);
			assertEquals(1, part.objects());
			job.diameter(2 * job.model().objectDiameter());
			assertArrayEquals(values(bySize, 0), values(job.run(plain, () -> false,
				TileProgress.NONE), 0), "by diameter");
			assertEquals(3, job.minimumSize(90).run(plain, () -> false,
				TileProgress.NONE).objects(), "a size that is given is the image's");
		}
	}

	private static long count(final int[] labels) {
		return Arrays.stream(labels).filter(label -> label > 0).count();
	}
}
