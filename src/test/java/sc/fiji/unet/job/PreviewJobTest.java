
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.Screenshots;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingPlan;

import net.imglib2.img.array.ArrayImgs;

/** What is shown of which images, in pictures and in words. */
class PreviewJobTest {

	private static final int SIZE = 48;
	private static final TrainingPlan PLAN = TrainingPlan.fromJson(
		"{ \"network\": { \"features\": [ 2, 4 ] }, \"patchSize\": [ 32 ], \"target\": { \"border\": 0 } }");

	@TempDir
	Path folder;

	/** Two boxes; the lowest lines have the value 9. */
	private static RawSample sample(final String name) {
		final float[] image = new float[SIZE * SIZE];
		final int[] labels = new int[SIZE * SIZE];
		for (int y = 8; y < 24; y++) {
			Arrays.fill(labels, y * SIZE + 6, y * SIZE + 20, 1);
			Arrays.fill(labels, y * SIZE + 22, y * SIZE + 40, 2);
		}
		for (int i = 0; i < image.length; i++)
			image[i] = 100 * labels[i] + i % 50;
		Arrays.fill(labels, 40 * SIZE, SIZE * SIZE, 9);
		return new RawSample(name, ArrayImgs.floats(image, SIZE, SIZE, 1), ArrayImgs
			.ints(labels, SIZE, SIZE));
	}

	private static TrainingInput input(final String... names) {
		final List<RawSample> samples = new ArrayList<>();
		for (final String name : names)
			samples.add(sample(name));
		return TrainingInput.of(TrainingImages.of("all", samples)).withLabels(
			LabelKind.INSTANCES, OptionalInt.of(9)).withValidation(names[0], 0);
	}

	private static List<String> slices(final String samples,
		final String... names)
	{
		final ImagePlus stack = new PreviewJob(input(names), PLAN).samples(samples)
			.run().preview().stack();
		return Arrays.asList(stack.getStack().getSliceLabels()).subList(0, stack
			.getStackSize());
	}

	@Test
	void theFirstImagesTrainedOnAreShown() {
		final List<String> slices = slices("2", "held out", "a", "b", "c");
		assertEquals(2 * 5 + 8 * 3, slices.size());
		assertEquals(Arrays.asList("a: image", "a: labels", "a: weights",
			"a: border term of the weights", "a: outlines of the labels", "b: image"),
			slices.subList(0, 6));
		assertTrue(slices.get(10).matches("example 1 from [abc]: image"), slices
			.get(10));
		assertTrue(slices.get(33).matches("example 8 from [abc]: weights"), slices
			.get(33));
	}

	@Test
	void theBorderClassIsExplained() {
		final List<String> sentences = new PreviewJob(input("held out", "a"), PLAN
			.with("target.border=0.25")).samples("1").run().sentences();
		assertTrue(sentences.stream().anyMatch(s -> s.contains(
			"the outer 25 % of each object, its border, are a class of their own")),
			sentences.toString());
	}

	@Test
	void imagesMayBeNamed() {
		assertEquals("b: image", slices("held out,b", "held out", "a", "b").get(0));
		assertEquals("held out: image", slices("held out,b", "held out", "a", "b")
			.get(5));
		// A number alone is how many; with a comma it is a name.
		assertEquals("1: image", slices("2", "3", "1", "2").get(0));
		assertEquals("2: image", slices("2,", "3", "1", "2").get(0));
		final Exception e = assertThrows(IllegalArgumentException.class,
			() -> slices("x", "a", "b"));
		assertTrue(e.getMessage().contains("x") && e.getMessage().contains("a, b"),
			e.getMessage());
	}

