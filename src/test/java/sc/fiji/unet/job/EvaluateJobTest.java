
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.LabelFile;

class EvaluateJobTest {

	private static final int SIZE = 12;

	@TempDir
	Path folder;

	private Path truth;
	private Path results;

	@BeforeEach
	void folders() throws IOException {
		truth = Files.createDirectory(folder.resolve("truth"));
		results = Files.createDirectory(folder.resolve("results"));
	}

	/** Boxes of 3 x 3 pixels in the corners, one for each value that is not 0. */
	private static ByteProcessor boxes(final int... values) {
		final ByteProcessor labels = new ByteProcessor(SIZE, SIZE);
		for (int i = 0; i < values.length; i++) {
			labels.setValue(values[i]);
			labels.fillRect(1 + 6 * (i % 2), 1 + 6 * (i / 2), 3, 3);
		}
		return labels;
	}

	private static void save(final Path folder, final String name,
		final ByteProcessor... slices) throws IOException
	{
		final ImageStack stack = new ImageStack(slices[0].getWidth(), slices[0]
			.getHeight());
		for (final ByteProcessor slice : slices)
			stack.addSlice(slice);
		ImageFiles.save(new ImagePlus(name, stack), folder.resolve(name + ".tif"),
			false);
	}

	private Evaluation run() throws IOException {
		return EvaluateJob.ofFolders(truth, results).run();
	}

	@Test
	void differentSizesNameTheImage() throws IOException {
		save(truth, "good", boxes(1, 2));
		save(results, "good", boxes(1, 2));
		save(truth, "bad", boxes(1, 2));
		save(results, "bad", new ByteProcessor(7, 9));
		final String message = assertThrows(IllegalArgumentException.class,
			this::run).getMessage();
		assertTrue(message.contains("'bad'") && message.contains("12 x 12") &&
			message.contains("7 x 9"), message);
	}

	@Test
	void scoresThatAreNoNumberAreLeftOutOfTheMean() throws IOException {
		save(truth, "a", boxes(1, 2));
		save(results, "a", boxes(1, 0));
		save(truth, "nothing", new ByteProcessor(SIZE, SIZE));
		save(results, "nothing", new ByteProcessor(SIZE, SIZE));
		final Evaluation rows = run();
		assertTrue(Double.isNaN(rows.value(1, "V_rand")), "nothing to score");
		assertEquals(rows.value(0, "V_rand"), rows.value(2, "V_rand"));
		assertEquals((rows.value(0, "IoU") + 1) / 2, rows.value(2, "IoU"), 1e-12);
	}

	@Test
	void theWholeFileTellsMasksFromInstances() throws IOException {
		// One object in two pieces; alone it would look like a mask.
		save(truth, "stack", boxes(1, 1), boxes(1, 2));
		save(results, "stack", boxes(1, 1), boxes(1, 2));
		save(truth, "mask", boxes(255, 255), boxes(255));
		save(results, "mask", boxes(255, 255), boxes(255));
		final Evaluation rows = run();
		assertEquals("mask-1", rows.rows().get(0).name());
		assertEquals(2, rows.value(0, "objects_true"));
		assertEquals("stack-1", rows.rows().get(2).name());
		assertEquals(1, rows.value(2, "objects_true"));
		assertEquals(2, rows.value(3, "objects_found"));
	}

	@Test
	void thereIsNoBestThresholdOfSeveralClasses() throws IOException {
		save(truth, "a", boxes(1, 2));
		final ImageStack stack = new ImageStack(SIZE, SIZE);
		stack.addSlice(new FloatProcessor(SIZE, SIZE));
		stack.addSlice(new FloatProcessor(SIZE, SIZE));
		final ImagePlus two = new ImagePlus("p", stack);
		two.setDimensions(2, 1, 1);
		ImageFiles.save(two, results.resolve("a_probability.tif"), false);
		final String message = assertThrows(IllegalArgumentException.class,
			() -> ThresholdJob.run(truth, results, OptionalInt.empty())).getMessage();
		assertTrue(message.contains("a_probability.tif") && message.contains(
			"2 classes"), message);
	}

	@Test
	void theBestThresholdIsThatOfTheImagesWithForeground() throws IOException {
		for (final String name : new String[] { "a", "nothing" }) {
			final boolean empty = name.equals("nothing");
			save(truth, name, empty ? new ByteProcessor(SIZE, SIZE) : boxes(1, 2));
			final FloatProcessor probability = new FloatProcessor(SIZE, SIZE);
			for (int i = 0; i < SIZE * SIZE; i++)
				probability.setf(i, boxes(1, 2).get(i) > 0 ? 0.9f : 0.6f);
			ImageFiles.save(new ImagePlus(name, probability), results.resolve(name +
				"_probability.tif"), false);
		}
		final double threshold = ThresholdJob.run(truth, results, OptionalInt
			.empty()).threshold();
		assertTrue(threshold > 0.6 && threshold < 0.91, "threshold " + threshold);
	}

