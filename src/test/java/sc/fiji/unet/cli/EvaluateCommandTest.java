
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.imagej.ImageFiles;

/** What evaluating leaves when something goes wrong. */
class EvaluateCommandTest {

	private static final int SIZE = 12;

	@TempDir
	Path folder;

	private Path truth;
	private Path results;
	private Path csv;

	@BeforeEach
	void files() throws IOException {
		truth = Files.createDirectory(folder.resolve("truth"));
		results = Files.createDirectory(folder.resolve("results"));
		csv = folder.resolve("scores.csv");
		save(cells(), truth.resolve("a.tif"));
		save(cells(), results.resolve("a_labels.tif"));
	}

	private static ByteProcessor cells() {
		final ByteProcessor labels = new ByteProcessor(SIZE, SIZE);
		for (int i = 1; i <= 2; i++) {
			labels.setValue(i);
			labels.fillRect(6 * i - 5, 1, 3, 3);
		}
		return labels;
	}

	private static void save(final ImageProcessor image, final Path file)
		throws IOException
	{
		ImageFiles.save(new ImagePlus("", image), file, false);
	}

	/** @return what was said about the error */
	private String run(final int code, final String... more) {
		final List<String> args = new ArrayList<>(Arrays.asList("evaluate",
			"--truth", truth.toString(), results.toString()));
		args.addAll(Arrays.asList(more));
		final PrintStream before = System.err;
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		System.setErr(new PrintStream(bytes, true));
		try {
			assertEquals(code, UNet.run(args.toArray(new String[0])));
		}
		finally {
			System.setErr(before);
		}
		return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
	}

	@Test
	void theTableIsThereThoughTheThresholdFails() throws IOException {
		save(new FloatProcessor(7, 9), results.resolve("a_probability.tif"));
		final String message = run(UNet.WRONG_INPUT, "--csv", csv.toString(),
			"--best-threshold");
		assertTrue(message.contains("7 x 9"), message);
		assertEquals(3, Files.readAllLines(csv).size(), "header, one image, all");
	}

	@Test
	void nothingIsScoredWithoutProbabilitiesToSearch() {
		final String message = run(UNet.WRONG_INPUT, "--csv", csv.toString(),
			"--pictures", folder.resolve("pictures").toString(), "--best-threshold");
		assertTrue(message.contains("NAME_probability.tif"), message);
		assertFalse(Files.exists(csv) || Files.exists(folder.resolve("pictures")),
			"nothing was written");
	}

	@Test
	void aThresholdThatWasChosenElsewhereIsScored() throws IOException {
		final FloatProcessor probability = new FloatProcessor(SIZE, SIZE);
		for (int i = 0; i < SIZE * SIZE; i++)
			probability.setf(i, cells().get(i) > 0 ? 0.9f : 0.1f);
		save(probability, results.resolve("a_probability.tif"));
		final PrintStream before = System.out;
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		System.setOut(new PrintStream(bytes, true));
		try {
			run(0, "--threshold", "0.425", "--best-threshold", "--thin", "--regions");
		}
		finally {
			System.setOut(before);
		}
		final String out = new String(bytes.toByteArray(), StandardCharsets.UTF_8);
		assertTrue(out.contains("at the threshold of 0.425:") && out.contains(
			"these very images") && out.contains("--threshold 0.125"), out);
		assertTrue(out.contains("n = 1, indicative only."), out);
		assertTrue(run(UNet.WRONG_INPUT, "--threshold", "1.5").contains("1.5"));
	}

	@Test
	void aFolderThatIsMissingIsNamedFirst() {
		final Path pictures = folder.resolve("pictures");
		final String message = run(UNet.WRONG_INPUT, "--pictures", pictures
			.toString(), "--csv", folder.resolve("none/scores.csv").toString());
		assertTrue(message.contains("no folder") && message.contains("none") &&
			message.contains("scores.csv"), message);
		assertFalse(Files.exists(pictures), "nothing was scored");
	}
}
