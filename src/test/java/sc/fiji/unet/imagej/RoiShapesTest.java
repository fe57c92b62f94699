
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.gui.EllipseRoi;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.RotatedRectRoi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class RoiShapesTest {

	private static final int SIZE = 20;

	/** @return pixels of all areas of a ROI, as rows of dots and marks */
	private static String[] drawn(final Roi roi, final double radius,
		final int size)
	{
		final char[][] rows = new char[size][size];
		for (final char[] row : rows)
			java.util.Arrays.fill(row, '.');
		for (final Roi area : RoiShapes.areas(roi, radius))
			RoiShapes.forEachPixel(area, size, size, p -> rows[p / size][p % size] =
				'#');
		final String[] result = new String[size];
		for (int y = 0; y < size; y++)
			result[y] = new String(rows[y]);
		return result;
	}

	private static int count(final Roi roi) {
		int count = 0;
		for (final String row : drawn(roi, 3, SIZE))
			count += row.chars().filter(c -> c == '#').count();
		return count;
	}

	@Test
	void areasAreFilled() {
		assertEquals(12, count(new Roi(2, 3, 4, 3)));
		// Centres of pixels within the circle.
		int inside = 0;
		for (int y = 0; y < SIZE; y++)
			for (int x = 0; x < SIZE; x++)
				if (Math.hypot(x + 0.5 - 8, y + 0.5 - 8) < 5) inside++;
		assertEquals(inside, count(new OvalRoi(3, 3, 10, 10)), 4);
		final float[] xs = { 2, 12, 12, 2 };
		final float[] ys = { 3, 3, 8, 8 };
		assertEquals(50, count(new PolygonRoi(xs, ys, Roi.POLYGON)));
		assertEquals(50, count(new PolygonRoi(xs, ys, Roi.FREEROI)));
		assertEquals(50, count(new PolygonRoi(xs, ys, Roi.TRACED_ROI)));
		assertTrue(count(new EllipseRoi(3, 10, 15, 10, 0.5)) > 40);
		assertEquals(40, count(new RotatedRectRoi(4, 10, 14, 10, 4)), 12);
	}

	@Test
	void holesAreNoPartOfAnArea() {
		final ShapeRoi ring = new ShapeRoi(new Roi(2, 2, 6, 6)).not(new ShapeRoi(
			new Roi(4, 4, 2, 2)));
		assertArrayEquals(new String[] { "..........", "..........", "..######..",
			"..######..", "..##..##..", "..##..##..", "..######..", "..######..",
			"..........", ".........." }, drawn(ring, 3, 10));
	}

	@Test
	void linesHaveTheirStrokeWidth() {
		final Line thin = new Line(2, 5, 8, 5);
		assertEquals(6, count(thin), 1);
		final Line thick = new Line(2, 8, 12, 8);
		thick.setStrokeWidth(4);
		assertEquals(40, count(thick), 8);
		final float[] xs = { 2, 10, 10 };
		final float[] ys = { 4, 4, 12 };
		for (final int type : new int[] { Roi.POLYLINE, Roi.FREELINE, Roi.ANGLE }) {
			final PolygonRoi line = new PolygonRoi(xs.clone(), ys.clone(), type);
			assertEquals(17, count(line), 3, "one pixel, type " + type);
			line.setStrokeWidth(3);
			assertEquals(50, count(line), 8, "three pixels, type " + type);
		}
	}

	@Test
	void aDrawnLineIsNotChanged() {
		final Line line = new Line(2, 5, 8, 5);
		RoiShapes.areas(line, 3);
		assertEquals(0, line.getStrokeWidth());
	}

	@Test
	void pointsAreDisks() {
		final PointRoi points = new PointRoi(new float[] { 5.5f, 14 }, new float[] {
			5.5f, 14 }, 2);
		final List<Roi> disks = RoiShapes.areas(points, 2.5);
		assertEquals(2, disks.size());
		for (final int centre : new int[] { 5, 14 }) {
			final List<Integer> expected = new ArrayList<>();
			for (int p = 0; p < SIZE * SIZE; p++)
				if (Math.hypot(p % SIZE - centre, p / SIZE - centre) < 2.5) expected
					.add(p);
			final List<Integer> pixels = new ArrayList<>();
			RoiShapes.forEachPixel(disks.get(centre == 5 ? 0 : 1), SIZE, SIZE,
				pixels::add);
			assertEquals(expected, pixels);
		}
		assertEquals(1, RoiShapes.areas(new PointRoi(3, 4), 0.5).size());
		assertArrayEquals(new String[] { "....", "....", ".#..", "...." }, drawn(
			new PointRoi(1, 2), 0.5, 4));
	}

	@Test
	void whatSticksOutOfTheImageIsCutOff() {
		assertEquals(4, count(new Roi(-3, -3, 5, 5)));
		assertEquals(0, count(new Roi(30, 30, 5, 5)));
	}

	@Test
	void textMarksNothing() {
		assertTrue(RoiShapes.areas(new TextRoi(2, 2, "cell"), 3).isEmpty());
	}
}
