
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.RoiEncoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotatedFilesTest {

	@TempDir
	Path folder;

	private static Roi box(final String name) {
		final Roi roi = new Roi(1, 1, 4, 4);
		roi.setName(name);
		return roi;
	}

	private Path save(final String name, final Roi... overlay)
		throws IOException
	{
		final ImagePlus image = IJ.createImage(name, 20, 20, 1, 8);
		if (overlay.length > 0) image.setOverlay(new Overlay());
		for (final Roi roi : overlay)
			image.getOverlay().add(roi);
		final Path file = folder.resolve(name);
		ImageFiles.save(image, file, true);
		return file;
	}

	private List<AnnotatedImage> open(final String exclude) throws IOException {
		return AnnotatedFiles.open(folder, exclude, 1, sentence -> {}, () -> false);
	}

	@Test
	void roisAreInTheImageOrBesideIt() throws IOException {
		save("img10.tif", box("cell#1"), box("ignore"));
		save("img2.png");
		RoiZip.write(Collections.singletonList(box("set#2")), folder.resolve(
			"img2_rois.zip"), false);
		save("img3.png");
		Files.write(folder.resolve("img3.roi"), RoiEncoder.saveAsByteArray(box(
			"single#3")));
		save("img4.png");
		try (ZipOutputStream model = new ZipOutputStream(Files.newOutputStream(
			folder.resolve("img4.zip"))))
		{
			model.putNextEntry(new ZipEntry("rdf.yaml"));
		}
		save("img2_labels.tif");
		final List<AnnotatedImage> images = open("");
		assertEquals(List.of("img2", "img3", "img4", "img10"), images.stream().map(
			AnnotatedImage::name).collect(Collectors.toList()));
		assertEquals(List.of(RoiSource.FILE, RoiSource.FILE, RoiSource.OVERLAY,
			RoiSource.OVERLAY), images.stream().map(AnnotatedImage::source).collect(
				Collectors.toList()));
		assertEquals("set#2", images.get(0).rois().get(0).getName());
		assertEquals("single#3", images.get(1).rois().get(0).getName());
		assertTrue(images.get(2).rois().isEmpty());
		assertEquals(2, images.get(3).rois().size());
		assertEquals(List.of("img3", "img4"), open("img2, img10").stream().map(
			AnnotatedImage::name).collect(Collectors.toList()));
	}

	@Test
	void everyFileThatCannotBeUsedIsNamed() throws IOException {
		save("a.png");
		RoiZip.write(Collections.singletonList(box("1")), folder.resolve("a.zip"),
			false);
		Files.write(folder.resolve("a.roi"), RoiEncoder.saveAsByteArray(box("1")));
		Files.write(save("b.tif"), new byte[] { 1, 2, 3 });
		save("c.png");
		Files.write(folder.resolve("c.roi"), new byte[] { 1, 2, 3 });
		save("f.png");
		Files.write(folder.resolve("f.roi"), Arrays.copyOf(RoiEncoder
			.saveAsByteArray(box("1")), 60));
		save("d.png");
		Files.write(folder.resolve("d_rois.zip"), new byte[] { 1, 2, 3 });
		save("e.png");
		Files.write(folder.resolve("e.zip"), new byte[] { 1, 2, 3 });
		final String message = assertThrows(IllegalArgumentException.class,
			() -> open("")).getMessage();
		assertTrue(message.contains("a.zip or a.roi; leave one"), message);
		assertTrue(message.contains("b.tif"), message);
		assertTrue(message.contains("'c.roi'"), message);
		assertTrue(message.contains("'f.roi'"), message);
		assertTrue(message.contains("no ROI in"), message);
		assertTrue(message.contains("d_rois.zip"), message);
		assertTrue(message.contains("e.zip is no zip file, or damaged"), message);
	}

	/**
	 * As macOS packs them: beside each file another one, with what it knows of
	 * it.
	 */
	@Test
	void whatMacOsAddsToAZipIsNoRoi() throws IOException {
		save("a.png");
		final Path zip = folder.resolve("a.zip");
		try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(
			zip)))
		{
			for (final String name : new String[] { "a/1.roi",
				"__MACOSX/a/._1.roi" })
			{
				out.putNextEntry(new ZipEntry(name));
				out.write(name.startsWith("a") ? RoiEncoder.saveAsByteArray(box("1"))
					: new byte[] { 0, 5, 22, 7 });
			}
		}
		assertTrue(RoiZip.isRoiSet(zip));
		assertEquals(1, RoiZip.read(zip).size());
		try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(
			zip)))
		{
			out.putNextEntry(new ZipEntry("__MACOSX/._1.roi"));
		}
		assertFalse(RoiZip.isRoiSet(zip));
	}

	@Test
	void openingEndsBetweenFiles() throws IOException {
		save("a.png");
		save("b.png");
		final List<String> asked = new ArrayList<>();
		assertThrows(CancellationException.class, () -> AnnotatedFiles.open(folder,
			"", 1, sentence -> {}, () -> {
				asked.add("?");
				return asked.size() > 1;
			}));
		assertEquals(2, asked.size());
	}
}
