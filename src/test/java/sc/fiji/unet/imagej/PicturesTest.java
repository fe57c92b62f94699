
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PicturesTest {

	@Test
	void greyIsStretchedAndSmallImagesEnlarged() {
		final float[] values = new float[64 * 32];
		Arrays.fill(values, 100);
		Arrays.fill(values, 0, 1024, 900);
		final BufferedImage picture = Pictures.grey(ArrayImgs.floats(values, 64, 32,
			1));
		assertEquals(512, picture.getWidth());
		assertEquals(256, picture.getHeight());
		assertEquals(Color.WHITE.getRGB(), picture.getRGB(0, 0));
		assertEquals(Color.BLACK.getRGB(), picture.getRGB(511, 255));
	}

	@Test
	void constantAndNotFiniteImagesArePictures() {
		assertEquals(Color.BLACK.getRGB(), Pictures.grey(ArrayImgs.floats(
			new float[] { 7, 7 }, 2, 1, 1)).getRGB(0, 0));
		assertEquals(512, Pictures.grey(ArrayImgs.floats(new float[] { Float.NaN,
			Float.POSITIVE_INFINITY }, 2, 1, 1)).getWidth());
	}

	@Test
	void outlinesLieWithinTheirObjects() {
		final int[] labels = new int[64 * 64];
		for (int y = 16; y < 48; y++) {
			Arrays.fill(labels, y * 64 + 16, y * 64 + 32, 1);
			Arrays.fill(labels, y * 64 + 32, y * 64 + 48, 2);
		}
		final BufferedImage picture = Pictures.overlay(ArrayImgs.floats(64, 64, 1),
			ArrayImgs.ints(labels, 64, 64));
		assertEquals(ObjectColours.of(1).getRGB(), picture.getRGB(32 * 8 - 1, 256));
		assertEquals(ObjectColours.of(2).getRGB(), picture.getRGB(32 * 8, 256));
		assertEquals(Color.BLACK.getRGB(), picture.getRGB(24 * 8, 256));
		assertEquals(Color.BLACK.getRGB(), picture.getRGB(16 * 8 - 1, 256));
		final Exception e = assertThrows(IllegalArgumentException.class,
			() -> Pictures.overlay(ArrayImgs.floats(64, 64, 1), ArrayImgs.ints(3,
				4)));
		assertTrue(e.getMessage().contains("3 x 4"), e.getMessage());
	}

	@Test
	void picturesStandSideBySideUnderCaptions() {
		final BufferedImage blue = new BufferedImage(100, 200,
			BufferedImage.TYPE_INT_RGB);
		blue.setRGB(0, 0, Color.BLUE.getRGB());
		final BufferedImage row = Pictures.sideBySide(Arrays.asList(blue, blue),
			Arrays.asList("image", "truth"));
		assertEquals(224, row.getWidth());
		assertEquals(Color.BLUE.getRGB(), row.getRGB(8, 20));
		assertEquals(Color.BLUE.getRGB(), row.getRGB(116, 20));
		assertTrue(ink(row, 20) > 20, ink(row, 20) + " dark pixels in the head");
		assertThrows(IllegalArgumentException.class, () -> Pictures.sideBySide(
			Collections.singletonList(blue), Collections.emptyList()));
	}

	private static int ink(final BufferedImage picture, final int rows) {
		int ink = 0;
		for (int y = 0; y < rows; y++)
			for (int x = 0; x < picture.getWidth(); x++)
				if ((picture.getRGB(x, y) & 0xff) < 128) ink++;
		return ink;
	}

	@Test
	void realResultLooksRight() throws IOException {
		final String data = System.getProperty("unet.test.data", "");
		Assumptions.assumeFalse(data.isEmpty(),
			"-Dunet.test.data is not set: no real images");
		final ArrayImg<FloatType, FloatArray> image = ImageInput.of(ImageFiles.open(
			Paths.get(data, "dic-hela/images/02_t006.tif")), ChannelSelection.all())
			.slice(1, 1);
		final ArrayImg<IntType, IntArray> labels = LabelInput.slice(ImageFiles.open(
			Paths.get(data, "dic-hela/labels/02_t006.tif")), 1, 1);
		final Path file = Files.createDirectories(Paths.get(System.getProperty(
			"unet.project.dir", "."), "target", "pictures")).resolve("hela.png");
		ImageFiles.save(Pictures.sideBySide(Arrays.asList(Pictures.grey(image),
			Pictures.overlay(image, labels)), Arrays.asList("image", "truth")), file,
			true);
		assertEquals(512 * 2 + 24, ImageFiles.open(file).getWidth());
	}
}
