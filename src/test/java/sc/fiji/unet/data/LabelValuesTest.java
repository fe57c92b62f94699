
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedIntType;

import org.junit.jupiter.api.Test;

class LabelValuesTest {

	private static final OptionalInt NONE = OptionalInt.empty();

	/** Separate spots along x, three pixels each, one of each value. */
	private static ArrayImg<IntType, IntArray> spots(final int... values) {
		final int[] pixels = new int[5 * values.length * 3];
		for (int y = 0; y < 3; y++)
			for (int i = 0; i < values.length; i++)
				for (int x = 1; x < 4; x++)
					pixels[(y * values.length + i) * 5 + x] = values[i];
		return ArrayImgs.ints(pixels, 5 * values.length, 3);
	}

	@SafeVarargs
	private static LabelValues auto(final ArrayImg<IntType, IntArray>... images) {
		return LabelValues.of(Arrays.asList(images), LabelKind.AUTO, NONE);
	}

	@SafeVarargs
	private static String autoError(final ArrayImg<IntType, IntArray>... images) {
		return assertThrows(IllegalArgumentException.class, () -> auto(images))
			.getMessage();
	}

	private static int[] canonical(final LabelKind kind, final OptionalInt ignore,
		final int... values)
	{
		final List<ArrayImg<IntType, IntArray>> images = Collections.singletonList(
			ArrayImgs.ints(values.clone(), values.length, 1));
		return LabelValues.of(images, kind, ignore).apply(images.get(0)).update(
			null).getCurrentStorageArray();
	}

	@Test
	void zeroAndOneOtherValueAreAMaskWhateverTheValue() {
		for (final int v : new int[] { 1, 2, 128, 255, 65535 })
			assertEquals(LabelKind.MASK, auto(spots(v, v), spots(v)).kind(), "" + v);
		assertEquals("The labels are a mask: 0 is background, 255 is foreground.",
			auto(spots(255)).sentence());
	}

	@Test
	void allImagesAreLookedAtTogether() {
		final String message = autoError(spots(1), spots(2));
		assertTrue(message.contains("0, 1, 2") && message.contains(
			"labelkind=classes") && message.contains("labelkind=instances"), message);
	}

	@Test
	void zeroOneTwoIsAmbiguous() {
		assertTrue(autoError(spots(1, 2)).contains("each forms one region"));
		assertTrue(autoError(spots(1, 2, 1, 2, 1)).contains("several regions"));
	}

	@Test
	void manyValuesInOnePieceEachAreInstances() {
		final LabelValues values = auto(spots(1, 2, 3, 4), spots(3, 5, 7, 9));
		assertEquals(LabelKind.INSTANCES, values.kind());
		assertTrue(values.sentence().contains("instances"), values.sentence());
	}

	@Test
	void manyValuesInSeveralPiecesAreAmbiguous() {
		autoError(spots(1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9));
	}

	@Test
	void aMaskWithTheValue255AndAnotherIsNotGuessed() {
		autoError(spots(255, 128));
		assertEquals(LabelKind.MASK, LabelValues.of(Collections.singletonList(spots(
			255, 128)), LabelKind.AUTO, OptionalInt.of(128)).kind());
	}

	@Test
	void oneValueEverywhereIsAnError() {
		assertTrue(autoError(spots(0)).contains("Every label has the value 0"));
		for (final LabelKind kind : LabelKind.values())
			assertThrows(IllegalArgumentException.class, () -> LabelValues.of(
				Collections.singletonList(spots(0)), kind, NONE), kind.toString());
	}

	@Test
	void masksBecomeZeroAndOne() {
		assertArrayEquals(new int[] { 0, 1, 1, 0 }, canonical(LabelKind.MASK, NONE,
			0, 255, 7, 0));
		assertArrayEquals(new int[] { 0, 1, -1, 0 }, canonical(LabelKind.MASK,
			OptionalInt.of(7), 0, 255, 7, 0));
	}

