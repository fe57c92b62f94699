
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.job.PreviewJob;

/** Looking at data while a dialog is open, and after it was closed. */
class DataLookTest {

	private static final String FOUND = "These files cannot be used.";

	/** Ends a look at once or once it is over, with a failure. */
	private static final class Slow implements DataLook.Source {

		final CountDownLatch begun = new CountDownLatch(1);
		final CountDownLatch goOn = new CountDownLatch(1);
		volatile Thread thread;
		volatile boolean cancelled;

		@Override
		public PreviewJob job(final BooleanSupplier query) {
			thread = Thread.currentThread();
			begun.countDown();
			try {
				assertTrue(goOn.await(20, TimeUnit.SECONDS));
			}
			catch (final InterruptedException e) {
				throw new IllegalStateException(e);
			}
			cancelled = query.getAsBoolean();
			throw new IllegalArgumentException(FOUND);
		}
	}

	/** @return what the user is told */
	private static String look(final boolean close) throws Exception {
		final Slow source = new Slow();
		final DataLook look = new DataLook("Data", source);
		final PrintStream out = System.out;
		final ByteArrayOutputStream said = new ByteArrayOutputStream();
		System.setOut(new PrintStream(said, true));
		try {
			look.check();
			assertTrue(source.begun.await(20, TimeUnit.SECONDS));
			if (close) look.end();
			source.goOn.countDown();
			source.thread.join();
		}
		finally {
			System.setOut(out);
		}
		assertEquals(close, source.cancelled);
		return said.toString();
	}

	@Test
	void whatIsFoundIsSaid() throws Exception {
		final String said = look(false);
		assertTrue(said.contains(FOUND), said);
	}

	@Test
	void aClosedDialogEndsTheLookWithoutAWord() throws Exception {
		assertEquals("", look(true));
	}
}
