
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.metrics.BestThreshold;
import sc.fiji.unet.metrics.ForegroundRestricted;

/** What stands beside the scores, so that they are read rightly. */
class HonestScoresTest {

	private static final int SIZE = 24;
	private static final int IGNORED = 99;

	@TempDir
	Path folder;

	/**
	 * Objects 1 to n of 3 x 3 pixels in a grid of 4 pixels, of which those of an
	 * index below {@code from} are left out.
	 */
	private static int[] grid(final int from, final int to) {
		final int[] labels = new int[SIZE * SIZE];
		for (int p = 0; p < labels.length; p++) {
			final int x = p % SIZE;
			final int y = p / SIZE;
			final int index = y / 4 * 6 + x / 4;
			if (x % 4 < 3 && y % 4 < 3 && index >= from && index < to) labels[p] =
				index + 1;
		}
		return labels;
	}

	private void save(final String sub, final String name, final int[] labels)
		throws IOException
	{
		final ByteProcessor image = new ByteProcessor(SIZE, SIZE);
		for (int p = 0; p < labels.length; p++)
			image.set(p, labels[p]);
		save(sub, name, image);
	}

	private void save(final String sub, final String name,
		final ImageProcessor image) throws IOException
	{
		Files.createDirectories(folder.resolve(sub));
		ImageFiles.save(new ImagePlus(name, image), folder.resolve(sub).resolve(
			name + ".tif"), false);
	}

	private EvaluateJob job() {
		return EvaluateJob.ofFolders(folder.resolve("truth"), folder.resolve(
			"results"));
	}

	private EvaluateJob instances() {
		return job().labels(LabelKind.INSTANCES, OptionalInt.of(IGNORED));
	}

	private static String remarks(final Evaluation evaluation) {
		return String.join("\n", evaluation.remarks());
	}

	@Test
	void countsAreComparedImageByImageAndOfTheTotal() throws IOException {
		final Random random = new Random(4);
		double total = 0;
		double found = 0;
		double absolute = 0;
		final int images = 6;
		for (int i = 0; i < images; i++) {
			final int from = random.nextInt(8);
			final int truth = 5 + random.nextInt(20);
			final int to = 9 + random.nextInt(20);
			save("truth", "i" + i, grid(0, truth));
			save("results", "i" + i, grid(from, to));
			total += truth;
			found += to - from;
			absolute += Math.abs(to - from - truth) / (double) truth / images;
		}
		final Evaluation table = instances().run();
		for (int i = 0; i < images; i++)
			assertEquals(100 * (table.value(i, "objects_found") / table.value(i,
				"objects_true") - 1), table.value(i, "count_error_percent"), 1e-9);
		assertEquals(100 * (found - total) / total, table.value(images,
			"count_error_percent"), 1e-9, "of the total");
		final String text = remarks(table);
		assertTrue(text.contains(String.format(Locale.ROOT, "; %.1f %% per image",
			100 * absolute)), absolute + " in " + text);
		assertTrue(text.contains(String.format(Locale.ROOT, "%+.1f %% of all", 100 *
			(found - total) / total)), text);
		assertTrue(text.contains("n = 6 images.") && !text.contains("indicative"),
			text);
		final double[] f1 = IntStream.range(0, images).mapToDouble(i -> table.value(
			i, "F1")).sorted().toArray();
		assertTrue(text.contains(String.format(Locale.ROOT, "F1 %.3f to %.3f",
			f1[0], f1[5])), text);
	}

	@Test
	void imagesWithoutObjectsHaveACountErrorOnlyIfNothingWasFound()
		throws IOException
	{
		save("truth", "empty", grid(0, 0));
		save("results", "empty", grid(0, 0));
		save("truth", "false", grid(0, 0));
		save("results", "false", grid(0, 3));
		save("truth", "half", grid(0, 4));
		save("results", "half", grid(0, 2));
		final Evaluation table = instances().run();
		assertEquals(0, table.value(0, "count_error_percent"));
		assertTrue(Double.isNaN(table.value(1, "count_error_percent")));
		assertEquals(-50, table.value(2, "count_error_percent"));
		assertEquals(25, table.value(3, "count_error_percent"), "5 of 4");
		final String text = remarks(table);
		assertTrue(text.contains("25.0 % per image") && text.contains(
			"1 image that has no true objects, but 3 found"), text);
		assertTrue(text.contains("n = 3, indicative only."), text);
	}

