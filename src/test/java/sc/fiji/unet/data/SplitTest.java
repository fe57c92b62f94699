
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

class SplitTest {

	private static List<String> names(final int n) {
		final List<String> names = new ArrayList<>();
		for (int i = 0; i < n; i++)
			names.add("image" + i);
		return names;
	}

	@Test
	void everyImageIsOnOneSideForAnyNumberShareAndSeed() {
		for (int n = 2; n <= 30; n++)
			for (final double share : new double[] { 0.01, 0.2, 0.5, 0.99 })
				for (long seed = 0; seed < 20; seed++) {
					final Split split = Split.byShare(names(n), share, seed);
					final TreeSet<String> all = new TreeSet<>(split.training());
					all.addAll(split.validation());
					assertEquals(new TreeSet<>(names(n)), all);
					assertEquals(n, split.training().size() + split.validation().size());
					final long expected = Math.max(1, Math.min(n - 1, Math.round(share *
						n)));
					assertEquals(expected, split.validation().size(), n + " images, " +
						share);
				}
	}

	@Test
	void heldOutImagesAreSpreadOverTheSeries() {
		for (long seed = 0; seed < 20; seed++) {
			int firstHalf = 0;
			for (final String name : Split.byShare(names(24), 0.25, seed)
				.validation())
				if (Integer.parseInt(name.substring(5)) < 12) firstHalf++;
			assertEquals(3, firstHalf, "of 6 held out, seed " + seed);
		}
	}

	@Test
	void theSeedDecides() {
		final List<String> first = Split.byShare(names(20), 0.2, 1).validation();
		assertEquals(first, Split.byShare(names(20), 0.2, 1).validation());
		final TreeSet<String> seen = new TreeSet<>();
		for (long seed = 0; seed < 10; seed++)
			seen.add(Split.byShare(names(20), 0.2, seed).validation().toString());
		assertNotEquals(1, seen.size());
	}

	@Test
	void oneImageIsTrainedOnAndThatIsSaid() {
		final Split split = Split.byShare(names(1), 0.2, 1);
		assertEquals(names(1), split.training());
		assertEquals(Collections.emptyList(), split.validation());
		assertTrue(split.sentence().contains("only one image"), split.sentence());
	}

	@Test
	void namedImagesAreHeldOut() {
		final Split split = Split.byNames(names(4), Arrays.asList("image3",
			"image1"));
		assertEquals(Arrays.asList("image0", "image2"), split.training());
		assertEquals(Arrays.asList("image1", "image3"), split.validation());
		assertThrows(IllegalArgumentException.class, () -> Split.byNames(names(2),
			Arrays.asList("image2")));
		assertThrows(IllegalArgumentException.class, () -> Split.byNames(names(2),
			names(2)));
	}

	@Test
	void impossibleRequestsAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> Split.byShare(names(0),
			0.2, 1));
		assertThrows(IllegalArgumentException.class, () -> Split.byShare(names(3),
			1, 1));
		assertThrows(IllegalArgumentException.class, () -> Split.byShare(Arrays
			.asList("a", "a"), 0.2, 1));
	}

	@Test
	void namesMayHoldCommas() {
		final List<String> names = Arrays.asList("a", "a,b", "b", "t, 1,2");
		assertEquals(Arrays.asList("a,b"), NameList.parse("a,b", names));
		assertEquals(Arrays.asList("a", "b"), NameList.parse("b,a", names));
		assertEquals(Arrays.asList("b", "t, 1,2"), NameList.parse(" t, 1,2 , b",
			names));
		assertEquals(Arrays.asList("a,b", "t, 1,2"), Split.byNames(names, Arrays
			.asList("t, 1,2", "a,b")).validation());
		assertTrue(assertThrows(IllegalArgumentException.class, () -> NameList
			.parse("a,b,c", names)).getMessage().contains("no image named c;"));
	}
}
