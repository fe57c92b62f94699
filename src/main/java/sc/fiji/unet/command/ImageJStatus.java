
package sc.fiji.unet.command;

import ij.IJ;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.scijava.app.event.StatusEvent;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.event.EventSubscriber;
import org.scijava.module.event.ModuleErroredEvent;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

import sc.fiji.unet.job.Failure;

/**
 * Shows SciJava's status messages and tasks in the status bar and the progress
 * bar of ImageJ 1.x, until closed.
 */
final class ImageJStatus implements AutoCloseable {

	private final EventService events;
	private final List<EventSubscriber<?>> subscribers;
	private final Set<Task> tasks = ConcurrentHashMap.newKeySet();

	ImageJStatus(final EventService events) {
		this.events = events;
		subscribers = events.subscribe(this);
	}

	/** Asks every task that has not ended to end. */
	void cancelTasks(final String reason) {
		tasks.forEach(task -> task.cancel(reason));
	}

	@EventHandler
	void onEvent(final StatusEvent event) {
		final String message = event.getStatusMessage();
		if (message != null && !message.isEmpty()) IJ.showStatus(message);
		showProgress(event.getProgressValue(), event.getProgressMaximum());
	}

	@EventHandler
	void onEvent(final TaskEvent event) {
		final Task task = event.getTask();
		if (task.isDone() || task.isCanceled()) {
			tasks.remove(task);
			return;
		}
		tasks.add(task);
		if (task.getStatusMessage() != null) IJ.showStatus(task.getStatusMessage());
		showProgress(task.getProgressValue(), task.getProgressMaximum());
	}

	private static void showProgress(final long value, final long maximum) {
		if (value >= 0 && maximum > 0) IJ.showProgress((double) value / maximum);
	}

	/** What the user is told in one message need not be in the log as well. */
	@EventHandler
	void onEvent(final ModuleErroredEvent event) {
		if (!Failure.isBug(CommandErrors.cause(event.getException()))) event
			.consume();
	}

	@Override
	public void close() {
		events.unsubscribe(subscribers);
		IJ.showProgress(1);
	}
}
