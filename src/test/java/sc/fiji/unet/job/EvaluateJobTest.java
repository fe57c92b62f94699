
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.imagej.ImageFiles;

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

	@Test
	void differentSizesNameTheImage() throws IOException {
		save(truth, "good", boxes(1, 2));
		save(results, "good", boxes(1, 2));
		save(truth, "bad", boxes(1, 2));
		save(results, "bad", new ByteProcessor(7, 9));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> EvaluateJob.run(truth, results)).getMessage();
		assertTrue(message.contains("'bad'") && message.contains("12 x 12") &&
			message.contains("7 x 9"), message);
	}

	@Test
	void scoresThatAreNoNumberAreLeftOutOfTheMean() throws IOException {
		save(truth, "a", boxes(1, 2));
		save(results, "a", boxes(1, 0));
		save(truth, "nothing", new ByteProcessor(SIZE, SIZE));
		save(results, "nothing", new ByteProcessor(SIZE, SIZE));
		final List<EvaluateJob.Row> rows = EvaluateJob.run(truth, results);
		assertTrue(Double.isNaN(rows.get(1).value("V_rand")), "nothing to score");
		assertEquals(rows.get(0).value("V_rand"), rows.get(2).value("V_rand"));
		assertEquals((rows.get(0).value("IoU") + 1) / 2, rows.get(2).value("IoU"),
			1e-12);
	}

	@Test
	void theWholeFileTellsMasksFromInstances() throws IOException {
		// One object in two pieces; alone it would look like a mask.
		save(truth, "stack", boxes(1, 1), boxes(1, 2));
		save(results, "stack", boxes(1, 1), boxes(1, 2));
		save(truth, "mask", boxes(255, 255), boxes(255));
		save(results, "mask", boxes(255, 255), boxes(255));
		final List<EvaluateJob.Row> rows = EvaluateJob.run(truth, results);
		assertEquals("mask-1", rows.get(0).name());
		assertEquals(2, rows.get(0).value("objects_true"));
		assertEquals("stack-1", rows.get(2).name());
		assertEquals(1, rows.get(2).value("objects_true"));
		assertEquals(2, rows.get(3).value("objects_found"));
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
			() -> EvaluateJob.bestThreshold(truth, results)).getMessage();
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
		final double threshold = EvaluateJob.bestThreshold(truth, results)
			.threshold();
		assertTrue(threshold > 0.6 && threshold < 0.91, "threshold " + threshold);
	}
}
