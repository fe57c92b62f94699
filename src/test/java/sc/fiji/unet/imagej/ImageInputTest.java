
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageInputTest {

	@Test
	void sliceHasTheAskedChannelsInTheAskedOrder() {
		final ImagePlus image = hyperstack();
		final ArrayImg<FloatType, FloatArray> slice = input(image, "3,1").slice(2,
			4);
		assertArrayEquals(new long[] { 4, 3, 2 }, slice.dimensionsAsLongArray());
		assertEquals(code(3, 2, 4, 5), values(slice)[5]);
		assertEquals(code(1, 2, 4, 5), values(slice)[12 + 5]);
	}

	@Test
	void planesGoThroughZFirst() {
		final List<ArrayImg<FloatType, FloatArray>> planes = input(hyperstack(),
			"2").planes();
		assertEquals(10, planes.size());
		for (int t = 1; t <= 5; t++)
			for (int z = 1; z <= 2; z++)
				assertEquals(code(2, z, t, 7), values(planes.get((t - 1) * 2 + z -
					1))[7], "z " + z + " t " + t);
	}

	@Test
	void equalChannelsAreOneWhereOneIsWanted() {
		final ImagePlus image = hyperstack();
		assertEquals(3, input(image, "all").withChannels(1).channels());
		for (int i = 1; i <= image.getStackSize(); i++)
			image.getStack().getProcessor(i).set(0, 0);
		for (int i = 1; i <= image.getStackSize(); i += 3)
			for (int c = 1; c < 3; c++)
				image.getStack().setPixels(image.getStack().getProcessor(i)
					.getPixelsCopy(), i + c);
		final ImageInput one = input(image, "3,2").withChannels(1);
		assertEquals(1, one.channels());
		assertEquals(code(1, 2, 4, 5), values(one.slice(2, 4))[5]);
		assertEquals(2, input(image, "3,2").withChannels(2).channels());
		image.getStack().getProcessor(image.getStackSize()).set(0, 7);
		assertEquals(3, input(image, "all").withChannels(1).channels(),
			"the last plane differs");
	}

	@Test
	void missingChannelAndNonsenseAreRefused() {
		final Exception missing = assertThrows(IllegalArgumentException.class,
			() -> input(hyperstack(), "2,4"));
		assertTrue(missing.getMessage().contains("no channel 4; the image has 3"),
			missing.getMessage());
		for (final String nonsense : new String[] { "0", "1;2", "red", "1,", "-1" })
			assertThrows(IllegalArgumentException.class, () -> ChannelSelection.parse(
				nonsense), nonsense);
		assertEquals("1,3", ChannelSelection.parse(" 1 , 3 ").toString());
		assertEquals("all", ChannelSelection.parse("").toString());
	}

	@Test
	void colourIsThreeChannelsAndGreyStoredAsColourIsOne() {
		final ColorProcessor rgb = new ColorProcessor(2, 1);
		rgb.set(1, 0, 0x0a1420);
		final ImageInput colour = input(new ImagePlus("rgb", rgb), "all");
		assertEquals(3, colour.channels());
		assertEquals(3, colour.withChannels(1).channels(),
			"colours are not reduced");
		assertArrayEquals(new float[] { 0, 10, 0, 20, 0, 32 }, values(colour.slice(
			1, 1)));
		assertArrayEquals(new float[] { 0, 32 }, values(input(new ImagePlus("rgb",
			rgb), "3").slice(1, 1)));
		rgb.set(1, 0, 0x0a0a0a);
		final ImageInput equal = input(new ImagePlus("grey", rgb), "all");
		assertEquals(3, equal.channels());
		final ImageInput grey = equal.withChannels(1);
		assertEquals(1, grey.channels());
		assertArrayEquals(new float[] { 0, 10 }, values(grey.slice(1, 1)));
	}

	@Test
	void valuesCountNotLooks() {
		final ImagePlus bytes = new ImagePlus("b", new ByteProcessor(2, 1,
			new byte[] { 7, (byte) 200 }));
		bytes.setLut(ObjectColours.table());
		bytes.setDisplayRange(50, 60);
		assertArrayEquals(new float[] { 7, 200 }, values(input(bytes, "all").slice(
			1, 1)));
		final ImagePlus signed = new ImagePlus("s", new ShortProcessor(2, 1,
			new short[] { 1, (short) 40000 }, null));
		signed.getCalibration().setSigned16BitCalibration();
		assertArrayEquals(new float[] { 1, 40000 }, values(input(signed, "all")
			.slice(1, 1)));
		final ImagePlus floats = new ImagePlus("f", new FloatProcessor(2, 1,
			new float[] { -1.5f, Float.NaN }));
		assertArrayEquals(new float[] { -1.5f, Float.NaN }, values(input(floats,
			"all").slice(1, 1)));
	}

	@Test
	void invertingTableGetsAWarningAndNothingElse() {
		final ImagePlus image = new ImagePlus("dark", new ByteProcessor(2, 1,
			new byte[] { 7, 9 }));
		assertTrue(ImageInput.warnings(image).isEmpty());
		image.getProcessor().invertLut();
		assertEquals(1, ImageInput.warnings(image).size());
		assertTrue(ImageInput.warnings(image).get(0).contains("\"dark\""),
			ImageInput.warnings(image).get(0));
		assertArrayEquals(new float[] { 7, 9 }, values(input(image, "all").slice(1,
			1)));
	}

	@Test
	void palettePictureIsWhatItShowsAsImageAndItsIndicesAsLabels(
		@TempDir final Path folder) throws IOException
	{
		final Color[] colours = { Color.BLACK, new Color(200, 30, 10), new Color(50,
			220, 90) };
		for (final String format : new String[] { "png", "gif" }) {
			final Path file = folder.resolve("palette." + format);
			ImageIO.write(palette(colours), format, file.toFile());
			final ImagePlus image = ImageFiles.open(file);
			assertArrayEquals(new float[] { 0, 200, 50, 0, 30, 220, 0, 10, 90 },
				values(input(image, "all").slice(1, 1)), format);
			assertArrayEquals(new int[] { 0, 1, 2 }, LabelInput.slice(image, 1, 1)
				.update(null).getCurrentStorageArray(), format);
		}
	}

	@Test
	void greyPaletteOutOfOrderIsOneChannelOfWhatItShows(
		@TempDir final Path folder) throws IOException
	{
		final Path file = folder.resolve("grey.gif");
		ImageIO.write(palette(new Color(90, 90, 90), new Color(255, 255, 255),
			new Color(10, 10, 10)), "gif", file.toFile());
		assertArrayEquals(new float[] { 90, 255, 10 }, values(input(ImageFiles.open(
			file), "all").withChannels(1).slice(1, 1)));
	}

	private static BufferedImage palette(final Color... colours) {
		final byte[][] rgb = new byte[3][colours.length];
		for (int i = 0; i < colours.length; i++) {
			rgb[0][i] = (byte) colours[i].getRed();
			rgb[1][i] = (byte) colours[i].getGreen();
			rgb[2][i] = (byte) colours[i].getBlue();
		}
		final BufferedImage picture = new BufferedImage(colours.length, 1,
			BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, colours.length,
				rgb[0], rgb[1], rgb[2]));
		for (int i = 0; i < colours.length; i++)
			picture.getRaster().setSample(i, 0, 0, i);
		return picture;
	}

	/** @return 4 x 3 pixels, 3 channels, 2 slices, 5 frames */
	private static ImagePlus hyperstack() {
		final ImagePlus image = IJ.createHyperStack("h", 4, 3, 3, 2, 5, 16);
		for (int c = 1; c <= 3; c++)
			for (int z = 1; z <= 2; z++)
				for (int t = 1; t <= 5; t++)
					for (int i = 0; i < 12; i++)
						image.getStack().getProcessor(image.getStackIndex(c, z, t)).set(i,
							code(c, z, t, i));
		return image;
	}

	private static int code(final int c, final int z, final int t, final int i) {
		return 10000 * c + 1000 * z + 100 * t + i;
	}

	private static ImageInput input(final ImagePlus image,
		final String channels)
	{
		return ImageInput.of(image, ChannelSelection.parse(channels));
	}

	private static float[] values(final ArrayImg<FloatType, FloatArray> image) {
		return image.update(null).getCurrentStorageArray();
	}
}