	@Test
	void zeroMayBeTheIgnoredValue() {
		assertArrayEquals(new int[] { -1, 0, 1, -1 }, canonical(LabelKind.CLASSES,
			OptionalInt.of(0), 0, 1, 2, 0));
	}

	@Test
	void instancesKeepTheirNumbers() {
		assertArrayEquals(new int[] { 0, 300, 7, 0 }, canonical(LabelKind.INSTANCES,
			NONE, 0, 300, 7, 0));
		assertArrayEquals(new int[] { 0, -1, 7, 0 }, canonical(LabelKind.INSTANCES,
			OptionalInt.of(300), 0, 300, 7, 0));
	}

	@Test
	void classesBecomeIndicesInOrderOfTheirValues() {
		assertArrayEquals(new int[] { 0, 2, 1, 0 }, canonical(LabelKind.CLASSES,
			NONE, 0, 255, 128, 0));
		final LabelValues values = LabelValues.of(Collections.singletonList(spots(
			128, 255)), LabelKind.CLASSES, NONE);
		assertEquals(3, values.classes());
		assertTrue(values.sentence().contains("128 (class 1)"), values.sentence());
		assertThrows(IllegalArgumentException.class, () -> values.apply(spots(3)));
	}

	@Test
	void negativeValuesMustBeDeclaredAsIgnored() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> canonical(LabelKind.MASK, NONE, 0, -5, 1)).getMessage();
		assertTrue(message.contains("ignore=-5"), message);
		assertArrayEquals(new int[] { 0, -1, 1 }, canonical(LabelKind.MASK,
			OptionalInt.of(-5), 0, -5, 1));
	}

	@Test
	void kindsAreReadAsUsersWriteThem() {
		assertEquals(LabelKind.INSTANCES, LabelKind.of(" Instances"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> LabelKind.of(
			"cells")).getMessage().contains("auto, mask, instances or classes"));
	}

	@Test
	void valuesBeyondAnIntAreNamedWithTheirImage() {
		final ArrayImg<UnsignedIntType, ?> fine = ArrayImgs.unsignedInts(new int[] {
			0, 1, 2 }, 3, 1);
		final ArrayImg<UnsignedIntType, ?> large = ArrayImgs.unsignedInts(
			new int[] { 0, 1, -2 }, 3, 1);
		final String message = assertThrows(IllegalArgumentException.class,
			() -> LabelValues.of(Arrays.asList(fine, large), LabelKind.MASK, NONE))
			.getMessage();
		assertTrue(message.contains("Label image 2") && message.contains(
			"4294967294") && message.contains("anew"), message);
	}

	@Test
	void sentenceOfAMaskMayNameItsForeground() {
		final LabelValues values = LabelValues.of(Arrays.asList(spots(1, 2)),
			LabelKind.MASK, NONE);
		assertTrue(values.sentence().contains("every other value is foreground"));
		assertEquals(
			"The labels are a mask: 2 is foreground, every other value background.",
			values.sentence(2));
		final LabelValues instances = LabelValues.of(Arrays.asList(spots(1, 2)),
			LabelKind.INSTANCES, NONE);
		assertEquals(instances.sentence(), instances.sentence(2));
	}

	@Test
	void fewValuesInManyPiecesMayBeClasses() {
		assertTrue(LabelValues.mayBeClasses(Arrays.asList(spots(1, 2, 1, 2))));
		assertTrue(LabelValues.mayBeClasses(Arrays.asList(spots(100, 200), spots(
			100, 200, 100, 200), spots(100, 200, 200, 100))));
		assertFalse(LabelValues.mayBeClasses(Arrays.asList(spots(1, 2, 3))),
			"objects");
		assertFalse(LabelValues.mayBeClasses(Arrays.asList(spots(255, 255, 255))),
			"a mask");
		assertFalse(LabelValues.mayBeClasses(Arrays.asList(spots(1, 2, 3, 4, 5, 6,
			1, 2, 3, 4, 5, 6))), "more values than anybody has classes");
		assertFalse(LabelValues.mayBeClasses(Arrays.asList(spots(0, 0))),
			"nothing");
	}
}
