
package sc.fiji.unet.labeling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;

/** Joined slices against every pair of objects, pixel by pixel. */
class SliceJoinTest {

	private static final SliceJoin.ObjectClass ONE = (slice, label) -> "cell";

	@Test
	void randomStacksAreJoinedAsBySomethingStupid() {
		final Random random = new Random(1);
		int joins = 0;
		for (int run = 0; run < 200; run++) {
			final int width = 1 + random.nextInt(9);
			final int height = 1 + random.nextInt(9);
			final List<int[]> stack = stack(random, width * height);
			final SliceJoin.ObjectClass classes = run % 2 == 0 ? ONE : (slice,
				label) -> label % 3 == 0 ? "rim" : "cell";
			final SliceJoin join = SliceJoin.of(images(stack, width), classes);
			final List<String> expectedClasses = new ArrayList<>();
			final List<int[]> expected = stupid(stack, classes, expectedClasses);
			for (int z = 0; z < stack.size(); z++)
				assertArrayEquals(expected.get(z), pixels(join, z), "run " + run +
					", slice " + z);
			assertEquals(expectedClasses, join.classes(), "run " + run);
			joins += objects(stack) - join.objects();
		}
		assertTrue(joins > 300, joins + " joins were tested");
	}

	/** Labels in runs, most of them as in the slice before. */
	private static List<int[]> stack(final Random random, final int pixels) {
		final List<int[]> stack = new ArrayList<>();
		for (int z = 0; z < 1 + random.nextInt(4); z++) {
			final int[] slice = z > 0 ? stack.get(z - 1).clone() : new int[pixels];
			for (int b = 0; b < 4; b++) {
				final int from = random.nextInt(pixels);
				final int to = from + random.nextInt(pixels - from) / 2;
				Arrays.fill(slice, from, to, random.nextInt(6));
			}
			stack.add(slice);
		}
		return stack;
	}

	private static List<int[]> stupid(final List<int[]> stack,
		final SliceJoin.ObjectClass classes, final List<String> objects)
	{
		final List<int[]> result = new ArrayList<>();
		for (int z = 0; z < stack.size(); z++) {
			final int[] slice = stack.get(z);
			final int[] numbers = new int[slice.length];
			for (int label = 1; label < 6; label++) {
				if (count(slice, label, slice, label) == 0) continue;
				int number = 0;
				for (int below = 1; z > 0 && below < 6; below++)
					if (best(stack, z - 1, below, z, classes) == label && best(stack, z,
						label, z - 1, classes) == below && enough(stack.get(z - 1), below,
							slice, label)) for (int i = 0; i < slice.length; i++)
						if (stack.get(z - 1)[i] == below) number = result.get(z - 1)[i];
				if (number == 0) {
					objects.add(classes.of(z, label));
					number = objects.size();
				}
				for (int i = 0; i < slice.length; i++)
					if (slice[i] == label) numbers[i] = number;
			}
			result.add(numbers);
		}
		return result;
	}

	/** @return label in the other slice with the largest IoU; 0 = none */
	private static int best(final List<int[]> stack, final int z, final int label,
		final int other, final SliceJoin.ObjectClass classes)
	{
		int best = 0;
		double most = 0;
		for (int l = 1; l < 6; l++) {
			final double both = count(stack.get(z), label, stack.get(other), l);
			final double union = count(stack.get(z), label, stack.get(z), label) +
				count(stack.get(other), l, stack.get(other), l) - both;
			if (both == 0 || !classes.of(z, label).equals(classes.of(other, l)) ||
				both / union <= most) continue;
			most = both / union;
			best = l;
		}
		return best;
	}

	private static boolean enough(final int[] a, final int inA, final int[] b,
		final int inB)
	{
		return count(a, inA, b, inB) >= 0.7 * Math.min(count(a, inA, a, inA), count(
			b, inB, b, inB)) - 1e-9;
	}

	private static int count(final int[] a, final int inA, final int[] b,
		final int inB)
	{
		int count = 0;
		for (int i = 0; i < a.length; i++)
			if (a[i] == inA && b[i] == inB) count++;
		return count;
	}

	private static int objects(final List<int[]> stack) {
		int objects = 0;
		for (final int[] slice : stack) {
			final HashSet<Integer> labels = new HashSet<>();
			Arrays.stream(slice).filter(l -> l > 0).forEach(labels::add);
			objects += labels.size();
		}
		return objects;
	}

	private static List<ArrayImg<IntType, IntArray>> images(
		final List<int[]> stack, final int width)
	{
		final List<ArrayImg<IntType, IntArray>> images = new ArrayList<>();
		for (final int[] slice : stack)
			images.add(ArrayImgs.ints(slice, width, slice.length / width));
		return images;
	}

	private static int[] pixels(final SliceJoin join, final int slice) {
		return RandomLabels.pixels(join.labels().get(slice));
	}

	@Test
	void anObjectThatBeginsSmallIsOneAndANeighbourAnother() {
		final SliceJoin join = SliceJoin.of(images(Arrays.asList(new int[] { 0, 0,
			1, 0, 0, 2, 2 }, new int[] { 2, 2, 2, 2, 0, 0, 1 }, new int[] { 0, 1, 1,
				1, 0, 3, 3 }), 7), ONE);
		assertArrayEquals(new int[] { 0, 0, 1, 0, 0, 2, 2 }, pixels(join, 0));
		assertArrayEquals(new int[] { 1, 1, 1, 1, 0, 0, 2 }, pixels(join, 1));
		assertArrayEquals(new int[] { 0, 1, 1, 1, 0, 2, 2 }, pixels(join, 2));
		assertEquals(2, join.objects());
	}

	@Test
	void twoPartsOfOneObjectAreNotBothItsContinuation() {
		final SliceJoin join = SliceJoin.of(images(Arrays.asList(new int[] { 1, 1,
			1, 1, 1 }, new int[] { 1, 1, 0, 2, 2 }), 5), ONE);
		assertArrayEquals(new int[] { 1, 1, 0, 2, 2 }, pixels(join, 1));
		assertEquals(2, join.objects());
	}

	@Test
	void nothingIsJoinedAcrossAnEmptySliceOrFromClassToClass() {
		final List<int[]> stack = Arrays.asList(new int[] { 1, 1 }, new int[] { 0,
			0 }, new int[] { 1, 1 }, new int[] { 1, 1 });
		final SliceJoin join = SliceJoin.of(images(stack, 2), (slice,
			label) -> slice == 3 ? "rim" : "cell");
		assertEquals(Arrays.asList("cell", "cell", "rim"), join.classes());
		assertArrayEquals(new int[] { 3, 3 }, pixels(join, 3));
	}

	@Test
	void slicesOfDifferentSizeAreRefused() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> SliceJoin.of(Arrays.asList(ArrayImgs.ints(2, 2), ArrayImgs.ints(3,
				2)), ONE)).getMessage();
		assertTrue(message.contains("Slices to join must have the same size"),
			message);
	}
}
