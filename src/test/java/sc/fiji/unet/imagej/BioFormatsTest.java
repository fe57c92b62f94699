
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.Prefs;
import ij.process.ByteProcessor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bio-Formats by name, with classes of our own that stand in for it: what is
 * called, and what is said. That the real ones are called so is not tested
 * here.
 */
class BioFormatsTest {

	@TempDir
	Path folder;

	private Path two(final String name) throws IOException {
		return BioFormatsStandIn.write(folder.resolve(name), new int[] { 32, 24,
			100 }, new int[] { 20, 40, 200 });
	}

	private static String refused(final Path file, final int series) {
		return assertThrows(IOException.class, () -> ImageFiles.open(file, series))
			.getMessage();
	}

	private static void assertSays(final String message, final String... parts) {
		for (final String part : parts)
			assertTrue(message.contains(part), "\"" + message + "\" does not say \"" +
				part + "\"");
	}

	@Test
	void withoutItFilesOfMicroscopesAreNoImages() throws IOException {
		final Path file = two("a.czi");
		assertFalse(ImageFormats.isImage(file));
		assertSays(refused(file, 1), file.toString(), "format", "Bio-Formats",
			"bioformats_package.jar");
		final Path tif = folder.resolve("a.tif");
		ImageFiles.save(new ImagePlus("a", new ByteProcessor(9, 9)), tif, false);
		assertEquals(9, ImageFiles.open(tif, 1).getWidth());
		assertSays(refused(tif, 2), "series 2", "only the first series",
			"Bio-Formats", "bioformats_package.jar");
		assertEquals(1, ImageFiles.seriesCount(file));
	}

	@Test
	void eachSeriesIsOpened() throws IOException {
		final Path file = two("a.lif");
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder)) {
			assertEquals(2, ImageFiles.seriesCount(file));
			final ImagePlus first = ImageFiles.open(file);
			assertEquals(32, first.getWidth());
			assertEquals(100, first.getProcessor().get(5, 5));
			final ImagePlus second = ImageFiles.open(file, 2);
			assertEquals(40, second.getHeight());
			assertEquals(200, second.getProcessor().get(5, 5));
			assertSays(refused(file, 3), "Cannot open series 3 of " + file,
				"it has 2 series", "no series 3");
			assertSays(refused(BioFormatsStandIn.write(folder.resolve("one.nd2"),
				new int[] { 8, 8, 1 }), 2), "it has one series", "no series 2");
		}
	}

	@Test
	void imagesOfMicroscopesCountInFoldersAndTextsDoNot() throws IOException {
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder)) {
			for (final String extension : ImageFormats.BIO_FORMATS)
				assertTrue(ImageFormats.isImage(folder.resolve("A." + extension)),
					extension);
			for (final String name : new String[] { "a.txt", "a.csv", "a.xml",
				"a.json", "a.log", "a.zip", "a.roi", "a.ijm", "a.pdf", "a.gz",
				".a.czi" })
				assertFalse(ImageFormats.isImage(folder.resolve(name)), name);
		}
	}

	@Test
	void imageJIsFirstButForOmeTiff() throws IOException {
		final Path tif = folder.resolve("a.tif");
		ImageFiles.save(new ImagePlus("a", new ByteProcessor(9, 9)), tif, false);
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder)) {
			assertEquals(9, ImageFiles.open(tif).getWidth());
			assertEquals(1, ImageFiles.seriesCount(tif));
			assertSays(refused(tif, 2), "Bio-Formats cannot read it",
				"Unknown file format");
			assertEquals(32, ImageFiles.open(two("b.ome.tif")).getWidth());
			assertEquals(2, ImageFiles.seriesCount(folder.resolve("b.ome.tif")));
			assertEquals(32, ImageFiles.open(two("c.unknown")).getWidth());
		}
		assertSays(refused(folder.resolve("c.unknown"), 1), "not an image",
			"save it as TIFF or PNG");
	}

	@Test
	void damagedTiffsAreSaidAndNotHandedOn() throws IOException {
		final Path tif = folder.resolve("whole.tif");
		ImageFiles.save(new ImagePlus("a", new ByteProcessor(90, 90)), tif, false);
		final byte[] bytes = Files.readAllBytes(tif);
		final Path cut = Files.write(folder.resolve("cut.tif"), Arrays.copyOf(bytes,
			bytes.length - 500));
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder)) {
			assertSays(refused(cut, 1), "cut off, 500 bytes are missing");
		}
	}

	@Test
	void whatTheUserChoseInItsImporterStays() throws IOException {
		Prefs.set("bioformats.virtual", true);
		final Path file = two("a.czi");
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder)) {
			ImageFiles.open(file, 2);
			assertTrue(Prefs.get("bioformats.virtual", false), "virtual");
			assertFalse(Prefs.get("bioformats.windowless", true), "windowless");
		}
	}

	@Test
	void hugePlanesAreRefusedBeforeTheyAreRead() throws IOException {
		final Path file = BioFormatsStandIn.write(folder.resolve("slide.svs"),
			new int[] { 80_000, 40_000, 1 }, new int[] { 20, 10, 1 });
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder)) {
			assertSays(refused(file, 1), "80,000 x 40,000 pixels", "2,147,483,647",
				"Crop on import", "smaller series");
			assertEquals(20, ImageFiles.open(file, 2).getWidth());
		}
	}

	@Test
	void anotherVersionIsSaid() throws IOException {
		final Path file = two("a.czi");
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder,
			"setWindowless"))
		{
			assertSays(refused(file, 1), "lacks ImporterOptions.setWindowless",
				"update Fiji");
		}
	}

	@Test
	void whatItCannotReadIsSaid() throws IOException {
		final Path file = Files.write(folder.resolve("bad.czi"), "damaged".getBytes(
			StandardCharsets.UTF_8));
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder)) {
			assertSays(refused(file, 1), "bad.czi: Bio-Formats cannot read it",
				"Unknown file format");
			assertThrows(IOException.class, () -> ImageFiles.seriesCount(file));
			assertEquals(1, SeriesSelection.parse("all").numbers(file).length);
		}
	}

	@Test
	void seriesAreNumbersOrAll() throws IOException {
		final Path file = two("a.czi");
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder)) {
			assertEquals(2, SeriesSelection.parse(" All ").numbers(file).length);
			assertEquals(7, SeriesSelection.parse("7").numbers(file)[0]);
		}
		for (final String wrong : new String[] { "", "0", "-1", "1,2", "first" })
			assertSays(assertThrows(IllegalArgumentException.class,
				() -> SeriesSelection.parse(wrong)).getMessage(), "\"" + wrong + "\"",
				"all", "number from 1");
	}
}
