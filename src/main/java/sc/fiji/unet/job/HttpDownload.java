
package sc.fiji.unet.job;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A file from an address of the web. Proxies are those of Java (system
 * properties https.proxyHost and so on). Can be run once.
 */
final class HttpDownload {

	/** How long nothing may come. */
	static final Duration PATIENCE = Duration.ofSeconds(60);
	private static final long POLL_MILLIS = 100;
	private static final int OK = 200;
	private static final Object END = new Object();

	private final URI address;
	private final Duration patience;
	private final long most;
	/** Blocks that have come; at last {@link #END}, or what went wrong. */
	private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
	private volatile int status = OK;
	private volatile long total;
	private volatile Flow.Subscription subscription;
	private long done;

	/**
	 * @param address beginning with http:// or https://
	 * @param patience how long nothing may come
	 * @param most bytes that are taken at most
	 */
	HttpDownload(final URI address, final Duration patience, final long most) {
		this.address = address;
		this.patience = patience;
		this.most = most;
	}

	/**
	 * Blocks until all has come.
	 *
	 * @param file must not exist; may be left incomplete
	 * @param cancelled asked several times a second
	 * @return SHA-256 of the file, in hexadecimal digits
	 * @throws IOException if it cannot be had whole, or not be written; the
	 *           message says why
	 * @throws CancellationException if {@code cancelled} says so
	 */
	String to(final Path file, final BooleanSupplier cancelled,
		final IsbiStack.Progress progress) throws IOException
	{
		final HttpClient client = HttpClient.newBuilder().followRedirects(
			HttpClient.Redirect.NORMAL).connectTimeout(patience).build();
		final CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(
			HttpRequest.newBuilder(address).build(), this::accept);
		answer.whenComplete((response, failure) -> arrived.add(failure == null ? END
			: failure));
		final MessageDigest sum = Checksums.sha256();
		try (OutputStream out = Files.newOutputStream(file,
			StandardOpenOption.CREATE_NEW))
		{
			for (List<?> blocks = next(cancelled); blocks != null; blocks = next(
				cancelled))
			{
				for (final Object block : blocks)
					write((ByteBuffer) block, sum, out, file);
				progress.bytes(done, total);
				subscription.request(1);
			}
		}
		finally {
			if (subscription != null) subscription.cancel();
			answer.cancel(true);
		}
		if (status != OK) throw new IOException(address + " answers with HTTP " +
			status + " instead of the file.");
		return Checksums.hex(sum);
	}

	private BodySubscriber<Void> accept(final ResponseInfo info) {
		status = info.statusCode();
		if (status != OK) return BodySubscribers.discarding();
		total = info.headers().firstValueAsLong("content-length").orElse(0);
		return BodySubscribers.fromSubscriber(new Body());
	}

	/** Hands blocks over; the next is asked for when one is written. */
	private final class Body implements Flow.Subscriber<List<ByteBuffer>> {

		@Override
		public void onSubscribe(final Flow.Subscription value) {
			subscription = value;
			value.request(1);
		}

		@Override
		public void onNext(final List<ByteBuffer> blocks) {
			arrived.add(blocks);
		}

		@Override
		public void onError(final Throwable e) {
			// The answer as a whole fails, too, and says so.
		}

		@Override
		public void onComplete() {
			// So does the answer.
		}
	}

	/** @return what has come; null at the end */
	private List<?> next(final BooleanSupplier cancelled) throws IOException {
		final long end = System.nanoTime() + patience.toNanos();
		while (System.nanoTime() < end) {
			if (cancelled.getAsBoolean()) throw new CancellationException();
			final Object item = poll();
			if (item instanceof Throwable) throw failure((Throwable) item);
			if (item == END) return null;
			if (item != null) return (List<?>) item;
		}
		throw new IOException("Nothing has come from " + address + " for " +
			patience.toMillis() / 1000.0 + " seconds" + soFar() +
			"; try again later.");
	}

	private Object poll() {
		try {
			return arrived.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException();
		}
	}

	private void write(final ByteBuffer block, final MessageDigest sum,
		final OutputStream out, final Path file) throws IOException
	{
		final byte[] bytes = new byte[block.remaining()];
		block.get(bytes);
		sum.update(bytes);
		done += bytes.length;
		if (done > most) throw new IOException("What comes from " + address +
			" has more than " + most + " bytes, so that it is not what was wanted.");
		try {
			out.write(bytes);
		}
		catch (final IOException e) {
			throw new IOException("The download cannot be written to " + file
				.getParent() + " (" + e.getMessage() + ").", e);
		}
	}

	private IOException failure(final Throwable e) {
		final Throwable cause = e.getCause() == null ? e : e.getCause();
		for (Throwable c = e; c != null; c = c.getCause())
			if (c instanceof ConnectException ||
				c instanceof HttpConnectTimeoutException ||
				c instanceof UnresolvedAddressException) return new IOException(
					address +
						" cannot be reached; check the network, and the proxy if there is one (Java's settings https.proxyHost and https.proxyPort).",
					e);
		return new IOException("The download from " + address + " has broken off" +
			soFar() + " (" + (cause.getMessage() == null ? cause : cause
				.getMessage()) + "); try again.", e);
	}

	private String soFar() {
		return done == 0 ? "" : " after " + done + (total > 0 ? " of " + total
			: "") + " bytes";
	}
}
