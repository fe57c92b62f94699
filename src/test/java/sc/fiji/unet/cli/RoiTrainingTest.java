
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.gui.Roi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.job.TrainingImages;
import sc.fiji.unet.job.TrainingInput;
import sc.fiji.unet.data.FilePairs;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.InputImages;
import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.imagej.LabelRois;
import sc.fiji.unet.imagej.RoiLabels;
import sc.fiji.unet.imagej.RoiRules;
import sc.fiji.unet.imagej.RoiZip;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.train.TrainingPlan;

/** Label images as ROIs: nothing is lost, and the same network learns. */
class RoiTrainingTest {

	private static final String PLAN =
		"{ \"network\": { \"features\": [ 2, 4 ] }, \"patchSize\": [ 64 ], \"batchSize\": 1, \"updatesPerEpoch\": 2, \"updates\": 4 }";
	private static final String[] SETS = { "dic-hela", "dsb2018-nuclei" };
	/** Images to train on; the way through ROIs is tried with all. */
	private static final int IMAGES = 5;

	@TempDir
	Path temporary;

	private static List<FilePairs.Pair> pairs(final String set)
		throws IOException
	{
		final String data = System.getProperty("unet.test.data", "");
		Assumptions.assumeTrue(!data.isEmpty(),
			"-Dunet.test.data is not set: no real images");
		return FilePairs.ofFolders(Paths.get(data, set, "images"), Paths.get(data,
			set, "labels"), new InputImages()).pairs();
	}

	@Test
	void labelsAreTheSameAfterTheWayThroughARoiSet() throws IOException {
		for (final String set : SETS)
			assertLossless(set);
	}

	private void assertLossless(final String set) throws IOException {
		for (final FilePairs.Pair pair : pairs(set)) {
			final ArrayImg<IntType, IntArray> labels = LabelInput.slice(ImageFiles
				.open(pair.labels()), 1, 1);
			final Path file = temporary.resolve("rois.zip");
			RoiZip.write(LabelRois.toRois(labels, "cell"), file, true);
			final List<Roi> rois = RoiZip.read(file);
			assertTrue(!rois.isEmpty());
			assertArrayEquals(values(labels), values(RoiLabels.instances(rois,
				(int) labels.dimension(0), (int) labels.dimension(1), RoiRules
					.standard())), pair.name());
		}
	}

	private static int[] values(final ArrayImg<IntType, IntArray> image) {
		return image.update(null).getCurrentStorageArray();
	}

	@Test
	void theSameModelLearnsFromRoisAsFromLabelImages() throws IOException {
		for (final String set : SETS)
			assertSameModel(set, Files.createDirectory(temporary.resolve(set)));
	}

	private void assertSameModel(final String set, final Path folder)
		throws IOException
	{
		final Path images = Files.createDirectory(folder.resolve("images"));
		final Path labels = Files.createDirectory(folder.resolve("labels"));
		final Path rois = Files.createDirectory(folder.resolve("rois"));
		for (final FilePairs.Pair pair : pairs(set).subList(0, IMAGES)) {
			copy(pair.image(), images);
			copy(pair.image(), rois);
			copy(pair.labels(), labels);
			RoiZip.write(LabelRois.toRois(LabelInput.slice(ImageFiles.open(pair
				.labels()), 1, 1), ""), rois.resolve(pair.name() + "_rois.zip"), false);
		}
		final byte[] ofLabels = train(set + "-labels.zip", "--images", images
			.toString(), "--labels", labels.toString(), "--label-kind", "instances");
		final byte[] ofRois = train(set + "-rois.zip", "--images", rois.toString());
		assertArrayEquals(ofLabels, ofRois, set);
	}

	private static void copy(final Path file, final Path folder)
		throws IOException
	{
		Files.copy(file, folder.resolve(file.getFileName()));
	}

	/** @return weights of the model */
	private byte[] train(final String name, final String... images)
		throws IOException
	{
		final Path plan = Files.write(temporary.resolve("plan.json"), PLAN.getBytes(
			StandardCharsets.UTF_8));
		final Path model = temporary.resolve(name);
		final String[] common = { "train", "--plan", plan.toString(), "--seed", "3",
			"--validation", "20", "--device", "cpu", "--threads", "1", "--model",
			model.toString() };
		final String[] all = Arrays.copyOf(common, common.length + images.length);
		System.arraycopy(images, 0, all, common.length, images.length);
		assertEquals(0, UNet.run(all));
		try (ModelPackage pack = ModelPackage.open(model)) {
			return Files.readAllBytes(pack.exported().resolve(
				"variables/variables.data-00000-of-00001"));
		}
	}

	/** Of the cells that come along, as anybody has them. */
	@Test
	void theReportSaysHowToTrainOnTheRoisAgain() throws IOException {
		final Path cells = Paths.get(System.getProperty("unet.project.dir", "."),
			"data", "cells");
		final Path rois = Files.createDirectory(temporary.resolve("my rois"));
		for (final FilePairs.Pair pair : FilePairs.ofFolders(cells.resolve(
			"images"), cells.resolve("labels"), new InputImages()).pairs().subList(0,
				IMAGES))
		{
			copy(pair.image(), rois);
			RoiZip.write(LabelRois.toRois(LabelInput.slice(ImageFiles.open(pair
				.labels()), 1, 1), "cell"), rois.resolve(pair.name() + ".zip"), false);
		}
		train("cells.zip", "--images", rois.toString(), "--unannotated",
			"background", "--point-radius", "2.5");
		final String report = new String(Files.readAllBytes(temporary.resolve(
			"cells.html")), StandardCharsets.UTF_8);
		assertTrue(report.contains(
			"--unannotated background --point-radius 2.5 --label-kind instances"),
			report);
		assertFalse(report.contains("--labels"));
	}

	@Test
	void classesHaveTheirNamesInTheNetwork() throws IOException {
		final Path cells = Paths.get(System.getProperty("unet.project.dir", "."),
			"data", "cells");
		final Path folder = Files.createDirectory(temporary.resolve("rois"));
		for (final FilePairs.Pair pair : FilePairs.ofFolders(cells.resolve(
			"images"), cells.resolve("labels"), new InputImages()).pairs().subList(0,
				IMAGES))
		{
			copy(pair.image(), folder);
			final List<Roi> rois = LabelRois.toRois(LabelInput.slice(ImageFiles.open(
				pair.labels()), 1, 1), "");
			for (int i = 0; i < rois.size(); i++)
				rois.get(i).setName((i % 2 == 0 ? "odd#" : "even#") + i);
			RoiZip.write(rois, folder.resolve(pair.name() + ".zip"), false);
		}
		final TrainingImages images = TrainingImages.ofRois(folder, "",
			ChannelSelection.all(), 1, RoiRules.standard(), LabelKind.AUTO,
			() -> false);
		assertEquals(Arrays.asList("background", "even", "odd"), TrainingInput.of(
			images).prepare(TrainingPlan.fromJson(PLAN)).plan().network()
			.classNames());
		assertEquals(Collections.singletonList(3), images.samples().stream().map(
			sample -> (int) Arrays.stream(values(sample)).distinct().count())
			.distinct().collect(Collectors.toList()));
	}

	private static int[] values(final RawSample sample) {
		return ((IntArray) ((ArrayImg<?, ?>) sample.labels()).update(null))
			.getCurrentStorageArray();
	}
}
