
package sc.fiji.unet.imagej;

import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.process.ImageProcessor;

import java.awt.Rectangle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

/** The way back from ROIs to labels, to compare them. */
public final class RoiLabels {

	private RoiLabels() {}

	/** @return the ROIs of a ROI set, in order */
	public static List<Roi> read(final Path file) throws IOException {
		final List<Roi> rois = new ArrayList<>();
		try (InputStream in = Files.newInputStream(file);
				ZipInputStream zip = new ZipInputStream(in))
		{
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip
				.getNextEntry())
				rois.add(RoiDecoder.openFromByteArray(zip.readAllBytes()));
		}
		return rois;
	}

	/** @return labels (x, y): each ROI filled with the number in its name */
	public static ArrayImg<IntType, IntArray> toLabels(final List<Roi> rois,
		final int width, final int height)
	{
		final int[] labels = new int[width * height];
		for (final Roi roi : rois)
			fill(roi, labels, width, height);
		return ArrayImgs.ints(labels, width, height);
	}

	private static void fill(final Roi roi, final int[] labels, final int width,
		final int height)
	{
		final Rectangle bounds = roi.getBounds();
		final ImageProcessor mask = roi.getMask();
		final Rectangle inside = bounds.intersection(new Rectangle(width, height));
		for (int y = inside.y; y < inside.y + inside.height; y++)
			for (int x = inside.x; x < inside.x + inside.width; x++)
				if (mask == null || mask.get(x - bounds.x, y - bounds.y) != 0)
					labels[y * width + x] = LabelRois.label(roi);
	}
}
