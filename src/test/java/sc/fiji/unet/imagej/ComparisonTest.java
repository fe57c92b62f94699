
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.network.Postprocessing;

class ComparisonTest {

	private static final int SIZE = 64;

	/** Fills a rectangle of a plane. */
	private static void fill(final float[] values, final int plane, final int x0,
		final int y0, final int x1, final int y1, final float value)
	{
		for (int y = y0; y < y1; y++)
			for (int x = x0; x < x1; x++)
				values[plane * SIZE * SIZE + y * SIZE + x] = value;
	}

	private static ArrayImg<IntType, IntArray> labels(final float[] values) {
		final int[] labels = new int[SIZE * SIZE];
		for (int i = 0; i < labels.length; i++)
			labels[i] = (int) values[i];
		return ArrayImgs.ints(labels, SIZE, SIZE);
	}

	/**
	 * Two touching objects and one apart; a prediction that merges the two, finds
	 * the third shifted, and invents a fourth.
	 */
	private static Comparison objects(final LabelKind kind) {
		final float[] truth = new float[SIZE * SIZE];
		fill(truth, 0, 8, 8, 20, 24, 7);
		fill(truth, 0, 20, 8, 28, 24, 9);
		fill(truth, 0, 40, 40, 52, 52, 12);
		fill(truth, 0, 0, 60, 64, 64, -1);
		final float[] p = new float[SIZE * SIZE];
		fill(p, 0, 8, 8, 28, 24, 0.9f);
		fill(p, 0, 42, 40, 54, 52, 0.6f);
		fill(p, 0, 4, 44, 10, 50, 0.5f);
		fill(p, 0, 0, 60, 64, 64, 1);
		return Comparison.of("cells", ArrayImgs.floats(p.clone(), SIZE, SIZE, 1),
			labels(truth), ArrayImgs.floats(p, SIZE, SIZE, 1), kind, Postprocessing
				.plain());
	}

	@Test
	void scoresCountPixelsThatAreNotIgnored() {
		final Comparison c = objects(LabelKind.INSTANCES);
		final double common = 20 * 16 + 10 * 12;
		final double wrong = 2 * 2 * 12 + 36;
		assertEquals(common / (common + wrong), c.iou(), 1e-12);
		assertEquals(2 * common / (2 * common + wrong), c.f1(), 1e-12);
		assertEquals(wrong / (60 * 64), c.pixelError(), 1e-12);
		assertEquals(String.format("all background %.3f", (20. * 16 + 144) / (60 *
			64)), c.trivialError());
	}

	@Test
	void anObjectFoundHasTheColourOfTheTrueOne() {
		final BufferedImage picture = objects(LabelKind.INSTANCES).panels(512).get(
			3);
		assertEquals(ObjectColours.of(7).getRGB(), picture.getRGB(8 * 8, 128),
			"of two that were merged that of the larger");
		assertEquals(ObjectColours.of(7).getRGB(), picture.getRGB(28 * 8 - 1, 128));
		assertEquals(ObjectColours.of(12).getRGB(), picture.getRGB(42 * 8, 370));
		assertEquals(Color.WHITE.getRGB(), picture.getRGB(4 * 8, 376),
			"what is in no true object");
	}

	@Test
	void theMostProbableClassIsShownInTheColourOfItsTruth() {
		final float[] p = new float[2 * SIZE * SIZE];
		fill(p, 0, 0, 0, 20, 64, 0.4f);
		fill(p, 1, 0, 0, 20, 64, 0.35f);
		fill(p, 1, 30, 0, 50, 64, 0.45f);
		final float[] truth = new float[SIZE * SIZE];
		fill(truth, 0, 0, 0, 20, 64, 1);
		final Comparison c = Comparison.of("classes", ArrayImgs.floats(SIZE, SIZE,
			1), labels(truth), ArrayImgs.floats(p, SIZE, SIZE, 2), LabelKind.CLASSES,
			Postprocessing.plain());
		assertEquals(1, c.prediction().getAt(10, 30).get());
		assertEquals(0, c.prediction().getAt(40, 30).get(),
			"background is more probable");
		assertEquals(1, c.iou());
		assertEquals(0, c.pixelError());
		assertEquals("IoU 1.000 (class 1 1.000, class 2 -)", c.scores());
		assertEquals(ClassColours.of(1).getRGB(), c.panels(512).get(3).getRGB(0,
			200));
	}