	@Test
	void whereThereIsNoObjectAtAllNoShareIsGiven() throws IOException {
		save("truth", "a", grid(0, 0));
		save("results", "a", grid(0, 2));
		assertTrue(remarks(instances().run()).contains(
			"There are no true objects; 2 were found."));
	}

	@Test
	void thePixelErrorStandsBesideThatOfTheBestTrivialAnswer()
		throws IOException
	{
		save("truth", "a", grid(0, 10));
		save("results", "a", grid(0, 9));
		save("truth", "b", grid(0, 20));
		save("results", "b", grid(0, 20));
		final Evaluation few = instances().run();
		assertEquals(90. / SIZE / SIZE, few.value(0, "trivial_error"), 1e-12);
		assertEquals((90. + 180) / 2 / SIZE / SIZE, few.value(2, "trivial_error"),
			1e-12);
		assertTrue(remarks(few).contains(
			"A result without any object would have a pixel error of 0.234."),
			remarks(few));
		final int[] full = new int[SIZE * SIZE];
		Arrays.fill(full, 5);
		save("truth", "c", full);
		save("results", "c", full);
		save("truth", "d", full);
		save("results", "d", grid(0, 0));
		final Evaluation many = instances().run();
		assertEquals(1 - 90. / SIZE / SIZE, many.value(0, "trivial_error"), 1e-12,
			"the same answer for all images");
		assertTrue(remarks(many).contains("calls everything foreground"), remarks(
			many));
		assertEquals((2 * SIZE * SIZE - 270.) / 4 / SIZE / SIZE, many.value(4,
			"trivial_error"), 1e-12);
	}

	@Test
	void aResultThatIsNoBetterIsCalledSo() throws IOException {
		save("truth", "a", grid(0, 4));
		save("results", "a", grid(8, 20));
		assertTrue(remarks(instances().run()).contains("; this one is no better."));
	}

	@Test
	void inAMaskThereAreNoMergesAndSplitsUnlessItsRegionsAreObjects()
		throws IOException
	{
		final int[] mask = Arrays.stream(grid(0, 12)).map(l -> l > 0 ? 255 : 0)
			.toArray();
		save("truth", "a", mask);
		final int[] merged = grid(0, 12);
		merged[3] = 1;
		for (int p = 0; p < merged.length; p++)
			if (merged[p] == 2) merged[p] = 1;
		save("results", "a", merged);
		final Evaluation table = job().run();
		for (final String column : new String[] { "merges", "splits" })
			for (int row = 0; row < 2; row++)
				assertTrue(Double.isNaN(table.value(row, column)), column);
		assertEquals(12, table.value(0, "objects_true"));
		assertTrue(remarks(table).contains("cells that touch are one region") &&
			remarks(table).contains("regions=true (--regions)"), remarks(table));
		final Evaluation regions = job().regionsAreObjects(true).run();
		assertEquals(1, regions.value(0, "merges"));
		assertEquals(1, regions.value(1, "merges"));
		assertFalse(remarks(regions).contains("mask"), remarks(regions));
	}

	/** A file with one object does not look like a mask among others. */
	@Test
	void oneObjectIsNoMaskWhereOtherImagesHaveObjects() throws IOException {
		save("truth", "a", grid(0, 8));
		save("results", "a", grid(0, 8));
		save("truth", "b", grid(0, 1));
		save("results", "b", grid(0, 1));
		save("truth", "c", grid(0, 0));
		save("results", "c", grid(0, 0));
		final Evaluation table = job().run();
		for (int row = 0; row < 4; row++)
			assertEquals(0, table.value(row, "splits"));
		assertFalse(remarks(table).contains("mask"), remarks(table));
	}

	@Test
	void sparseAnnotationIsCalledSo() throws IOException {
		final int[] truth = grid(0, 18);
		for (int p = SIZE * SIZE / 2; p < SIZE * SIZE; p++)
			truth[p] = IGNORED;
		save("truth", "a", truth);
		save("results", "a", grid(0, 36));
		final Evaluation table = instances().run();
		assertEquals(0, table.value(0, "count_error"));
		assertTrue(remarks(table).contains(
			"50.0 % of the pixels are ignored in the truth: false positives outside annotations not counted."),
			remarks(table));
	}

