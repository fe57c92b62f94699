
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;

import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

import javax.imageio.ImageIO;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.Screenshots;
import sc.fiji.unet.ThreeClasses;
import sc.fiji.unet.imagej.ClassColours;
import sc.fiji.unet.imagej.LabelFile;
import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.model.ModelPackage;

/** Several classes, from masks of classes to their scores. */
class ClassesTest {

	private static final String PLAN =
		"{ \"network\": { \"features\": [ 8, 16, 32 ], \"classes\": [ \"background\", \"inside\", \"rim\" ] }," +
			" \"patchSize\": [ 96 ], \"batchSize\": 2, \"updatesPerEpoch\": 40, \"best\": \"score\"," +
			" \"learningRate\": 0.01, \"precision\": \"float32\" }";

	@TempDir
	static Path folder;

	private static Path model;
	private static Path results;

	@BeforeAll
	static void trainAndSegment() throws IOException {
		ThreeClasses.write(folder.resolve("data"), 1, 6);
		ThreeClasses.write(folder.resolve("unseen"), 9, 9);
		final Path plan = Files.write(folder.resolve("plan.json"), PLAN.getBytes(
			StandardCharsets.UTF_8));
		model = folder.resolve("classes.zip");
		results = folder.resolve("results");
		assertEquals(0, UNet.run("train", "--images", folder.resolve("data/images")
			.toString(), "--labels", folder.resolve("data/labels").toString(),
			"--model", model.toString(), "--plan", plan.toString(), "--label-kind",
			"classes", "--validation-list", "cells06", "--epochs", "3", "--device",
			"cpu"));
		assertEquals(0, UNet.run("segment", "--model", model.toString(), "--output",
			results.toString(), "--device", "cpu", folder.resolve("unseen/images")
				.toString()));
	}

	@Test
	void theHistoryHasTheScoreOfEveryClass() throws IOException {
		try (ModelPackage pack = ModelPackage.open(model)) {
			final List<String> lines = Files.readAllLines(pack.attachments().get(
				ModelPackage.HISTORY));
			assertTrue(lines.get(0).endsWith(
				"validation_loss,mean_IoU,IoU,F1,IoU_background,IoU_inside,IoU_rim"),
				lines.get(0));
			assertEquals(4, lines.size(), lines.toString());
			assertArrayEquals(ThreeClasses.VALUES, pack.description().classValues());
			assertEquals(Arrays.asList("background", "inside", "rim"), pack
				.description().network().classNames());
			final double rim = pack.description().scores().get("validation IoU_rim");
			assertTrue(rim > 0.4, "rim " + rim);
		}
	}

	@Test
	void objectsAreThePartsOfTheMaskThatAreLargeEnough() throws IOException {
		final int[] labels = pixels("cells09_labels.tif");
		final int[] mask = pixels("cells09_classes.tif");
		final long smallest = ModelPackage.describe(model).postprocessing()
			.minimumSize();
		int objects = 0;
		for (final int value : new int[] { 100, 200 }) {
			final int[] parts = ConnectedComponents.ofMask(ArrayImgs.ints(Arrays
				.stream(mask).map(v -> v == value ? 1 : 0).toArray(), 256, 256),
				Connectivity.FACES).update(null).getCurrentStorageArray();
			final int[] sizes = new int[1 + Arrays.stream(parts).max().getAsInt()];
			for (final int part : parts)
				sizes[part]++;
			objects += Arrays.stream(sizes).skip(1).filter(s -> s >= smallest)
				.count();
			for (int i = 0; i < parts.length; i++)
				if (parts[i] > 0) assertEquals(sizes[parts[i]] >= smallest,
					labels[i] > 0, "pixel " + i);
		}
		assertEquals(objects, Arrays.stream(labels).max().getAsInt());
		assertTrue(objects > 20, objects + " objects");
	}

	private static int[] pixels(final String file) throws IOException {
		return LabelFile.open(results.resolve(file)).slices().get(0).update(null)
			.getCurrentStorageArray();
	}

	@Test
	void theMaskHasTheValuesOfTheTraining() {
		final ImagePlus mask = IJ.openImage(results.resolve("cells09_classes.tif")
			.toString());
		assertEquals(8, mask.getBitDepth());
		final TreeSet<Integer> values = new TreeSet<>();
		for (int i = 0; i < mask.getProcessor().getPixelCount(); i++)
			values.add(mask.getProcessor().get(i));
		assertEquals(new TreeSet<>(Arrays.asList(0, 100, 200)), values);
		assertEquals(ClassColours.of(2).getRGB() & 0xffffff, mask.getProcessor()
			.getColorModel().getRGB(200) & 0xffffff);
	}

	@Test
	void probabilitiesAreChannelsInTheColoursOfTheClasses() throws IOException {
		final ImagePlus probability = IJ.openImage(results.resolve(
			"cells09_probability.tif").toString());
		assertTrue(probability instanceof CompositeImage &&
			((CompositeImage) probability).getMode() == IJ.COMPOSITE, "composite");
		assertArrayEquals(new int[] { 256, 256, 2, 1, 1 }, probability
			.getDimensions());
		assertEquals("inside", probability.getStack().getSliceLabel(1));
		assertEquals("rim", probability.getStack().getSliceLabel(2));
		for (int c = 1; c <= 2; c++) {
			assertEquals(ClassColours.of(c), new Color(((CompositeImage) probability)
				.getChannelLut(c).getRGB(255)));
			assertEquals(1, ((CompositeImage) probability).getChannelLut(c).max);
		}
		Screenshots.save("classes-overlay", ImageIO.read(results.resolve(
			"cells09_overlay.png").toFile()));
	}

	@Test
	void everyClassIsFound() throws IOException {
		final Path csv = folder.resolve("scores.csv");
		final Path pictures = folder.resolve("pictures");
		final String[] args = { "evaluate", "--truth", folder.resolve(
			"unseen/labels").toString(), "--label-kind", "classes", "--csv", csv
				.toString(), "--pictures", pictures.toString(), results.toString() };
		assertEquals(0, UNet.run(args));
		final List<String> lines = Files.readAllLines(csv);
		assertEquals(
			"image,pixel_error,trivial_error,mean_IoU,mean_F1,IoU_0,F1_0,pixel_error_0,IoU_100,F1_100,pixel_error_100,IoU_200,F1_200,pixel_error_200",
			lines.get(0));
		final double[] all = Arrays.stream(lines.get(2).split(",")).skip(1)
			.mapToDouble(Double::parseDouble).toArray();
		assertTrue(all[4] > 0.85, "background " + lines.get(2));
		assertTrue(all[7] > 0.6, "inside " + lines.get(2));
		assertTrue(all[10] > 0.4, "rim " + lines.get(2));
		final Path picture = pictures.resolve("cells09_errors.png");
		Screenshots.save("evaluate-classes", ImageIO.read(picture.toFile()));
		assertEquals(UNet.WRONG_INPUT, UNet.run(args), "nothing is replaced");
		Files.delete(csv);
		assertEquals(UNet.WRONG_INPUT, UNet.run(args), "pictures neither");
		assertFalse(Files.exists(csv), "checked before");
	}
}
