
package sc.fiji.unet.command;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Runs tasks one after the other in a thread of its own. Of those that wait
 * only the newest is run, so that they do not pile up. Thread-safe.
 */
final class NewestTask {

	private final String name;
	private Consumer<BooleanSupplier> waiting;
	private boolean running;
	/** Counts requests: what belongs to an older one is superseded. */
	private int newest;

	/** @param name of the thread */
	NewestTask(final String name) {
		this.name = name;
	}

	/**
	 * Has a task run; returns at once.
	 *
	 * @param task is given the question whether it is superseded, by a newer one
	 *          or the wish for none, which it may ask as long as it likes. What
	 *          it throws ends the thread, uncaught; the next one starts another
	 */
	synchronized void run(final Consumer<BooleanSupplier> task) {
		waiting = task;
		newest++;
		if (running) return;
		running = true;
		start();
	}

	private void start() {
		final Thread thread = new Thread(this::runAll, name);
		thread.setDaemon(true);
		thread.setContextClassLoader(NewestTask.class.getClassLoader());
		thread.start();
	}

	/** Supersedes every task. */
	synchronized void stop() {
		waiting = null;
		newest++;
	}

	private void runAll() {
		try {
			for (Runnable next = next(); next != null; next = next())
				next.run();
		}
		catch (final RuntimeException | Error e) {
			synchronized (this) {
				running = waiting != null;
				if (running) start();
			}
			throw e;
		}
	}

	private synchronized Runnable next() {
		running = waiting != null;
		if (!running) return null;
		final Consumer<BooleanSupplier> task = waiting;
		final int number = newest;
		waiting = null;
		return () -> task.accept(() -> !isNewest(number));
	}

	private synchronized boolean isNewest(final int number) {
		return number == newest;
	}
}
