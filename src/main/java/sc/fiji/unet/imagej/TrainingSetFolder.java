
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.process.ImageProcessor;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import sc.fiji.unet.data.FilePairs;

/**
 * A folder of annotated images to train on: TIFF files with their ROIs in the
 * overlay, which ImageJ shows and changes, and {@link AnnotatedFiles} reads.
 */
public final class TrainingSetFolder {

	private static final String IGNORE = "ignore";

	private final Path folder;

	/** @param folder made, if it does not exist, when an image is added */
	public TrainingSetFolder(final Path folder) {
		this.folder = folder;
	}

	/**
	 * @param name of an image
	 * @return where it is written to
	 */
	public Path file(final String name) {
		return folder.resolve(name + ".tif");
	}

	/**
	 * Adds an image with all its channels, slices and frames.
	 *
	 * @param annotated at least one ROI
	 * @param overwrite whether an image of the same name may be replaced
	 * @throws IOException if there is one that must not be replaced, or writing
	 *           fails
	 */
	public void add(final AnnotatedImage annotated, final boolean overwrite)
		throws IOException
	{
		final ImagePlus image = annotated.image();
		save(annotated.name(), copy(image, bounds(image), 1, image.getNSlices(), 1,
			image.getNFrames()), annotated.rois(), overwrite);
	}

	/**
	 * Adds a slice with all its channels.
	 *
	 * @param z slice, from 1
	 * @param t frame, from 1
	 * @throws IOException as {@link #add(AnnotatedImage, boolean)}
	 * @throws IllegalArgumentException if no ROI lies on the slice
	 */
	public void add(final AnnotatedImage annotated, final int z, final int t,
		final boolean overwrite) throws IOException
	{
		add(annotated, z, t, bounds(annotated.image()), 0, overwrite);
	}

	/**
	 * Adds a part of a slice, and some of what lies around it, since a network
	 * sees more than it answers for. Around the part, pixels are marked as
	 * ignored.
	 *
	 * @param part in pixels
	 * @param context width in pixels of what is added around the part
	 * @throws IOException as {@link #add(AnnotatedImage, boolean)}
	 * @throws IllegalArgumentException if no ROI lies in the part
	 */
	public void add(final AnnotatedImage annotated, final int z, final int t,
		final Rectangle part, final int context, final boolean overwrite)
		throws IOException
	{
		final ImagePlus image = annotated.image();
		final Rectangle inner = part.intersection(bounds(image));
		final Rectangle outer = new Rectangle(inner);
		outer.grow(context, context);
		final Rectangle crop = outer.intersection(bounds(image));
		final List<Roi> rois = new ArrayList<>();
		for (final Roi roi : annotated.at(z, t))
			if (roi.getBounds().intersects(inner) || inner.contains(roi.getBounds()
				.getLocation())) rois.add(moved(roi, crop));
		if (rois.isEmpty()) throw new IllegalArgumentException("No ROI of '" +
			annotated.name() +
			"' lies there; outline cells first, or add the whole image (region=all).");
		if (!crop.equals(inner)) rois.add(ring(inner, crop));
		save(annotated.name(), copy(image, crop, z, z, t, t), rois, overwrite);
	}

	private static Rectangle bounds(final ImagePlus image) {
		return new Rectangle(image.getWidth(), image.getHeight());
	}

	private static Roi moved(final Roi roi, final Rectangle crop) {
		final Roi moved = (Roi) roi.clone();
		moved.translate(-crop.x, -crop.y);
		moved.setPosition(0);
		return moved;
	}

	private static Roi ring(final Rectangle inner, final Rectangle crop) {
		final Roi ring = new ShapeRoi(new Roi(0, 0, crop.width, crop.height)).not(
			new ShapeRoi(new Roi(inner.x - crop.x, inner.y - crop.y, inner.width,
				inner.height)));
		ring.setName(IGNORE);
		return ring;
	}

	private static ImagePlus copy(final ImagePlus image, final Rectangle crop,
		final int firstZ, final int lastZ, final int firstT, final int lastT)
	{
		final ImageStack stack = new ImageStack(crop.width, crop.height);
		for (int t = firstT; t <= lastT; t++)
			for (int z = firstZ; z <= lastZ; z++)
				for (int c = 1; c <= image.getNChannels(); c++) {
					final int index = image.getStackIndex(c, z, t);
					final ImageProcessor plane = image.getStack().getProcessor(index);
					plane.setRoi(crop);
					stack.addSlice(image.getStack().getSliceLabel(index), plane.crop());
					plane.resetRoi();
				}
		final ImagePlus copy = new ImagePlus(ImageTitle.withoutExtension(image),
			stack);
		copy.setDimensions(image.getNChannels(), lastZ - firstZ + 1, lastT -
			firstT + 1);
		copy.setOpenAsHyperStack(image.isHyperStack() && stack.getSize() > 1);
		copy.setCalibration(image.getCalibration().copy());
		if (image.getStackSize() == 1) copy.setDisplayRange(image
			.getDisplayRangeMin(), image.getDisplayRangeMax());
		return copy;
	}

	private void save(final String name, final ImagePlus copy,
		final List<Roi> rois, final boolean overwrite) throws IOException
	{
		final Overlay overlay = new Overlay();
		for (final Roi roi : rois)
			overlay.add(ObjectOverlay.unmarked(roi));
		copy.setOverlay(overlay);
		Files.createDirectories(folder);
		ImageFiles.save(copy, file(name), overwrite);
	}

	/** @return number of images in the folder, with and without ROIs */
	public int size() throws IOException {
		return FilePairs.list(folder, new InputImages()).size();
	}
}
