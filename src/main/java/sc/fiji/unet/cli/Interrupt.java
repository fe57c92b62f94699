
package sc.fiji.unet.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Turns Ctrl-C and SIGTERM into a request, and keeps the Java machine until
 * what was going on has ended in good order.
 */
final class Interrupt implements AutoCloseable {

	private volatile boolean requested;
	private final CountDownLatch ended = new CountDownLatch(1);
	private final Thread hook = new Thread(this::request, "interrupt");

	Interrupt() {
		Runtime.getRuntime().addShutdownHook(hook);
	}

	private void request() {
		requested = true;
		try {
			ended.await();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	/** @return whether the user wants an end */
	boolean isRequested() {
		return requested;
	}

	@Override
	public void close() {
		ended.countDown();
		if (!requested) Runtime.getRuntime().removeShutdownHook(hook);
	}
}
