
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import sc.fiji.unet.imagej.TrainingFiles;
import sc.fiji.unet.train.Trainer;

/** Checks the place that a training writes to. */
final class TrainTarget {

	private TrainTarget() {}

	/** As {@link TrainJob#checkTarget}. */
	static void check(final Path model, final boolean overwrite,
		final boolean resume) throws IOException
	{
		if (!model.getFileName().toString().endsWith(TrainJob.ZIP))
			throw new IllegalArgumentException("Model '" + model +
				"' must have a name that ends in .zip.");
		final Path training = TrainJob.training(model);
		checkFolder(training);
		final boolean unfinished = Trainer.isResumable(training);
		final boolean replaces = overwrite || resume && unfinished;
		ReportWriter.checkTarget(model, replaces);
		if (Files.exists(model) && !replaces) throw new IllegalArgumentException(
			"Model '" + model + "' exists already" + (resume
				? " and its training has ended, so there is nothing to resume" : "") +
				"; choose another name, or allow overwriting (overwrite=true, --overwrite).");
		if (unfinished && !overwrite && !resume) throw new IllegalArgumentException(
			"An unfinished training lies in '" + training +
				"'; go on with it (resume=true, --resume), choose another name, or allow overwriting (overwrite=true, --overwrite).");
		if (!replaces) checkBeside(model);
	}

	/** The curves of a model that is gone are no loss; files of others are. */
	private static void checkBeside(final Path model) throws IOException {
		for (final Path file : TrainingFiles.foreign(model))
			throw new IllegalArgumentException("'" + file +
				"' is there, and no training has written it, but the curves of this one go there; choose another name for the model, or allow overwriting (overwrite=true, --overwrite).");
	}

	/** The folder will be emptied, so it must hold nothing of anybody else. */
	private static void checkFolder(final Path folder) throws IOException {
		if (!Files.exists(folder)) return;
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("'" +
			folder +
			"' is a file, but checkpoints must go there; move it away, or give the model another name.");
		final List<String> foreign = Trainer.foreignFiles(folder);
		if (!foreign.isEmpty()) throw new IllegalArgumentException(
			"Checkpoints go to '" + folder +
				"', but it holds what no training has written: " + String.join(", ",
					foreign) + ". Move that away, or give the model another name.");
	}
}
