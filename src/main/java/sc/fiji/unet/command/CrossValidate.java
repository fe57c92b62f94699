
package sc.fiji.unet.command;

import ij.IJ;
import ij.measure.ResultsTable;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.job.CrossValidation;
import sc.fiji.unet.job.CrossValidationJob;
import sc.fiji.unet.job.Evaluation;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.worker.Engine;

/**
 * Plugins &gt; U-Net &gt; Cross-Validation: how good a model is on images that
 * it has not seen.
 */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Cross-Validation",
	headless = true)
public class CrossValidate extends TrainingCommand {

	/** Title of the table. */
	private static final String TABLE = "Cross-Validation";

	@Parameter(label = "Number of folds", min = "2", persist = false)
	private int folds = 5;

	@Parameter(label = "Training time of each fold (min; 0 = as preset or plan)",
		min = "0", persist = false)
	private double minutes = 20;

	@Parameter(label = "Save models and scores in (folder)", style = "directory",
		persist = false)
	private File output;

	@Parameter(label = "Overwrite", persist = false)
	private boolean overwrite;

	@Parameter(label = "Go on with an unfinished cross-validation",
		persist = false)
	private boolean resume;

	@Parameter(label = "Device", persist = false)
	private String device = "auto";

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	@Parameter(label = TABLE, type = ItemIO.OUTPUT)
	private ResultsTable table;

	/** What came out, in a sentence. */
	@Parameter(type = ItemIO.OUTPUT)
	private String summary;

	@Override
	void execute() throws IOException {
		final Path folder = output.toPath();
		CrossValidationJob.checkTarget(folder, folds, overwrite, resume);
		final TrainingPlan settings = settings();
		final CrossValidationJob job = new CrossValidationJob(input(), settings,
			folds, folder, Engine.factory()).execution(execution()).overwrite(
				overwrite).resume(resume).startFrom(startModel()).said(IJ::log)
			.listeners(Progress::new).cancelled(this::isStopRequested);
		final CrossValidation result = job.run();
		IJ.log("Summary: " + job.page());
		summary = result.summary();
		table = table(result);
		// Fiji shows no table of ImageJ by itself.
		if (!GraphicsEnvironment.isHeadless()) table.show(TABLE);
	}

	private static ResultsTable table(final CrossValidation result) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		table.setPrecision(4);
		for (final Evaluation.Row row : result.rows()) {
			table.incrementCounter();
			table.addLabel("Fold", row.name());
			final double[] values = row.values();
			for (int i = 0; i < values.length; i++)
				table.addValue(result.columns().get(i), values[i]);
		}
		return table;
	}

	@Override
	ExecutionConfig execution() {
		return ExecutionConfig.auto().withDevice(device);
	}

	@Override
	TrainingPlan start() throws IOException {
		return withMinutes(super.start(), minutes);
	}

	/** The training of a fold in ImageJ's status bar and log. */
	private final class Progress implements TrainingListener {

		private final int fold;

		/** @param fold from 0 */
		Progress(final int fold) {
			this.fold = fold;
		}

		@Override
		public void step(final long update, final long total, final double loss,
			final double rate, final double secondsLeft)
		{
			progress(String.format(Locale.ROOT,
				"Cross-validation, fold %d: update %d, loss %.3f%s", fold + 1, update,
				loss, timeLeft(secondsLeft)), update, total);
		}

		@Override
		public void trial(final String what, final long update, final long total,
			final double loss)
		{
			progress(String.format(Locale.ROOT,
				"Cross-validation, fold %d: trial of %s, update %d, loss %.3f", fold +
					1, what, update, loss), update, total);
		}

		@Override
		public void message(final String sentence) {
			IJ.log("Fold " + (fold + 1) + ": " + sentence);
		}
	}
}
