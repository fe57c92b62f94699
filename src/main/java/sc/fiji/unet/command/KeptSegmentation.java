
package sc.fiji.unet.command;

import ij.ImagePlus;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.WeakHashMap;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.job.ObjectSettings;
import sc.fiji.unet.job.Prediction;
import sc.fiji.unet.job.SegmentResult;
import sc.fiji.unet.job.SegmentSettings;

/**
 * What a network has given for an image, kept with the image as long as that is
 * open and not segmented again, so that the result can be adjusted. Only what
 * fits into a quarter of the memory that is free is kept, and all that is kept
 * takes no more than a quarter of the memory together. Not thread-safe.
 */
final class KeptSegmentation {

	private static final String KEY = "unet.segmentation";
	private static final int SHARE = 4;
	private static final double MEGABYTE = 1 << 20;
	/** All that may be kept, to be locked while it is looked at. */
	private static final Set<KeptSegmentation> LIVING = Collections.newSetFromMap(
		new WeakHashMap<>());

	private final String title;
	private final WeakReference<ImagePlus> image;
	private final ChannelSelection channels;
	/** Null if there are none. */
	private ShownLabels labels;
	private ObjectSettings settings;
	private boolean joined;
	private int objects;
	/** Null until it is there, and if there was no room for it. */
	private Prediction prediction;
	/** What it takes, from the beginning on. */
	private long bytes;
	private String reason = "";

	/**
	 * @param image that is about to be segmented
	 * @param settings with which
	 */
	KeptSegmentation(final ImagePlus image, final SegmentSettings settings) {
		title = image.getTitle();
		this.image = new WeakReference<>(image);
		channels = settings.channels();
		this.settings = settings.objects();
		joined = settings.joinsSlices();
	}

	/**
	 * @param active an image that was segmented, or its label image
	 * @throws IllegalArgumentException if there is nothing that could be
	 *           adjusted; says why, and what to do
	 */
	static KeptSegmentation of(final ImagePlus active) {
		final Object property = active.getProperty(KEY);
		final Object kept = property instanceof Source ? ((Source) property)
			.segmentation(active) : property;
		if (!(kept instanceof KeptSegmentation)) throw new IllegalArgumentException(
			"'" + active.getTitle() +
				"' has no segmentation that could be adjusted: Segment keeps what the network gives only as long as the image stays open. Choose the image or its label image, or segment the image first.");
		final KeptSegmentation segmentation = (KeptSegmentation) kept;
		if (segmentation.prediction == null) throw new IllegalArgumentException(
			segmentation.reason);
		segmentation.input();
		return segmentation;
	}

	/**
	 * Keeps a place for what the network is about to give, if there is one.
	 *
	 * @param wanted bytes that keeping would take
	 * @return whether that is little enough
	 */
	boolean hasRoom(final long wanted) {
		synchronized (LIVING) {
			// What nobody needs any more counts as taken until it is collected.
			if (wanted > room()) System.gc();
			final long room = room();
			if (wanted > room) {
				reason = noRoom(wanted, room);
				return false;
			}
			bytes = wanted;
			LIVING.add(this);
			return true;
		}
	}

	/** What the image has from an earlier run counts as free: it is replaced. */
	private long room() {
		long earlier = 0;
		long others = 0;
		for (final KeptSegmentation kept : LIVING)
			if (kept.isNeeded()) {
				if (kept.image.get() == image.get()) earlier += kept.bytes;
				else others += kept.bytes;
			}
		final Runtime runtime = Runtime.getRuntime();
		final long all = runtime.maxMemory();
		final long free = all - runtime.totalMemory() + runtime.freeMemory();
		return Math.max(0, Math.min((free + earlier) / SHARE, all / SHARE -
			others));
	}

	/** Not so if the image is closed or segmented again; if it runs, it is. */
	private boolean isNeeded() {
		final ImagePlus segmented = image.get();
		return prediction == null || segmented != null && segmented.getProperty(
			KEY) == this;
	}

	private String noRoom(final long wanted, final long room) {
		return "What the network gave for '" + title + "' was not kept: " +
			(wanted == Long.MAX_VALUE ? "a slice has more pixels than Java can keep"
				: "it takes " + megabytes(wanted) +
					" MB, and of the quarter of the memory that may be used for all that is kept, " +
					megabytes(room) + " MB are left") +
			". Segment a part of it with region=slice or region=selection, close other images, or give ImageJ more memory at Edit > Options > Memory & Threads, and segment it again; or give Segment the values that you want.";
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
		objects = result.objects();
		synchronized (LIVING) {
			prediction = result.prediction().orElse(null);
			image.get().setProperty(KEY, this);
		}
		attach(labelImage);
	}

	/** @param labelImage what shows the labels; null if nothing does */
	void attach(final ImagePlus labelImage) {
		if (labelImage == null) return;
		labels = new ShownLabels(labelImage);
		labelImage.setProperty(KEY, new Source(this));
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
		final ImageInput input = ImageInput.of(image(), channels);
		prediction.check(title, input);
		return input;
	}

	/**
	 * @return the image that was segmented
	 * @throws IllegalArgumentException if it is closed
	 */
	ImagePlus image() {
		return open(image, title);
	}

	private static ImagePlus open(final WeakReference<ImagePlus> image,
		final String title)
	{
		final ImagePlus segmented = image.get();
		if (segmented == null || segmented.getProcessor() == null)
			throw new IllegalArgumentException("The image that was segmented, '" +
				title +
				"', is closed, and what the network gave with it. Open it and segment it again.");
		return segmented;
	}

	/** @return its label image, open or not; null if there is none */
	ShownLabels labels() {
		return labels;
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

	/**
	 * What a label image knows of its segmentation: where to find it. The image
	 * alone keeps it, so that it goes with the image.
	 */
	private static final class Source {

		private final String title;
		private final WeakReference<ImagePlus> image;
		private final WeakReference<KeptSegmentation> segmentation;

		Source(final KeptSegmentation kept) {
			title = kept.title;
			image = kept.image;
			segmentation = new WeakReference<>(kept);
		}

		/**
		 * @param labels that are asked about
		 * @throws IllegalArgumentException if the image is closed, or these are not
		 *           its newest labels
		 */
		KeptSegmentation segmentation(final ImagePlus labels) {
			final Object newest = open(image, title).getProperty(KEY);
			final KeptSegmentation kept = segmentation.get();
			if (kept == null || kept != newest) throw new IllegalArgumentException(
				"'" + title + "' was segmented again since '" + labels.getTitle() +
					"' was made. Choose '" + title +
					"' itself, or its newest label image.");
			return kept;
		}
	}
}
