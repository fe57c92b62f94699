
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.segment.TileProgress;

/** What is adjusted is what Segment would have given, to the pixel. */
class PredictionTest {

	private static final int SIZE = 64;
	private static final Consumer<String> QUIET = sentence -> {};
	private static final ObjectSettings MODEL = ObjectSettings.ofModel();
	private static final List<ObjectSettings> SETTINGS = Arrays.asList(MODEL,
		MODEL.withThreshold(0.2), MODEL.withMinimumSize(0L), MODEL.withMinimumSize(
			60L).withThreshold(0.9), MODEL.withMinimumSize(3L).withSplit(0.15), MODEL
				.withMinimumSize(0L).withFilledHoles(true), MODEL.withMinimumSize(5L)
					.withExcludedEdges(true), MODEL.withMinimumSize(9L).withThreshold(
						0.05).withSplit(0.1).withExcludedEdges(true).withFilledHoles(true));

	@TempDir
	static Path folder;

	private static Path model;
	private static Path classes;

	@BeforeAll
	static void train() throws IOException {
		model = train("cells", LabelKind.INSTANCES);
		classes = train("classes", LabelKind.CLASSES);
	}

	private static Path train(final String name, final LabelKind kind)
		throws IOException
	{
		final ByteProcessor grey = new ByteProcessor(32, 32);
		final ByteProcessor labels = new ByteProcessor(32, 32);
		for (int i = 1; i <= 2; i++) {
			grey.setValue(127 * i);
			labels.setValue(i);
			for (final ImageProcessor plane : new ImageProcessor[] { grey, labels })
				plane.fillRect(2 + 14 * (i - 1), 2 + 14 * (i - 1), 8 + 2 * i, 8 + 2 *
					i);
		}
		final ImagePlus image = new ImagePlus(name, grey);
		image.getCalibration().setUnit("micron");
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight =
			0.4;
		final Path file = folder.resolve(name + ".zip");
		new TrainJob(TrainingInput.of(TrainingImages.of(name, SampleFiles.samples(
			name, image, new ImagePlus("labels", labels), ChannelSelection.all())))
			.withLabels(kind, OptionalInt.empty()).withValidation("", 0), TrainJobTest
				.plan(), file, new BrightEngine()).run();
		return file;
	}

	/** Blurred disks, some at the edge, some touching, some with holes. */
	private static ImagePlus image(final int slices, final int frames) {
		final ImagePlus image = IJ.createHyperStack("i", SIZE, SIZE, 1, slices,
			frames, 8);
		for (int i = 1; i <= slices * frames; i++) {
			final ImageProcessor plane = image.getStack().getProcessor(i);
			final Random random = new Random(i / 3);
			for (int disk = 0; disk < 14; disk++) {
				final int r = 3 + random.nextInt(7);
				plane.setValue(120 + random.nextInt(136));
				plane.fillOval(random.nextInt(SIZE) - r, random.nextInt(SIZE) - r, 2 *
					r, 2 * r);
				if (disk % 3 == 0) {
					plane.setValue(0);
					plane.fillOval(random.nextInt(SIZE), random.nextInt(SIZE), 4, 4);
				}
			}
			plane.set(i, i, 255);
			plane.blurGaussian(1);
		}
		return image;
	}

	private static SegmentJob open(final Path file) throws IOException {
		return SegmentJob.open(file, new BrightEngine(), ExecutionConfig.auto());
	}

	private static ImageInput input(final ImagePlus image) {
		return ImageInput.of(image, ChannelSelection.all());
	}

	private static SegmentResult run(final SegmentJob job, final ImageInput input,
		final Interval region)
	{
		return region == null ? job.run(input, () -> false, TileProgress.NONE) : job
			.run(input, 1, 1, region, () -> false, TileProgress.NONE);
	}