	@Test
	void confusedClassesAreNoSuccessThoughTheirForegroundIs() {
		final float[] p = new float[2 * SIZE * SIZE];
		fill(p, 1, 0, 0, 20, 64, 1);
		final float[] truth = new float[SIZE * SIZE];
		fill(truth, 0, 0, 0, 10, 64, 1);
		fill(truth, 0, 10, 0, 20, 64, 2);
		final Comparison c = Comparison.of("classes", ArrayImgs.floats(SIZE, SIZE,
			1), labels(truth), ArrayImgs.floats(p, SIZE, SIZE, 2), LabelKind.CLASSES,
			Postprocessing.plain()).withClassNames(Arrays.asList("outside", "inside",
				"rim"));
		assertEquals(1, c.iou(), "foreground is right");
		assertEquals("IoU 0.250 (inside 0.000, rim 0.500)", c.scores());
		assertEquals(10. / SIZE, c.pixelError(), 1e-12);
	}

	@Test
	void whatHangsTogetherInAMaskIsAnObject() {
		final int[] mask = { 1, 1, 0, 1, 0, 0, 0, 1, 1, -1, 0, 0 };
		final Comparison c = Comparison.of("mask", ArrayImgs.floats(4, 3, 1),
			ArrayImgs.ints(mask, 4, 3), ArrayImgs.floats(4, 3, 1), LabelKind.MASK,
			Postprocessing.plain());
		final int[] objects = c.objects().update(null).getCurrentStorageArray();
		assertEquals(objects[0], objects[1]);
		assertEquals(objects[3], objects[7]);
		assertEquals(3, Arrays.stream(objects).filter(o -> o > 0).distinct()
			.count());
		assertEquals(-1, objects[9], "ignored");
		assertEquals("Truth: 3 objects", c.captions().get(1));
	}

	@Test
	void theThresholdIsReadable() {
		for (final Object[] wanted : new Object[][] { { 1.0, "1" }, { 0.0, "0" }, {
			0.5, "0.5" }, { 0.25, "0.25" }, { 0.3333, "0.333" }, { 0.1, "0.1" } })
			assertTrue(Comparison.of("cells", ArrayImgs.floats(4, 4, 1), ArrayImgs
				.ints(4, 4), ArrayImgs.floats(4, 4, 1), LabelKind.MASK,
				new Postprocessing((double) wanted[0], 0, 0)).captions().get(3)
				.startsWith("Prediction at " + wanted[1] + ": "), "" + wanted[1]);
	}

	@Test
	void sizesMustBeEqual() {
		final Exception e = assertThrows(IllegalArgumentException.class,
			() -> Comparison.of("cells", ArrayImgs.floats(4, 4, 1), ArrayImgs.ints(4,
				4), ArrayImgs.floats(4, 5, 1), LabelKind.MASK, Postprocessing.plain()));
		assertTrue(e.getMessage().contains("4 x 4 and 4 x 5"), e.getMessage());
	}

	@Test
	void aStackHasTheSizeOfItsLargestPictureAndSaysTheScores() {
		final ComparisonStack stack = new ComparisonStack("cells predictions");
		assertEquals(null, stack.image());
		stack.add(objects(LabelKind.INSTANCES));
		stack.add(Comparison.of("wide", ArrayImgs.floats(900, 30, 1), ArrayImgs
			.ints(900, 30), ArrayImgs.floats(900, 30, 1), LabelKind.MASK,
			Postprocessing.plain()));
		final ImagePlus image = stack.image();
		assertEquals(2, image.getStackSize());
		assertEquals(4 * 800 + 5 * 8, image.getWidth());
		assertEquals("wide: IoU 1.000, F1 1.000", image.getStack().getSliceLabel(
			2));
	}

	@Test
	void aStackTakesNoMoreMemoryThanAgreedAndKeepsTheScores() {
		final Comparison cells = objects(LabelKind.INSTANCES);
		final BufferedImage picture = cells.picture();
		final long pixels = (long) picture.getWidth() * picture.getHeight();
		final ComparisonStack stack = new ComparisonStack("some", 2 * pixels);
		stack.add(cells);
		stack.add(cells);
		assertTrue(stack.omissions().isEmpty(), stack.omissions().toString());
		stack.add(cells);
		assertEquals(3, stack.size());
		assertEquals(2, stack.image().getStackSize());
		assertEquals(4, stack.omissions().size(), stack.omissions().toString());
		assertTrue(stack.omissions().get(0).startsWith(
			"Of 3 images the first 2 are shown"), stack.omissions().get(0));
		assertEquals(picture.getRGB(300, 100), stack.image().getStack()
			.getProcessor(2).get(300, 100) | 0xff000000);
		final ComparisonStack tight = new ComparisonStack("one", 1);
		tight.add(cells);
		assertEquals(1, tight.image().getStackSize());
	}

	@Test
	void picturesAreNoLargerThanPeopleNeed() {
		final BufferedImage picture = Comparison.of("large", ArrayImgs.floats(1600,
			1200, 1), ArrayImgs.ints(1600, 1200), ArrayImgs.floats(1600, 1200, 1),
			LabelKind.MASK, Postprocessing.plain()).panels(400).get(2);
		assertArrayEquals(new int[] { 400, 300 }, new int[] { picture.getWidth(),
			picture.getHeight() });
	}
}