	@Test
	void slicesOfFewFilesAreNotManyImages() {
		assertEquals("n = 4, indicative only.", ScoreRemarks.sampleSize(4, 4));
		assertEquals("n = 5 images.", ScoreRemarks.sampleSize(5, 5));
		assertTrue(ScoreRemarks.sampleSize(20, 1).startsWith(
			"n = 20 slices of 1 file;"));
		assertEquals("n = 20 images.", ScoreRemarks.sampleSize(20, 6));
	}

	@Test
	void aThresholdFromElsewhereIsScoredAsNaively() throws IOException {
		final double threshold = 0.4;
		final Random random = new Random(8);
		final double[] error = new double[2];
		final double[] rand = new double[2];
		for (int i = 0; i < 2; i++) {
			final int[] truth = grid(0, 20 + i);
			final FloatProcessor probability = new FloatProcessor(SIZE, SIZE);
			final int[] cells = new int[SIZE * SIZE];
			for (int p = 0; p < cells.length; p++) {
				probability.setf(p, (truth[p] > 0 ? 0.3f : 0) + 0.6f * random
					.nextFloat());
				cells[p] = probability.getf(p) >= threshold ? 1 : 0;
				if (cells[p] > 0 != truth[p] > 0) error[i] += 1. / cells.length;
			}
			final ArrayImg<IntType, IntArray> expected = ArrayImgs.ints(truth, SIZE,
				SIZE);
			rand[i] = ForegroundRestricted.ofThinned(expected, ArrayImgs.ints(cells,
				SIZE, SIZE)).vRand();
			save("truth", "i" + i, truth);
			save("results", "i" + i + "_probability", probability);
		}
		final Evaluation table = ThresholdJob.score(folder.resolve("truth"), folder
			.resolve("results"), threshold, OptionalInt.empty());
		assertEquals(List.of("pixel_error", "V_rand", "V_info"), table.columns());
		for (int i = 0; i < 2; i++) {
			assertEquals(error[i], table.value(i, "pixel_error"), 1e-12);
			assertEquals(rand[i], table.value(i, "V_rand"), 1e-12);
		}
		assertEquals((error[0] + error[1]) / 2, table.value(2, "pixel_error"),
			1e-12);
		assertEquals((rand[0] + rand[1]) / 2, table.value(2, "V_rand"), 1e-12);
		for (final double bad : new double[] { -0.1, 1.1, Double.NaN })
			assertThrows(IllegalArgumentException.class, () -> ThresholdJob.score(
				folder.resolve("truth"), folder.resolve("results"), bad, OptionalInt
					.empty()));
	}

	/** The best threshold, given as one chosen elsewhere, scores the same. */
	@Test
	void theBestThresholdScoresTheSameWhenItIsGiven() throws IOException {
		final Random random = new Random(2);
		final FloatProcessor probability = new FloatProcessor(SIZE, SIZE);
		final int[] truth = grid(0, 36);
		for (int p = 0; p < truth.length; p++)
			probability.setf(p, (truth[p] > 0 ? 0.4f : 0) + 0.5f * random
				.nextFloat());
		save("truth", "a", truth);
		save("results", "a_probability", probability);
		final BestThreshold best = ThresholdJob.run(folder.resolve("truth"), folder
			.resolve("results"), OptionalInt.empty());
		assertEquals(best.vRand(), ThresholdJob.score(folder.resolve("truth"),
			folder.resolve("results"), best.threshold(), OptionalInt.empty()).value(0,
				"V_rand"), 1e-12);
	}

	@Test
	void labelsCanBeThinnedToo() throws IOException {
		final int[] truth = grid(0, 36);
		final int[] thick = truth.clone();
		for (int p = 0; p < thick.length; p++)
			if (p % 4 == 0) thick[p] = 0;
		save("truth", "a", truth);
		save("results", "a", thick);
		final Evaluation table = instances().thin(true).run();
		assertEquals(ForegroundRestricted.ofThinned(ArrayImgs.ints(truth, SIZE,
			SIZE), ArrayImgs.ints(thick, SIZE, SIZE)).vInfo(), table.value(0,
				"V_info"), 1e-12);
		assertTrue(remarks(table).contains("thinned"), remarks(table));
		assertFalse(remarks(instances().run()).contains("thinned"));
	}
}
