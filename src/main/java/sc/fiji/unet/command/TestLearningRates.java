
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.imagej.RatePlot;
import sc.fiji.unet.job.RangeTestJob;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.train.RateCurve;
import sc.fiji.unet.train.RateRange;
import sc.fiji.unet.train.RateRangeResult;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.worker.Engine;

/**
 * Plugins &gt; U-Net &gt; Learning Rate Range Test: which learning rate to
 * train with.
 */
@Plugin(type = Command.class,
	menuPath = "Plugins>U-Net>Learning Rate Range Test", headless = true)
public class TestLearningRates extends TrainingCommand {

	// Texts, because number fields of SciJava round 1e-6 to 0.
	@Parameter(label = "Lowest learning rate", persist = false)
	private String min = "1e-6";

	@Parameter(label = "Highest learning rate", persist = false)
	private String max = "10";

	@Parameter(label = "Updates (one for each rate)", min = "10", persist = false)
	private int iterations = RateRange.UPDATES;

	@Parameter(label = "Save plot as (.png; empty: not saved)", style = "save",
		required = false, persist = false)
	private File output;

	@Parameter(label = "Overwrite", persist = false)
	private boolean overwrite;

	@Parameter(label = "Device", persist = false)
	private String device = "auto";

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus plot;

	/** Learning rate to train with; NaN if none can be suggested. */
	@Parameter(type = ItemIO.OUTPUT)
	private double suggestion = Double.NaN;

	@Override
	void execute() throws IOException {
		final RateRange range = new RateRange(Text.number("min", min), Text.number(
			"max", max), iterations);
		final Path file = output == null || output.getPath().isEmpty() ? null
			: output.toPath();
		RangeTestJob.checkOutput(file, overwrite);
		final TrainingPlan plan = settings();
		final RateRangeResult result = new RangeTestJob(input(), plan, range, Engine
			.factory()).execution(execution()).output(file, overwrite).startFrom(
				startModel()).listener(IJ::log).progress(this::show).cancelled(
					this::isStopRequested).run();
		suggestion = result.suggestion().orElse(Double.NaN);
		show(result.curve());
	}

	@Override
	ExecutionConfig execution() {
		return ExecutionConfig.auto().withDevice(device);
	}

	private void show(final int update, final int total, final double rate,
		final double loss)
	{
		progress(String.format(Locale.ROOT,
			"Learning rate test: update %d of %d, rate %.2g, loss %.3f", update,
			total, rate, loss), update, total);
	}

	private void show(final RateCurve curve) {
		if (!RatePlot.isPossible(curve)) return;
		plot = RatePlot.of(curve);
		// The results of a command that was cancelled are shown by nobody else.
		if (isCanceled() && hasWindows()) plot.show();
	}
}
