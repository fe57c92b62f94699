
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.ResultFiles;
import sc.fiji.unet.imagej.ResultKind;

/**
 * Writes the results of the images of a {@link FolderJob}: the one place where
 * anything is written about a single image.
 */
final class ImageResults {

	private final Set<ResultKind> kinds;

	/** @param kinds what to write */
	ImageResults(final Set<ResultKind> kinds) {
		this.kinds = kinds;
	}

	/**
	 * @param image where its results go
	 * @param input the image as it was opened
	 * @param result what was found in it, by {@code job}
	 * @param overwrite whether existing files may be replaced
	 * @return file of each result
	 */
	Map<ResultKind, Path> write(final FolderImage image, final ImageInput input,
		final SegmentJob.Result result, final SegmentJob job,
		final boolean overwrite) throws IOException
	{
		Files.createDirectories(image.results());
		final ResultFiles files = new ResultFiles(input, image.results(), image
			.stem(), kinds, overwrite);
		files.writeObjects(result.labels(), result.probabilities(), job
			.foregroundClasses(), result::className);
		files.writeClasses(result.classMasks(), job.model().classValues());
		final Map<ResultKind, Path> written = new EnumMap<>(ResultKind.class);
		kinds.forEach(kind -> written.put(kind, image.result(kind)));
		return written;
	}
}
