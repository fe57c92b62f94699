
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.gui.Roi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import sc.fiji.unet.data.FilePairs;

/** An image with the ROIs that were drawn on it, if any. Immutable. */
public final class AnnotatedImage {

	private static final String PLAIN_ZIP = ".zip";
	private static final List<String> ROI_ENDINGS = Arrays.asList("_rois.zip",
		PLAIN_ZIP, ".roi");

	private final String name;
	private final ImagePlus image;
	private final List<Roi> rois;
	private final RoiSource source;

	/**
	 * @param name what messages call the image
	 * @param rois with their positions
	 * @param source where the ROIs are from
	 */
	public AnnotatedImage(final String name, final ImagePlus image,
		final List<Roi> rois, final RoiSource source)
	{
		this.name = name;
		this.image = image;
		this.rois = Collections.unmodifiableList(new ArrayList<>(rois));
		this.source = source;
	}

	/**
	 * Opens an image with its ROIs: those of NAME_rois.zip, NAME.zip (if it holds
	 * any) or NAME.roi beside it, or else of the overlay that is saved in it.
	 *
	 * @param file NAME with any extension
	 * @param series number of the series within the file, from 1
	 * @throws IOException if image or ROIs cannot be read, or there are several
	 *           files of ROIs
	 */
	public static AnnotatedImage open(final Path file, final int series)
		throws IOException
	{
		final ImagePlus image = ImageFiles.open(file, series);
		final String name = FilePairs.stem(file);
		final List<Path> files = roiFiles(file);
		if (files.isEmpty()) return ofOverlay(name, image);
		if (files.size() > 1) throw new IOException("The ROIs of " + file +
			" could be " + names(files, " or ") + "; leave one.");
		return new AnnotatedImage(name, image, RoiZip.read(files.get(0)),
			RoiSource.FILE);
	}

	private static List<Path> roiFiles(final Path image) throws IOException {
		final List<Path> files = new ArrayList<>();
		for (final String ending : ROI_ENDINGS) {
			final Path file = image.resolveSibling(FilePairs.stem(image) + ending);
			if (!Files.exists(file) || file.equals(image)) continue;
			// A model or a packed image may have the name of an image, too.
			if (!ending.equals(PLAIN_ZIP) || RoiZip.isRoiSet(file)) files.add(file);
		}
		return files;
	}

	private static String names(final List<Path> files, final String between) {
		return files.stream().map(file -> file.getFileName().toString()).collect(
			Collectors.joining(between));
	}

	/**
	 * @return the image with the ROIs of its overlay, without texts and the like
	 */
	public static AnnotatedImage ofOverlay(final String name,
		final ImagePlus image)
	{
		return new AnnotatedImage(name, image, image.getOverlay() == null
			? Collections.emptyList() : Arrays.asList(image.getOverlay().toArray()),
			RoiSource.OVERLAY);
	}

	/** @return what messages call it */
	public String name() {
		return name;
	}

	/** @return the image; not a copy */
	public ImagePlus image() {
		return image;
	}

	/** @return its ROIs; may be empty */
	public List<Roi> rois() {
		return rois;
	}

	/**
	 * @param z slice, from 1
	 * @param t frame, from 1
	 * @return ROIs that lie there, or on every slice and frame
	 */
	public List<Roi> at(final int z, final int t) {
		return LabelRois.at(rois, image, z, t);
	}

	/** @return where the ROIs are from */
	public RoiSource source() {
		return source;
	}
}
