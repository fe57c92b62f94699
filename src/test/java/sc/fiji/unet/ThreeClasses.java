
package sc.fiji.unet;

import ij.ImagePlus;
import ij.process.ByteProcessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Locale;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.LabelFile;

/**
 * The sample of cells with masks of three classes: background, the inside of
 * cells, and their rim. The label values are not the indices of the classes.
 */
public final class ThreeClasses {

	/** Label values: background, inside, rim. */
	public static final int[] VALUES = { 0, 100, 200 };

	/** Width of the rim in pixels. */
	private static final int RIM = 3;
	private static final Path DATA = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");

	private ThreeClasses() {}

	/**
	 * Writes {@code images} and {@code labels} of the first samples.
	 *
	 * @param first number of the first sample, from 1
	 * @param last number of the last one, to 10
	 */
	public static void write(final Path folder, final int first, final int last)
		throws IOException
	{
		for (final String kind : new String[] { "images", "labels" })
			Files.createDirectories(folder.resolve(kind));
		for (int i = first; i <= last; i++) {
			final String name = String.format(Locale.ROOT, "cells%02d", i);
			Files.copy(DATA.resolve("images").resolve(name + ".png"), folder.resolve(
				"images").resolve(name + ".png"));
			ImageFiles.save(new ImagePlus(name, mask(LabelFile.open(DATA.resolve(
				"labels").resolve(name + ".tif")).slices().get(0))), folder.resolve(
					"labels").resolve(name + ".tif"), false);
		}
	}

	private static ByteProcessor mask(final ArrayImg<IntType, IntArray> cells) {
		final int width = (int) cells.dimension(0);
		final int height = (int) cells.dimension(1);
		final int[] labels = cells.update(null).getCurrentStorageArray();
		final ByteProcessor mask = new ByteProcessor(width, height);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				if (labels[y * width + x] > 0) mask.set(x, y, isRim(labels, width,
					height, x, y) ? VALUES[2] : VALUES[1]);
		return mask;
	}

	/** Whether another label is near. */
	private static boolean isRim(final int[] labels, final int width,
		final int height, final int x, final int y)
	{
		for (int dy = -RIM; dy <= RIM; dy++)
			for (int dx = -RIM; dx <= RIM; dx++) {
				if (dx * dx + dy * dy > RIM * RIM || x + dx < 0 || x + dx >= width ||
					y + dy < 0 || y + dy >= height) continue;
				if (labels[(y + dy) * width + x + dx] != labels[y * width + x])
					return true;
			}
		return false;
	}
}
