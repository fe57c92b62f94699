
package sc.fiji.unet.labeling;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import java.nio.file.Paths;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Assumptions;

/** Real images for tests; see the property {@code unet.test.data}. */
public final class TestImages {

	private TestImages() {}

	/** @return path of a file of real data; without data the test is skipped */
	public static Path path(final String name) {
		final String folder = System.getProperty("unet.test.data", "");
		Assumptions.assumeFalse(folder.isEmpty(),
			"No real images: give their folder as -Dunet.test.data");
		return Paths.get(folder, name.split("/"));
	}

	/** @return raw values (x, y) of an image of real data */
	public static ArrayImg<IntType, IntArray> labels(final String name) {
		final ImageProcessor pixels = open(name);
		final int[] values = new int[pixels.getPixelCount()];
		for (int i = 0; i < values.length; i++)
			values[i] = pixels.get(i);
		return ArrayImgs.ints(values, pixels.getWidth(), pixels.getHeight());
	}

	/** @return values of a 32-bit image of real data, x fastest */
	public static float[] floats(final String name) {
		return (float[]) open(name).getPixels();
	}

	private static ImageProcessor open(final String name) {
		final ImagePlus image = IJ.openImage(path(name).toString());
		assertNotNull(image, "cannot open " + path(name));
		return image.getProcessor();
	}
}
