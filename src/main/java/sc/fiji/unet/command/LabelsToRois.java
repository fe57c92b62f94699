
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;

import java.util.List;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.imagej.LabelRois;

/**
 * Plugins &gt; U-Net &gt; Labels to ROIs: a ROI for each object of a label
 * image, exact to the pixel.
 */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Labels to ROIs",
	headless = true)
public class LabelsToRois extends UNetCommand {

	private static final String OVERLAY = "overlay";
	private static final String MANAGER = "ROI Manager";

	@Parameter(label = "Label image", type = ItemIO.BOTH, persist = false)
	private ImagePlus image;

	@Parameter(label = "Class (in names such as cell#12; may be empty)",
		required = false, persist = false)
	private String classname = "";

	@Parameter(label = "Put ROIs into", choices = { OVERLAY, MANAGER },
		persist = false)
	private String target = OVERLAY;

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	@Override
	void execute() {
		if (target.equals(MANAGER)) ManagedRois.checkPossible("target=overlay");
		if (classname.contains("#")) throw new IllegalArgumentException(
			"classname=" + classname +
				" has a #, which parts class and number; leave it out.");
		final List<Roi> rois = LabelRois.toRois(LabelInput.slices(image), image
			.getNSlices(), (slice, label) -> classname.trim());
		IJ.log(image.getTitle() + ": " + rois.size() + (rois.size() == 1 ? " ROI"
			: " ROIs"));
		if (target.equals(MANAGER)) ManagedRois.add(rois);
		else {
			final Overlay overlay = new Overlay();
			rois.forEach(overlay::add);
			image.setOverlay(overlay);
		}
	}
}
