
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders with something wrong: named in one message before training starts.
 */
class WrongDataTest {

	@TempDir
	Path folder;

	private Path images;
	private Path labels;

	@BeforeEach
	void twoGoodPairs() throws IOException {
		images = Files.createDirectory(folder.resolve("images"));
		labels = Files.createDirectory(folder.resolve("labels"));
		for (final String name : Arrays.asList("good1", "good2")) {
			save(grey(64, 64), images, name);
			save(mask(64, 64), labels, name);
		}
	}

	private static ImageProcessor grey(final int width, final int height) {
		final ByteProcessor grey = new ByteProcessor(width, height);
		for (int i = 0; i < width * height; i++)
			grey.set(i, i * 31 % 251);
		return grey;
	}

	private static ImageProcessor mask(final int width, final int height) {
		final ByteProcessor mask = new ByteProcessor(width, height);
		mask.setValue(255);
		mask.fillOval(width / 4, height / 4, width / 2, height / 2);
		return mask;
	}

	private static void save(final ImageProcessor pixels, final Path folder,
		final String name)
	{
		IJ.saveAsTiff(new ImagePlus(name, pixels), folder.resolve(name + ".tif")
			.toString());
	}

	/** Trains, which must be refused. */
	private String refusal() {
		final PrintStream before = System.err;
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		System.setErr(new PrintStream(bytes, true));
		final int code;
		try {
			code = UNet.run("train", "--images", images.toString(), "--labels", labels
				.toString(), "--model", folder.resolve("m.zip").toString(), "--epochs",
				"1", "--device", "cpu");
		}
		finally {
			System.setErr(before);
		}
		final String message = new String(bytes.toByteArray(),
			StandardCharsets.UTF_8);
		assertEquals(UNet.WRONG_INPUT, code, message);
		assertTrue(message.startsWith("Error: "), message);
		assertFalse(message.contains("Exception") || message.contains("\tat "),
			"no stack trace: " + message);
		assertFalse(Files.exists(folder.resolve("m.zip")) || Files.exists(folder
			.resolve("m.training")), "nothing was started");
		return message;
	}

	private void refusedWith(final String... fragments) {
		final String message = refusal();
		for (final String fragment : fragments)
			assertTrue(message.contains(fragment), "'" + message + "' names " +
				fragment);
	}

	@Test
	void corruptTiff() throws IOException {
		save(mask(64, 64), labels, "bad");
		final byte[] whole = Files.readAllBytes(images.resolve("good1.tif"));
		Files.write(images.resolve("bad.tif"), Arrays.copyOf(whole, whole.length /
			2));
		refusedWith("bad.tif", "Cannot open");
	}

	@Test
	void imageWithoutLabel() {
		save(grey(64, 64), images, "lonely");
		refusedWith("lonely.tif has no labels");
	}

	@Test
	void sizeMismatch() {
		save(grey(64, 64), images, "bad");
		save(mask(64, 63), labels, "bad");
		refusedWith("'bad'", "64 x 64", "64 x 63");
	}

	@Test
	void mixtureOfGreyAndRgb() {
		final ColorProcessor colours = new ColorProcessor(64, 64);
		for (int i = 0; i < 64 * 64; i++)
			colours.set(i, i * 7919);
		save(colours, images, "coloured");
		save(mask(64, 64), labels, "coloured");
		refusedWith("'coloured'", "3 channels", "1 channel");
	}

	@Test
	void emptyLabel() {
		save(grey(64, 64), images, "bad");
		save(new ByteProcessor(64, 64), labels, "bad");
		refusedWith("'bad'", "empty");
	}

	@Test
	void allNaN() {
		final FloatProcessor nothing = new FloatProcessor(64, 64);
		for (int i = 0; i < 64 * 64; i++)
			nothing.setf(i, Float.NaN);
		save(nothing, images, "bad");
		save(mask(64, 64), labels, "bad");
		refusedWith("'bad'", "finite");
	}

	@Test
	void onePixel() {
		save(grey(1, 1), images, "tiny");
		final ByteProcessor one = new ByteProcessor(1, 1);
		one.set(0, 255);
		save(one, labels, "tiny");
		refusedWith("'tiny'", "1 x 1");
	}

	@Test
	void everythingAtOnceIsOneList() {
		save(grey(64, 64), images, "empty");
		save(new ByteProcessor(64, 64), labels, "empty");
		save(grey(64, 64), images, "small");
		save(mask(32, 64), labels, "small");
		refusedWith("'empty'", "'small'");
	}
}
