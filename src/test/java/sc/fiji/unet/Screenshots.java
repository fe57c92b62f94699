
package sc.fiji.unet;

import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.MedianCut;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

import javax.imageio.ImageIO;

/**
 * Where tests leave their pictures: in {@code target/screenshots}, or, with
 * {@code -Dunet.screenshots=docs/images}, where the documentation shows them.
 */
public final class Screenshots {

	private Screenshots() {}

	/**
	 * @param name of the picture, without extension
	 * @return PNG file to write; its folder exists
	 */
	public static Path file(final String name) {
		final String folder = System.getProperty("unet.screenshots", "");
		final Path target = Paths.get(System.getProperty("unet.project.dir", "."))
			.resolve(folder.isEmpty() ? "target/screenshots" : folder);
		try {
			return Files.createDirectories(target).resolve(name + ".png");
		}
		catch (final IOException e) {
			throw new AssertionError("cannot make the folder " + target, e);
		}
	}

	/** Writes a picture as a PNG file. */
	public static void save(final String name, final BufferedImage picture) {
		final Path file = file(name);
		try {
			ImageIO.write(picture, "png", file.toFile());
		}
		catch (final IOException e) {
			throw new AssertionError("cannot write " + file, e);
		}
	}

	/**
	 * @return the picture reduced to a width, with 64 colours: a tenth of the
	 *         bytes
	 */
	public static BufferedImage small(final BufferedImage picture,
		final int width)
	{
		final ImageProcessor reduced = new ColorProcessor(picture).resize(width,
			picture.getHeight() * width / picture.getWidth(), true);
		return new MedianCut((int[]) reduced.getPixels(), reduced.getWidth(),
			reduced.getHeight()).convertToByte(64).getBufferedImage();
	}
}