	@Test
	void noneAndTooManyAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> slices("", "a", "b"));
		final String[] names = new String[20];
		for (int i = 0; i < names.length; i++)
			names[i] = "n" + i;
		final Exception e = assertThrows(IllegalArgumentException.class,
			() -> slices("15", names));
		assertTrue(e.getMessage().contains("samples=15") && e.getMessage().contains(
			"1 to 12"), e.getMessage());
	}

	@Test
	void wordsSayWhatIsThereAndPicturesNeedNotBeMade() {
		final List<String> found = new PreviewJob(input("h", "a", "b"), PLAN)
			.check();
		final String all = String.join("\n", found);
		for (final String part : Arrays.asList("The labels are instances",
			"2 images are trained on, 1 held out for validation: h",
			"48 x 48 pixels and one channel", "17 % of the pixels are ignored",
			"4 objects (2 an image), 17 to 19 pixels across"))
			assertTrue(all.contains(part), all);
		final List<String> withPictures = new PreviewJob(input("h", "a", "b"), PLAN)
			.run().sentences();
		assertEquals(found, withPictures.subList(0, found.size()));
		assertTrue(withPictures.get(found.size()).matches(
			"In what is shown, pixels weigh 1(\\.00)? to .*border term.*"),
			withPictures.get(found.size()));
	}

	@Test
	void whatIsWrongIsSaidBeforeAnythingElse() {
		final List<String> found = new PreviewJob(input("h", "a"), PLAN.with(
			"patchSize: [128]")).check();
		assertTrue(found.get(0).startsWith("Warning: Image 'a' is less than half"),
			found.get(0));
	}

	@Test
	void itCanBeCancelled() {
		final PreviewJob job = new PreviewJob(input("a", "b"), PLAN).cancelled(
			() -> true);
		assertThrows(CancellationException.class, job::run);
	}

	@Test
	void aPictureReplacesNothingUnasked() throws IOException {
		final Path file = folder.resolve("preview.png");
		PreviewJob.checkTarget(file, false);
		new PreviewJob(input("a", "b"), PLAN).run().save(file, false);
		final BufferedImage sheet = ImageIO.read(file.toFile());
		assertEquals(1960, sheet.getWidth());
		assertFalse(sheet.getHeight() < 1500, "height " + sheet.getHeight());
		assertTrue(assertThrows(IllegalArgumentException.class, () -> PreviewJob
			.checkTarget(file, false)).getMessage().contains("overwrite=true"));
		PreviewJob.checkTarget(file, true);
		for (final String wrong : Arrays.asList("preview.jpg", "none/preview.png"))
			assertThrows(IllegalArgumentException.class, () -> PreviewJob.checkTarget(
				folder.resolve(wrong), true));
	}

	/** As the documentation shows it, smaller and with fewer colours. */
	@Test
	void theSheetIsReadable() throws IOException {
		final Path cells = Paths.get(System.getProperty("unet.project.dir", "."),
			"data", "cells");
		final PreviewJob.Result result = new PreviewJob(TrainingInput.of(
			TrainingImages.ofFolders(cells.resolve("images"), cells.resolve("labels"),
				"", ChannelSelection.all())), Preset.FAST.plan()).samples("1").run();
		final BufferedImage sheet = result.preview().sheet(result.sentences());
		// Four of the patches tell as much as eight, in half of the bytes.
		Screenshots.save("preview-training-data", Screenshots.small(sheet
			.getSubimage(0, 0, sheet.getWidth(), sheet.getHeight() * 7 / 10), 900));
		assertTrue(Files.size(Screenshots.file("preview-training-data")) > 20_000);
	}

	@Test
	void realImagesOfEveryKindAreShown() throws IOException {
		final String data = System.getProperty("unet.test.data", "");
		Assumptions.assumeFalse(data.isEmpty(),
			"-Dunet.test.data is not set: no real images");
		show(data, "isbi2012", Arrays.asList("00.png", "01.png", "02.png"), "auto",
			Preset.PAPER);
		show(data, "dic-hela", Arrays.asList("01_t002.tif", "02_t006.tif"),
			"instances", Preset.NOTEBOOK);
		show(data, "dsb2018-nuclei", Arrays.asList("06c779330d6d.png",
			"0a7d30b25235.png"), "auto", Preset.FAST);
	}

	private void show(final String data, final String name,
		final List<String> files, final String kind, final Preset preset)
		throws IOException
	{
		for (final String file : files)
			for (final String part : Arrays.asList("images", "labels"))
				Files.copy(Paths.get(data, name, part, file), Files.createDirectories(
					folder.resolve(name).resolve(part)).resolve(file));
		final TrainingImages images = TrainingImages.ofFolders(folder.resolve(name)
			.resolve("images"), folder.resolve(name).resolve("labels"), "",
			ChannelSelection.all());
		final PreviewJob.Result result = new PreviewJob(TrainingInput.of(images)
			.withLabels(LabelKind.of(kind), OptionalInt.empty()), preset.plan())
			.samples("1").run();
		final Path file = Files.createDirectories(Paths.get(System.getProperty(
			"unet.project.dir", "."), "target", "pictures")).resolve("preview-" +
				name + ".png");
		result.save(file, true);
		assertTrue(ImageIO.read(file.toFile()).getHeight() > 1500);
	}
}
