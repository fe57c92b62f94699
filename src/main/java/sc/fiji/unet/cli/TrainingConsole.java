
package sc.fiji.unet.cli;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

import sc.fiji.unet.job.Seconds;
import sc.fiji.unet.train.History;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingRecord;
import sc.fiji.unet.train.TrainingResult;
import sc.fiji.unet.train.TrainingStart;
import sc.fiji.unet.train.ValidationScore;

/** Shows a training in a terminal. */
final class TrainingConsole implements TrainingListener {

	private List<String> scores = Collections.emptyList();

	private final TrainingRecord record = new TrainingRecord();
	private final ConsoleProgress progress = ConsoleProgress.onStandardOutput();

	@Override
	public void started(final TrainingStart start) {
		record.started(start);
		scores = ValidationScore.of(start.plan()).names();
	}

	@Override
	public void revised(final long total, final int updatesPerEpoch) {
		record.revised(total, updatesPerEpoch);
	}

	@Override
	public void step(final long update, final long total, final double loss,
		final double rate, final double secondsLeft)
	{
		record.step(update, total, loss, rate, secondsLeft);
		progress.update(epochOf() + "update", update, total, String.format(
			Locale.ROOT, "loss %.4f  rate %.2g  left %s, in this epoch %s", loss,
			rate, Seconds.inWords(secondsLeft), Seconds.inWords(record
				.secondsLeftInEpoch())));
	}

	@Override
	public void validation(final long batch, final long batches) {
		// The line of the epoch follows at once.
		if (batch < batches) progress.update(epochOf() + "validation", batch,
			batches, "");
	}

	private String epochOf() {
		return "epoch " + record.epoch() + (record.totalEpochs() > 0 ? "/" + record
			.totalEpochs() : "") + " ";
	}

	@Override
	public void rateTest(final int update, final int total, final double rate,
		final double loss)
	{
		progress.update("learning rate test", update, total, String.format(
			Locale.ROOT, "loss %.4f  rate %.2g", loss, rate));
	}

	@Override
	public void trial(final String what, final long update, final long total,
		final double loss)
	{
		progress.update("trial of " + what, update, total, String.format(
			Locale.ROOT, "loss %.4f", loss));
	}

	@Override
	public void epoch(final History.Row row) {
		record.epoch(row);
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