	/** Segment with each setting against Adjust from another one. */
	private static List<Integer> assertSame(final Path file,
		final ImagePlus image, final Interval region, final boolean joined,
		final List<ObjectSettings> settings) throws IOException
	{
		final List<Integer> counts = new ArrayList<>();
		final ImageInput input = input(image);
		final Prediction kept;
		try (SegmentJob job = open(file).predictions(true)) {
			kept = run(job, input, region).prediction().get();
		}
		for (final ObjectSettings setting : settings)
			try (SegmentJob job = open(file).joinSlices(joined).objects(setting)) {
				final SegmentResult expected = run(job, input, region);
				assertFalse(expected.prediction().isPresent(), "nobody wants it");
				for (final ObjectSettings same : new ObjectSettings[] { setting, kept
					.inNumbers(setting) })
					assertEqual(expected, kept.adjust(input, same, joined, () -> false,
						TileProgress.NONE, QUIET), job);
				counts.add(expected.objects());
			}
		return counts;
	}

	private static void assertEqual(final SegmentResult expected,
		final SegmentResult adjusted, final SegmentJob job)
	{
		assertEquals(expected.objects(), adjusted.objects());
		assertEquals(expected.isJoined(), adjusted.isJoined());
		assertEquals(expected.remarks(), adjusted.remarks());
		assertEquals(expected.labels().size(), adjusted.labels().size());
		for (int i = 0; i < expected.labels().size(); i++)
			assertArrayEquals(values(expected, i), values(adjusted, i));
		assertEquals(expected.measure("i").objects().toCsv(), adjusted.measure("i")
			.objects().toCsv());
		assertArrayEquals(expected.measure("i").summary(job.reference(), expected
			.remarks()).numbers("%Area"), adjusted.measure("i").summary(job
				.reference(), adjusted.remarks()).numbers("%Area"));
	}

	private static int[] values(final SegmentResult result, final int slice) {
		return result.labels().get(slice).update(null).getCurrentStorageArray();
	}

	@Test
	void ofOneImage() throws IOException {
		final List<Integer> counts = assertSame(model, image(1, 1), null, false,
			SETTINGS);
		assertTrue(counts.stream().distinct().count() > 4,
			"settings that make a difference: " + counts);
	}

	@Test
	void ofASelection() throws IOException {
		final Interval region = FinalInterval.createMinSize(11, 7, 40, 45);
		assertSame(model, image(1, 1), region, false, SETTINGS);
		assertSame(model, image(2, 2), region, true, SETTINGS);
	}

	@Test
	void ofAScaledImage() throws IOException {
		final ImagePlus image = image(1, 1);
		image.getCalibration().setUnit("micron");
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight =
			0.2;
		assertSame(model, image, null, false, SETTINGS);
		try (SegmentJob job = open(model).predictions(true)) {
			final Prediction kept = run(job, input(image), null).prediction().get();
			assertEquals("" + 4 * job.model().postprocessing().minimumSize(), kept
				.inNumbers(MODEL).minimumSize(), "in pixels of the image");
		}
	}

	@Test
	void ofStacksJoinedAndApart() throws IOException {
		assertSame(model, image(4, 2), null, false, SETTINGS);
		assertSame(model, image(4, 2), null, true, SETTINGS);
	}

	@Test
	void ofSeveralClassesWithoutAThreshold() throws IOException {
		assertSame(classes, image(3, 1), null, true, Arrays.asList(MODEL, MODEL
			.withMinimumSize(4L).withSplit(0.2), MODEL.withMinimumSize(0L)
				.withFilledHoles(true).withExcludedEdges(true)));
		try (SegmentJob job = open(classes).predictions(true)) {
			final Prediction kept = run(job, input(image(1, 1)), null).prediction()
				.get();
			assertEquals("model", kept.inNumbers(MODEL).threshold());
			assertTrue(assertThrows(IllegalArgumentException.class, () -> kept.adjust(
				input(image(1, 1)), MODEL.withThreshold(0.5), false, () -> false,
				TileProgress.NONE, QUIET)).getMessage().contains(
					"has no meaning for the model 'classes'"));
		}
	}

