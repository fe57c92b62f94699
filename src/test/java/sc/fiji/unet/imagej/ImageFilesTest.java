
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {

	@TempDir
	Path folder;

	@Test
	void tiffKeepsPixelsCalibrationDimensionsAndOverlay() throws IOException {
		final ImagePlus stack = IJ.createHyperStack("t", 7, 5, 2, 3, 4, 16);
		for (int s = 1; s <= stack.getStackSize(); s++)
			stack.getStack().getProcessor(s).set(3, 2, 1000 + s);
		stack.getCalibration().pixelWidth = 0.25;
		stack.getCalibration().pixelHeight = 0.25;
		stack.getCalibration().pixelDepth = 2;
		stack.getCalibration().setUnit("um");
		final Roi roi = new Roi(1, 1, 3, 2);
		roi.setStrokeColor(Color.RED);
		stack.setOverlay(new Overlay(roi));
		final Path file = folder.resolve("stack.tif");
		ImageFiles.save(new CompositeImage(stack, IJ.GRAYSCALE), file, false);
		final ImagePlus back = ImageFiles.open(file);
		assertArrayEquals(new int[] { 7, 5, 2, 3, 4 }, back.getDimensions());
		assertEquals(1024, back.getStack().getProcessor(24).get(3, 2));
		assertEquals(0.25, back.getCalibration().pixelWidth, 1e-9);
		assertEquals(2, back.getCalibration().pixelDepth, 1e-9);
		assertEquals("\u00b5m", back.getCalibration().getUnit());
		assertEquals(1, back.getOverlay().size());
		assertEquals(Color.RED, back.getOverlay().get(0).getStrokeColor());
		assertEquals("t", stack.getTitle(), "saving renamed the image");
		assertOnlyFile("stack.tif");
	}

	@Test
	void floatImageKeepsItsExactValues() throws IOException {
		final float[] values = { -1.5f, 0, 3.25e-7f, 65536.5f, Float.NaN, 1 };
		final Path file = folder.resolve("f.tif");
		ImageFiles.save(new ImagePlus("f", new FloatProcessor(3, 2, values)), file,
			false);
		assertArrayEquals(values, (float[]) ImageFiles.open(file).getProcessor()
			.getPixels());
	}

	@Test
	void pngShowsTheOverlay() throws IOException {
		final ImagePlus image = new ImagePlus("p", new ByteProcessor(20, 20));
		final Roi roi = new Roi(5, 5, 10, 10);
		roi.setFillColor(Color.GREEN);
		image.setOverlay(new Overlay(roi));
		final Path file = folder.resolve("p.png");
		ImageFiles.save(image, file, false);
		assertEquals(Color.GREEN.getRGB(), ImageIO.read(file.toFile()).getRGB(10,
			10));
	}

	@Test
	void lzwWithPredictorTiffOpens() throws IOException {
		final BufferedImage picture = new BufferedImage(64, 48,
			BufferedImage.TYPE_USHORT_GRAY);
		for (int i = 0; i < 64 * 48; i++)
			picture.getRaster().setSample(i % 64, i / 64, 0, i * 17 % 60000);
		final Path file = folder.resolve("lzw.tif");
		writeTiff(picture, "LZW", file);
		final ImagePlus image = ImageFiles.open(file);
		assertEquals(16, image.getBitDepth());
		for (int i = 0; i < 64 * 48; i++)
			assertEquals(i * 17 % 60000, image.getProcessor().get(i), "pixel " + i);
	}

	@Test
	void existingFileIsNotReplacedUnlessAllowed() throws IOException {
		final Path file = folder.resolve("a.tif");
		ImageFiles.save(new ImagePlus("a", new ByteProcessor(2, 2)), file, false);
		final ImagePlus other = new ImagePlus("b", new ByteProcessor(3, 3));
		final IOException refused = assertThrows(IOException.class, () -> ImageFiles
			.save(other, file, false));
		assertNames(refused, "a.tif", "exists already");
		assertEquals(2, ImageFiles.open(file).getWidth());
		ImageFiles.save(other, file, true);
		assertEquals(3, ImageFiles.open(file).getWidth());
		assertOnlyFile("a.tif");
	}

	@Test
	void unknownExtensionAndMissingFolderAreRefused() {
		final ImagePlus image = new ImagePlus("a", new ByteProcessor(2, 2));
		assertNames(assertThrows(IOException.class, () -> ImageFiles.save(image,
			folder.resolve("a.xyz"), false)), "a.xyz", ".tif");
		assertNames(assertThrows(IOException.class, () -> ImageFiles.save(image,
			folder.resolve("none/a.tif"), false)), "none", "does not exist");
	}

	@Test
	void whatIsWrongWithAFileIsSaid() throws IOException {
		assertRefused(folder.resolve("missing.tif"), "There is no file");
		assertRefused(Files.createDirectory(folder.resolve("dir.tif")), "folder");
		assertRefused(write("empty.tif", new byte[0]), "empty");
		assertRefused(write("text.tif", "not an image at all".getBytes()),
			"not an image");
		assertRefused(write("notes.txt", "1 2 3".getBytes()), "not an image");
		assertRefused(write("random.png", new byte[] { 3, 1, 4, 1, 5, 9, 2, 6, 5, 3,
			5, 8, 9, 7, 9 }), "not an image");
		assertRefused(write("header.tif", new byte[] { 'I', 'I', 42, 0, 8, 0, 0,
			0 }), "header.tif");
		assertRefused(write("header.png", new byte[] { (byte) 137, 'P', 'N', 'G', 1,
			2, 3, 4, 5, 6, 7, 8 }), "damaged");
		assertRefused(write("slide.mrxs", new byte[] { 1 }),
			"MIRAX slides cannot be read here");
	}

	/** A header may promise anything; a batch goes on with the next file. */
	@Test
	void stripsOfImpossibleLengthsAreRefused() throws IOException {
		for (final String compression : new String[] { "Deflate", "LZW" }) {
			final Path file = folder.resolve(compression + "-strips.tif");
			writeTiff(new BufferedImage(16, 8, BufferedImage.TYPE_BYTE_GRAY),
				compression, file);
			final byte[] bytes = Files.readAllBytes(file);
			Arrays.fill(bytes, stripByteCounts(bytes) + 8, stripByteCounts(bytes) +
				12, (byte) 0xff);
			assertRefused(Files.write(file, bytes), "damaged");
		}
	}

	/** @return position of the entry with the lengths of strips: tag 279 */
	private static int stripByteCounts(final byte[] tiff) {
		final ByteBuffer b = ByteBuffer.wrap(tiff).order(tiff[0] == 'I'
			? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		final int directory = b.getInt(4);
		for (int i = 0; i < b.getShort(directory); i++)
			if (b.getShort(directory + 2 + 12 * i) == 279) {
				assertEquals(1, b.getInt(directory + 2 + 12 * i + 4), "one strip");
				return directory + 2 + 12 * i;
			}
		throw new AssertionError("no lengths of strips");
	}

	@Test
	void truncatedFilesAreRefused() throws IOException {
		final ShortProcessor noise = new ShortProcessor(100, 80);
		noise.noise(1000);
		final Path tif = folder.resolve("whole.tif");
		ImageFiles.save(new ImagePlus("n", noise), tif, false);
		assertRefused(cut(tif, "cut.tif"), "cut off");
		final Path stack = folder.resolve("stack.tif");
		ImageFiles.save(IJ.createImage("s", "8-bit ramp", 50, 50, 9), stack, false);
		assertRefused(cut(stack, "cutstack.tif"), "cut off");
		final Path png = folder.resolve("whole.png");
		ImageIO.write(noise.get16BitBufferedImage(), "png", png.toFile());
		assertRefused(cut(png, "cut.png"), "damaged");
		for (final String compression : new String[] { "LZW", "Deflate" }) {
			final Path compressed = folder.resolve(compression + ".tif");
			writeTiff(noise.get16BitBufferedImage(), compression, compressed);
			assertRefused(cut(compressed, "cut" + compression + ".tif"), "cut" +
				compression);
		}
	}

	@Test
	void damagedZipStripsAreRefusedInsteadOfHanging() throws IOException {
		final ShortProcessor noise = new ShortProcessor(100, 80);
		noise.noise(1000);
		final Path file = folder.resolve("zip.tif");
		writeTiff(noise.get16BitBufferedImage(), "Deflate", file);
		final byte[] bytes = Files.readAllBytes(file);
		Arrays.fill(bytes, 1000, 3000, (byte) 0x55);
		assertRefused(write("damaged.tif", bytes), "damaged");
	}

	@Test
	void refusingIsQuiet() throws IOException {
		final Path file = write("bad.tif", new byte[] { 'M', 'M', 0, 42, 0, 0, 0,
			99, 1, 2 });
		final PrintStream out = System.out;
		final PrintStream err = System.err;
		final ByteArrayOutputStream said = new ByteArrayOutputStream();
		try (PrintStream ear = new PrintStream(said)) {
			System.setOut(ear);
			System.setErr(ear);
			assertThrows(IOException.class, () -> ImageFiles.open(file));
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
		assertEquals("", said.toString());
	}

	@Test
	void namesOfImagesAreKnown() {
		assertTrue(ImageFormats.isImage(folder.resolve("A.TIFF")));
		assertTrue(ImageFormats.isImage(folder.resolve("a.png")));
		assertFalse(ImageFormats.isImage(folder.resolve("a.zip")));
		assertFalse(ImageFormats.isImage(folder.resolve(".hidden.png")));
		assertFalse(ImageFormats.isImage(folder.resolve("tif")));
	}

	@Test
	void everyRealImageOpens() throws IOException {
		final String data = System.getProperty("unet.test.data", "");
		Assumptions.assumeFalse(data.isEmpty(),
			"-Dunet.test.data is not set: no real images");
		int images = 0;
		try (Stream<Path> files = Files.walk(Paths.get(data))) {
			for (final Path file : files.filter(ImageFormats::isImage).collect(
				Collectors.toList()))
			{
				assertTrue(ImageFiles.open(file).getWidth() > 1, file.toString());
				images++;
			}
		}
		assertTrue(images > 150, images + " images in " + data);
	}

	private void assertRefused(final Path file, final String what) {
		final IOException e = assertThrows(IOException.class, () -> ImageFiles.open(
			file), file + " was opened");
		assertNames(e, file.getFileName().toString(), what);
	}

	private static void assertNames(final Exception e, final String... parts) {
		for (final String part : parts)
			assertTrue(e.getMessage().contains(part), "\"" + e.getMessage() +
				"\" does not say \"" + part + "\"");
	}

	private void assertOnlyFile(final String name) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			assertArrayEquals(new Object[] { name }, files.map(f -> f.getFileName()
				.toString()).toArray());
		}
	}

	private Path write(final String name, final byte[] bytes) throws IOException {
		return Files.write(folder.resolve(name), bytes);
	}

	private Path cut(final Path file, final String name) throws IOException {
		final byte[] bytes = Files.readAllBytes(file);
		return write(name, Arrays.copyOf(bytes, bytes.length * 2 / 3));
	}

	/** Writes header and directory first, so that a cut takes pixels away. */
	private static void writeTiff(final BufferedImage picture,
		final String compression, final Path file) throws IOException
	{
		final ImageWriter writer = ImageIO.getImageWriters(ImageTypeSpecifier
			.createFromRenderedImage(picture), "tiff").next();
		final ImageWriteParam param = writer.getDefaultWriteParam();
		param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
		param.setCompressionType(compression);
		try (ImageOutputStream out = ImageIO.createImageOutputStream(file
			.toFile()))
		{
			writer.setOutput(out);
			writer.write(null, new IIOImage(picture, null, null), param);
		}
		writer.dispose();
	}
}
