
package sc.fiji.unet.train;

import java.util.List;

/** Several listeners as one, called in order. */
final class ListenerList implements TrainingListener {

	private final List<TrainingListener> listeners;

	ListenerList(final List<TrainingListener> listeners) {
		this.listeners = listeners;
	}

	@Override
	public void started(final TrainingStart start) {
		listeners.forEach(l -> l.started(start));
	}

	@Override
	public void revised(final long total, final int updatesPerEpoch) {
		listeners.forEach(l -> l.revised(total, updatesPerEpoch));
	}

	@Override
	public void step(final long update, final long total, final double loss,
		final double rate, final double secondsLeft)
	{
		listeners.forEach(l -> l.step(update, total, loss, rate, secondsLeft));
	}

	@Override
	public void validation(final long batch, final long batches) {
		listeners.forEach(l -> l.validation(batch, batches));
	}

	@Override
	public boolean wantsPrediction() {
		return listeners.stream().anyMatch(TrainingListener::wantsPrediction);
	}

	/** Goes to those alone who want it. */
	@Override
	public void prediction(final ValidationPrediction prediction) {
		listeners.stream().filter(TrainingListener::wantsPrediction).forEach(l -> l
			.prediction(prediction));
	}

	@Override
	public void epoch(final History.Row row) {
		listeners.forEach(l -> l.epoch(row));
	}

	@Override
	public void rateTest(final int update, final int total, final double rate,
		final double loss)
	{
		listeners.forEach(l -> l.rateTest(update, total, rate, loss));
	}

	@Override
	public void trial(final String what, final long update, final long total,
		final double loss)
	{
		listeners.forEach(l -> l.trial(what, update, total, loss));
	}

	@Override
	public void rateTested(final RateRangeResult result) {
		listeners.forEach(l -> l.rateTested(result));
	}

	@Override
	public void message(final String sentence) {
		listeners.forEach(l -> l.message(sentence));
	}

	@Override
	public void finished(final TrainingResult result) {
		listeners.forEach(l -> l.finished(result));
	}
}
