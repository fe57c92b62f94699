
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Which images are trained on and which are held out for validation: always
 * whole images, never patches of one image in both. Immutable.
 */
public final class Split {

	private final List<String> training;
	private final List<String> validation;

	private Split(final List<String> names,
		final TreeSet<Integer> validationIndices)
	{
		final List<String> t = new ArrayList<>();
		final List<String> v = new ArrayList<>();
		for (int i = 0; i < names.size(); i++)
			(validationIndices.contains(i) ? v : t).add(names.get(i));
		training = Collections.unmodifiableList(t);
		validation = Collections.unmodifiableList(v);
	}

	/**
	 * Holds a share of the images out. They are spread evenly over the list from
	 * a random start, because neighbours in a series tend to be alike.
	 *
	 * @param names names of the images, in natural order
	 * @param share 0 to below 1; the number is rounded, but above 0 at least one
	 *          image is held out and at least one is left for training
	 * @param seed chooses the start
	 * @throws IllegalArgumentException if there is no image, a name is there
	 *           twice, or the share is out of range
	 */
	public static Split byShare(final List<String> names, final double share,
		final long seed)
	{
		check(names);
		if (!(share >= 0 && share < 1)) throw new IllegalArgumentException(
			"The share of images held out for validation, " + share +
				", must be at least 0 and below 1 (0.2 = 20 %).");
		final int n = names.size();
		int held = share == 0 ? 0 : Math.max(1, (int) Math.round(share * n));
		held = Math.min(held, n - 1);
		final TreeSet<Integer> indices = new TreeSet<>();
		final double start = new SplittableRandom(seed).nextDouble();
		for (int i = 0; i < held; i++)
			indices.add((int) Math.floor((i + start) * n / held));
		return new Split(names, indices);
	}

	/**
	 * Holds whole groups out, so that no image helps to judge its own neighbour.
	 * Where every image is by itself, where there is but one group, or where
	 * groups are too large to hold out (more than twice the share, or more than
	 * half of all images), single images are drawn as {@link #byShare} does.
	 *
	 * @param groups which images belong together, in natural order
	 * @param share of the images, 0 to below 1
	 * @param seed chooses the groups
	 * @throws IllegalArgumentException if there is no image, a name is there
	 *           twice, or the share is out of range
	 */
	public static Split byGroups(final ImageGroups groups, final double share,
		final long seed)
	{
		final List<String> names = groups.images();
		final Split single = byShare(names, share, seed);
		if (groups.areSingle() || single.validation.isEmpty()) return single;
		final List<String> drawn = groups.draw(share, seed);
		return drawn.isEmpty() ? single : byNames(names, drawn);
	}

	/**
	 * @param names names of the images
	 * @param validation names of those to hold out
	 * @throws IllegalArgumentException if a name is unknown, or nothing is left
	 *           to train on
	 */
	public static Split byNames(final List<String> names,
		final List<String> validation)
	{
		check(names);
		final TreeSet<Integer> indices = new TreeSet<>();
		for (final String name : NameList.choose(validation, names))
			indices.add(names.indexOf(name));
		if (indices.size() == names.size()) throw new IllegalArgumentException(
			"All " + names.size() +
				" images are held out for validation; leave at least one for training.");
		return new Split(names, indices);
	}

	private static void check(final List<String> names) {
		if (names.isEmpty()) throw new IllegalArgumentException(
			"There is no image to train on.");
		final TreeSet<String> distinct = new TreeSet<>();
		for (final String name : names)
			if (!distinct.add(name)) throw new IllegalArgumentException("The name '" +
				name + "' is there twice; give every image a name of its own.");
	}

	/** @return names of the images to train on, at least one */
	public List<String> training() {
		return training;
	}

	/** @return names of the images held out; may be empty */
	public List<String> validation() {
		return validation;
	}

	/** @return the split in a sentence for the user */
	public String sentence() {
		return sentence(validation);
	}

	/**
	 * @param heldOut what to call the images held out, such as the names of whole
	 *          stacks
	 * @return the split in a sentence for the user
	 */
	public String sentence(final List<String> heldOut) {
		final int n = training.size() + validation.size();
		if (n == 1)
			return "There is only one image, so nothing is held out for validation.";
		if (validation.isEmpty()) return "All " + n +
			" images are trained on; nothing is held out for validation.";
		return training.size() + " images are trained on, " + validation.size() +
			" held out for validation: " + String.join(", ", heldOut) + ".";
	}
}
