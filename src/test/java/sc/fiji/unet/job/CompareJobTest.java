
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.FloatProcessor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.segment.TileProgress;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingPlan;

/** Predictions of a model for images with labels, whichever. */
class CompareJobTest {

	@TempDir
	Path folder;

	private final BrightEngine engine = new BrightEngine();
	private final List<Comparison> seen = new ArrayList<>();
	private Path model;

	@BeforeEach
	void train() throws IOException {
		model = folder.resolve("cells.zip");
		new TrainJob(TrainJobTest.input(Arrays.asList(TrainJobTest.sample("a"),
			TrainJobTest.sample("b")), "b"), TrainJobTest.plan(), model, engine)
			.run();
	}

	private void compare(final LabelKind kind, final RawSample... samples)
		throws IOException
	{
		try (CompareJob job = CompareJob.open(model, engine, ExecutionConfig
			.auto()))
		{
			job.run(TrainingImages.of("new", Arrays.asList(samples)), kind,
				OptionalInt.empty(), () -> false, seen::add);
		}
	}

	@Test
	void newImagesAreNormalisedAndPostprocessedAsForTheModel()
		throws IOException
	{
		compare(LabelKind.INSTANCES, TrainJobTest.sample("c"), TrainJobTest.sample(
			"d"));
		assertEquals(2, seen.size());
		assertEquals("d", seen.get(1).name());
		assertEquals(1, seen.get(0).iou());
	}

	@Test
	void theThresholdCanBeChosen() throws IOException {
		try (CompareJob job = CompareJob.open(model, engine, ExecutionConfig
			.auto()))
		{
			job.threshold(0).run(TrainingImages.of("new", Arrays.asList(TrainJobTest
				.sample("c"))), LabelKind.MASK, OptionalInt.empty(), () -> false,
				seen::add);
		}
		assertEquals(16 * 16 / 1024.0, seen.get(0).iou(),
			"everything is foreground");
	}

	/** Twice as large as the images of the training, with a line of one pixel. */
	private static RawSample enlarged() {
		final float[] grey = new float[64 * 64];
		final int[] labels = new int[64 * 64];
		for (int y = 0; y < 64; y++)
			for (int x = 0; x < 64; x++) {
				final boolean inside = x >= 16 && x < 48 && y >= 16 && y < 48;
				grey[64 * y + x] = inside && x != 20 || x == 56 ? 200 : 0;
				labels[64 * y + x] = inside ? 1 : 0;
			}
		return new RawSample("enlarged", ArrayImgs.floats(grey, 64, 64, 1),
			ArrayImgs.ints(labels, 64, 64));
	}

	@Test
	void imagesAreScaledAsInSegmenting() throws IOException {
		final RawSample sample = enlarged();
		final int[] segmented;
		final double diameter;
		try (SegmentJob job = SegmentJob.open(model, engine, ExecutionConfig
			.auto()))
		{
			diameter = 2 * job.model().objectDiameter();
			segmented = job.diameter(diameter).run(ImageInput.of(new ImagePlus("",
				new FloatProcessor(64, 64, ((ArrayImg<FloatType, FloatArray>) sample
					.image()).update(null).getCurrentStorageArray())), ChannelSelection
						.all()), () -> false, TileProgress.NONE).labels().get(0).update(
							null).getCurrentStorageArray();
		}
		final List<String> sentences = new ArrayList<>();
		for (final double pixels : new double[] { diameter, 0 })
			try (CompareJob job = CompareJob.open(model, engine, ExecutionConfig
				.auto()))
			{
				job.diameter(pixels).scaling(sentences::add).run(TrainingImages.of(
					"new", Arrays.asList(sample)), LabelKind.INSTANCES, OptionalInt
						.empty(), () -> false, seen::add);
			}
		assertArrayEquals(segmented, pixels(seen.get(0)));
		assertFalse(Arrays.equals(segmented, pixels(seen.get(1))),
			"the line makes a difference");
		assertTrue(sentences.get(0).startsWith("The image was scaled by 0.5"),
			sentences.get(0));
	}

	private static int[] pixels(final Comparison comparison) {
		return comparison.prediction().update(null).getCurrentStorageArray();
	}

	@Test
	void imagesOfAnotherKindAreRefused() {
		final RawSample two = new RawSample("two", ArrayImgs.floats(32, 32, 2),
			TrainJobTest.sample("x").labels());
		two.image().randomAccess().setPositionAndGet(1, 1, 1).setReal(7);
		final String channels = assertThrows(IllegalArgumentException.class,
			() -> compare(LabelKind.INSTANCES, two)).getMessage();
		assertTrue(channels.contains("2 channels") && channels.contains(
			"choose the channels"), channels);
		final String classes = assertThrows(IllegalArgumentException.class,
			() -> compare(LabelKind.CLASSES, TrainJobTest.sample("c"))).getMessage();
		assertTrue(classes.contains("does not know: 1, 2;") && classes.contains(
			"0, 255") && classes.contains("labelkind=mask"), classes);
	}