	/**
	 * A square that reaches the edge in its third slice, and one that does not.
	 */
	@Test
	void whatTouchesTheEdgeInOneSliceIsDroppedFromAll() throws IOException {
		final ImagePlus stack = IJ.createHyperStack("v", SIZE, SIZE, 1, 4, 1, 8);
		for (int z = 1; z <= 4; z++) {
			final ImageProcessor plane = stack.getStack().getProcessor(z);
			plane.setValue(200);
			plane.fillRect(z == 3 ? 0 : 1, 10, 20, 20);
			plane.fillRect(40, 40, 10, 10);
		}
		final ObjectSettings edges = MODEL.withExcludedEdges(true);
		try (SegmentJob job = open(model).joinSlices(true)) {
			assertEquals(2, run(job, input(stack), null).objects());
			final SegmentResult joined = run(job.objects(edges), input(stack), null);
			assertEquals(1, joined.objects());
			assertEquals("foreground", joined.className(0, 1));
			final SegmentResult apart = run(job.joinSlices(false), input(stack),
				null);
			for (int slice = 0; slice < 4; slice++) {
				assertEquals(0, joined.labels().get(slice).getAt(10, 20).get());
				assertEquals(1, joined.labels().get(slice).getAt(45, 45).get());
				assertEquals(slice == 2 ? 0 : 1, apart.labels().get(slice).getAt(10, 20)
					.get(), "slice by slice");
			}
		}
	}

	@Test
	void oneSliceIsFoundAsIfItWereAlone() throws IOException {
		final ImageInput stack = input(image(2, 2));
		try (SegmentJob job = open(model).predictions(true)) {
			final Prediction kept = run(job, stack, null).prediction().get();
			assertEquals(4, kept.planes());
			assertEquals(2, kept.slices());
			for (int plane = 0; plane < 4; plane++)
				assertArrayEquals(values(kept.adjust(stack, MODEL, false, () -> false,
					TileProgress.NONE, QUIET), plane), values(kept.slice(stack, plane,
						MODEL, () -> false), 0));
			assertEquals(4.0 * SIZE * SIZE * 4, Prediction.bytes(job.model(), SIZE *
				SIZE, 4));
			assertEquals(Long.MAX_VALUE, Prediction.bytes(job.model(), 1L << 31, 1));
			assertThrows(CancellationException.class, () -> kept.adjust(stack, MODEL,
				false, () -> true, TileProgress.NONE, QUIET));
		}
	}

	@Test
	void anImageOfAnotherSizeIsRefused() throws IOException {
		final ImagePlus image = image(2, 1);
		try (SegmentJob job = open(model).predictions(true)) {
			final Prediction kept = run(job, input(image), null).prediction().get();
			image.getStack().deleteLastSlice();
			image.setStack(image.getStack());
			final String message = assertThrows(IllegalArgumentException.class,
				() -> kept.check("i", input(image))).getMessage();
			assertEquals(
				"'i' has 64 x 64 pixels now, but had 64 x 64 pixels, 2 slices when it was segmented, so that what was found lies elsewhere. Segment it again.",
				message);
		}
	}

	@Test
	void settingsSayWhatTheyAre() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> MODEL
			.withSplit(1.0)).getMessage().contains("Split 1.0 must be 0"));
		assertThrows(IllegalArgumentException.class, () -> MODEL.withThreshold(
			1.1));
		final ObjectSettings all = MODEL.withThreshold(0.25).withMinimumSize(7L)
			.withSplit(0.0).withExcludedEdges(true).withFilledHoles(true);
		assertEquals("{channels=all, diameter=0, threshold=0.25, minimumSize=7," +
			" split=0, excludeEdges=true, fillHoles=true, averaging=none," +
			" joinSlices=false}", SegmentSettings.ofModel().withObjects(all).texts()
				.toString());
	}
}
