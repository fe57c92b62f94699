
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;

import java.io.File;
import java.io.IOException;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.imagej.ComparisonStack;
import sc.fiji.unet.job.CompareJob;
import sc.fiji.unet.job.TrainingImages;
import sc.fiji.unet.model.InstalledModels;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.worker.Engine;

/**
 * Plugins &gt; U-Net &gt; Prediction beside Target: what a model says about
 * images with labels, as a stack of pictures.
 */
@Plugin(type = Command.class,
	menuPath = "Plugins>U-Net>Prediction beside Target", headless = true)
public class PredictionBesideTarget extends LabelledImagesCommand {

	private static final String OF_MODEL = "model";

	@Parameter(label = "Model", style = "open", persist = false)
	private File model;

	@Parameter(label = "Object diameter (px; 0 = as it is)", min = "0",
		persist = false)
	private double diameter;

	@Parameter(label = "Threshold (0 to 1, or model)", persist = false)
	private String threshold = OF_MODEL;

	@Parameter(label = "Device", persist = false)
	private String device = "auto";

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	/** Images with truth and prediction, a slice an image. */
	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus predictions;

	@Override
	void execute() throws IOException {
		final boolean ofModel = threshold.trim().equals(OF_MODEL);
		final double value = ofModel ? 0 : Text.number("threshold", threshold);
		final TrainingImages images = openImages();
		images.warnings().forEach(IJ::log);
		final int total = images.samples().size();
		final ComparisonStack stack = new ComparisonStack(model.getName()
			.replaceFirst("\\.zip$", "") + " predictions");
		try (CompareJob job = CompareJob.open(InstalledModels.here().findNamed(
			model).path(), Engine.factory(), ExecutionConfig.auto().withDevice(
				device)))
		{
			if (!ofModel) job.threshold(value);
			job.diameter(diameter).scaling(IJ::log).run(images, labelKind(),
				ignored(), this::isStopRequested, comparison -> {
					stack.add(comparison);
					progress("Predicting " + comparison.name(), stack.size(), total);
				});
		}
		stack.omissions().forEach(IJ::log);
		predictions = stack.image();
	}
}
