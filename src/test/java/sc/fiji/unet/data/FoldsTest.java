
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

class FoldsTest {

	private static List<String> series(final String name, final int frames) {
		final List<String> names = new ArrayList<>();
		for (int i = 0; i < frames; i++)
			names.add(name + (10 + i));
		return names;
	}

	private static Folds folds(final List<String> names, final int wanted) {
		return Folds.of(ImageGroupsTest.groups(names, GroupRule.auto()), wanted);
	}

	@Test
	void everyImageIsTestedOnceAndNeverLearntFromThen() {
		final List<String> names = new ArrayList<>();
		for (final int frames : new int[] { 1, 7, 2, 2, 5, 1, 3 })
			names.addAll(series("movie" + (char) ('a' + names.size()) + "_t",
				frames));
		for (int k = 2; k <= 7; k++) {
			final Folds folds = folds(names, k);
			assertEquals(k, folds.size());
			final List<String> tested = new ArrayList<>();
			for (int i = 0; i < k; i++) {
				tested.addAll(folds.test(i));
				assertTrue(Collections.disjoint(folds.test(i), folds.rest(i)));
				assertEquals(names.size(), folds.test(i).size() + folds.rest(i).size());
				final TreeSet<Character> there = new TreeSet<>();
				folds.test(i).forEach(n -> there.add(n.charAt(5)));
				assertTrue(folds.rest(i).stream().noneMatch(n -> there.contains(n
					.charAt(5))), "parted: " + folds.test(i));
			}
			assertEquals(names.size(), tested.size());
			assertEquals(new TreeSet<>(names), new TreeSet<>(tested));
		}
		assertEquals("10 to 11", folds(names, 2).sizes(), "evenly");
	}

	@Test
	void singleImagesAndTheFramesOfOneSeriesGoRound() {
		final Folds folds = folds(series("", 24), 3);
		assertEquals(Arrays.asList("10", "13", "16", "19", "22", "25", "28", "31"),
			folds.test(0));
		assertEquals("8", folds.sizes());
		assertTrue(folds.sentences().get(0).contains(
			"one series, '10' to '33': the images tested on are neighbours of those trained on, so scores may be too good"),
			folds.sentences().toString());
		final Folds single = folds(Arrays.asList("ax", "bx", "cx", "dx", "ex"), 2);
		assertEquals(Arrays.asList("ax", "cx", "ex"), single.test(0));
		assertEquals(Collections.emptyList(), single.sentences());
	}

	@Test
	void thereAreNoMoreFoldsThanSeriesAndThatIsSaid() {
		final List<String> movies = series("01_t", 5);
		movies.addAll(series("02_t", 5));
		final Folds folds = folds(movies, 5);
		assertEquals(2, folds.size());
		assertEquals(movies.subList(0, 5), folds.test(0));
		assertTrue(folds.sentences().toString().contains("2 folds instead of 5") &&
			folds.sentences().toString().contains("as a whole") && !folds.sentences()
				.toString().contains("too good"), folds.sentences().toString());
	}

	@Test
	void whatCannotBeIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> folds(series("a", 4),
			1));
		assertThrows(IllegalArgumentException.class, () -> folds(series("a", 1),
			2));
	}
}
