
package sc.fiji.unet.job;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import sc.fiji.unet.imagej.ImageFormats;
import sc.fiji.unet.imagej.InputImages;
import sc.fiji.unet.imagej.ResultFiles;

/**
 * Looks through a folder for images. Links are followed. A folder that holds
 * results, since they go there now or went there before, has images beside them
 * at most: files that are called like results are none.
 */
final class ImageFolder extends SimpleFileVisitor<Path> {

	private final Path root;
	private final PathMatcher matcher;
	private final Path output;
	private final InputImages isImage = new InputImages();
	private final List<Path> files = new ArrayList<>();
	private final Map<String, String> unreadable = new LinkedHashMap<>();
	/** Folders that an earlier job has written to, and those within. */
	private final Set<Path> written = new HashSet<>();
	private int hidden;
	private int results;

	private ImageFolder(final Path root, final PathMatcher matcher,
		final Path output)
	{
		this.root = root;
		this.matcher = matcher;
		this.output = output;
	}

	/**
	 * @param matcher what file names have to match
	 * @param subfolders whether to look into folders within the folder
	 * @param output folder where results go to, under the names of folders here;
	 *          if it lies within the folder, it is passed over
	 * @throws IOException if the folder cannot be read
	 */
	static ImageFolder walk(final Path folder, final PathMatcher matcher,
		final boolean subfolders, final Path output) throws IOException
	{
		final ImageFolder found = new ImageFolder(folder, matcher, output);
		Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS),
			subfolders ? Integer.MAX_VALUE : 1, found);
		found.removeResults();
		return found;
	}

	@Override
	public FileVisitResult preVisitDirectory(final Path folder,
		final BasicFileAttributes attributes) throws IOException
	{
		if (!folder.equals(root) && (Files.isHidden(folder) || isOutput(folder)))
			return FileVisitResult.SKIP_SUBTREE;
		if (written.contains(folder.getParent()) || Files.exists(folder.resolve(
			ResultRecords.FILE))) written.add(folder);
		return FileVisitResult.CONTINUE;
	}

	private boolean isOutput(final Path folder) throws IOException {
		return Files.exists(output) && Files.isSameFile(folder, output);
	}

	@Override
	public FileVisitResult visitFile(final Path file,
		final BasicFileAttributes attributes) throws IOException
	{
		if (!attributes.isRegularFile() || !matcher.matches(file.getFileName()))
			return FileVisitResult.CONTINUE;
		if (Files.isHidden(file)) hidden += isHiddenImage(file) ? 1 : 0;
		else if (isImage.test(file)) files.add(file);
		return FileVisitResult.CONTINUE;
	}

	private static boolean isHiddenImage(final Path file) {
		final String name = file.getFileName().toString().replaceFirst("^\\.+", "");
		return !name.isEmpty() && ImageFormats.isImage(Path.of(name));
	}

	/** A folder that is met again by a link has been looked through. */
	@Override
	public FileVisitResult visitFileFailed(final Path file, final IOException e)
		throws IOException
	{
		if (file.equals(root)) throw e;
		if (!(e instanceof FileSystemLoopException)) unreadable.put(relative(file),
			Failure.sentence(e));
		return FileVisitResult.CONTINUE;
	}

	private String relative(final Path file) {
		return root.relativize(file).toString().replace(File.separatorChar, '/');
	}

	private void removeResults() throws IOException {
		for (final Path folder : files.stream().map(Path::getParent).collect(
			Collectors.toSet()))
		{
			final Path target = output.resolve(root.relativize(folder));
			if (Files.exists(target) && Files.isSameFile(folder, target)) written.add(
				folder);
		}
		final int before = files.size();
		files.removeIf(file -> written.contains(file.getParent()) && ResultFiles
			.isNamedAsResult(file));
		results = before - files.size();
	}

	/** @return the images */
	List<Path> files() {
		return files;
	}

	/** @return folder or file that cannot be looked at to the reason */
	Map<String, String> unreadable() {
		return unreadable;
	}

	/** @return what looks like images and is none, in words */
	List<String> passedOver() {
		final List<String> words = new ArrayList<>();
		if (hidden > 0) words.add(counted(hidden, "hidden file"));
		if (results > 0) words.add(counted(results,
			"result of an earlier segmentation", "results of earlier segmentations"));
		return words;
	}

	private static String counted(final int number, final String one) {
		return counted(number, one, one + "s");
	}

	private static String counted(final int number, final String one,
		final String several)
	{
		return number + " " + (number == 1 ? one : several);
	}
}