	@Test
	void imagesWithoutAnObjectAreComparedToo() throws IOException {
		final RawSample nothing = new RawSample("nothing", TrainJobTest.sample("c")
			.image(), ArrayImgs.ints(32, 32));
		for (final LabelKind kind : new LabelKind[] { LabelKind.AUTO,
			LabelKind.MASK, LabelKind.INSTANCES })
			compare(kind, nothing);
		assertEquals(3, seen.size());
		for (final Comparison comparison : seen)
			assertEquals(256. / 1024, comparison.pixelError(), 1e-12,
				"all that was found is wrong");
	}

	/** Four squares of one class each; of a class in the middle by grey. */
	private static RawSample classes(final String name, final int... values) {
		final float[] grey = new float[32 * 32];
		final int[] labels = new int[32 * 32];
		for (int i = 0; i < labels.length; i++) {
			final int quarter = i / 512 * 2 + i % 32 / 16;
			labels[i] = values[quarter];
			grey[i] = values[quarter];
		}
		// Whatever occurs, grey values are normalised from the same range.
		Arrays.fill(grey, 0, 16, 0);
		Arrays.fill(grey, 1008, 1024, 200);
		return new RawSample(name, ArrayImgs.floats(grey, 32, 32, 1), ArrayImgs
			.ints(labels, 32, 32));
	}

	private void trainClasses() throws IOException {
		model = folder.resolve("classes.zip");
		new TrainJob(TrainingInput.of(TrainingImages.of("classes", Arrays.asList(
			classes("a", 0, 100, 200, 0), classes("b", 0, 100, 200, 100))))
			.withLabels(LabelKind.CLASSES, OptionalInt.empty()).withValidation("b",
				0), TrainingPlan.fromJson(
					"{ \"network\": { \"features\": [ 1, 1 ], \"padding\": \"same\", \"classes\": [ \"background\", \"inside\", \"rim\" ] }, \"patchSize\": [ 32 ], \"batchSize\": 1, \"updatesPerEpoch\": 2 }")
					.toBuilder().length(TrainingLength.updates(4)).build(), model, engine)
			.run();
	}

	@Test
	void classesHaveTheValuesOfTheTrainingWhicheverOccur() throws IOException {
		trainClasses();
		compare(LabelKind.AUTO, classes("rim", 0, 200, 200, 200));
		final Comparison comparison = seen.get(0);
		assertEquals(2, comparison.truth().getAt(20, 4).get(),
			"200 is the third class, though the second does not occur");
		assertEquals(2, comparison.prediction().getAt(20, 4).get());
		compare(LabelKind.AUTO, classes("background", 0, 0, 0, 0));
		assertEquals(0, seen.get(1).truth().getAt(20, 20).get());
	}

	@Test
	void ofSeveralClassesEachHasItsScore() throws IOException {
		trainClasses();
		compare(LabelKind.AUTO, classes("c", 0, 100, 200, 0));
		assertEquals("IoU 0.971 (inside 1.000, rim 0.941)", seen.get(0).scores(),
			"16 bright pixels of background: 256 / (256 + 16)");
	}

	@Test
	void ofSeveralClassesTheLikeliestCountsWithoutAThreshold()
		throws IOException
	{
		trainClasses();
		try (CompareJob job = CompareJob.open(model, engine, ExecutionConfig
			.auto()))
		{
			final String message = assertThrows(IllegalArgumentException.class,
				() -> job.threshold(0.3)).getMessage();
			assertTrue(message.contains("0.3") && message.contains("3 classes"),
				message);
		}
	}

	@Test
	void valuesThatTheModelDoesNotKnowAreRefused() throws IOException {
		trainClasses();
		final String message = assertThrows(IllegalArgumentException.class,
			() -> compare(LabelKind.CLASSES, classes("c", 0, 100, 200, 255)))
			.getMessage();
		assertTrue(message.contains("does not know: 255;") && message.contains(
			"0, 100, 200") && message.contains("ignore=255"), message);
		final String kind = assertThrows(IllegalArgumentException.class,
			() -> compare(LabelKind.MASK, classes("c", 0, 100, 200, 0))).getMessage();
		assertTrue(kind.contains("labelkind=mask") && kind.contains("3 classes"),
			kind);
	}
}
