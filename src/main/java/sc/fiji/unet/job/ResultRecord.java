
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import sc.fiji.unet.imagej.ResultKind;

/**
 * What the results of an image were made of, and whether they are whole. Plain
 * fields, written as JSON.
 */
final class ResultRecord {

	/** Size of a result that is being written. */
	private static final long BEGUN = 0;

	/** As {@link FolderImage#name}. */
	private String name;
	/** File name of the image. */
	private String image;
	/** Size of the image's file. */
	private long bytes;
	/** When the image was changed last, in milliseconds since 1970. */
	private long modified;
	/** Model and settings, as {@link FolderJob} tells them. */
	private Map<String, String> settings;
	/** Kind of each result to the size of its file in bytes. */
	private Map<String, Long> results;
	/** Time that the image took. */
	private double seconds;

	/** For the reader of JSON. */
	private ResultRecord() {}

	/**
	 * To be made before the image is opened.
	 *
	 * @param kinds results that will be written
	 * @throws IOException if the image's file cannot be looked at
	 */
	ResultRecord(final FolderImage image, final Map<String, String> settings,
		final Collection<ResultKind> kinds) throws IOException
	{
		name = image.name();
		this.image = image.file().getFileName().toString();
		bytes = image.bytes();
		modified = image.modified();
		this.settings = settings;
		results = new LinkedHashMap<>();
		kinds.forEach(kind -> results.put(kind.toString(), BEGUN));
	}

	/**
	 * Takes over results that are not written now, if they are of the same image,
	 * model and settings.
	 *
	 * @param earlier last record of the image; null for none
	 */
	void keep(final ResultRecord earlier) {
		if (earlier != null && earlier.settings.equals(settings) && earlier.image
			.equals(image) && earlier.bytes == bytes && earlier.modified == modified)
			earlier.results.forEach(results::putIfAbsent);
	}

	/**
	 * To be called when all results are written.
	 *
	 * @param files file of each result
	 * @param taken seconds that the image took
	 */
	void written(final Map<ResultKind, Path> files, final double taken)
		throws IOException
	{
		for (final Map.Entry<ResultKind, Path> file : files.entrySet())
			results.put(file.getKey().toString(), Files.size(file.getValue()));
		seconds = taken;
	}

	/** @return whether nothing is missing that every record has */
	boolean isComplete() {
		return name != null && image != null && settings != null && results != null;
	}

	String name() {
		return name;
	}

	/** @return model and settings that the results were made with */
	Map<String, String> settings() {
		return settings;
	}

	/** @return time that the image took, in seconds; 0 while it is not known */
	double seconds() {
		return seconds;
	}

	/** @return whether the results are those of this image as it is now */
	boolean isOf(final FolderImage other) throws IOException {
		return image.equals(other.file().getFileName().toString()) && bytes == other
			.bytes() && modified == other.modified();
	}

	/** @return whether a result of the kind was written, or begun */
	boolean has(final ResultKind kind) {
		return results.containsKey(kind.toString());
	}

	/** @return whether a result was written to its end */
	private boolean isWritten(final ResultKind kind) {
		final Long size = results.get(kind.toString());
		return size != null && size != BEGUN;
	}

	/** @return whether a result is there as it was written */
	boolean isWhole(final ResultKind kind, final Path file) throws IOException {
		return isWritten(kind) && Files.exists(file) && Files.size(file) == results
			.get(kind.toString());
	}

	/**
	 * @return whether a result that was whole is another one now: somebody may
	 *         have corrected it
	 */
	boolean isChanged(final ResultKind kind, final Path file) throws IOException {
		return isWritten(kind) && Files.exists(file) && !isWhole(kind, file);
	}
}
