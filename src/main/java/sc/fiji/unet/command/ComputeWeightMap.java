
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.ImageOutput;
import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.job.WeightMapJob;

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
		ImageInput.warnings(image).forEach(IJ::log);
		final WeightMapJob.Result result = new WeightMapJob(LabelKind.of(labelkind),
			w0, sigma, balance, ridge ? 1 : 0).mask(foreground, connectivity).border(
				showborder).cancelled(this::isStopRequested).progress((done,
					total) -> progress("Weight map of " + image.getTitle(), done, total))
			.run(volume ? LabelInput.volumes(image) : LabelInput.slices(image));
		IJ.log(result.sentence());
		placeNextBeside(image);
		weights = ImageOutput.grey(image.getShortTitle() + " weights", result
			.weights(), image.getNSlices(), image);
		if (showborder) border = ImageOutput.grey(image.getShortTitle() + " border",
			result.border(), image.getNSlices(), image);
	}
}
