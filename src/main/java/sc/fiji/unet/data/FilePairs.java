
package sc.fiji.unet.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Images with their label files, matched by name. The extension does not count,
 * nor does one of the endings {@link #SUFFIXES} on either side; upper and lower
 * case do. Immutable, in natural order of the names.
 */
public final class FilePairs {

	private static final String CHANNEL = "_0000";

	/**
	 * Endings of a name (before the extension) that do not count: what common
	 * programs append to labels, and nnU-Net's number of the first channel.
	 */
	public static final List<String> SUFFIXES = Collections.unmodifiableList(
		Arrays.asList("_cp_masks", "_masks", "_mask", "_labels", "_label",
			"_classes", CHANNEL));

	/** An image with its labels. Immutable. */
	public static final class Pair {

		private final Path image;
		private final Path labels;

		private Pair(final Path image, final Path labels) {
			this.image = image;
			this.labels = labels;
		}

		/** @return the image's file name without extension */
		public String name() {
			return stem(image);
		}

		/** @return file of the image */
		public Path image() {
			return image;
		}

		/** @return file of its labels */
		public Path labels() {
			return labels;
		}
	}

	private final List<Pair> pairs;

	private FilePairs(final List<Pair> pairs) {
		this.pairs = Collections.unmodifiableList(pairs);
	}

	/**
	 * Pairs the files of two folders. Where both are the same folder, files whose
	 * name ends in a label suffix are labels, the others images.
	 *
	 * @param images folder of the images; sub-folders are not entered
	 * @param labels folder of the labels
	 * @param isImage whether a file is one that can be opened; others (a text, a
	 *          table) are passed over, as hidden files are
	 * @throws IOException if a folder cannot be read
	 * @throws IllegalArgumentException if a folder is none or holds no images, or
	 *           files do not match; every mismatch is listed
	 */
	public static FilePairs ofFolders(final Path images, final Path labels,
		final Predicate<Path> isImage) throws IOException
	{
		return ofFolders(images, labels, "", isImage);
	}

	/**
	 * Pairs the files of two folders as
	 * {@link #ofFolders(Path, Path, Predicate)}, but for some images, which need
	 * no labels.
	 *
	 * @param exclude names of the images to leave out, as {@link NameList#parse}
	 *          reads them; empty for none
	 * @throws IOException if a folder cannot be read
	 * @throws IllegalArgumentException if an excluded image does not exist, or as
	 *           without exclusion
	 */
	public static FilePairs ofFolders(final Path images, final Path labels,
		final String exclude, final Predicate<Path> isImage) throws IOException
	{
		if (!images.toAbsolutePath().normalize().equals(labels.toAbsolutePath()
			.normalize())) return of(list(images, isImage), list(labels, isImage),
				exclude);
		final Map<Boolean, List<Path>> byKind = list(images, isImage).stream()
			.collect(Collectors.partitioningBy(FilePairs::isNamedAsLabels));
		return of(byKind.get(false), byKind.get(true), exclude);
	}

	/** Leaves excluded images out, and labels that only these could have. */
	private static FilePairs of(final List<Path> images, final List<Path> labels,
		final String exclude)
	{
		final List<String> excluded = NameList.parse(exclude, images.stream().map(
			FilePairs::stem).sorted(NaturalOrder.INSTANCE).collect(Collectors
				.toList()));
		final Map<Boolean, List<Path>> byUse = images.stream().collect(Collectors
			.partitioningBy(f -> !excluded.contains(stem(f))));
		final Set<String> unused = keys(byUse.get(false));
		unused.removeAll(keys(byUse.get(true)));
		return of(byUse.get(true), labels.stream().filter(f -> !unused.contains(key(
			f))).collect(Collectors.toList()));
	}

	private static Set<String> keys(final List<Path> files) {
		return files.stream().map(FilePairs::key).collect(Collectors.toCollection(
			TreeSet::new));
	}

	private static boolean isNamedAsLabels(final Path file) {
		final String stem = stem(file);
		return !stem.endsWith(CHANNEL) && !keyOf(stem).equals(stem);
	}

	/**
	 * @param isImage whether a file is one that can be opened
	 * @return files of a folder that are images, sub-folders and hidden files
	 *         left out
	 * @throws IllegalArgumentException if the folder is none or holds no images
	 */
	public static List<Path> list(final Path folder,
		final Predicate<Path> isImage) throws IOException
	{
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("'" +
			folder + "' is not a folder; name the folder that holds the files.");
		final List<Path> files = new ArrayList<>();
		try (Stream<Path> all = Files.list(folder)) {
			for (final Path file : all.collect(Collectors.toList()))
				if (Files.isRegularFile(file) && !Files.isHidden(file) && isImage.test(
					file)) files.add(file);
		}
		if (files.isEmpty()) throw new IllegalArgumentException("Folder '" +
			folder + "' holds no image that can be opened.");
		return files;
	}

	/**
	 * @param images files of the images, in any order
	 * @param labels files of the labels, in any order
	 * @throws IllegalArgumentException if an image has no labels, labels have no
	 *           image, or there is more than one candidate; every mismatch is
	 *           listed
	 */
	public static FilePairs of(final List<Path> images, final List<Path> labels) {
		final Map<String, List<Path>> imagesByKey = byKey(images);
		final Map<String, List<Path>> labelsByKey = byKey(labels);
		final TreeMap<String, List<Path>> keys = new TreeMap<>(
			NaturalOrder.INSTANCE);
		keys.putAll(imagesByKey);
		keys.putAll(labelsByKey);
		final List<Pair> pairs = new ArrayList<>();
		final List<String> problems = new ArrayList<>();
		for (final String key : keys.keySet())
			match(imagesByKey.getOrDefault(key, Collections.emptyList()), labelsByKey
				.getOrDefault(key, Collections.emptyList()), pairs, problems);
		if (!problems.isEmpty()) throw new IllegalArgumentException(
			"Images and labels do not match by name:\n- " + String.join("\n- ",
				problems) +
				"\nRename or remove these files; 'cell1.tif' goes with 'cell1.png' or 'cell1_mask.tif'.");
		return new FilePairs(pairs);
	}

	private static Map<String, List<Path>> byKey(final List<Path> files) {
		final Map<String, List<Path>> byKey = new TreeMap<>();
		final List<Path> sorted = new ArrayList<>(files);
		sorted.sort(Comparator.comparing(f -> f.getFileName().toString(),
			NaturalOrder.INSTANCE));
		for (final Path file : sorted)
			byKey.computeIfAbsent(keyOf(stem(file)), k -> new ArrayList<>()).add(
				file);
		return byKey;
	}

	/** Matches files whose names are equal up to suffix and extension. */
	private static void match(final List<Path> images, final List<Path> labels,
		final List<Pair> pairs, final List<String> problems)
	{
		if (images.size() == 1 && labels.size() == 1) pairs.add(new Pair(images.get(
			0), labels.get(0)));
		else if (labels.isEmpty()) images.forEach(f -> problems.add("image " + f
			.getFileName() + " has no labels"));
		else if (images.isEmpty()) labels.forEach(f -> problems.add("labels " + f
			.getFileName() + " have no image"));
		else if (!matchExactly(images, labels, pairs)) problems.add(names(images) +
			" could go with " + names(labels) + ": more than one candidate");
	}

	/** Several of each: unambiguous only if the full names match one to one. */
	private static boolean matchExactly(final List<Path> images,
		final List<Path> labels, final List<Pair> pairs)
	{
		final Map<String, Path> byStem = new TreeMap<>();
		labels.forEach(f -> byStem.put(stem(f), f));
		final List<String> stems = images.stream().map(FilePairs::stem).distinct()
			.collect(Collectors.toList());
		final boolean oneToOne = stems.size() == images.size() && byStem
			.size() == labels.size() && byStem.keySet().equals(new TreeSet<>(stems));
		if (oneToOne) images.forEach(f -> pairs.add(new Pair(f, byStem.get(stem(
			f)))));
		return oneToOne;
	}

	private static String names(final List<Path> files) {
		return files.stream().map(f -> f.getFileName().toString()).collect(
			Collectors.joining(" and "));
	}

	/**
	 * @return the file's name without extension; ".ome.tif" and ".nii.gz" count
	 *         as one extension
	 */
	public static String stem(final Path file) {
		final String name = file.getFileName().toString();
		final int dot = name.lastIndexOf('.');
		if (dot <= 0) return name;
		final String stem = name.substring(0, dot);
		final String lower = stem.toLowerCase(Locale.ROOT);
		return lower.endsWith(".ome") || lower.endsWith(".nii") ? stem.substring(0,
			stem.length() - 4) : stem;
	}

	/** @return what files of one pair have in common: the stem without suffix */
	public static String key(final Path file) {
		return keyOf(stem(file));
	}

	/**
	 * @param stem name of a file without extension
	 * @return the part that decides: without one of the suffixes, and without the
	 *         channel before it, which results keep of the name of their image
	 */
	public static String keyOf(final String stem) {
		for (final String suffix : SUFFIXES)
			if (isEnd(suffix, stem)) {
				final String key = without(suffix, stem);
				return isEnd(CHANNEL, key) ? without(CHANNEL, key) : key;
			}
		return stem;
	}

	private static boolean isEnd(final String suffix, final String stem) {
		return stem.endsWith(suffix) && stem.length() > suffix.length();
	}

	private static String without(final String suffix, final String stem) {
		return stem.substring(0, stem.length() - suffix.length());
	}

	/** @return the pairs in natural order of their names */
	public List<Pair> pairs() {
		return pairs;
	}

	/** @return the names of the pairs, in the same order */
	public List<String> names() {
		return pairs.stream().map(Pair::name).collect(Collectors.toList());
	}
}