	@Test
	void ignoredPixelsCountForNoThreshold() throws IOException {
		save(truth, "a", boxes(1, 2, 255));
		final FloatProcessor probability = new FloatProcessor(SIZE, SIZE);
		for (int i = 0; i < SIZE * SIZE; i++)
			probability.setf(i, boxes(1, 2).get(i) > 0 ? 0.9f : 0.6f);
		ImageFiles.save(new ImagePlus("a", probability), results.resolve(
			"a_probability.tif"), false);
		assertEquals(1, ThresholdJob.run(truth, results, OptionalInt.of(255))
			.vRand(), 1e-12, "what is ignored need not be found");
		assertTrue(ThresholdJob.run(truth, results, OptionalInt.empty())
			.vRand() < 1, "it is a cell that was missed");
	}

	@Test
	void mergesAndSplitsAreCountedAndSummedUp() throws IOException {
		final ByteProcessor merged = new ByteProcessor(SIZE, SIZE);
		merged.setValue(3);
		merged.fillRect(1, 1, 9, 3);
		save(truth, "a", boxes(1, 2));
		save(results, "a", merged);
		final ByteProcessor cut = boxes(1, 2);
		cut.setValue(7);
		cut.fillRect(1, 1, 3, 1);
		save(truth, "b", boxes(1, 2));
		save(results, "b", cut);
		final Evaluation table = run();
		assertEquals(1, table.value(0, "merges"));
		assertEquals(0, table.value(0, "splits"));
		assertEquals(1, table.value(1, "splits"));
		assertEquals(1, table.value(2, "merges"));
		assertEquals(1, table.value(2, "splits"));
		assertEquals(2. / 3, EvaluateJob.ofFolders(truth, results).iou(0.5).run()
			.value(1, "AP"), 1e-12, "two thirds of the box are enough");
		assertTrue(EvaluateJob.ofFolders(truth, results).iou(0.7).run().remarks()
			.toString().contains("intersection over union above 0.7"));
		assertEquals(1. / 4, EvaluateJob.ofFolders(truth, results).iou(0.7).run()
			.value(1, "AP"), 1e-12, "and now they are not");
	}

	@Test
	void imagesInMemoryScoreAsFilesDo() throws IOException {
		save(truth, "a", boxes(1, 2), boxes(1, 2, 3));
		save(results, "a", boxes(1, 0), boxes(4, 5, 6, 7));
		final List<String> pictures = new ArrayList<>();
		final Evaluation ofImages = EvaluateJob.ofImages("a", slices(truth), slices(
			results)).pictures((name, picture) -> pictures.add(name)).run();
		assertEquals(run().toCsv(), ofImages.toCsv());
		assertEquals(Arrays.asList("a-1", "a-2"), pictures);
	}

	@Test
	void namesAreQuotedInTheTableWhereNeedBe() throws IOException {
		save(truth, "a", boxes(1, 2));
		final String csv = EvaluateJob.ofImages("day 2, \"wt\".tif", slices(truth),
			slices(truth)).run().toCsv();
		assertTrue(csv.contains("\n\"day 2, \"\"wt\"\".tif\",0,"), csv);
		assertTrue(csv.contains("\nall,0,"), csv);
	}

	private static List<ArrayImg<IntType, IntArray>> slices(final Path folder)
		throws IOException
	{
		return LabelFile.open(folder.resolve("a.tif")).slices();
	}

	/** As results of images are called that have nnU-Net's names. */
	@Test
	void aChannelInTheNameOfAResultDoesNotCount() throws IOException {
		save(truth, "case1", boxes(1, 2));
		save(results, "case1_0000_labels", boxes(1, 2));
		assertEquals(1, run().value(0, "F1"));
	}

	@Test
	void aResultWithoutTruthIsNamed() throws IOException {
		save(truth, "a", boxes(1));
		save(results, "a_labels", boxes(1));
		save(results, "b_labels", boxes(1));
		final String message = assertThrows(IllegalArgumentException.class,
			this::run).getMessage();
		assertTrue(message.contains("no truth") && message.contains(
			"b_labels.tif") && !message.contains("a_labels"), message);
	}

