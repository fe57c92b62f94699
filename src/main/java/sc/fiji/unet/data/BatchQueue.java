
package sc.fiji.unet.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import sc.fiji.unet.network.Batch;

/**
 * Batches prepared by background threads ahead of their use. Batch b holds the
 * patches b n to b n + n - 1 of the source and comes in order of b, whatever
 * the number of threads. To be used by one thread; {@link #close} ends the
 * background threads.
 */
public final class BatchQueue implements AutoCloseable {

	private final PatchSource source;
	private final int samples;
	private final int capacity;
	private final ExecutorService threads;
	/** Batches being prepared or ready, in order. */
	private final Deque<Future<Batch>> ahead = new ArrayDeque<>();
	private final Queue<Batch> free = new ConcurrentLinkedQueue<>();
	private long next;

	/**
	 * Starts preparing.
	 *
	 * @param source where patches come from
	 * @param samples number of patches in a batch
	 * @param firstBatch index of the batch to begin with: that of the next step
	 *          when training is resumed
	 * @param threads number of background threads
	 * @param capacity number of batches prepared ahead, at least one
	 * @throws IllegalArgumentException if a number is out of range
	 */
	public BatchQueue(final PatchSource source, final int samples,
		final long firstBatch, final int threads, final int capacity)
	{
		if (samples < 1 || firstBatch < 0 || threads < 1 || capacity < 1)
			throw new IllegalArgumentException("A queue of batches with " + samples +
				" samples from number " + firstBatch + " on, with " + threads +
				" threads and " + capacity +
				" batches ahead, must have at least one of each and start at 0 or later.");
		this.source = source;
		this.samples = samples;
		this.capacity = capacity;
		next = firstBatch;
		this.threads = Executors.newFixedThreadPool(threads, task -> {
			final Thread thread = new Thread(task, "U-Net patches");
			thread.setDaemon(true);
			return thread;
		});
		prepareAhead();
	}

	private void prepareAhead() {
		while (ahead.size() < capacity) {
			final long b = next++;
			ahead.add(threads.submit(() -> prepare(b)));
		}
	}

	private Batch prepare(final long b) throws InterruptedException {
		final Batch recycled = free.poll();
		final Batch batch = recycled == null ? source.newBatch(samples) : recycled;
		for (int slot = 0; slot < samples; slot++) {
			if (Thread.interrupted()) throw new InterruptedException();
			source.fill(b * samples + slot, batch, slot);
		}
		return batch;
	}

	/**
	 * Gives the next batch; blocks until it is ready.
	 *
	 * @return the batch, which the caller owns until it hands it to
	 *         {@link #recycle}
	 * @throws InterruptedException if the calling thread is interrupted
	 * @throws IllegalStateException if the patches could not be made, the cause
	 *           being what the background thread met, or if the queue is closed
	 */
	public Batch take() throws InterruptedException {
		if (threads.isShutdown()) throw new IllegalStateException(
			"The queue of batches is closed.");
		// What is ready is handed over without a look at that.
		if (Thread.interrupted()) throw new InterruptedException();
		final Future<Batch> head = ahead.element();
		try {
			final Batch batch = head.get();
			ahead.remove();
			prepareAhead();
			return batch;
		}
		catch (final ExecutionException exc) {
			throw new IllegalStateException("A training patch could not be made: " +
				exc.getCause().getMessage(), exc.getCause());
		}
	}

	/**
	 * @param batch a batch of this queue that is no longer used; its buffers will
	 *          be filled again
	 */
	public void recycle(final Batch batch) {
		free.add(batch);
	}

	/** Ends the background threads, after the patch each is working on. */
	@Override
	public void close() {
		threads.shutdownNow();
		ahead.clear();
	}
}
