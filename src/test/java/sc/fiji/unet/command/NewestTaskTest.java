
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;

class NewestTaskTest {

	private static final int SECONDS = 20;

	private final NewestTask tasks = new NewestTask("test");
	private final List<String> done = Collections.synchronizedList(
		new ArrayList<>());
	private final CountDownLatch started = new CountDownLatch(1);
	private final CountDownLatch goOn = new CountDownLatch(1);
	private final CountDownLatch last = new CountDownLatch(1);

	private static void await(final CountDownLatch latch) {
		try {
			assertTrue(latch.await(SECONDS, TimeUnit.SECONDS), "waited in vain");
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Runs until it may go on, then notes whether it was superseded. */
	private void slow(final BooleanSupplier superseded) {
		started.countDown();
		await(goOn);
		done.add("slow, superseded " + superseded.getAsBoolean());
	}

	private void runLast() {
		tasks.run(superseded -> {
			done.add("last, superseded " + superseded.getAsBoolean());
			last.countDown();
		});
	}

	@Test
	void ofManyThatWaitTheNewestIsRun() {
		tasks.run(this::slow);
		await(started);
		for (int i = 0; i < 50; i++) {
			final String name = "number " + i;
			tasks.run(superseded -> done.add(name));
		}
		runLast();
		goOn.countDown();
		await(last);
		assertEquals(Arrays.asList("slow, superseded true",
			"last, superseded false"), done);
	}

	@Test
	void stoppedTasksAreSuperseded() {
		tasks.run(this::slow);
		await(started);
		tasks.run(superseded -> done.add("never"));
		tasks.stop();
		goOn.countDown();
		runLast();
		await(last);
		assertEquals(Arrays.asList("slow, superseded true",
			"last, superseded false"), done);
	}

	@Test
	void aBugDoesNotEndThePreviews() {
		final CountDownLatch seen = new CountDownLatch(1);
		tasks.run(superseded -> {
			Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> seen
				.countDown());
			started.countDown();
			await(goOn);
			throw new NullPointerException();
		});
		await(started);
		tasks.run(superseded -> done.add("waited"));
		goOn.countDown();
		await(seen);
		runLast();
		await(last);
		assertTrue(done.contains("last, superseded false"), done.toString());
	}
}
