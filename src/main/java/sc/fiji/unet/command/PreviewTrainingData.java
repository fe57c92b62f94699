
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

import sc.fiji.unet.job.PreviewJob;
import sc.fiji.unet.train.TrainingPlan;

/**
 * Plugins &gt; U-Net &gt; Preview Training Data: what a network will see,
 * before an hour is spent.
 */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Preview Training Data",
	headless = true)
public class PreviewTrainingData extends TrainingCommand {

	@Parameter(label = "Images to show (number or names)", persist = false)
	private String samples = "3";

	@Parameter(label = "Save picture as (.png; empty: not saved)", style = "save",
		required = false, persist = false)
	private File output;

	@Parameter(label = "Overwrite", persist = false)
	private boolean overwrite;

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	/** Grey-level histogram of the images trained on. */
	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus histogram;

	/** The pictures, last so that it is the active image. */
	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus preview;

	@Override
	void execute() throws IOException {
		// What Fiji makes of output=[] is a file without a name.
		final boolean save = output != null && !output.getPath().isEmpty();
		if (save) PreviewJob.checkTarget(output.toPath(), overwrite);
		final TrainingPlan settings = settings();
		final PreviewJob.Result result = new PreviewJob(input(), settings).samples(
			samples).machine(this::machine).cancelled(this::isStopRequested).progress(
				(done, total) -> progress("Drawing the preview", done, total)).run();
		result.sentences().forEach(IJ::log);
		if (save) {
			result.save(output.toPath(), overwrite);
			IJ.log("Picture saved: " + output.getAbsolutePath());
		}
		histogram = result.preview().histogram();
		preview = result.preview().stack();
	}
}
