
package sc.fiji.unet.command;

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

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ImageOutput;
import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.job.WeightMapJob;
import sc.fiji.unet.weightmap.WeightMapConfig;

/** Plugins &gt; U-Net &gt; Weight Map: the weight map of the active image. */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Weight Map",
	headless = true)
public class ComputeWeightMap extends UNetCommand {

	@Parameter(label = "Image", persist = false)
	private ImagePlus image;

	@Parameter(label = "Values are", choices = { "auto", "mask", "instances" },
		persist = false)
	private String labelkind = "auto";

	@Parameter(label = "Foreground value (masks)", persist = false)
	private int foreground = 255;

	@Parameter(label = "Connectivity (masks; 4 or 8, volumes 6 or 26)",
		persist = false)
	private int connectivity = 8;

	@Parameter(label = "Border weight w0", min = "0", persist = false)
	private double w0 = 10;

	@Parameter(label = "Border sigma (px)", min = "0.01", persist = false)
	private double sigma = 5;

	@Parameter(label = "Balance classes", persist = false)
	private boolean balance = true;

	@Parameter(label = "Stack is a 3-D volume", persist = false)
	private boolean volume;

	@Parameter(label = "Separate touching objects", persist = false)
	private boolean ridge = true;

	@Parameter(label = "Also show border", persist = false)
	private boolean showborder;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus weights;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus border;

	@Override
	void execute() {
		final WeightMapConfig config = WeightMapConfig.builder().w0(w0).sigma(sigma)
			.balanceClasses(balance).ridgeWidth(ridge ? 1 : 0).build();
		final boolean all = volume && connectivity == 8;
		progress("Weight map of " + image.getTitle(), 0, 1);
		final WeightMapJob.Result result = new WeightMapJob(LabelKind.of(labelkind),
			foreground, all ? 26 : connectivity, config).run(labels());
		weights = ImageOutput.grey(image.getShortTitle() + " weights", result
			.weights(), image.getNSlices(), image);
		if (showborder) border = ImageOutput.grey(image.getShortTitle() + " border",
			result.border(), image.getNSlices(), image);
	}

	private List<ArrayImg<IntType, IntArray>> labels() {
		final List<ArrayImg<IntType, IntArray>> labels = new ArrayList<>();
		for (int t = 1; t <= image.getNFrames(); t++)
			if (volume) labels.add(LabelInput.volume(image, t));
			else for (int z = 1; z <= image.getNSlices(); z++)
				labels.add(LabelInput.slice(image, z, t));
		return labels;
	}
}
