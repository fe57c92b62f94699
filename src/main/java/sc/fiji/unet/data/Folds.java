
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Parts of the images for cross-validation: each image is in exactly one of
 * them, and images of a group in the same one. Immutable.
 */
public final class Folds {

	private final List<List<String>> folds;
	private final ImageGroups groups;
	private final int wanted;

	private Folds(final List<List<String>> folds, final ImageGroups groups,
		final int wanted)
	{
		this.folds = Collections.unmodifiableList(folds);
		this.groups = groups;
		this.wanted = wanted;
	}

	/**
	 * Deals whole groups out, the largest first, each to the fold that has the
	 * fewest images so far; groups of one size go round, so that each K-th is in
	 * the same fold. Where there is but one group, so do its images.
	 *
	 * @param groups which images belong together, in natural order
	 * @param wanted number of folds, 2 or more; fewer are made where there are
	 *          fewer groups
	 * @throws IllegalArgumentException if there are fewer than two folds or
	 *           images
	 */
	public static Folds of(final ImageGroups groups, final int wanted) {
		if (wanted < 2) throw new IllegalArgumentException(
			"Cross-validation with " + wanted +
				" folds is none; give 2 folds or more.");
		final List<String> images = groups.images();
		if (images.size() < 2) throw new IllegalArgumentException(
			"Cross-validation needs at least 2 images, but there is " + images
				.size() + ".");
		final List<List<String>> units = groups.size() > 1 ? groups.members()
			: images.stream().map(Collections::singletonList).collect(Collectors
				.toList());
		// The sort is stable.
		units.sort(Comparator.comparing(unit -> -unit.size()));
		final List<List<String>> folds = new ArrayList<>();
		for (int i = 0; i < Math.min(wanted, units.size()); i++)
			folds.add(new ArrayList<>());
		for (final List<String> unit : units)
			Collections.min(folds, Comparator.comparing(List::size)).addAll(unit);
		return new Folds(folds, groups, wanted);
	}

	/** @return number of folds */
	public int size() {
		return folds.size();
	}

	/**
	 * @param fold from 0
	 * @return names of the images that are tested on in this fold
	 */
	public List<String> test(final int fold) {
		return Collections.unmodifiableList(folds.get(fold));
	}

	/**
	 * @param fold from 0
	 * @return names of all other images, in order
	 */
	public List<String> rest(final int fold) {
		final List<String> rest = groups.images();
		rest.removeAll(folds.get(fold));
		return rest;
	}

	/** @return number of images tested on in each fold: "4", or "4 to 6" */
	public String sizes() {
		final int least = folds.stream().mapToInt(List::size).min().getAsInt();
		final int most = folds.stream().mapToInt(List::size).max().getAsInt();
		return least == most ? "" + least : least + " to " + most;
	}

	/** @return what the user should know of the folds, in sentences */
	public List<String> sentences() {
		final List<String> sentences = new ArrayList<>();
		if (size() < wanted) sentences.add("There are but " + size() + (groups
			.size() > 1 ? " series or single images" : " images") +
			", so there are " + size() + " folds instead of " + wanted + ".");
		final String remark = groups.remark(test(0), "tested on");
		if (groups.size() == 1) sentences.add(remark);
		else if (!remark.isEmpty()) sentences.add("The images were taken for " +
			groups.size() +
			" series, by file or by name; each is tested on as a whole, by a network that has seen none of its images.");
		return sentences;
	}
}