	@Test
	void whatHasNoMeaningForClassesIsRefused() throws IOException {
		save(truth, "a", boxes(1, 2));
		save(results, "a_classes", boxes(1, 2));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> EvaluateJob.ofFolders(truth, results).labels(LabelKind.CLASSES,
				OptionalInt.empty()).iou(0.75).thin(true).run()).getMessage();
		assertTrue(message.startsWith("iou 0.75, thin would be without effect"),
			message);
	}

	@Test
	void classesAreScoredOneByOne() throws IOException {
		save(truth, "a", boxes(100, 200, 100));
		save(results, "a_classes", boxes(100, 100, 100));
		save(truth, "b", boxes(100, 200));
		save(results, "b_classes", boxes(100, 200));
		save(results, "b_labels", boxes(1, 2));
		final Evaluation table = EvaluateJob.ofFolders(truth, results).labels(
			LabelKind.CLASSES, OptionalInt.empty()).run();
		assertEquals(Arrays.asList("pixel_error", "trivial_error", "mean_IoU",
			"mean_F1", "IoU_0", "F1_0", "pixel_error_0", "IoU_100", "F1_100",
			"pixel_error_100", "IoU_200", "F1_200", "pixel_error_200"), table
				.columns());
		assertTrue(table.remarks().contains(
			"The class of value 0 is the background."), table.remarks().toString());
		assertEquals(45 / 288., table.value(2, "trivial_error"), 1e-12,
			"all background");
		assertEquals(3, table.rows().size());
		assertEquals(2. / 3, table.value(0, "IoU_100"), 1e-12);
		assertEquals(0, table.value(0, "IoU_200"));
		assertEquals(1, table.value(1, "IoU_200"));
		assertEquals(9. / 144, table.value(0, "pixel_error"), 1e-12);
		assertEquals(3. / 4, table.value(2, "IoU_100"), 1e-12,
			"pixels of all images");
		assertEquals((3. / 4 + 1. / 2) / 2, table.value(2, "mean_IoU"), 1e-12);
	}

	@Test
	void itIsSaidWhichClassWasTakenForTheBackground() throws IOException {
		final ByteProcessor classes = boxes(100, 200);
		for (int i = 0; i < SIZE * SIZE; i++)
			classes.set(i, Math.max(100, classes.get(i)));
		save(truth, "a", classes);
		save(results, "a", classes);
		final String remark = EvaluateJob.ofFolders(truth, results).labels(
			LabelKind.CLASSES, OptionalInt.empty()).run().remarks().toString();
		assertTrue(remark.contains("0 occurs in no image") && remark.contains(
			"100"), remark);
		assertFalse(EvaluateJob.ofFolders(truth, results).labels(
			LabelKind.INSTANCES, OptionalInt.empty()).run().remarks().toString()
			.contains("class"), "of objects");
	}

	@Test
	void ignoredPixelsCountNowhere() throws IOException {
		save(truth, "a", boxes(100, 200, 255));
		save(results, "a", boxes(100, 200, 100));
		final EvaluateJob job = EvaluateJob.ofFolders(truth, results).labels(
			LabelKind.CLASSES, OptionalInt.of(255));
		final Evaluation table = job.run();
		assertEquals(0, table.value(0, "pixel_error"));
		assertFalse(table.columns().contains("IoU_255"), table.columns()
			.toString());
		assertEquals(1, job.labels(LabelKind.INSTANCES, OptionalInt.of(255)).run()
			.value(0, "F1"));
	}

	@Test
	void classesAreNotTakenForObjects() throws IOException {
		save(truth, "a", boxes(100, 200, 200, 100));
		save(results, "a", boxes(100, 200, 200, 100));
		final String message = assertThrows(IllegalArgumentException.class,
			this::run).getMessage();
		assertTrue(message.contains("'a'") && message.contains("labelkind=classes"),
			message);
		assertEquals(2, EvaluateJob.ofFolders(truth, results).labels(
			LabelKind.INSTANCES, OptionalInt.empty()).run().value(0, "objects_true"));
		assertEquals(4, EvaluateJob.ofFolders(truth, results).labels(LabelKind.MASK,
			OptionalInt.empty()).run().value(0, "objects_true"));
	}

	@Test
	void thePicturesOfAnEvaluationAreNoResultsOfTheNext() throws IOException {
		save(truth, "a", boxes(1, 2));
		save(results, "a", boxes(1, 2));
		final String before = run().toCsv();
		for (final Path place : new Path[] { truth, results })
			ImageFiles.save(new ImagePlus("", boxes(1, 2)), place.resolve(
				"a_errors.png"), false);
		assertEquals(before, run().toCsv());
	}

	@Test
	void itCanBeStopped() throws IOException {
		save(truth, "a", boxes(1, 2));
		save(results, "a", boxes(1, 2));
		assertThrows(CancellationException.class, () -> EvaluateJob.ofFolders(truth,
			results).cancelled(() -> true).run());
	}
}
