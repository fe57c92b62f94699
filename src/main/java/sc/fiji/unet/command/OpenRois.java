
package sc.fiji.unet.command;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;

import java.util.ArrayList;
import java.util.List;

import sc.fiji.unet.imagej.AnnotatedImage;
import sc.fiji.unet.imagej.RoiSource;

/** ROIs of open images: those in the ROI Manager, or those of overlays. */
final class OpenRois {

	private OpenRois() {}

	/**
	 * @return the image with the ROIs in the ROI Manager if there are any, since
	 *         these are what people see and change there; else with those of its
	 *         overlay
	 */
	static AnnotatedImage of(final ImagePlus image) {
		final List<Roi> managed = ManagedRois.all();
		return managed.isEmpty() ? AnnotatedImage.ofOverlay(name(image), image)
			: new AnnotatedImage(name(image), image, managed, RoiSource.MANAGER);
	}

	/** @return the title without extension; ImageJ's own cuts it at a blank */
	private static String name(final ImagePlus image) {
		return image.getTitle().replaceFirst("\\.\\w{1,5}$", "");
	}

	/**
	 * @return all open images with ROIs in their overlay; if there is none, the
	 *         active image with the ROIs in the ROI Manager
	 * @throws IllegalArgumentException if there is no such image
	 */
	static List<AnnotatedImage> all() {
		final List<AnnotatedImage> images = new ArrayList<>();
		for (final String title : WindowManager.getImageTitles()) {
			final ImagePlus image = WindowManager.getImage(title);
			if (image.getOverlay() != null && image.getOverlay().size() > 0) images
				.add(AnnotatedImage.ofOverlay(name(image), image));
		}
		final ImagePlus active = WindowManager.getCurrentImage();
		if (images.isEmpty() && active != null && !ManagedRois.all().isEmpty())
			images.add(of(active));
		if (images.isEmpty()) throw new IllegalArgumentException(
			"No open image has ROIs. Outline cells with ImageJ's tools and add them to the overlay (key b) or to the ROI Manager (key t).");
		return images;
	}
}
