
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** Names as they come from microscopes and public data sets. */
class ImageGroupsTest {

	/** Frames of two movies, as the Cell Tracking Challenge counts them. */
	private static final List<String> MOVIES = names(
		"01_t001 01_t005 01_t007 01_t021 01_t049 01_t067 01_t072 01_t075 01_t096 01_t100 01_t112 02_t010 02_t017 02_t020 02_t022 02_t035 02_t041 02_t049 02_t052 02_t074 02_t077");
	private static final List<String> HASHES = names(
		"06c779330d6d 0a7d30b25235 1b6044e4858a 1c8b905c9519 2f929b067a59 541930257111 5b0bde771bc6 d1dbc6ee7c44 fc345dac2205");

	private static List<String> names(final String blanks) {
		return Arrays.asList(blanks.split(" "));
	}

	static ImageGroups groups(final List<String> files, final GroupRule rule) {
		final Map<String, List<String>> images = new LinkedHashMap<>();
		files.forEach(f -> images.put(f, Collections.singletonList(f)));
		return ImageGroups.of(images, rule);
	}

	private static ImageGroups auto(final List<String> files) {
		return groups(files, GroupRule.auto());
	}

	/** @return the names of a group joined by blanks, groups by bars */
	private static String found(final String files, final String rule) {
		return groups(names(files), GroupRule.parse(rule)).members().stream().map(
			m -> String.join(" ", m)).collect(Collectors.joining(" | "));
	}

	private static Map<String, List<String>> stacks(final int... slices) {
		final Map<String, List<String>> stacks = new LinkedHashMap<>();
		for (int i = 0; i < slices.length; i++) {
			final String name = "stack" + (i + 1);
			stacks.put(name, IntStream.rangeClosed(1, slices[i]).mapToObj(z -> name +
				"-" + z).collect(Collectors.toList()));
		}
		return stacks;
	}

	@Test
	void aRunningNumberTellsFramesWellsAndSites() {
		assertEquals(2, auto(MOVIES).size());
		assertEquals(MOVIES.subList(0, 11), auto(MOVIES).members().get(0));
		assertEquals(new TreeSet<>(Arrays.asList("01", "02")), auto(MOVIES).named()
			.keySet());
		assertEquals(
			"pA_well3_s1 pA_well3_s2 | pA_well4_s1 pA_well4_s2 | pB_well3_s1", found(
				"pA_well3_s1 pA_well3_s2 pA_well4_s1 pA_well4_s2 pB_well3_s1", "auto"));
		assertEquals("m1_t001_z03 m1_t002_z04 | m2_t001_z03", found(
			"m1_t001_z03 m1_t002_z04 m2_t001_z03", "auto"));
		assertEquals("a1_GFP_crop a2_GFP_crop | b1_GFP_crop", found(
			"a1_GFP_crop a2_GFP_crop b1_GFP_crop", "auto"));
		assertEquals(2, auto(Arrays.asList("wt (1)", "wt (2)", "ko (1)")).size());
		assertEquals("case1_0000 | wt_0000", found("case1_0000 wt_0000", "auto"));
	}

	@Test
	void namesWithoutARunningNumberAreByThemselves() {
		assertTrue(auto(HASHES).areSingle(), auto(HASHES).members().toString());
		assertTrue(auto(names("mouse liver kidney")).areSingle());
	}

	@Test
	void numbersAloneAreOneSeries() {
		assertEquals(1, auto(names("00 01 02 04 05 29")).size());
	}

	@Test
	void theSlicesOfAFileStayTogetherAndFilesDoNotJoin() {
		final Map<String, List<String>> files = stacks(3, 1, 2);
		for (final GroupRule rule : Arrays.asList(GroupRule.auto(), GroupRule
			.none()))
			assertEquals(new ArrayList<>(files.values()), ImageGroups.of(files, rule)
				.members());
		assertEquals(1, ImageGroups.of(files, GroupRule.parse("stack")).size());
	}

	@Test
	void aUserMayNameGroupsOrSwitchThemOff() {
		final String files = "m1_d1_f1 m1_d2_f1 m2_d1_f1 m10_d1_f1";
		assertEquals("m1_d1_f1 m1_d2_f1 | m2_d1_f1 | m10_d1_f1", found(files,
			"m#"));
		assertEquals("m1_d1_f1 m1_d2_f1 | m2_d1_f1 | m10_d1_f1", found(files,
			"*_"));
		assertEquals("m1_d1_f1 m1_d2_f1 m2_d1_f1 | m10_d1_f1", found(files,
			"m10, m"));
		assertEquals(4, groups(names(files), GroupRule.parse("none")).size());
		for (final String rule : Arrays.asList("m#", "auto", "none", "wt,ko"))
			assertEquals(rule, GroupRule.parse(rule).toString());
	}

