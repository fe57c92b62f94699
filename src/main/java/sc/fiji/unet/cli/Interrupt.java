
package sc.fiji.unet.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Turns Ctrl-C and SIGTERM into a request, and keeps the Java machine until
 * what was going on has ended in good order and the last word about it is said.
 */
final class Interrupt implements AutoCloseable {

	private static volatile CountDownLatch lastWord = new CountDownLatch(1);
	private static volatile boolean ending;

	private volatile boolean requested;
	private final CountDownLatch end = lastWord;
	private final Thread hook = new Thread(this::request, "interrupt");

	Interrupt() {
		Runtime.getRuntime().addShutdownHook(hook);
	}

	/** Lets the Java machine end, if it was told to. */
	static void allIsSaid() {
		lastWord.countDown();
		lastWord = new CountDownLatch(1);
	}

	/**
	 * @return whether the Java machine was told to end by a signal, which then
	 *         gives the exit code. Another call for its end may come in between
	 *         at the last moment, with another code
	 */
	static boolean isEnding() {
		return ending;
	}

	private void request() {
		ending = true;
		requested = true;
		try {
			end.await();
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
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (final IllegalStateException e) {
			// The Java machine is ending already, and the hook waits for the last
			// word.
			return;
		}
	}
}
