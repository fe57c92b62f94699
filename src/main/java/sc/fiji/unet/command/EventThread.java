
package sc.fiji.unet.command;

import java.awt.EventQueue;
import java.lang.reflect.InvocationTargetException;

/** Lets windows be used from any thread. */
final class EventThread {

	private EventThread() {}

	/**
	 * Does something in the event thread. Blocks until it is done.
	 *
	 * @throws IllegalStateException if it fails
	 */
	static void run(final Runnable task) {
		if (EventQueue.isDispatchThread()) {
			task.run();
			return;
		}
		try {
			EventQueue.invokeAndWait(task);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		catch (final InvocationTargetException e) {
			throw new IllegalStateException("A window could not be shown.", e
				.getCause());
		}
	}
}
