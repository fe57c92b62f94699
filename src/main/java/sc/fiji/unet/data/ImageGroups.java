
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Which images belong together, because neighbours among them are alike: the
 * slices of a file, and files of one series. What judges a network must not be
 * of a group that it has learnt from. Immutable.
 */
public final class ImageGroups {

	/** Whole groups held out may make up so many times the share asked for. */
	private static final double MOST_TIMES = 2;
	/** Unless more was asked for, no more than this share is held out. */
	private static final double MOST_SHARE = 0.5;
	/** More names than these nobody reads. */
	private static final int MOST_NAMES = 6;

	/** What a group has in common to its images. */
	private final Map<String, List<String>> groups;

	private ImageGroups(final Map<String, List<String>> groups) {
		this.groups = groups;
	}

	/**
	 * @param files name of each file to the names of its images, in natural order
	 * @param rule how single images belong together; the images of a file with
	 *          several are a group, but beginnings of names may join files
	 * @throws IllegalArgumentException if the rule does not fit the names
	 */
	public static ImageGroups of(final Map<String, List<String>> files,
		final GroupRule rule)
	{
		final List<String> single = files.entrySet().stream().filter(f -> f
			.getValue().size() == 1 || rule.joinsStacks()).map(Map.Entry::getKey)
			.collect(Collectors.toList());
		final Map<String, String> keys = rule.keys(single);
		final Map<String, List<String>> groups = new LinkedHashMap<>();
		files.forEach((file, images) -> groups.computeIfAbsent(keys.getOrDefault(
			file, file), key -> new ArrayList<>()).addAll(images));
		return new ImageGroups(groups);
	}

	/** @return number of groups */
	public int size() {
		return groups.size();
	}

	/** @return names of all images, group by group */
	public List<String> images() {
		return groups.values().stream().flatMap(List::stream).collect(Collectors
			.toList());
	}

	/** @return names of the images of each group, in order */
	List<List<String>> members() {
		return new ArrayList<>(groups.values());
	}

	/**
	 * @return name to images of each group that has more than one and a name of
	 *         its own
	 */
	public Map<String, List<String>> named() {
		final Map<String, List<String>> named = new LinkedHashMap<>(groups);
		named.entrySet().removeIf(g -> g.getKey().isEmpty() || g.getValue()
			.size() == 1);
		return Collections.unmodifiableMap(named);
	}

	/** @return whether every image is by itself */
	boolean areSingle() {
		return groups.values().stream().allMatch(images -> images.size() == 1);
	}

	/**
	 * Draws whole groups that together have about as many images as wanted.
	 *
	 * @param share of the images, above 0 and below 1
	 * @return their images; none where even one group would be more than twice
	 *         the share, or more than half of all images without being asked for
	 */
	List<String> draw(final double share, final long seed) {
		final int n = images().size();
		final double wanted = share * n;
		final double most = Math.min(MOST_TIMES * wanted, n * Math.max(MOST_SHARE,
			share));
		final List<List<String>> left = members();
		final SplittableRandom random = new SplittableRandom(seed);
		final List<String> drawn = new ArrayList<>();
		while (!left.isEmpty()) {
			final List<String> group = left.remove(random.nextInt(left.size()));
			final int total = drawn.size() + group.size();
			final boolean nearer = drawn.isEmpty() || Math.abs(total - wanted) < Math
				.abs(drawn.size() - wanted);
			if (nearer && total <= most && total < n) drawn.addAll(group);
		}
		return drawn;
	}

	/**
	 * Says what a split means for scores.
	 *
	 * @param judged names of the images that judge; all others are learnt from
	 * @param judging what these images are for: "held out" or "tested on"
	 * @return a sentence or two; empty if every image is by itself, or there is
	 *         nothing to judge by
	 */
	public String remark(final List<String> judged, final String judging) {
		if (judged.isEmpty() || areSingle()) return "";
		if (groups.size() == 1) return "All images seem to come from one series, " +
			label(groups.keySet().iterator().next()) + ": the images " + judging +
			" are neighbours of those trained on, so scores may be too good. Hold out another series if there is one; if the images have nothing to do with each other, this does not matter (groupby=none, --group-by none).";
		final List<String> divided = groups.keySet().stream().filter(
			key -> isDivided(groups.get(key), judged)).collect(Collectors.toList());
		return divided.isEmpty() ? whole(judged, judging) : divided(divided,
			judging);
	}

	private static boolean isDivided(final List<String> group,
		final List<String> judged)
	{
		final long inside = group.stream().filter(judged::contains).count();
		return inside > 0 && inside < group.size();
	}

	private String whole(final List<String> judged, final String judging) {
		return "The images were taken for " + groups.size() +
			" series, by file or by name; whole ones are " + judging + ": " + labels(
				groups.keySet().stream().filter(key -> judged.containsAll(groups.get(
					key))).collect(Collectors.toList())) + ".";
	}

	private String divided(final List<String> keys, final String judging) {
		return "Images of the series " + labels(keys) +
			" are both trained on and " + judging +
			"; neighbours are alike, so scores may be too good. Cross-validation tests on whole series, and a higher percentage (validation=50, --validation 50) holds a whole one out.";
	}

	private String labels(final List<String> keys) {
		final String names = keys.stream().limit(MOST_NAMES).map(this::label)
			.collect(Collectors.joining(", "));
		return keys.size() > MOST_NAMES ? names + " and " + (keys.size() -
			MOST_NAMES) + " others" : names;
	}

	/** @return what messages call a group */
	private String label(final String key) {
		final List<String> images = groups.get(key);
		if (images.size() == 1) return "'" + images.get(0) + "'";
		return key.isEmpty() ? "'" + images.get(0) + "' to '" + images.get(images
			.size() - 1) + "'" : "'" + key + "'";
	}
}
