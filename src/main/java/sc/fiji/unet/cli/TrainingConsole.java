
package sc.fiji.unet.cli;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

import sc.fiji.unet.train.History;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;
import sc.fiji.unet.train.ValidationScore;

/** Shows a training in a terminal. */
final class TrainingConsole implements TrainingListener {

	private List<String> scores = Collections.emptyList();

	private final ConsoleProgress progress = ConsoleProgress.onStandardOutput();

	@Override
	public void started(final TrainingPlan plan, final long total) {
		scores = ValidationScore.of(plan.network()).names();
	}

	@Override
	public void step(final long update, final long total, final double loss,
		final double rate, final double secondsLeft)
	{
		progress.update("update", update, total, String.format(Locale.ROOT,
			"loss %.4f  rate %.2g  left %s", loss, rate, ConsoleProgress.duration(
				secondsLeft)));
	}

	@Override
	public void epoch(final History.Row row) {
		final StringBuilder line = new StringBuilder(String.format(Locale.ROOT,
			"epoch %d  loss %.4f", row.epoch(), row.loss()));
		if (!Double.isNaN(row.validationLoss())) line.append(String.format(
			Locale.ROOT, "  validation loss %.4f", row.validationLoss()));
		for (int i = 0; i < scores.size(); i++)
			if (!Double.isNaN(row.scores()[i])) line.append(String.format(Locale.ROOT,
				"  %s %.3f", scores.get(i), row.scores()[i]));
		progress.line(line.toString());
	}

	@Override
	public void message(final String sentence) {
		progress.line(sentence);
	}

	@Override
	public void finished(final TrainingResult result) {
		progress.line(result.message());
	}
}
