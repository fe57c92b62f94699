
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.weightmap.WeightMapConfig;

class PixelTruthTest {

	/** Two touching objects, the left one larger, and an ignored pixel. */
	private static final int[] LABELS = { //
		0, 5, 5, 5, 9, 9, 0, -1 };

	private static int[] truth(final LabelKind kind, final int classes,
		final int ridge, final int... labels)
	{
		final Sample sample = new Sample("a", ArrayImgs.floats(labels.length, 1, 1),
			ArrayImgs.ints(labels, labels.length, 1));
		return PixelTruth.of(sample, new TargetConfig(kind, classes, WeightMapConfig
			.builder().ridgeWidth(ridge).build()));
	}

	@Test
	void theLineBetweenTouchingObjectsDoesNotCount() {
		assertArrayEquals(new int[] { 0, 1, 1, -1, 1, 1, 0, -1 }, truth(
			LabelKind.INSTANCES, 2, 1, LABELS));
		assertArrayEquals(new int[] { 0, 1, 1, 1, 1, 1, 0, -1 }, truth(
			LabelKind.INSTANCES, 2, 0, LABELS));
	}

	@Test
	void masksAndClassesAreWhatTheyAre() {
		assertArrayEquals(new int[] { 0, 1, 1, -1 }, truth(LabelKind.MASK, 2, 1, 0,
			1, 1, -1));
		assertArrayEquals(new int[] { 0, 2, 1, -1 }, truth(LabelKind.CLASSES, 3, 1,
			0, 2, 1, -1));
	}
}
