
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.plugin.filter.AVI_Writer;
import ij.process.ByteProcessor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ImageJ writes in each of its formats is read back. */
class ImageJFormatsTest {

	/** Extension to what writes each format that keeps pixels. */
	private static final Map<String, BiPredicate<FileSaver, String>> EXACT =
		new LinkedHashMap<>();

	static {
		EXACT.put("tif", FileSaver::saveAsTiff);
		EXACT.put("zip", FileSaver::saveAsZip);
		EXACT.put("gif", FileSaver::saveAsGif);
		EXACT.put("png", FileSaver::saveAsPng);
		EXACT.put("bmp", FileSaver::saveAsBmp);
		EXACT.put("pgm", FileSaver::saveAsPgm);
		EXACT.put("fits", FileSaver::saveAsFits);
	}

	@TempDir
	Path folder;

	private static ImagePlus ramp(final int shift) {
		final ByteProcessor grey = new ByteProcessor(40, 30);
		for (int i = 0; i < grey.getPixelCount(); i++)
			grey.set(i, (i * 7 + shift) % 256);
		return new ImagePlus("ramp", grey);
	}

	private static float[] values(final ImagePlus image) {
		return (float[]) image.getProcessor().convertToFloat().getPixels();
	}

	@Test
	void pixelsComeBack() throws IOException {
		for (final String extension : EXACT.keySet()) {
			final Path file = folder.resolve("a." + extension);
			assertTrue(EXACT.get(extension).test(new FileSaver(ramp(0)), file
				.toString()), extension);
			assertArrayEquals(values(ramp(0)), values(ImageFiles.open(file)), 0,
				extension);
		}
	}

	@Test
	void jpegComesBackNearly() throws IOException {
		final Path file = folder.resolve("a.jpg");
		final ImagePlus smooth = ramp(0);
		smooth.getProcessor().blurGaussian(4);
		assertTrue(new FileSaver(smooth).saveAsJpeg(file.toString()));
		assertArrayEquals(values(smooth), values(ImageFiles.open(file)), 12);
	}

	/** By itself ImageJ asks which frames are wanted. */
	@Test
	void allFramesOfAMovieComeBackWithoutAQuestion() throws IOException {
		final ImageStack frames = new ImageStack(40, 30);
		for (int t = 0; t < 3; t++)
			frames.addSlice(ramp(50 * t).getProcessor());
		final Path file = folder.resolve("a.avi");
		new AVI_Writer().writeImage(new ImagePlus("movie", frames), file.toString(),
			AVI_Writer.NO_COMPRESSION, 100);
		final ImagePlus movie = ImageFiles.open(file);
		assertEquals(3, movie.getStackSize());
		for (int t = 0; t < 3; t++)
			assertArrayEquals(values(ramp(50 * t)), (float[]) movie.getStack()
				.getProcessor(t + 1).convertToFloat().getPixels(), 0, "frame " + t);
		assertTrue(ImageInput.of(movie, ChannelSelection.all()).slices() *
			ImageInput.of(movie, ChannelSelection.all()).frames() == 3);
	}
}
