
package sc.fiji.unet.train;

import java.util.ArrayList;
import java.util.List;

/** Writes down what it hears. */
final class Notes implements TrainingListener {

	final List<String> messages = new ArrayList<>();
	final List<Long> updates = new ArrayList<>();
	final List<Double> rates = new ArrayList<>();
	final List<History.Row> rows = new ArrayList<>();
	long total = -1;
	TrainingStart start;
	TrainingResult result;

	@Override
	public void started(final TrainingStart value) {
		start = value;
		total = value.total();
	}

	@Override
	public void step(final long update, final long totalUpdates,
		final double loss, final double rate, final double secondsLeft)
	{
		updates.add(update);
		rates.add(rate);
	}

	@Override
	public void epoch(final History.Row row) {
		rows.add(row);
	}

	@Override
	public void message(final String sentence) {
		messages.add(sentence);
	}

	@Override
	public void finished(final TrainingResult value) {
		result = value;
	}
}
