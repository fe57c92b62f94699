
package sc.fiji.unet.worker;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.apposed.appose.Service;
import org.apposed.appose.Service.Task;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.NetworkException;
import sc.fiji.unet.network.NetworkLostException;
import sc.fiji.unet.tensorflow.Environment;

/**
 * A second Java machine that computes. Thread-safe. It ends when this one does,
 * since it then cannot read any more.
 */
final class WorkerProcess {

	private static final long POLL_MILLIS = 100;
	/** How long a call may go on after it has been cancelled. */
	private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);
	/** How long the last words of a dead process may be on their way. */
	private static final long LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Service service;
	private final ExecutionConfig execution;

	/**
	 * @param execution of the first network, which settles device and threads
	 * @param console hears what the process prints, a line each
	 * @throws NetworkException if it cannot be started
	 */
	WorkerProcess(final Launch launch, final ExecutionConfig execution,
		final Consumer<String> console)
	{
		this.execution = execution;
		service = new Service(new File(System.getProperty("user.dir")), Environment
			.variables(), launch.command().toArray(new String[0]));
		service.debug(line -> {
			if (line.startsWith("[WORKER-")) console.accept(line.substring(line
				.indexOf("] ") + 2));
		});
		try {
			service.start();
		}
		catch (final IOException e) {
			throw new NetworkException(
				"The process for the network cannot be started: " + e.getMessage(), e);
		}
	}

	boolean isAlive() {
		return service.isAlive();
	}

	/** @return whether a network with this wish may live here */
	boolean canServe(final ExecutionConfig wish) {
		final boolean isDevice = wish.device().equals(execution.device()) || wish
			.device().equals("cpu");
		return isAlive() && isDevice && wish.threads() == execution.threads();
	}

	/**
	 * Has work done and blocks until it is; throws what the work throws.
	 *
	 * @param cancelled if true for two seconds, ends the process
	 * @throws NetworkLostException if the process ends meanwhile
	 * @throws CancellationException if it was ended because of {@code cancelled}
	 */
	<R> R call(final Work<R> work, final BooleanSupplier cancelled)
		throws IOException
	{
		final CompletableFuture<Task> done = new CompletableFuture<>();
		send(work, done);
		final Task task = await(done, cancelled);
		switch (task.status) {
			case COMPLETE:
				@SuppressWarnings("unchecked")
				final R result = (R) Wire.decode((String) task.result());
				return result;
			case FAILED:
				throw failure((Throwable) Wire.decode(task.error));
			default:
				throw lost();
		}
	}

	private void send(final Work<?> work, final CompletableFuture<Task> done) {
		if (!isAlive()) throw lost();
		try {
			service.task(Wire.encode(work)).listen(event -> {
				if (event.responseType.isTerminal()) done.complete(event.task);
			}).start();
		}
		catch (final IOException e) {
			throw lost();
		}
	}

	private Task await(final CompletableFuture<Task> done,
		final BooleanSupplier cancelled)
	{
		boolean interrupted = false;
		long wished = 0;
		long died = 0;
		try {
			while (true) {
				try {
					return done.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
				}
				catch (final TimeoutException e) {
					final long now = System.nanoTime();
					if (!isAlive() && died == 0) died = now;
					if (died != 0 && now - died > LAST_WORDS_NANOS) throw lost();
					if (wished == 0 && cancelled.getAsBoolean()) wished = now;
					if (wished != 0 && now - wished > GRACE_NANOS) throw abandon();
				}
				catch (final InterruptedException e) {
					// The caller's to judge, when the call is over.
					interrupted = true;
				}
				catch (final ExecutionException e) {
					throw new IllegalStateException("Nothing completes it so.", e);
				}
			}
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
	}

	private CancellationException abandon() {
		kill();
		return new CancellationException(
			"The step did not end in time, so its process was ended.");
	}

	/** @return what the other process threw, with both stack traces */
	private static RuntimeException failure(final Throwable failure)
		throws IOException
	{
		final StackTraceElement[] there = failure.getStackTrace();
		final StackTraceElement[] here = new Throwable().getStackTrace();
		final StackTraceElement[] both = new StackTraceElement[there.length +
			here.length];
		System.arraycopy(there, 0, both, 0, there.length);
		System.arraycopy(here, 0, both, there.length, here.length);
		failure.setStackTrace(both);
		if (failure instanceof IOException) throw (IOException) failure;
		if (failure instanceof Error) throw (Error) failure;
		return failure instanceof RuntimeException ? (RuntimeException) failure
			: new IllegalStateException(failure);
	}

	private NetworkLostException lost() {
		return new NetworkLostException("The process that computes " + cause() +
			". Nothing else has come to harm, and it starts again when it is needed.");
	}

	private String cause() {
		kill();
		final int code;
		try {
			code = service.waitFor();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			return "has ended";
		}
		switch (code) {
			case 128 + 9:
				return "was killed, perhaps because the computer ran out of memory";
			case 128 + 4:
			case 128 + 6:
			case 128 + 11:
				return "has crashed";
			default:
				return "has ended unexpectedly (exit code " + code + ")";
		}
	}

	/** Ends the process at once. */
	void kill() {
		service.kill();
	}

	/** Lets the process end; what it still does is given up. */
	void close() {
		service.close();
	}
}
