
package sc.fiji.unet.train;

import java.util.List;

/** Several listeners as one, called in order. */
final class ListenerList implements TrainingListener {

	private final List<TrainingListener> listeners;

	ListenerList(final List<TrainingListener> listeners) {
		this.listeners = listeners;
	}

	@Override
	public void started(final TrainingPlan plan, final long total) {
		listeners.forEach(l -> l.started(plan, total));
	}

	@Override
	public void step(final long update, final long total, final double loss,
		final double rate, final double secondsLeft)
	{
		listeners.forEach(l -> l.step(update, total, loss, rate, secondsLeft));
	}

	@Override
	public void epoch(final History.Row row) {
		listeners.forEach(l -> l.epoch(row));
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
