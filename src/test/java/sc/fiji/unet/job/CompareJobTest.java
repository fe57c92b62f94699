
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.network.ExecutionConfig;

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
		assertTrue(classes.contains("3 classes"), classes);
	}
}
