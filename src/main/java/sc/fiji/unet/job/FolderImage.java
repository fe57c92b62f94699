
package sc.fiji.unet.job;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import sc.fiji.unet.data.FilePairs;
import sc.fiji.unet.imagej.ResultFiles;
import sc.fiji.unet.imagej.ResultKind;

/**
 * An image to be segmented, and where its results go: of the first series of a
 * file NAME they are called like the file, of others NAME_s2, NAME_s3, ...
 * Immutable.
 */
final class FolderImage {

	private final Path file;
	private final int series;
	private final Path folder;
	private final Path results;

	/**
	 * @param file the image
	 * @param series number of the series within the file, from 1
	 * @param folder that the file lies in, as seen from the folder that was
	 *          given; an empty path if it is that one, or the file was named
	 *          itself
	 * @param output folder for the results of all images
	 */
	FolderImage(final Path file, final int series, final Path folder,
		final Path output)
	{
		this.file = file;
		this.series = series;
		this.folder = folder;
		results = output.resolve(folder);
	}

	Path file() {
		return file;
	}

	/** @return number of the series within the file, from 1 */
	int series() {
		return series;
	}

	/**
	 * @return file name, with the folders before it, and the series if it is not
	 *         the first; the same everywhere
	 */
	String shown() {
		return inFolder(file.getFileName().toString()) + (series > 1 ? " series " +
			series : "");
	}

	/** @return as {@link #shown}, without extension: what results are called */
	String name() {
		return inFolder(stem());
	}

	private String inFolder(final String name) {
		return folder.resolve(name).toString().replace(File.separatorChar, '/');
	}

	/** @return file name without extension, with the series after the first */
	String stem() {
		return FilePairs.stem(file) + (series > 1 ? "_s" + series : "");
	}

	/** @return folder for its results */
	Path results() {
		return results;
	}

	/** @return file of a result, whether it exists or not */
	Path result(final ResultKind kind) {
		return kind.file(results, stem());
	}

	/** @return files of all results, whether they exist or not */
	List<Path> allResults() {
		return ResultFiles.of(results, stem());
	}

	/** @return kinds of which there is a file */
	List<ResultKind> existing() {
		return Arrays.stream(ResultKind.values()).filter(kind -> Files.exists(
			result(kind))).collect(Collectors.toList());
	}

	/** @return size of its file in bytes */
	long bytes() throws IOException {
		return Files.size(file);
	}

	/** @return when its file was changed last, in milliseconds since 1970 */
	long modified() throws IOException {
		return Files.getLastModifiedTime(file).toMillis();
	}
}
