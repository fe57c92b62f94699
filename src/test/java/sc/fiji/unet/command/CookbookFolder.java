
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.RoiEncoder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.imagej.LabelRois;
import sc.fiji.unet.model.ModelPackage;

/**
 * A folder as the cookbook describes it, with small images, and what the
 * recipes have written into it.
 */
final class CookbookFolder {

	private static final Path CELLS = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");
	/** Pixels along each side; enough for a few cells. */
	private static final int SIZE = 96;
	private static final String PLAN =
		"{ \"network\": { \"features\": [ 4, 8, 16 ] }, \"patchSize\": [ 64 ], \"batchSize\": 2, \"updatesPerEpoch\": 20, \"updates\": 40 }";

	/** Of the model, in which the time and the place of its training stand. */
	private static final String CHECKSUM = "\\b[0-9a-f]{64}\\b";

	private final Path folder;

	private CookbookFolder(final Path folder) {
		this.folder = folder;
	}

	static CookbookFolder make(final Path folder) throws IOException {
		for (final String name : new String[] { "annotated", "new", "truth" })
			Files.createDirectories(folder.resolve(name));
		for (int i = 1; i <= 3; i++)
			annotate(String.format("cells%02d", i), folder);
		for (final String name : new String[] { "cells 09", "cells10" }) {
			final String source = name.replace(" ", "");
			ImageFiles.save(cut("images/" + source + ".png"), folder.resolve("new/" +
				name + ".png"), false);
			ImageFiles.save(cut("labels/" + source + ".tif"), folder.resolve(
				"truth/" + name + ".tif"), false);
		}
		Files.write(folder.resolve("plan.json"), PLAN.getBytes(
			StandardCharsets.UTF_8));
		return new CookbookFolder(folder);
	}

	private static void annotate(final String name, final Path folder)
		throws IOException
	{
		final ImagePlus image = cut("images/" + name + ".png");
		final Overlay overlay = new Overlay();
		for (final Roi roi : LabelRois.toRois(LabelInput.slice(cut("labels/" +
			name + ".tif"), 1, 1), "cell"))
			overlay.add(roi);
		image.setOverlay(overlay);
		ImageFiles.save(image, folder.resolve("annotated/" + name + ".tif"), false);
	}

	private static ImagePlus cut(final String file) throws IOException {
		final ImagePlus image = ImageFiles.open(CELLS.resolve(file));
		image.setRoi(80, 80, SIZE, SIZE);
		final ImagePlus part = image.crop();
		part.setTitle(image.getTitle());
		return part;
	}

	Path path() {
		return folder;
	}

	Path file(final String name) {
		return folder.resolve(name);
	}

	byte[] bytes(final String name) throws IOException {
		return Files.readAllBytes(folder.resolve(name));
	}

	/** @return weights of the model */
	byte[] weights() throws IOException {
		try (ModelPackage pack = ModelPackage.open(folder.resolve("cells.zip"))) {
			return Files.readAllBytes(pack.exported().resolve(
				"variables/variables.data-00000-of-00001"));
		}
	}

	/** @return the results of the folder, without what tells time and place */
	Map<String, byte[]> results() throws IOException {
		final Map<String, byte[]> bytes = new TreeMap<>();
		try (Stream<Path> files = Files.list(folder.resolve("results"))) {
			final List<Path> results = files.filter(file -> !file.getFileName()
				.toString().startsWith("unet-")).collect(Collectors.toList());
			for (final Path file : results)
				bytes.put(file.getFileName().toString(), Files.readAllBytes(file));
		}
		bytes.computeIfPresent("summary.csv", (name, summary) -> new String(summary,
			StandardCharsets.UTF_8).replaceAll(CHECKSUM, "checksum").getBytes(
				StandardCharsets.UTF_8));
		return bytes;
	}

	/** @return pixels of an image of one slice, as they are stored */
	Object pixels(final String name) throws IOException {
		final ImagePlus image = ImageFiles.open(folder.resolve(name));
		assertEquals(1, image.getStackSize(), name);
		return image.getProcessor().getPixels();
	}

	/** @return each ROI as ImageJ saves it, without the colours of an overlay */
	static List<String> shapes(final Iterable<Roi> rois) {
		final List<String> shapes = new ArrayList<>();
		for (final Roi roi : rois) {
			final Roi plain = (Roi) roi.clone();
			plain.setStroke(null);
			plain.setFillColor(null);
			plain.setStrokeColor(null);
			plain.setProperties(null);
			shapes.add(plain.getName() + " " + Arrays.toString(RoiEncoder
				.saveAsByteArray(plain)));
		}
		return shapes;
	}
}
