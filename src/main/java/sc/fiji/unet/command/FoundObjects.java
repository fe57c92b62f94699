
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;

import java.util.List;

import sc.fiji.unet.imagej.ClassColours;
import sc.fiji.unet.imagej.LabelRois;
import sc.fiji.unet.imagej.ObjectOverlay;
import sc.fiji.unet.job.SegmentResult;

/** The objects that were found in an image, as ROIs of it. */
final class FoundObjects {

	private final ImagePlus image;
	private final SegmentResult result;
	private final List<String> classes;
	private final boolean all;
	private final int z;
	private final int t;

	/**
	 * @param image that was segmented
	 * @param classes names of the foreground classes
	 * @param all whether all of its slices and frames were; else one
	 * @param z which slice that is, from 1
	 * @param t which frame, from 1
	 */
	FoundObjects(final ImagePlus image, final SegmentResult result,
		final List<String> classes, final boolean all, final int z, final int t)
	{
		this.image = image;
		this.result = result;
		this.classes = classes;
		this.all = all;
		this.z = z;
		this.t = t;
	}

	/** @return with their positions; of several classes in their colours */
	List<Roi> rois() {
		final List<Roi> rois = LabelRois.toRois(result.labels(), all ? image
			.getNSlices() : 1, result::className);
		if (classes.size() > 1) ClassColours.paint(rois, classes);
		if (!all) rois.forEach(roi -> LabelRois.place(roi, z, t, image.getNSlices(),
			image.getNFrames()));
		return rois;
	}

	/**
	 * Shows them in the place of those that were found in the same slices
	 * earlier.
	 *
	 * @param overlay whether to lay them over the image
	 * @param manager whether to add them to the ROI Manager
	 */
	void show(final boolean overlay, final boolean manager) {
		final List<Roi> found = rois();
		if (classes.size() > 1) IJ.log(ClassColours.sentence(classes));
		if (overlay && all) ObjectOverlay.show(image, found);
		else if (overlay) ObjectOverlay.show(image, found, z, t);
		if (manager) ManagedRois.add(found);
	}
}
