
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.ObjectMeasurements;
import sc.fiji.unet.imagej.ResultFiles;
import sc.fiji.unet.imagej.ResultKind;
import sc.fiji.unet.imagej.SummaryFile;

/**
 * Writes the results of the images of a {@link FolderJob}: the one place where
 * anything is written about a single image.
 */
final class ImageResults {

	private final Set<ResultKind> kinds;
	private final SummaryFile summary;

	/**
	 * @param kinds what to write
	 * @param summary gets a row of each image, where tables are wanted
	 */
	ImageResults(final Set<ResultKind> kinds, final SummaryFile summary) {
		this.kinds = kinds;
		this.summary = summary;
	}

	/**
	 * @param image where its results go
	 * @param input the image as it was opened
	 * @param result what was found in it, by {@code job}
	 * @param overwrite whether existing files may be replaced
	 * @return file of each result
	 */
	Map<ResultKind, Path> write(final FolderImage image, final ImageInput input,
		final SegmentResult result, final SegmentJob job, final boolean overwrite)
		throws IOException
	{
		Files.createDirectories(image.results());
		final ResultFiles files = new ResultFiles(input, image.results(), image
			.stem(), kinds, overwrite);
		files.writeObjects(result.labels(), result.probabilities(), job
			.foregroundClasses(), result::className);
		files.writeClasses(result.classMasks(), job.model().classValues());
		if (kinds.contains(ResultKind.TABLE)) {
			final ObjectMeasurements measured = result.measure(image.shown());
			files.writeTable(measured.objects());
			summary.put(measured.summary(job.reference(), result.remarks()));
		}
		final Map<ResultKind, Path> written = new EnumMap<>(ResultKind.class);
		kinds.forEach(kind -> written.put(kind, image.result(kind)));
		return written;
	}
}
