
package sc.fiji.unet.imagej;

import ij.gui.ImageRoi;
import ij.gui.OvalRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.process.FloatPolygon;
import ij.process.ImageProcessor;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The pixels that a ROI stands for: those within an area, holes left out; those
 * under a line of its stroke width; disks around points.
 */
final class RoiShapes {

	private RoiShapes() {}

	/**
	 * @param roi of any type
	 * @param pointRadius radius in pixels of the disk around a point
	 * @return areas, one each; of points one a point; none of a text or picture,
	 *         which marks no pixels
	 */
	static List<Roi> areas(final Roi roi, final double pointRadius) {
		if (roi instanceof TextRoi || roi instanceof ImageRoi) return Collections
			.emptyList();
		if (roi.getType() == Roi.POINT) return disks(roi.getFloatPolygon(),
			pointRadius);
		return Collections.singletonList(roi.isArea() ? roi : area(roi));
	}

	private static List<Roi> disks(final FloatPolygon points,
		final double radius)
	{
		final List<Roi> disks = new ArrayList<>();
		for (int i = 0; i < points.npoints; i++)
			disks.add(disk(points.xpoints[i], points.ypoints[i], radius));
		return disks;
	}

	/** Points lie in the middle of a pixel, or name it by its corner. */
	private static Roi disk(final double x, final double y, final double radius) {
		final double left = Math.floor(x) + 0.5 - radius;
		final double top = Math.floor(y) + 0.5 - radius;
		return new OvalRoi(left, top, 2 * radius, 2 * radius);
	}

	/** ImageJ takes an angle for neither line nor area. */
	private static Roi area(final Roi line) {
		final Roi shape = line.getType() == Roi.ANGLE ? new PolygonRoi(line
			.getFloatPolygon(), Roi.POLYLINE) : (Roi) line.clone();
		shape.setStrokeWidth(Math.max(1, line.getStrokeWidth()));
		return Roi.convertLineToArea(shape);
	}

	/**
	 * @param area a ROI that is an area
	 * @param pixel told the index of each of its pixels within an image of this
	 *          size, in x, then y
	 */
	static void forEachPixel(final Roi area, final int width, final int height,
		final IntConsumer pixel)
	{
		final Rectangle bounds = area.getBounds();
		final ImageProcessor mask = area.getMask();
		final Rectangle inside = bounds.intersection(new Rectangle(width, height));
		for (int y = inside.y; y < inside.y + inside.height; y++)
			for (int x = inside.x; x < inside.x + inside.width; x++)
				if (mask == null || mask.get(x - bounds.x, y - bounds.y) != 0) pixel
					.accept(y * width + x);
	}
}
