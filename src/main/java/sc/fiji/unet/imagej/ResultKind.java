
package sc.fiji.unet.imagej;

import java.nio.file.Path;
import java.util.Locale;

/** A kind of file that a segmentation can leave for an image NAME. */
public enum ResultKind {

		/**
		 * {@code NAME_probability.tif}: 32-bit, one channel a foreground class.
		 */
		PROBABILITIES("_probability.tif"),
		/** {@code NAME_labels.tif}: one number an object of a slice. */
		LABELS("_labels.tif"),
		/** {@code NAME_overlay.png}: outlines; of a stack its middle slice. */
		OVERLAY("_overlay.png"),
		/** {@code NAME_rois.zip}: for the ROI Manager. */
		ROIS("_rois.zip"),
		/** {@code NAME_classes.tif}: the class of each pixel. */
		CLASSES("_classes.tif"),
		/** {@code NAME_objects.csv}: a row for each object in each slice. */
		TABLE("_objects.csv");

	private final String ending;

	ResultKind(final String ending) {
		this.ending = ending;
	}

	/**
	 * @param folder where results go
	 * @param name of the image, without extension
	 * @return the file, whether it exists or not
	 */
	public Path file(final Path folder, final String name) {
		return folder.resolve(name + ending);
	}

	/** @return whether a file has a name of this kind */
	boolean isNameOf(final Path file) {
		return file.getFileName().toString().endsWith(ending);
	}

	/** @return the name in lower case, as in options */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
