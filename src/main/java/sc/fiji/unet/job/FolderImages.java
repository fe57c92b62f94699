
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

import sc.fiji.unet.data.NaturalOrder;

/**
 * The images that a {@link FolderTask} is about, in natural order of their
 * names. Hidden files, pictures that were drawn for people and results of
 * segmentations are none.
 */
final class FolderImages {

	private final FolderTask task;
	private final List<FolderImage> images = new ArrayList<>();
	private final Map<String, String> unreadable = new LinkedHashMap<>();
	private final List<String> passedOver = new ArrayList<>();

	private FolderImages(final FolderTask task) {
		this.task = task;
	}

	/**
	 * @throws IllegalArgumentException if an input is missing, a folder has no
	 *           image, the pattern is none, or results would overwrite each other
	 *           or an image; says which
	 * @throws IOException if a folder that was named cannot be read
	 */
	static FolderImages find(final FolderTask task) throws IOException {
		final FolderImages found = new FolderImages(task);
		final PathMatcher matcher = matcher(task.pattern());
		for (final Path input : task.inputs())
			if (Files.isDirectory(input)) found.addFolder(input, matcher);
			else if (Files.exists(input)) found.add(input, Path.of(""));
			else throw new IllegalArgumentException("There is no file or folder '" +
				input + "'; check its name.");
		found.images.sort(Comparator.comparing(FolderImage::shown,
			NaturalOrder.INSTANCE));
		found.checkNames();
		return found;
	}

	/** Upper and lower case are alike, so that it is the same everywhere. */
	private static PathMatcher matcher(final String pattern) {
		if (pattern.contains("/")) throw new IllegalArgumentException("Pattern '" +
			pattern +
			"' has a slash, but file names have none; write *.tif, and look into folders within the folder with subfolders (subfolders=true, --subfolders).");
		try {
			final PathMatcher lower = FileSystems.getDefault().getPathMatcher(
				"glob:" + pattern.toLowerCase(Locale.ROOT));
			return name -> lower.matches(Path.of(name.toString().toLowerCase(
				Locale.ROOT)));
		}
		catch (final PatternSyntaxException e) {
			throw new IllegalArgumentException("Pattern '" + pattern +
				"' cannot be read (" + e.getDescription() +
				"); write *.tif, or cell?_*.{tif,png}.", e);
		}
	}

	private void addFolder(final Path folder, final PathMatcher matcher)
		throws IOException
	{
		final ImageFolder walked = ImageFolder.walk(folder, matcher, task
			.subfolders(), task.output());
		walked.files().forEach(file -> add(file, folder.relativize(file
			.getParent())));
		unreadable.putAll(walked.unreadable());
		passedOver.addAll(walked.passedOver());
		if (walked.files().isEmpty()) throw new IllegalArgumentException(nothingIn(
			folder, walked));
	}

	private void add(final Path file, final Path folder) {
		for (final int series : task.series().numbers(file))
			images.add(new FolderImage(file, series, folder, task.output()));
	}

	private String nothingIn(final Path folder, final ImageFolder walked) {
		if (!walked.passedOver().isEmpty()) return "Folder '" + folder +
			"' holds nothing but " + String.join(" and ", walked.passedOver()) +
			"; name a folder of images.";
		final boolean any = task.pattern().equals(FolderTask.ANY_NAME);
		return "Folder '" + folder + "' holds no image that can be opened" + (any
			? "" : " and matches '" + task.pattern() + "'") + (task.subfolders() ? "."
				: "; folders within it are looked into with subfolders=true or --subfolders.");
	}

	/** Case does not tell files apart on Windows and macOS. */
	private void checkNames() {
		final Map<String, FolderImage> names = new HashMap<>();
		for (final FolderImage image : images) {
			final FolderImage other = names.put(image.name().toLowerCase(Locale.ROOT),
				image);
			if (other != null) throw new IllegalArgumentException(
				"Two images are called '" + image.name() + "' (" + other.file() +
					" and " + image.file() +
					"); their results would overwrite each other. Segment them one after the other into different folders.");
		}
		final Set<Path> files = images.stream().map(FolderImage::file).collect(
			Collectors.toCollection(HashSet::new));
		for (final FolderImage image : images)
			for (final Path result : image.allResults())
				if (files.contains(result)) throw new IllegalArgumentException(
					"A result of the image '" + image.shown() +
						"' would overwrite the image '" + result +
						"'; write the results to another folder.");
	}

	/** @return the images, never none */
	List<FolderImage> images() {
		return images;
	}

	/** @return folder that cannot be read to the reason */
	Map<String, String> unreadable() {
		return unreadable;
	}

	/** @return what is no image, in words, such as "2 hidden files" */
	List<String> passedOver() {
		return passedOver;
	}
}
