
package sc.fiji.unet.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImgs;

class ObjectBorderTest {

	@Test
	void touchingObjectsHaveTheirInsidesFarApart() {
		final int[] labels = new int[40 * 12];
		for (int y = 0; y < 12; y++)
			for (int x = 0; x < 40; x++)
				labels[y * 40 + x] = x < 20 ? 1 : 2;
		final int[] classes = classes(labels, 0.4, 40, 12);
		for (int x = 0; x < 40; x++) {
			// Depth 19.5 beside the end of the image, so the border is below 7.8.
			final boolean border = x > 11 && x < 28;
			assertEquals(border ? ObjectBorder.BORDER : ObjectBorder.INSIDE,
				classes[5 * 40 + x], "x = " + x);
		}
	}

	/** Bacteria, say. */
	@Test
	void thinObjectsThatTouchHaveABorderBetweenThem() {
		assertEquals("02122120", acrossTwo(3));
		assertEquals("0211221120", acrossTwo(4));
		assertEquals("011110", acrossTwo(2), "too thin");
	}

	/** @return classes on a line across two long objects that touch */
	private static String acrossTwo(final int thickness) {
		final int height = 60;
		final int width = 2 * thickness + 2;
		final int[] labels = new int[width * height];
		for (int y = 0; y < height; y++)
			for (int x = 0; x < 2 * thickness; x++)
				labels[y * width + x + 1] = 1 + x / thickness;
		final int[] classes = classes(labels, 0.4, width, height);
		final int middle = height / 2 * width;
		return Arrays.toString(Arrays.copyOfRange(classes, middle, middle + width))
			.replaceAll("[^0-9]", "");
	}

	@Test
	void equalsASearchOfAllPixels() {
		final Random random = new Random(9);
		for (int round = 0; round < 60; round++) {
			final int width = 3 + random.nextInt(14);
			final int height = 3 + random.nextInt(14);
			final int[] labels = new int[width * height];
			for (int k = 0; k < 5; k++)
				paint(labels, width, k + 1, random);
			for (int k = 0; k < 3; k++)
				labels[random.nextInt(labels.length)] = -1;
			final double share = random.nextDouble();
			final int[] classes = classes(labels, share, width, height);
			for (int p = 0; p < labels.length; p++)
				assertEquals(naive(labels, width, p, share), classes[p], "round " +
					round + ", pixel " + p);
		}
	}

	@Test
	void everyObjectKeepsAnInside() {
		final int[] classes = classes(new int[] { 0, 1, 2, 0, 3, 3, 0 }, 0.99, 7,
			1);
		assertEquals("0110110", Arrays.toString(classes).replaceAll("[^0-9]", ""));
	}

	@Test
	void theShareIsChecked() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> classes(new int[4], 1, 2, 2)).getMessage();
		assertTrue(message.contains("1.0"), message);
	}

	private static int[] classes(final int[] labels, final double share,
		final long width, final long height)
	{
		return ObjectBorder.classes(ArrayImgs.ints(labels, width, height), share)
			.update(null).getCurrentStorageArray();
	}

	private static void paint(final int[] labels, final int width,
		final int label, final Random random)
	{
		final int height = labels.length / width;
		final int x0 = random.nextInt(width);
		final int y0 = random.nextInt(height);
		final int w = 1 + random.nextInt(8);
		final int h = 1 + random.nextInt(8);
		for (int y = y0; y < Math.min(height, y0 + h); y++)
			for (int x = x0; x < Math.min(width, x0 + w); x++)
				labels[y * width + x] = label;
	}

	private static int naive(final int[] labels, final int width, final int p,
		final double share)
	{
		if (labels[p] <= 0) return labels[p];
		double depth = 0;
		for (int q = 0; q < labels.length; q++)
			if (labels[q] == labels[p]) depth = Math.max(depth, toOther(labels, width,
				q));
		return toOther(labels, width, p) - 0.5 < Math.min(16, share * (depth - 0.5))
			? 2 : 1;
	}

	private static float toOther(final int[] labels, final int width,
		final int p)
	{
		double nearest = Double.POSITIVE_INFINITY;
		for (int q = 0; q < labels.length; q++)
			if (labels[q] >= 0 && labels[q] != labels[p]) nearest = Math.min(nearest,
				Math.hypot(q % width - p % width, q / width - p / width));
		return (float) nearest;
	}
}
