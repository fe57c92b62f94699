
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.data.Sample;
import sc.fiji.unet.imagej.AnnotatedImage;
import sc.fiji.unet.imagej.ImageOutput;
import sc.fiji.unet.imagej.ImageTitle;
import sc.fiji.unet.imagej.RoiLabels;
import sc.fiji.unet.imagej.RoiRules;

/**
 * Plugins &gt; U-Net &gt; ROIs to Labels: a label image of the active image's
 * ROIs.
 */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>ROIs to Labels",
	headless = true)
public class RoisToLabels extends UNetCommand {

	@Parameter(label = "Image", persist = false)
	private ImagePlus image;

	@Parameter(label = "Outside of ROIs is", choices = { "background",
		"ignored" }, persist = false)
	private String unannotated = "background";

	@Parameter(label = "Radius of point ROIs (px)", min = "0.5", persist = false)
	private double pointradius = RoiRules.standard().pointRadius();

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus labels;

	@Override
	void execute() {
		final AnnotatedImage drawn = OpenRois.of(image);
		if (drawn.rois().isEmpty()) throw new IllegalArgumentException("'" + image
			.getTitle() +
			"' has no ROIs, neither in the ROI Manager nor in its overlay.");
		final RoiRules rules = RoiRules.standard().unannotated(unannotated)
			.pointRadius(pointradius);
		final List<ArrayImg<IntType, IntArray>> slices = new ArrayList<>();
		for (int t = 1; t <= image.getNFrames(); t++)
			for (int z = 1; z <= image.getNSlices(); z++)
				slices.add(RoiLabels.instances(drawn.at(z, t), image.getWidth(), image
					.getHeight(), rules));
		if (slices.stream().anyMatch(RoisToLabels::hasIgnored)) IJ.log(
			"Pixels to ignore have the value " + Sample.IGNORE + "; write ignore=" +
				Sample.IGNORE + " where the label image is used.");
		labels = ImageOutput.labels(ImageTitle.withoutExtension(image) + " labels",
			slices, image.getNSlices(), image);
	}

	private static boolean hasIgnored(final ArrayImg<IntType, IntArray> labels) {
		for (final int label : labels.update(null).getCurrentStorageArray())
			if (label == Sample.IGNORE) return true;
		return false;
	}
}