	@Test
	void aRuleThatDoesNotFitIsRefused() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> found("wt1 wt2 ko1 x7", "wt,ko")).getMessage();
		assertTrue(message.contains("'wt,ko'") && message.contains(": x7.") &&
			!message.contains("ko1"), message);
		assertThrows(IllegalArgumentException.class, () -> GroupRule.parse("a,,b"));
		assertThrows(IllegalArgumentException.class, () -> GroupRule.parse(""));
	}

	/** The old rule, spread over the list, takes some of nearly every group. */
	@Test
	void wholeGroupsAreHeldOut() {
		final List<String> files = new ArrayList<>();
		for (int well = 1; well <= 10; well++)
			for (int site = 1; site <= 4; site++)
				files.add("well" + well + "_s" + site);
		final ImageGroups groups = auto(files);
		final TreeSet<String> seen = new TreeSet<>();
		for (long seed = 0; seed < 30; seed++) {
			final Split split = Split.byGroups(groups, 0.2, seed);
			assertEquals(8, split.validation().size(), "2 wells of 10");
			assertEquals(32, split.training().size());
			assertEquals(0, parted(groups, split), "parted wells, seed " + seed);
			assertTrue(parted(groups, Split.byShare(files, 0.2, seed)) > 5,
				"spread, for comparison");
			seen.add(split.validation().toString());
			assertEquals(split.validation(), Split.byGroups(groups, 0.2, seed)
				.validation());
			final String remark = groups.remark(split.validation(), "held out");
			assertTrue(remark.contains("10 series") && !remark.contains("too good"),
				remark);
		}
		assertTrue(seen.size() > 10, "the seed chooses: " + seen.size());
	}

	private static long parted(final ImageGroups groups, final Split split) {
		return groups.members().stream().filter(m -> !Collections.disjoint(m, split
			.training()) && !Collections.disjoint(m, split.validation())).count();
	}

	@Test
	void ofTwoMoviesNoneIsGivenAwayUnlessAsked() {
		final ImageGroups groups = auto(MOVIES);
		for (long seed = 0; seed < 10; seed++) {
			final Split split = Split.byGroups(groups, 0.2, seed);
			assertEquals(Split.byShare(MOVIES, 0.2, seed).validation(), split
				.validation());
			assertEquals(2, parted(groups, split), "both are learnt from");
			final String remark = groups.remark(split.validation(), "held out");
			assertTrue(remark.contains(
				"'01', '02' are both trained on and held out") && remark.contains(
					"too good"), remark);
			final Split half = Split.byGroups(groups, 0.5, seed);
			assertEquals(MOVIES.subList(11, 21), half.validation(),
				"no more than half");
		}
	}

	@Test
	void fewGroupsGiveAboutTheShareThatWasAskedFor() {
		for (long seed = 0; seed < 10; seed++) {
			assertEquals(10, Split.byGroups(ImageGroups.of(stacks(10, 10, 10, 10, 10),
				GroupRule.auto()), 0.2, seed).validation().size());
			assertEquals(4, Split.byGroups(ImageGroups.of(stacks(20, 4), GroupRule
				.auto()), 0.2, seed).validation().size(), "the small one");
			assertEquals(7, Split.byGroups(ImageGroups.of(stacks(7, 7, 7), GroupRule
				.auto()), 0.2, seed).validation().size());
		}
	}

	@Test
	void singleImagesAndOneSeriesAreSpreadAsEver() {
		final List<String> series = names("00 01 02 04 05 06 07 09 10 11 12 14");
		for (long seed = 0; seed < 10; seed++)
			for (final List<String> files : Arrays.asList(HASHES, series))
				assertEquals(Split.byShare(files, 0.25, seed).validation(), Split
					.byGroups(auto(files), 0.25, seed).validation());
		final Split split = Split.byGroups(auto(series), 0.25, 1);
		final String remark = auto(series).remark(split.validation(), "held out");
		assertTrue(remark.startsWith(
			"All images seem to come from one series, '00' to '14': the images held out are neighbours of those trained on, so scores may be too good."),
			remark);
		assertEquals("", auto(HASHES).remark(HASHES.subList(0, 2), "held out"));
		assertEquals("", groups(series, GroupRule.none()).remark(split.validation(),
			"held out"));
		assertEquals("", auto(series).remark(Collections.emptyList(), "held out"));
	}

	@Test
	void nothingIsHeldOutWithoutAShareOrOfOneImage() {
		assertTrue(Split.byGroups(auto(MOVIES), 0, 1).validation().isEmpty());
		assertTrue(Split.byGroups(auto(names("a_t1")), 0.2, 1).validation()
			.isEmpty());
		assertThrows(IllegalArgumentException.class, () -> Split.byGroups(auto(
			MOVIES), 1, 1));
		assertFalse(Split.byGroups(auto(MOVIES), 0.01, 1).validation().isEmpty());
	}
}
