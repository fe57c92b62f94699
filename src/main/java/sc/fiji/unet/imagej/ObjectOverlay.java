
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Found objects in the overlay of their image. They are marked, so that a later
 * segmentation replaces them, and nothing that somebody else has drawn.
 */
public final class ObjectOverlay {

	/** Property of a ROI in an overlay that a segmentation has put there. */
	private static final String MARK = "unet.object";
	private static final float STROKE = 1.5f;
	private static final double FILL = 0.15;

	private ObjectOverlay() {}

	/**
	 * Lays objects over an image, in the place of all earlier ones.
	 *
	 * @param rois with their positions; shown in copies
	 */
	public static void show(final ImagePlus image, final List<Roi> rois) {
		show(image, marked(image), rois);
	}

	/**
	 * Lays objects over one slice of an image, in the place of earlier ones that
	 * lie there.
	 *
	 * @param rois with their positions; shown in copies
	 * @param z slice, from 1
	 * @param t frame, from 1
	 */
	public static void show(final ImagePlus image, final List<Roi> rois,
		final int z, final int t)
	{
		show(image, LabelRois.at(marked(image), image, z, t), rois);
	}

	private static void show(final ImagePlus image, final List<Roi> earlier,
		final List<Roi> rois)
	{
		final Overlay overlay = image.getOverlay() == null ? new Overlay() : image
			.getOverlay();
		final List<Roi> others = without(overlay, earlier);
		overlay.clear();
		others.forEach(overlay::add);
		add(rois, overlay);
		image.setOverlay(overlay);
	}

	/**
	 * Not by Overlay.remove(Roi): ROIs of equal shape are equal on any slice.
	 */
	private static List<Roi> without(final Overlay overlay,
		final List<Roi> earlier)
	{
		final Set<Roi> replaced = Collections.newSetFromMap(
			new IdentityHashMap<>());
		replaced.addAll(earlier);
		final List<Roi> others = new ArrayList<>();
		for (final Roi roi : overlay)
			if (!replaced.contains(roi)) others.add(roi);
		return others;
	}

	private static void add(final List<Roi> rois, final Overlay overlay) {
		for (int r = 0; r < rois.size(); r++)
			overlay.add(coloured(rois.get(r), r + 1));
	}

	/**
	 * What {@link #show(ImagePlus, List, int, int)} would make of an overlay,
	 * which stays as it is.
	 *
	 * @param image that the overlay belongs to
	 * @param overlay may be null
	 * @return another overlay with the same other ROIs
	 */
	public static Overlay preview(final ImagePlus image, final Overlay overlay,
		final List<Roi> rois, final int z, final int t)
	{
		final Overlay result = overlay == null ? new Overlay() : overlay.create();
		if (overlay != null) without(overlay, LabelRois.at(marked(overlay), image,
			z, t)).forEach(result::add);
		add(rois, result);
		return result;
	}

	private static List<Roi> marked(final ImagePlus image) {
		return marked(image.getOverlay());
	}

	private static List<Roi> marked(final Overlay overlay) {
		final List<Roi> marked = new ArrayList<>();
		if (overlay != null) for (final Roi roi : overlay)
			if (roi.getProperty(MARK) != null) marked.add(roi);
		return marked;
	}

	/**
	 * @param roi in any overlay
	 * @return a copy that no segmentation replaces, as an outline
	 */
	static Roi unmarked(final Roi roi) {
		final Roi copy = (Roi) roi.clone();
		copy.setProperty(MARK, null);
		copy.setFillColor(null);
		return copy;
	}

	/** @return a marked copy in its own colour, or else that of its label */
	private static Roi coloured(final Roi original, final int number) {
		final Roi roi = (Roi) original.clone();
		final int label = LabelRois.label(roi);
		final Color colour = roi.getStrokeColor() != null ? roi.getStrokeColor()
			: ObjectColours.of(label > 0 ? label : number);
		roi.setProperty(MARK, "true");
		roi.setStroke(new BasicStroke(STROKE));
		roi.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour
			.getBlue(), (int) Math.round(255 * FILL)));
		// After the fill, which would take the colour of the outline away.
		roi.setStrokeColor(colour);
		return roi;
	}
}
