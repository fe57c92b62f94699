
package sc.fiji.unet.command;

import ij.ImagePlus;

import java.lang.ref.WeakReference;
import java.util.Locale;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.job.ObjectSettings;
import sc.fiji.unet.job.Prediction;
import sc.fiji.unet.job.SegmentResult;
import sc.fiji.unet.job.SegmentSettings;

/**
 * What a network has given for an image, kept with the image and its label
 * image as long as either is open, so that the result can be adjusted. Only
 * what fits into a quarter of the memory that is free is kept. Not thread-safe.
 */
final class KeptSegmentation {

	private static final String KEY = "unet.segmentation";
	private static final int SHARE = 4;
	private static final double MEGABYTE = 1 << 20;

	private final String title;
	private final WeakReference<ImagePlus> image;
	private WeakReference<ImagePlus> labels = new WeakReference<>(null);
	private ObjectSettings settings;
	private boolean joined;
	private int objects;
	/** Null if there was no room for it. */
	private Prediction prediction;
	private String reason = "";

	/**
	 * @param image that is about to be segmented
	 * @param settings with which
	 */
	KeptSegmentation(final ImagePlus image, final SegmentSettings settings) {
		title = image.getTitle();
		this.image = new WeakReference<>(image);
		this.settings = settings.objects();
		joined = settings.joinsSlices();
	}

	/**
	 * @param active an image that was segmented, or its label image
	 * @throws IllegalArgumentException if there is nothing that could be
	 *           adjusted; says why, and what to do
	 */
	static KeptSegmentation of(final ImagePlus active) {
		final Object kept = active.getProperty(KEY);
		if (!(kept instanceof KeptSegmentation)) throw new IllegalArgumentException(
			"'" + active.getTitle() +
				"' has no segmentation that could be adjusted: Segment keeps what the network gives only as long as the image or its label image stays open. Choose one of the two, or segment the image first.");
		final KeptSegmentation segmentation = (KeptSegmentation) kept;
		if (segmentation.prediction == null) throw new IllegalArgumentException(
			segmentation.reason);
		segmentation.input();
		return segmentation;
	}

	/**
	 * @param bytes that keeping would take
	 * @return whether that is little enough
	 */
	boolean hasRoom(final long bytes) {
		if (bytes <= room()) return true;
		// What nobody needs any more counts as taken until it is collected.
		System.gc();
		final long room = room();
		if (bytes <= room) return true;
		reason = "What the network gave for '" + title + "' was not kept: " +
			(bytes == Long.MAX_VALUE ? "a slice has more pixels than Java can keep"
				: "it takes " + megabytes(bytes) +
					" MB, and the quarter of the free memory that may be used for it had " +
					megabytes(room) + " MB") +
			". Segment a part of it with region=slice or region=selection, close other images, or give ImageJ more memory at Edit > Options > Memory & Threads, and segment it again; or give Segment the values that you want.";
		return false;
	}

	private static long room() {
		final Runtime runtime = Runtime.getRuntime();
		return (runtime.maxMemory() - runtime.totalMemory() + runtime
			.freeMemory()) / SHARE;
	}

	private static String megabytes(final long bytes) {
		return String.format(Locale.ROOT, "%.0f", Math.ceil(bytes / MEGABYTE));
	}

	/**
	 * Keeps what was found, in the place of what was earlier.
	 *
	 * @param labelImage may be null
	 */
	void attach(final SegmentResult result, final ImagePlus labelImage) {
		prediction = result.prediction().orElse(null);
		objects = result.objects();
		image.get().setProperty(KEY, this);
		attach(labelImage);
	}

	/** @param labelImage what shows the labels; null if nothing does */
	void attach(final ImagePlus labelImage) {
		if (labelImage == null) return;
		labels = new WeakReference<>(labelImage);
		labelImage.setProperty(KEY, this);
	}

	/** Remembers what the result was changed to. */
	void adjusted(final ObjectSettings now, final boolean isJoined,
		final int number)
	{
		settings = now;
		joined = isJoined;
		objects = number;
	}

	/** @return what the network gave */
	Prediction prediction() {
		return prediction;
	}

	/**
	 * @return the image that was segmented, as it is now
	 * @throws IllegalArgumentException if it is closed, or has another size
	 */
	ImageInput input() {
		final ImageInput input = ImageInput.of(image(), ChannelSelection.all());
		prediction.check(title, input);
		return input;
	}

	/**
	 * @return the image that was segmented
	 * @throws IllegalArgumentException if it is closed
	 */
	ImagePlus image() {
		final ImagePlus segmented = image.get();
		if (segmented == null || segmented.getProcessor() == null)
			throw new IllegalArgumentException("The image that was segmented, '" +
				title +
				"', is closed, and what the network gave with it. Open it and segment it again.");
		return segmented;
	}

	/** @return its label image, open or not; null if there is none */
	ImagePlus labels() {
		return labels.get();
	}

	/** @return how objects were found last */
	ObjectSettings settings() {
		return settings;
	}

	/** @return whether slices were joined last */
	boolean isJoined() {
		return joined;
	}

	/** @return number of objects that were found last */
	int objects() {
		return objects;
	}
}
