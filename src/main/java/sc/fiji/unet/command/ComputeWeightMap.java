
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageWindow;

import java.awt.Point;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.Previewable;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.CalibrationBar;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.ImageOutput;
import sc.fiji.unet.imagej.ImageTitle;
import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.job.WeightMapJob;

/** Plugins &gt; U-Net &gt; Weight Map: the weight map of the active image. */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Weight Map",
	headless = true)
public class ComputeWeightMap extends UNetCommand implements Previewable {

	private static final String WEIGHTS = "weights";
	private static final String BORDER = "border";
	private static final String BOTH = "both";

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

	@Parameter(label = "Border weight w0 (0 = none)", min = "0", persist = false)
	private double w0 = 10;

	@Parameter(label = "Border sigma (px)", min = "0.01", persist = false)
	private double sigma = 5;

	@Parameter(label = "Balance classes", persist = false)
	private boolean balance = true;

	@Parameter(label = "Stack is a 3-D volume", persist = false)
	private boolean volume;

	@Parameter(label = "Separate touching objects", persist = false)
	private boolean ridge = true;

	@Parameter(label = "Show", choices = { WEIGHTS, BORDER, BOTH },
		persist = false)
	private String show = WEIGHTS;

	@Parameter(label = "Calibration bar", persist = false)
	private boolean bar = true;

	@Parameter(label = "Preview", persist = false,
		visibility = ItemVisibility.TRANSIENT)
	private boolean preview;

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus weights;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus border;

	private final Preview window = new Preview();
	private WeightMapPreview previewed;

	/** Called while the dialog is open: at first and after every change. */
	@Override
	public void preview() {
		if (!preview || image == null) {
			window.close();
			return;
		}
		if (previewed == null) previewed = new WeightMapPreview(image);
		final boolean alone = show.equals(BORDER);
		try {
			window.update(image, previewed.work(job().weights(!alone).border(alone),
				labelkind, volume, bar));
		}
		catch (final IllegalArgumentException e) {
			window.update(image, superseded -> {
				throw e;
			});
		}
	}

	/** Called when the dialog is cancelled. */
	@Override
	public void cancel() {
		// Nor may one come that was asked for before.
		preview = false;
		window.close();
	}

	@Override
	void execute() {
		// Fiji records the values as they are in the end.
		preview = false;
		try {
			run(job().weights(!show.equals(BORDER)).border(!show.equals(WEIGHTS)));
		}
		finally {
			window.close();
		}
	}

	private WeightMapJob job() {
		return new WeightMapJob(LabelKind.of(labelkind), w0, sigma, balance, ridge
			? 1 : 0).mask(foreground, connectivity);
	}

	private void run(final WeightMapJob job) {
		ImageInput.warnings(image).forEach(IJ::log);
		final WeightMapJob.Result result = job.cancelled(this::isStopRequested)
			.progress((done, total) -> progress("Weight map of " + image.getTitle(),
				done, total)).run(volume ? LabelInput.volumes(image) : LabelInput
					.slices(image));
		IJ.log(result.sentence());
		if (!result.weights().isEmpty()) weights = output(WEIGHTS, result
			.weights());
		if (!result.border().isEmpty()) border = output(BORDER, result.border());
		final Point place = window.close();
		if (place == null) placeNextBeside(image);
		else ImageWindow.setNextLocation(place);
	}

	private ImagePlus output(final String what,
		final List<ArrayImg<FloatType, FloatArray>> images)
	{
		final ImagePlus output = ImageOutput.weights(ImageTitle.withoutExtension(
			image) + " " + what, images, image.getNSlices(), image);
		if (bar) CalibrationBar.addTo(output);
		return output;
	}
}
