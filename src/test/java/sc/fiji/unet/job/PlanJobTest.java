
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.labeling.TestImages;
import sc.fiji.unet.train.Machine;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingPlan;

/** What is derived from images, without a training. */
class PlanJobTest {

	@TempDir
	Path folder;

	private static TrainingInput input() {
		return TrainJobTest.input(Arrays.asList(TrainJobTest.sample("a"),
			TrainJobTest.sample("b")), "b");
	}

	private static PlanJob job() {
		return new PlanJob(input(), Preset.AUTO.plan(), new BrightEngine());
	}

	@Test
	void writesAPlanWithNothingLeftOpen() throws IOException {
		final Path file = folder.resolve("plan.json");
		final PlanJob.Result result = job().output(file, false).run();
		assertEquals(Collections.emptySet(), result.plan().auto());
		assertEquals(result.plan(), PlanFile.read(file, p -> p));
		assertEquals(result.plan(), new PlanJob(input(), PlanFile.read(file,
			p -> p), new BrightEngine()).run().plan(), "it is followed as it is");
		assertEquals(32, result.plan().patchSize()[0], "the size of the images");
		assertTrue(result.sentences().stream().anyMatch(s -> s.startsWith(
			"Half of the objects are up to 13 pixels across")), result.sentences()
				.toString());
		assertTrue(result.sentences().stream().anyMatch(s -> s.startsWith(
			"All of the objects touch another one; the outer")), result.sentences()
				.toString());
		assertThrows(IllegalArgumentException.class, () -> job().output(file, false)
			.run(), "it is there already");
		assertThrows(IllegalArgumentException.class, () -> job().output(folder
			.resolve("plan.txt"), false).run());
		assertThrows(IllegalArgumentException.class, () -> job().output(folder
			.resolve("none/plan.json"), false).run());
	}

	@Test
	void checkingDataSaysWhatWillBeDerived() {
		final List<String> said = new PreviewJob(input(), Preset.AUTO.plan())
			.machine(() -> Machine.cpu(2, 0)).check();
		assertTrue(said.stream().anyMatch(s -> s.contains("so the network pools")),
			said.toString());
		assertTrue(new PreviewJob(input(), Preset.FAST.plan()).machine(() -> {
			throw new AssertionError("nothing depends on the machine");
		}).check().stream().noneMatch(s -> s.contains("so the network pools")));
	}

	/** Three bright pixels in an image, which the percentile would cut off. */
	@Test
	void imagesAreNormalisedAsDerived() {
		final int side = 64;
		final float[] grey = new float[side * side];
		final int[] labels = new int[side * side];
		for (int i = 0; i < grey.length; i++)
			grey[i] = i % 10;
		for (int i = 2000; i < 2003; i++) {
			grey[i] = 1000;
			labels[i] = 1;
		}
		final TrainingInput few = TrainJobTest.input(Collections.singletonList(
			new RawSample("few", ArrayImgs.floats(grey, side, side, 1), ArrayImgs
				.ints(labels, side, side))), "");
		final TrainingSet derived = few.prepare(Preset.AUTO.plan());
		assertEquals(100, derived.plan().preprocessing().highPercentile());
		assertEquals(1, brightest(derived), 1e-6);
		assertTrue(brightest(few.prepare(Preset.FAST.plan())) > 100,
			"as fast leaves it");
	}

	private static double brightest(final TrainingSet set) {
		double most = 0;
		for (final Sample sample : set.samples().training())
			for (final float value : sample.image().update(null)
				.getCurrentStorageArray())
				most = Math.max(most, value);
		return most;
	}

	/** Sets whose objects an expert would treat differently. */
	@Test
	void realImagesGetAPlanThatSuitsTheirObjects() throws IOException {
		final TrainingPlan cells = real("dic-hela");
		final TrainingPlan nuclei = real("dsb2018-nuclei");
		assertTrue(cells.network().depth() > nuclei.network().depth());
		assertTrue(cells.patchSize()[0] > nuclei.patchSize()[0]);
		assertTrue(nuclei.patchSize()[0] <= 256, "images have 256 pixels");
		assertTrue(nuclei.target().weights().sigma() < cells.target().weights()
			.sigma());
		assertFalse(cells.target().weights().balanceClasses());
		assertEquals(cells.network().features()[0], nuclei.network().features()[0]);
	}

	private static TrainingPlan real(final String set) throws IOException {
		final Path path = TestImages.path(set);
		assertTrue(Files.isDirectory(path), set);
		return TrainingInput.of(TrainingImages.ofFolders(path.resolve("images"),
			path.resolve("labels"), "", ChannelSelection.all())).prepare(Preset.AUTO
				.plan().with("target.border=0"), () -> Machine.cpu(2, 0)).plan();
	}
}
