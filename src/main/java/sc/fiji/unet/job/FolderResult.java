
package sc.fiji.unet.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What has become of the images of a {@link FolderJob}. Immutable. */
public final class FolderResult {

	private final int segmented;
	private final int skipped;
	private final Map<String, String> failures;

	FolderResult(final int segmented, final int skipped,
		final Map<String, String> failures)
	{
		this.segmented = segmented;
		this.skipped = skipped;
		this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
	}

	/** @return number of images whose results were written */
	public int segmented() {
		return segmented;
	}

	/** @return number of images whose results were there already */
	public int skipped() {
		return skipped;
	}

	/** @return image, or folder that cannot be read, to the reason */
	public Map<String, String> failures() {
		return failures;
	}

	/** @return what has become of how many images */
	public String sentence() {
		return images(segmented) + " segmented" + (skipped > 0 ? ", " + skipped +
			" done before" : "") + (failures.isEmpty() ? "" : ", " + failures.size() +
				" failed") + ".";
	}

	private static String images(final int number) {
		return number + (number == 1 ? " image" : " images");
	}

	/** @return the same, and each failure in a line */
	public String message() {
		final StringBuilder text = new StringBuilder(sentence());
		failures.forEach((image, reason) -> text.append("\n- ").append(image)
			.append(": ").append(reason));
		return text.toString();
	}
}
