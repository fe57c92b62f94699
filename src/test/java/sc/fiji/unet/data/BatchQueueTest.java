
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.weightmap.WeightMapConfig;

@Timeout(30)
class BatchQueueTest {

	/** Patches of one pixel that hold their number; some take their time. */
	private static class Numbers implements PatchSource {

		final AtomicInteger batches = new AtomicInteger();
		final AtomicInteger filled = new AtomicInteger();
		final Set<Thread> threads = ConcurrentHashMap.newKeySet();

		@Override
		public void fill(final long k, final Batch batch, final int slot) {
			threads.add(Thread.currentThread());
			if (k % 3 == 0) Thread.yield();
			batch.input().put(slot, k);
			filled.incrementAndGet();
		}

		@Override
		public Batch newBatch(final int samples) {
			batches.incrementAndGet();
			return new Batch(samples, 1, new long[] { 1, 1 }, new long[] { 1, 1 });
		}
	}

	@Test
	void batchesComeInOrderWhateverTheNumberOfThreads()
		throws InterruptedException
	{
		for (final int threads : new int[] { 1, 2, 5 })
			try (BatchQueue queue = new BatchQueue(new Numbers(), 3, 0, threads, 4)) {
				for (int k = 0; k < 300; k += 3) {
					final Batch batch = queue.take();
					for (int slot = 0; slot < 3; slot++)
						assertEquals(k + slot, batch.input().get(slot), threads +
							" threads");
					queue.recycle(batch);
				}
			}
	}

	@Test
	void trainingPatchesAreIdenticalWhateverTheNumberOfThreads()
		throws InterruptedException
	{
		final DataSet data = DataSet.of(SyntheticSamples.cells(2, 64, 1),
			LabelKind.INSTANCES, OptionalInt.empty(), Preprocessing.percentiles(1,
				99.8));
		final PatchSampler sampler = new PatchSampler(data.samples(), PatchSize.of(
			new long[] { 32, 32 }, new long[] { 32, 32 }), Targets.of(
				new TargetConfig(LabelKind.INSTANCES, 2, WeightMapConfig.builder()
					.build()), data.samples()), AugmentationConfig.notebook(), 1);
		try (BatchQueue one = new BatchQueue(sampler, 4, 0, 1, 1);
				BatchQueue three = new BatchQueue(sampler, 4, 0, 3, 4))
		{
			for (int b = 0; b < 10; b++) {
				final Batch expected = one.take();
				final Batch actual = three.take();
				assertEquals(expected.input(), actual.input(), "grey values of " + b);
				assertEquals(expected.targets(), actual.targets(), "targets of " + b);
				assertEquals(expected.weights(), actual.weights(), "weights of " + b);
				three.recycle(actual);
			}
		}
	}

	@Test
	void aResumedQueueStartsAtAnyBatch() throws InterruptedException {
		try (BatchQueue queue = new BatchQueue(new Numbers(), 2, 1_000_000_000L, 2,
			2))
		{
			assertEquals(2e9f, queue.take().input().get(0));
		}
	}

	@Test
	void aboutCapacityBatchesAreAllocatedWhereTheyAreRecycled()
		throws InterruptedException
	{
		final Numbers source = new Numbers();
		try (BatchQueue queue = new BatchQueue(source, 1, 0, 2, 3)) {
			for (int b = 0; b < 200; b++)
				queue.recycle(queue.take());
		}
		assertTrue(source.batches.get() <= 5, source.batches + " buffers");
	}

	@Test
	void noMoreThanCapacityIsPreparedAhead() throws InterruptedException {
		final Numbers source = new Numbers();
		try (BatchQueue queue = new BatchQueue(source, 1, 0, 2, 3)) {
			queue.take();
			final long end = System.nanoTime() + 2_000_000_000L;
			while (source.filled.get() < 4 && System.nanoTime() < end)
				Thread.sleep(1);
			Thread.sleep(50);
			assertEquals(4, source.filled.get());
		}
	}

	@Test
	void anErrorInABackgroundThreadSurfacesInItsTurn()
		throws InterruptedException
	{
		final RuntimeException cause = new IllegalArgumentException("broken image");
		final PatchSource failing = new Numbers() {

			@Override
			public void fill(final long k, final Batch batch, final int slot) {
				if (k == 5) throw cause;
				super.fill(k, batch, slot);
			}
		};
		try (BatchQueue queue = new BatchQueue(failing, 2, 0, 2, 4)) {
			queue.take();
			queue.take();
			final IllegalStateException exc = assertThrows(
				IllegalStateException.class, queue::take);
			assertSame(cause, exc.getCause());
			assertTrue(exc.getMessage().contains("broken image"), exc.getMessage());
		}
	}

	@Test
	void anInterruptedThreadGetsNoBatchThatIsReady() throws InterruptedException {
		final Numbers source = new Numbers();
		try (BatchQueue queue = new BatchQueue(source, 1, 0, 2, 3)) {
			final long end = System.nanoTime() + 2_000_000_000L;
			while (source.filled.get() < 3 && System.nanoTime() < end)
				Thread.sleep(1);
			Thread.sleep(50);
			Thread.currentThread().interrupt();
			assertThrows(InterruptedException.class, queue::take);
			assertEquals(0, queue.take().input().get(0), "nothing is lost");
		}
	}

	@Test
	void closeEndsTheThreadsAndTakeSaysSo() throws InterruptedException {
		final Numbers source = new Numbers();
		final BatchQueue queue = new BatchQueue(source, 1000, 0, 2, 4);
		queue.take();
		queue.close();
		for (final Thread thread : source.threads) {
			thread.join(5000);
			assertFalse(thread.isAlive(), thread + " is still alive");
		}
		assertThrows(IllegalStateException.class, queue::take);
	}

	@Test
	void numbersOutOfRangeAreRefused() {
		for (final int[] n : Arrays.asList(new int[] { 0, 0, 1, 1 }, new int[] { 1,
			-1, 1, 1 }, new int[] { 1, 0, 0, 1 }, new int[] { 1, 0, 1, 0 }))
			assertThrows(IllegalArgumentException.class, () -> new BatchQueue(
				new Numbers(), n[0], n[1], n[2], n[3]));
	}
}
